/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* The program that assembler.S is part of. */

#include <arpa/inet.h>
#include <netdb.h>
#include <stdio.h>

extern int port;

int
main(void)
{
	const struct servent *entry = getservbyport(htons((in_port_t)port),
						    "tcp");

	printf("PORT %d\n", entry ? ntohs((in_port_t)entry->s_port) : -1);
	return 0;
}
