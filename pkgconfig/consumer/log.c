/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* A program outside the project: what is on the ports given as arguments? */

#include <ianaport.h>

#include <netinet/in.h>
#include <stdio.h>

int
main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		int proto = 0;
		int port = iana_resolve(NULL, argv[i], &proto);
		char name[16];
		if (port < 0) {
			fprintf(stderr, "%s: not a service\n", argv[i]);
			return 1;
		}
		if (!proto)
			proto = IPPROTO_TCP;
		iana_format_port(NULL, port, proto, name, sizeof name);
		printf("%d/%s is %s\n", port, iana_proto_name(proto), name);
	}
	return 0;
}
