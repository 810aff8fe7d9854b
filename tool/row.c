/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

#include "row.h"
#include "tool.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const column_names[COLUMNS] = {
	"name", "port", "protocol", "aliases", "alias origins", "range",
	"status", "origin", "description", "assignee", "contact", "registered",
	"modified", "reference", "service code", "unauthorized", "note"
};

const int protocols[PROTOCOLS + 1] = { 6, 17, 132, 33, IANA_PROTO_NONE };

const char *const origin_names[] = { "IANA", "conventional", "local", NULL };

enum origin
origin_of(const struct iana_service *service)
{
	return service->flags & IANA_LOCAL ? LOCAL
	     : service->flags & IANA_ADDED ? CONVENTIONAL : FROM_IANA;
}

enum iana_status
status_of(const row *r)
{
	return r->port < 0 ? IANA_STATUS_INVALID
	     : iana_port_status(registry, r->port, r->proto);
}

/* ---- Aliases ------------------------------------------------------------- */

struct iana_service *
services_on(int port, int proto, size_t *count)
{
	struct iana_service *s;

	*count = iana_services_on(registry, port, proto, NULL, 0);
	s = checked(calloc(*count + 1, sizeof *s));
	iana_services_on(registry, port, proto, s, *count);
	return s;
}

const struct iana_service *
next_alias(const struct iana_service *of, const struct iana_service *on,
	   size_t count, size_t *position)
{
	struct iana_service head;

	while (*position < count) {
		const struct iana_service *s = &on[(*position)++];
		if (iana_service_alias_of(s, &head)
		    && head.record == of->record)
			return s;
	}
	return NULL;
}

static void
append_alias(char *to, const struct iana_service *alias, enum aspect aspect)
{
	static const char *const marks[] = { "", "*", "+" };
	enum origin from = origin_of(alias);

	strcat(to, aspect == ORIGINS ? origin_names[from] : alias->name);
	if (aspect == MARKED_NAMES)
		strcat(to, marks[from]);
	if (aspect == NAMES_AND_ORIGINS && from != FROM_IANA)
		strcat(strcat(strcat(to, " ("), origin_names[from]), ")");
}

char *
aliases_of(const row *r, enum aspect aspect, const char *between)
{
	size_t count, position = 0, size = 1;
	struct iana_service *on = services_on(r->port, r->proto, &count);
	const struct iana_service *alias;

	for (size_t i = 0; i < count; i++)
		size += strlen(on[i].name) + strlen(between)
			+ sizeof " (conventional)";

	char *text = checked(calloc(size, 1));

	while (r->name && (alias = next_alias(r, on, count, &position))) {
		if (*text)
			strcat(text, between);
		append_alias(text, alias, aspect);
	}
	free(on);
	return text;
}

/* ---- Columns ------------------------------------------------------------- */

/* "443", "6000-6063" */
static void
print_ports(const row *r, char *text, size_t size)
{
	if (r->port < 0)
		*text = '\0';
	else if (r->port < r->last_port)
		snprintf(text, size, "%d-%d", r->port, r->last_port);
	else
		snprintf(text, size, "%d", r->port);
}

char *
place_of(const row *r)
{
	const char *proto = iana_proto_name(r->proto);
	char ports[32], *text = checked(malloc(sizeof ports + 8));

	print_ports(r, ports, sizeof ports);
	if (proto)
		sprintf(text, "%s/%s", *ports ? ports : "-", proto);
	else if (*ports && r->proto == IANA_PROTO_NONE)
		sprintf(text, "%s/-", ports);
	else
		strcpy(text, *ports ? ports : "-");
	return text;
}

/* A port's own text stays where a name that the registry has not uses it. */
static const char *
description_of(const row *r)
{
	const char *text = r->name ? iana_service_description(r) : "";

	return *text || r->port < 0 ? text
		: iana_port_status_text(registry, r->port, r->proto);
}

/* What only a service has. */
static const char *
detail_of(const struct iana_service *s, enum column column)
{
	switch (column) {
	case ASSIGNEE:
		return iana_service_assignee(s);
	case CONTACT:
		return iana_service_contact(s);
	case REGISTERED:
		return iana_service_registered(s);
	case MODIFIED:
		return iana_service_modified(s);
	case REFERENCE:
		return iana_service_reference(s);
	case SERVICE_CODE:
		return iana_service_code(s);
	case UNAUTHORIZED:
		return iana_service_unauthorized_use(s);
	case NOTE:
		return iana_service_note(s);
	case ORIGIN:
		return origin_names[origin_of(s)];
	default:
		return s->name;
	}
}

/* A port that no service has may have a record with details. */
static const char *
detail_of_port(const row *r, enum column column)
{
	struct iana_service own;

	return column >= ASSIGNEE
	    && iana_nameless_on(registry, r->port, r->proto, &own)
		? detail_of(&own, column) : "";
}

int
is_same_but_port(const row *a, const row *b)
{
	struct iana_service x, y;
	int has_x = iana_nameless_on(registry, a->port, a->proto, &x);
	int has_y = iana_nameless_on(registry, b->port, b->proto, &y);

	if (!has_x || !has_y || x.record == y.record)
		return has_x == has_y;
	for (enum column c = ASSIGNEE; c < COLUMNS; c++)
		if (strcmp(detail_of(&x, c), detail_of(&y, c)))
			return 0;
	return !strcmp(iana_service_description(&x),
		       iana_service_description(&y));
}

static const char *
text_of(const row *r, enum column column)
{
	const char *proto = iana_proto_name(r->proto);

	switch (column) {
	case PROTOCOL:
		return proto ? proto : "";
	case RANGE:
		return r->port < 0 ? ""
			: iana_range_name(iana_port_range(r->port));
	case STATUS:
		return r->port < 0 ? "" : iana_status_name(status_of(r));
	case DESCRIPTION:
		return description_of(r);
	default:
		return r->name ? detail_of(r, column)
			       : detail_of_port(r, column);
	}
}

char *
column_of(const row *r, enum column column)
{
	char ports[32];

	if (column == ALIASES || column == ALIAS_ORIGINS)
		return aliases_of(r, column == ALIASES ? NAMES : ORIGINS, ",");
	print_ports(r, ports, sizeof ports);
	return checked(strdup(column == PORT ? ports : text_of(r, column)));
}
