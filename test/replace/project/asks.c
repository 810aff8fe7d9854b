/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* The port of raid-am, if the build has found the calls of libc. */

#include "config.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <stdio.h>

int
main(void)
{
	int port = -1;
#ifdef HAVE_GETSERVBYNAME
	const struct servent *entry = getservbyname("raid-am", "tcp");

	if (entry)
		port = ntohs((in_port_t)entry->s_port);
#endif
	printf("PORT %d\n", port);
	return 0;
}
