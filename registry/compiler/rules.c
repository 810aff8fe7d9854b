/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/*
 * What the registry's records mean: which are services, which of them are
 * aliases, and what those without a name say of a port.
 */

#include "rules.h"
#include "messages.h"
#include "syntax.h"
#include "ianaport.h"

#include <stdlib.h>
#include <string.h>

/* ---- Fields of a record -------------------------------------------------- */

static bool
present(const struct field *f)
{
	return f->text && *f->text;
}

/* The name that a message calls a record by. */
static const char *
called(const struct record *r)
{
	return present(&r->name) ? r->name.text
		: present(&r->description) ? r->description.text : "nameless";
}

static unsigned
check_protocol(const char *file, const struct record *r)
{
	if (!present(&r->protocol))
		return NO_PROTOCOL;
	int bit = protocol_bit(r->protocol.text);
	if (bit < 0)
		fail_at(file, r->protocol.line, "record \"%s\": unknown "
			"protocol \"%s\"", called(r), r->protocol.text);
	return (unsigned)bit;
}

/* RFC 4340, section 8.1.2: 32 bits. It is kept as it is written. */
static void
check_service_code(const char *file, const struct record *r)
{
	const char *s = r->service_code.text;
	size_t digits = s ? strspn(s, "0123456789") : 0;

	if (s && *s && (s[digits] || digits > 10
			|| strtoull(s, NULL, 10) > UINT32_MAX))
		warn_at(file, r->service_code.line, "record \"%s\": <sc>: "
			"\"%s\" is not a Service Code", called(r), s);
}

static void
check_record(const char *file, const struct record *r, int *first, int *last)
{
	const char *fault = present(&r->name) ? name_fault(r->name.text) : NULL;

	if (fault)
		fail_at(file, r->name.line, "record \"%s\": the name %s",
			r->name.text, fault);
	check_service_code(file, r);
	*first = *last = 0;
	if (!present(&r->number)) {
		if (!present(&r->name))
			fail_at(file, r->line, "record \"%s\": neither name "
				"nor number", called(r));
		return;
	}
	if (!parse_number(r->number.text, first, last))
		fail_at(file, r->number.line, "record \"%s\": \"%s\" is not a "
			"port number or range within 0-65535", called(r),
			r->number.text);
	if (present(&r->name) && !*first)
		fail_at(file, r->number.line, "record \"%s\": port 0 is "
			"reserved and cannot have a service", called(r));
}

/* ---- Which record covers which port -------------------------------------- */

/* For each protocol and port the record that described it first, with 1 added;
 * the last protocol is "none named". */
struct cover {
	size_t by[IAP_PROTOCOLS][PORTS];
	enum iap_status *status;        /* of each record */
};

static void
cover_ports(struct cover *cover, const struct records *records, size_t i,
	    int first, int last, unsigned proto)
{
	const struct record *r = &records->record[i];

	for (int port = first; port <= last; port++) {
		size_t *by = &cover->by[proto][port];
		if (!*by) {
			*by = i + 1;
			continue;
		}
		if (cover->status[*by - 1] != cover->status[i])
			fail_at(records->file, r->line, "record \"%s\": port %d/%s "
				"is also \"%s\" in line %u", called(r), port,
				protocol_name(proto),
				called(&records->record[*by - 1]),
				records->record[*by - 1].line);
	}
}

static void
derive_status(struct registry *registry, const struct cover *cover)
{
	for (int port = 0; port < PORTS; port++)
		for (unsigned p = 0; p < NO_PROTOCOL; p++) {
			size_t by = cover->by[p][port];
			/* A record of its own beats the one for all. */
			if (!by)
				by = cover->by[NO_PROTOCOL][port];
			registry->status[port][p] = by
				? (unsigned char)cover->status[by - 1]
				: port > IANA_USER_LAST ? IAP_S_DYNAMIC
				: IAP_S_UNASSIGNED;
		}
}

/* ---- Aliases ------------------------------------------------------------- */

/* The name that a service is an alias of, on its own ports and protocol. */
static size_t
alias_head(const struct registry *registry, const struct service *s,
	   const char *target)
{
	for (size_t i = 0; i < registry->services; i++) {
		const struct service *t = &registry->service[i];
		if (t != s && t->first == s->first && t->last == s->last
		    && t->proto == s->proto && t->first
		    && !compare_names(t->name, target))
			return i;
	}
	return NO_HEAD;
}

