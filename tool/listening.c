/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* As Linux says it, proc_net_tcp(5). */

#include "listening.h"
#include "tool.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TCP_LISTEN = 10, UDP_UNCONNECTED = 7 };

/* Lines as "0: 0100007F:0016 00000000:0000 0A ..." */
static int
read_sockets(const char *path, char *is_free)
{
	FILE *file = fopen(path, "r");
	char line[512];

	if (!file)
		return 0;
	while (fgets(line, sizeof line, file)) {
		unsigned port, state;
		if (sscanf(line, " %*d: %*[0-9A-F]:%x %*[0-9A-F]:%*x %x",
			   &port, &state) == 2 && port < 65536
		    && (state == TCP_LISTEN || state == UDP_UNCONNECTED))
			is_free[port] = 0;
	}
	fclose(file);
	return 1;
}

/* Lines as "ENDPT SOCK STY SST HBKT LPORT ..." below a heading. */
static void
read_sctp(char *is_free)
{
	FILE *file = fopen("/proc/net/sctp/eps", "r");
	char line[512];

	if (!file)
		return;
	while (fgets(line, sizeof line, file)) {
		int port;
		if (sscanf(line, "%*s %*s %*s %*s %*s %d", &port) == 1
		    && port >= 0 && port < 65536)
			is_free[port] = 0;
	}
	fclose(file);
}

void
leave_out_listening(char *is_free)
{
	static const char *const paths[] = {
		"/proc/net/udp", "/proc/net/tcp6", "/proc/net/udp6",
		"/proc/net/dccp", "/proc/net/dccp6"
	};

	if (!read_sockets("/proc/net/tcp", is_free)) {
		complain("/proc/net/tcp", strerror(errno));
		exit(FAILED);
	}
	for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
		read_sockets(paths[i], is_free);
	read_sctp(is_free);
}
