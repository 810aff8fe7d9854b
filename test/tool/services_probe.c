/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* What getservbyname(3) and getservbyport(3) answer to the lines of standard
 * input, such as "ssh tcp", "ssh -" and "22 udp". It is built over libc and its
 * services file, and over the library. */

#include <arpa/inet.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int
main(void)
{
	char line[256];

	while (fgets(line, sizeof line, stdin)) {
		char *name = strtok(line, " "), *proto = strtok(NULL, "\n");
		size_t digits = strspn(name, "0123456789");
		struct servent *s;

		if (!strcmp(proto, "-"))
			proto = NULL;
		s = name[digits] ? getservbyname(name, proto)
			: getservbyport(htons((unsigned short)atoi(name)),
					proto);
		if (!s) {
			puts("-");
			continue;
		}
		printf("%d/%s %s", ntohs((unsigned short)s->s_port), s->s_proto,
		       s->s_name);
		for (char **alias = s->s_aliases; *alias; alias++)
			printf(" %s", *alias);
		putchar('\n');
	}
	return 0;
}
