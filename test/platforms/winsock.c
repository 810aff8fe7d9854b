/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* Windows's own calls against the library's: an entry has the same port and
 * protocol, and what the one holds as its port, the other finds. htons(443) is
 * negative there, htons(80) is not. */

#include <winsock2.h>

#include "ianaport.h"

#include <stdio.h>
#include <string.h>

static int
is_same(const struct servent *a, const struct servent *b)
{
	return a && b && a->s_port == b->s_port &&
	       strcmp(a->s_proto, b->s_proto) == 0;
}

int
main(void)
{
	static const char *const names[] = {
		"ftp", "ssh", "smtp", "domain", "http", "imap", "https",
		"submission", "ldaps", "imaps", "pop3s"
	};
	WSADATA data;
	int asked = 0, wrong = 0;

	if (WSAStartup(MAKEWORD(2, 2), &data))
		return 2;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const struct servent *ours = iana_getservbyname(names[i],
								"tcp");
		const struct servent *theirs = getservbyname(names[i], "tcp");

		if (!theirs)
			continue;
		asked++;
		wrong += !is_same(ours, theirs) ||
			 !is_same(ours, getservbyport(ours->s_port, "tcp")) ||
			 !is_same(ours, iana_getservbyport(ours->s_port,
							   "tcp"));
	}
	printf("winsock: %d services, %d wrong\n", asked, wrong);
	return wrong > 0 || asked == 0;
}
