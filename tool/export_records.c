/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* Whole records of the registry: IANA's CSV, and JSON. */

#include "export.h"
#include "json.h"
#include "output.h"
#include "text.h"
#include "tool.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- CSV ----------------------------------------------------------------- */

/* RFC 4180: quotes where there must be some. */
static void
put_csv(const char *text, char behind)
{
	int quoted = strpbrk(text, ",\"\r\n") != NULL;

	if (quoted)
		putchar('"');
	for (size_t n; first_character(text, &n); text += n) {
		if (*text == '"')
			putchar('"');
		put_bytes(text, n, stdout);
	}
	if (quoted)
		putchar('"');
	putchar(behind);
}

static void
put_csv_row(const row *r)
{
	static const enum column columns[] = {
		NAME, PORT, PROTOCOL, DESCRIPTION, ASSIGNEE, CONTACT,
		REGISTERED, MODIFIED, REFERENCE, SERVICE_CODE, UNAUTHORIZED,
		NOTE
	};
	size_t last = sizeof columns / sizeof *columns - 1;

	for (size_t i = 0; i <= last; i++) {
		char *text = column_of(r, columns[i]);
		put_csv(text, i < last ? ',' : '\n');
		free(text);
	}
}

/* Finds the record of a port that no service has; its id is 0 if there is
 * none. */
static row
nameless_on(int port, int i)
{
	row r;

	if (!iana_nameless_on(registry, port, protocols[i], &r))
		r.record = 0;
	return r;
}

/* Whether a record names no protocol: all have it that no service has there,
 * also dccp, for which IANA has no others. */
static int
is_for_all(int port, uint32_t record)
{
	for (int i = 0; i < PROTOCOLS; i++)
		if (nameless_on(port, i).record != record
		    && (protocols[i] == 33
			|| iana_port_status(registry, port, protocols[i])
			   != IANA_STATUS_ASSIGNED))
			return 0;
	return 1;
}

/* Whether a record came before: on a port before this one, or for a protocol
 * before this one. */
static int
was_put(const row *r, int port, int i, int all)
{
	for (int p = r->port; p <= port; p++)
		for (int j = 0; j < PROTOCOLS && (p < port || j < i); j++)
			if ((all || j == i)
			    && nameless_on(p, j).record == r->record)
				return 1;
	return 0;
}

static void
put_nameless(int port)
{
	static uint32_t before[PROTOCOLS];      /* on the port before */

	for (int i = 0; i < PROTOCOLS; i++) {
		row r = nameless_on(port, i);
		if (r.record && r.record != before[i]) {
			int all = is_for_all(port, r.record);
			r.proto = all ? IANA_PROTO_ANY : protocols[i];
			if (!was_put(&r, port, i, all))
				put_csv_row(&r);
		}
		before[i] = r.record;
	}
}

void
export_csv(void)
{
	struct iana_service s;
	uint32_t cursor = 0;
	int port = 0;

	puts("Service Name,Port Number,Transport Protocol,Description,Assignee,"
	     "Contact,Registration Date,Modification Date,Reference,"
	     "Service Code,Unauthorized Use Reported,Assignment Notes");
	while (iana_service_next(registry, &cursor, &s)) {
		int next = s.port < 0 ? 65536 : s.port;
		while (port < next)
			put_nameless(port++);
		if (!(s.flags & (IANA_ADDED | IANA_LOCAL)))
			put_csv_row(&s);
	}
	while (port <= 65535)
		put_nameless(port++);
}

/* ---- JSON ---------------------------------------------------------------- */

void
export_json(void)
{
	struct iana_service s;
	uint32_t cursor = 0;
	const char *before = "";

	fputs("{\"updated\":", stdout);
	put_json(iana_registry_updated(registry));
	puts(",\"services\":[");
	while (iana_service_next(registry, &cursor, &s))
		if (!(s.flags & IANA_ALIAS)) {
			fputs(before, stdout);
			print_json(&s);
			before = ",";
		}
	puts("]}");
}
