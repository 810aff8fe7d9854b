/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* ianaport free: ports for people who have to choose one. */

#include "tool.h"
#include "listening.h"
#include "output.h"
#include "query.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PORTS_IN_ALL = 65536 };

/* What was asked for. */
static int proto = IANA_PROTO_ANY;
static enum iana_range range = IANA_RANGE_USER;
static int count = 10, length = 1, near, leave_out_local;

static char is_free[PORTS_IN_ALL];

/* ---- What is free -------------------------------------------------------- */

/* Unassigned, and without a word of somebody who uses it nevertheless: notes
 * say so, too. */
static int
is_unused(int port, int p)
{
	struct iana_service own;

	if (iana_port_status(registry, port, p) != IANA_STATUS_UNASSIGNED)
		return 0;
	return !iana_nameless_on(registry, port, p, &own)
	    || (!*iana_service_unauthorized_use(&own)
		&& !*iana_service_note(&own));
}

/* For the protocol, or for all four. */
static int
is_unassigned(int port)
{
	for (int i = 0; i < PROTOCOLS; i++)
		if ((proto == IANA_PROTO_ANY || protocols[i] == proto)
		    && !is_unused(port, protocols[i]))
			return 0;
	return 1;
}

static void
find_free(void)
{
	for (int port = 0; port < PORTS_IN_ALL; port++)
		is_free[port] = iana_port_range(port) == range
			&& is_unassigned(port)
			&& !iana_services_on(registry, port, proto, NULL, 0);
	if (leave_out_local)
		leave_out_listening(is_free);
}

/* ---- Choice -------------------------------------------------------------- */

/* Prints free ports, and marks them as used. */
static int
take(int first)
{
	row r = { .registry = registry, .port = first,
		  .last_port = first + length - 1, .proto = proto };

	if (first < 0 || first + length > PORTS_IN_ALL)
		return 0;
	for (int i = 0; i < length; i++)
		if (!is_free[first + i])
			return 0;
	memset(is_free + first, 0, (size_t)length);
	put_port_row(&r);
	return 1;
}

/* Goes outwards from a port: to runs that contain it, then to those that start
 * or end near it. */
static int
choose_ports(void)
{
	int left = count;

	for (int i = 0; i < length && left; i++)
		left -= take(near - i);
	for (int i = 1; i < PORTS_IN_ALL && left; i++) {
		left -= take(near + i);
		if (left)
			left -= take(near - i - length + 1);
	}
	return count - left;
}

/* ---- The command --------------------------------------------------------- */

static int
number(const char *value, int least)
{
	int first, last;

	if (!read_ports(value, &first, &last) || first != last || first < least)
		wrong_usage(value, "not a valid number");
	return first;
}

static void
set_option(int code, const char *value)
{
	if (code == PROTO_OPTION)
		proto = choose_protocol(value);
	else if (code == RANGE_OPTION)
		range = choose_range(value);
	else if (code == COUNT_OPTION)
		count = number(value, 1);
	else if (code == RUN_OPTION)
		length = number(value, 1);
	else if (code == NEAR_OPTION)
		near = number(value, 0);
	else
		leave_out_local = 1;
	if (range == IANA_RANGE_DYNAMIC)
		wrong_usage(value, "has no ports that IANA assigns");
}

static int
run(int operand_count, char **operands)
{
	if (operand_count)
		wrong_usage(operands[0], "unexpected operand");
	if (!has_answer(&(row){ .port = 0 }))
		wrong_usage("--name", "free ports have no names");
	find_free();
	if (!choose_ports()) {
		complain("free", "no such ports");
		return NOT_FOUND;
	}
	fputs("RFC 6335: before you use one, apply to IANA for it,"
	      " https://www.iana.org/protocols/apply\n", stderr);
	return ALL_FOUND;
}

static const struct option options[] = {
	{ "proto", required_argument, NULL, PROTO_OPTION },
	{ "range", required_argument, NULL, RANGE_OPTION },
	{ "count", required_argument, NULL, COUNT_OPTION },
	{ "near", required_argument, NULL, NEAR_OPTION },
	{ "run", required_argument, NULL, RUN_OPTION },
	{ "local", no_argument, NULL, LOCAL_OPTION },
	{ NULL, 0, NULL, 0 }
};

const struct command free_command = { "free",
"usage: ianaport free [OPTION]...\n"
"Prints ports that are unassigned for all four protocols, that no\n"
"conventional or local name uses, and of which IANA has no note and knows no\n"
"unauthorized use.\n"
"  --proto tcp|udp|sctp|dccp    ports that are unassigned for this protocol\n"
"  --range system|user          ports of this range; the default is user\n"
"  --count N                    number of ports; the default is 10\n"
"  --near PORT                  the nearest ports first\n"
"  --run LENGTH                 runs of this number of adjacent ports\n"
"  --local                      leave out ports on which this machine listens\n"
"Before you use one, apply to IANA for it (RFC 6335). Output options as for\n"
"queries: -l, --json, --tsv, --port, -r FILE.\n",
	options, set_option, run, 1
};
