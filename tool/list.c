/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* ianaport list: services, or ports, of a kind. */

#include "tool.h"
#include "output.h"
#include "ports.h"
#include "text.h"

#include <stdlib.h>

/* What is wanted; -1 is anything. */
static struct {
	int proto, range, status, origin;
} wanted = { IANA_PROTO_ANY, -1, -1, -1 };

static size_t found;

/* Whether a service, or an alias of it, is of the origin. */
static int
has_origin(const struct iana_service *s)
{
	size_t count, position = 0;
	struct iana_service *on = services_on(s->port, s->proto, &count);
	const struct iana_service *alias;
	int has = (int)origin_of(s) == wanted.origin;

	while (!has && (alias = next_alias(s, on, count, &position)))
		has = (int)origin_of(alias) == wanted.origin;
	free(on);
	return has;
}

/* Ports that no service has are printed only if a status is asked for. */
static int
is_wanted(const row *r)
{
	if (wanted.range >= 0 && (int)iana_port_range(r->port) != wanted.range)
		return 0;
	if (wanted.status >= 0 && (int)status_of(r) != wanted.status)
		return 0;
	if (!r->name)
		return wanted.status >= 0 && wanted.origin < 0;
	return wanted.origin < 0 || has_origin(r);
}

static void
put_wanted(const row *r)
{
	if (!is_wanted(r))
		return;
	put_row(r);
	found++;
}

static void
put_portless(void)
{
	struct iana_service s;
	uint32_t cursor = 0;

	while (iana_service_next(registry, &cursor, &s))
		if (s.port < 0 && !(s.flags & IANA_ALIAS)
		    && (wanted.proto == IANA_PROTO_ANY
			|| s.proto == wanted.proto))
			put_wanted(&s);
}

static void
set_option(int code, const char *value)
{
	static const char *const statuses[] = {
		"assigned", "reserved", "unassigned", "dynamic", NULL
	};
	static const char *const origins[] = {
		"iana", "conventional", "local", NULL
	};

	if (code == PROTO_OPTION)
		wanted.proto = compare_text(value, "none")
			? choose_protocol(value) : IANA_PROTO_NONE;
	else if (code == RANGE_OPTION)
		wanted.range = (int)choose_range(value);
	else if (code == STATUS_OPTION)
		wanted.status = choose(value, statuses) + IANA_STATUS_ASSIGNED;
	else
		wanted.origin = choose(value, origins);
}

static int
run(int count, char **operands)
{
	if (count)
		wrong_usage(operands[0], "unexpected operand");
	walk_ports(0, 65535, wanted.proto, put_wanted);
	put_portless();
	if (!found)
		complain("list", "no such services or ports");
	return found ? ALL_FOUND : NOT_FOUND;
}

static const struct option options[] = {
	{ "proto", required_argument, NULL, PROTO_OPTION },
	{ "range", required_argument, NULL, RANGE_OPTION },
	{ "status", required_argument, NULL, STATUS_OPTION },
	{ "origin", required_argument, NULL, ORIGIN_OPTION },
	{ NULL, 0, NULL, 0 }
};

const struct command list_command = { "list",
"usage: ianaport list [OPTION]...\n"
"Prints all services by port, then those without a port.\n"
"  --proto tcp|udp|sctp|dccp|none\n"
"  --range system|user|dynamic\n"
"  --status assigned|reserved|unassigned|dynamic\n"
"                       also ports that no service has\n"
"  --origin iana|conventional|local\n"
"Output options as for queries: -l, --json, --tsv, --port, --name, -r FILE.\n",
	options, set_option, run, 1
};
