/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* Asks for GNU's calls in its first line. With a header in front of that,
 * strcasestr() is not declared, and half of the pointer is lost. */

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netdb.h>
#include <stdio.h>
#include <string.h>

int
main(void)
{
	const struct servent *entry = getservbyname("raid-am", "tcp");
	char text[] = "Found: PORT";    /* not below 4 GiB */

	printf("%s %d\n", strcasestr(text, "port"),
	       entry ? ntohs((in_port_t)entry->s_port) : -1);
	return 0;
}