/* An alias of an alias stands for what that one stands for. */
static void
follow_alias(const struct records *records, const struct record *r,
	     struct registry *registry, struct service *s)
{
	for (size_t steps = 0; registry->service[s->head].head != NO_HEAD;
	     steps++) {
		s->head = registry->service[s->head].head;
		if (steps > registry->services)
			fail_at(records->file, r->note.line, "record \"%s\": its "
				"note makes it an alias of itself", s->name);
	}
}

/* @record_of: index of each service's record. */
static void
resolve_aliases(struct registry *registry, const struct records *records,
		const size_t *record_of)
{
	size_t count = registry->services;

	for (size_t i = 0; i < count; i++) {
		struct service *s = &registry->service[i];
		const struct record *r = &records->record[record_of[i]];
		char *target = r->note.text ? alias_target(r->note.text) : NULL;
		if (!target)
			continue;
		s->head = alias_head(registry, s, target);
		if (s->head == NO_HEAD)
			warn_at(records->file, r->note.line, "record \"%s\": its "
				"note calls it an alias of \"%s\", which is "
				"not registered there", s->name, target);
		else
			s->flags |= IAP_ALIAS;
		free(target);
	}
	for (size_t i = 0; i < count; i++)
		if (registry->service[i].head != NO_HEAD)
			follow_alias(records, &records->record[record_of[i]], registry,
				     &registry->service[i]);
}

/* ---- Records without a name ---------------------------------------------- */

static int
compare_nameless(const void *a, const void *b)
{
	const struct nameless *s = a, *t = b;
	int d = s->first - t->first;

	if (!d)
		d = (int)s->proto - (int)t->proto;
	return d ? d : (s->order > t->order) - (s->order < t->order);
}

static void
sort_nameless(struct registry *registry)
{
	if (registry->nameless_count)
		qsort(registry->nameless, registry->nameless_count,
		      sizeof *registry->nameless, compare_nameless);
}

/* ---- All together -------------------------------------------------------- */

static void
take_nameless(struct registry *registry, const struct records *records,
	      size_t i, struct nameless nameless, struct cover *cover)
{
	const struct record *r = &records->record[i];

	nameless.description = r->description.text ? r->description.text : "";
	nameless.order = i;
	if (!known_status(nameless.description, &nameless.status))
		warn_at(records->file, r->line, "record \"%s\": status unknown "
			"from its words, taken as reserved", called(r));
	cover->status[i] = nameless.status;
	registry->nameless = grow(registry->nameless, registry->nameless_count,
				  sizeof *registry->nameless);
	registry->nameless[registry->nameless_count++] = nameless;
}

static void
take_service(struct registry *registry, const struct record *r,
	     struct nameless at)
{
	struct service *s = add_service(registry);

	s->name = r->name.text;
	s->source = r;
	s->first = at.first;
	s->last = at.last;
	s->proto = at.proto;
	if (!at.first || at.proto == NO_PROTOCOL)
		return;
	for (int port = at.first; port <= at.last; port++)
		registry->registered[port][at.proto] = true;
}

void
apply_rules(struct registry *registry, const struct records *records)
{
	struct cover *cover = allocate(1, sizeof *cover);
	size_t *record_of = allocate(records->count, sizeof *record_of);

	registry->file = records->file;
	registry->updated = records->updated.text;
	cover->status = allocate(records->count, sizeof *cover->status);
	for (size_t i = 0; i < records->count; i++) {
		const struct record *r = &records->record[i];
		struct nameless at = { .proto = check_protocol(records->file, r) };
		check_record(records->file, r, &at.first, &at.last);
		if (present(&r->name)) {
			cover->status[i] = IAP_S_ASSIGNED;
			record_of[registry->services] = i;
			take_service(registry, r, at);
		} else {
			take_nameless(registry, records, i, at, cover);
		}
		if (present(&r->number))
			cover_ports(cover, records, i, at.first, at.last, at.proto);
	}
	sort_nameless(registry);
	derive_status(registry, cover);
	resolve_aliases(registry, records, record_of);
	free(cover->status);
	free(cover);
	free(record_of);
}
