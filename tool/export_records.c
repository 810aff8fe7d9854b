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

static const char *const protocols[] = { "tcp", "udp", "sctp", "dccp" };

/* The registry's text for a port that no service has. */
static const char *
text_on(int port, int i)
{
	return iana_port_status_text(registry, port,
				     iana_proto_number(protocols[i]));
}

/* The number of ports from here on that have the same text; at least one. */
static int
run_length(int port)
{
	int n = 0, same = 1;

	while (same && port + ++n <= 65535)
		for (int i = 0; i < 4; i++)
			if (strcmp(text_on(port, i), text_on(port + n, i)))
				same = 0;
	return n;
}

/* A row for each protocol, or one without if it is the same for all. */
static void
put_csv_run(int port, int n)
{
	row r = { .registry = registry, .port = port,
		  .last_port = port + n - 1 };
	int same = 1;

	for (int i = 1; i < 4; i++)
		if (strcmp(text_on(port, 0), text_on(port, i)))
			same = 0;
	for (int i = 0; i < (same ? 1 : 4); i++) {
		r.proto = same ? IANA_PROTO_ANY
			       : iana_proto_number(protocols[i]);
		if (*text_on(port, i))
			put_csv_row(&r);
	}
}

void
export_csv(void)
{
	struct iana_service s;
	uint32_t cursor = 0;

	puts("Service Name,Port Number,Transport Protocol,Description,Assignee,"
	     "Contact,Registration Date,Modification Date,Reference,"
	     "Service Code,Unauthorized Use Reported,Assignment Notes");
	while (iana_service_next(registry, &cursor, &s))
		if (!(s.flags & (IANA_ADDED | IANA_LOCAL)))
			put_csv_row(&s);
	for (int port = 0, n; port <= 65535; port += n) {
		n = run_length(port);
		put_csv_run(port, n);
	}
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
