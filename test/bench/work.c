/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/*
 * Calls for work.py to count: `work name-hit` asks iana_port_of() for every
 * name with a port, once, in enumeration order; `name-miss` for the same names
 * with their last letter changed, where nothing has that name; `port-hit` and
 * `port-miss` ask iana_name_of() for every port, tcp and udp, that has a
 * service for the protocol, or none for any. Prints how many calls it made.
 */

#include "ianaport.h"

#include <stdio.h>
#include <string.h>

static const int protos[] = { 6, 17 };

static size_t calls;
static volatile int sink;

static void
ask_name(const char *name, int proto, int hit)
{
	char miss[256];

	strcpy(miss, name);
	if (!hit) {
		char *last = miss + strlen(miss) - 1;
		*last = *last == 'q' ? 'j' : 'q';
		if (iana_services_named(NULL, miss, 0, NULL, 0))
			return;
	}
	sink = iana_port_of(NULL, miss, proto);
	calls++;
}

static void
ask_names(int hit)
{
	struct iana_service s;
	uint32_t cursor = 0;

	while (iana_service_next(NULL, &cursor, &s))
		if (s.port >= 0)
			ask_name(s.name, s.proto, hit);
}

static void
ask_ports(int hit)
{
	for (int port = 0; port < 65536; port++)
		for (int i = 0; i < 2; i++) {
			int proto = hit ? protos[i] : 0;
			if (hit != !!iana_services_on(NULL, port, proto, NULL,
						      0))
				continue;
			sink = iana_name_of(NULL, port, protos[i]) != NULL;
			calls++;
		}
}

int
main(int argc, char **argv)
{
	const char *what = argc == 2 ? argv[1] : "";
	int hit = strstr(what, "-hit") != NULL;

	if (!hit && !strstr(what, "-miss"))
		return 2;
	if (!strncmp(what, "name", 4))
		ask_names(hit);
	else
		ask_ports(hit);
	printf("%zu\n", calls);
	return 0;
}
