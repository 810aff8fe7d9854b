/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/*
 * What the registry's records mean: which of them are services, which services
 * are aliases, and which status a nameless record gives a port. IANA makes
 * slips at times. If it is plain what a record means, it is read so, as a
 * reader of the page would. If not, it is left out, and all other records are
 * still right.
 */

#include "rules.h"
#include "messages.h"
#include "syntax.h"
#include "ianaport.h"

#include <stdlib.h>
#include <string.h>

/* A record's number and protocols. */
struct number {
	int first, last;        /* 0: it has no number */
	unsigned mask;
};

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

/* Returns false. */
static bool IAP_PRINTF(4)
leave_out(const char *file, unsigned line, const struct record *r,
	  const char *format, ...)
{
	struct text message = { 0 };
	va_list args;

	va_start(args, format);
	text_vprintf(&message, format, args);
	va_end(args);
	slip_at(file, line, "record \"%s\": %s; left out", called(r),
		message.data);
	free(message.data);
	return false;
}

/* The name of one of the four is the usual form. Anything else is a slip. */
static bool
check_protocol(const char *file, const struct record *r, unsigned *mask)
{
	const char *text = r->protocol.text;
	unsigned line = r->protocol.line;
	char *unknown;

	*mask = IAP_NONE;
	if (!present(&r->protocol))
		return true;
	if (protocol_bit(text) >= 0) {
		*mask = 1u << protocol_bit(text);
		return true;
	}
	*mask = parse_protocols(text, &unknown);
	if (!*mask)
		leave_out(file, line, r, "unknown protocol \"%s\"", text);
	else if (unknown)
		slip_at(file, line, "record \"%s\": unknown protocol \"%s\" in "
			"\"%s\", left out", called(r), unknown, text);
	else
		slip_at(file, line, "record \"%s\": protocol \"%s\" is not "
			"in the usual form; accepted", called(r), text);
	free(unknown);
	return *mask;
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

static bool
check_name(const char *file, const struct record *r)
{
	const char *name = r->name.text, *fault;

	if (!present(&r->name))
		return present(&r->number)
			|| leave_out(file, r->line, r,
				     "neither name nor number");
	fault = unfit_name(name);
	if (fault)
		return leave_out(file, r->name.line, r, "the name %s", fault);
	fault = name_fault(name);
	if (fault)
		slip_at(file, r->name.line, "record \"%s\": the name %s; "
			"kept as it is", name, fault);
	return true;
}

static bool
check_number(const char *file, const struct record *r, struct number *number)
{
	const char *text = r->number.text;
	unsigned line = r->number.line;

	number->first = number->last = 0;
	if (!present(&r->number))
		return true;
	if (!parse_number(text, &number->first, &number->last))
		return leave_out(file, line, r, "\"%s\" is not a port number "
				 "or range within 0-65535", text);
	if (present(&r->name) && !number->first)
		return leave_out(file, line, r, "port 0 is reserved and cannot "
				 "have a service");
	if (text[strspn(text, "0123456789-")])
		slip_at(file, line, "record \"%s\": number \"%s\" is not in "
			"the usual form; accepted", called(r), text);
	return true;
}

/* Whether the format can hold the service of each protocol. */
static bool
check_room(const struct registry *registry, const struct record *r,
	   const struct number *number)
{
	size_t count = 0;
	const char *fault;

	if (!present(&r->name))
		return true;
	for (unsigned mask = number->mask; mask; mask &= mask - 1)
		count++;
	fault = port_fault(registry, number->first, number->last, count,
			   count * words_of(r->name.text));
	if (!fault)
		fault = name_room_fault(registry, r->name.text, count);
	if (number->mask == IAP_NONE
	    && number->last - number->first >= IAP_MOST_PORTS)
		fault = "more than 512 ports, but no protocol";
	return !fault || leave_out(registry->file, r->line, r, "%s", fault);
}

static bool
check_description(const char *file, const struct record *r)
{
	return !present(&r->description)
		|| strlen(r->description.text) <= IAP_MOST_TEXT
		|| leave_out(file, r->description.line, r, "a description of "
			     "more than %d bytes", IAP_MOST_TEXT);
}

static bool
check_record(const struct registry *registry, const struct record *r,
	     struct number *number)
{
	const char *file = registry->file;

	if (r->fault)
		return leave_out(file, r->fault_line, r, "a second <%s>",
				 r->fault);
	if (!check_protocol(file, r, &number->mask) || !check_name(file, r)
	    || !check_number(file, r, number)
	    || !check_description(file, r) || !check_room(registry, r, number))
		return false;
	check_service_code(file, r);
	return true;
}

/* ---- Which record covers which port -------------------------------------- */

/* For each protocol and port, the index of the record that decides the status,
 * plus 1. The last protocol stands for none. */
struct cover {
	size_t by[IAP_PROTOCOLS][PORTS];
	enum iap_status *status;        /* of each record */
};

/* If two records disagree, assigned wins over reserved, and reserved over
 * unassigned: it harms nobody to keep a port free. A range gets one message. */
static void
cover_ports(struct cover *cover, const struct records *records, size_t i,
	    const struct number *number, unsigned proto)
{
	const struct record *r = &records->record[i];
	bool said = false;

	for (int port = number->first; port <= number->last; port++) {
		size_t *by = &cover->by[proto][port];
		size_t other = *by ? *by - 1 : i;
		if (!*by || cover->status[i] > cover->status[other])
			*by = i + 1;
		if (said || cover->status[i] == cover->status[other])
			continue;
		slip_at(records->file, r->line, "record \"%s\": port %d/%s is "
			"also \"%s\" in line %u; taken as %s",
			called(r), port, protocol_name(proto),
			called(&records->record[other]),
			records->record[other].line,
			cover->status[*by - 1] == IAP_S_ASSIGNED
			? "assigned" : "reserved");
		said = true;
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

/* The service that a service is an alias of. It is on the same ports and
 * protocol. */
static size_t
alias_head(const struct registry *registry, const struct service *s,
	   const char *target)
{
	const struct service *t = s->first ? find_same(registry, target,
		s->first, s->last, s->proto) : NULL;

	while (t == s)
		t = next_same(registry, t);
	return t ? t->order : NO_HEAD;
}

static void
read_note(struct registry *registry, struct service *s)
{
	const struct field *note = &s->source->note;
	char *target = note->text ? alias_target(note->text) : NULL;

	if (!target)
		return;
	s->head = alias_head(registry, s, target);
	if (s->head == NO_HEAD)
		warn_at(registry->file, note->line, "record \"%s\": its note "
			"calls it an alias of \"%s\", which is not registered "
			"on the same ports and protocol", s->name, target);
	else
		s->flags |= IAP_ALIAS;
	free(target);
}

/* An alias of an alias stands for the service at the end of the chain. A circle
 * has no end, so the service by which the circle was entered is then not an
 * alias. */
static void
follow_alias(struct registry *registry, struct service *s)
{
	const struct service *all = registry->service;
	size_t steps = 0;

	while (all[s->head].head != NO_HEAD) {
		s->head = all[s->head].head;
		if (++steps < IAP_MOST_ON_PORT)
			continue;
		slip_at(registry->file, s->source->note.line, "record \"%s\": "
			"its note makes it an alias of itself", s->name);
		s->head = NO_HEAD;
		s->flags &= ~(unsigned)IAP_ALIAS;
		return;
	}
}

static void
resolve_aliases(struct registry *registry)
{
	for (size_t i = 0; i < registry->services; i++)
		read_note(registry, &registry->service[i]);
	for (size_t i = 0; i < registry->services; i++)
		if (registry->service[i].head != NO_HEAD)
			follow_alias(registry, &registry->service[i]);
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

static enum iap_status
status_of(const char *file, const struct record *r)
{
	enum iap_status status;
	const char *said = r->description.text ? r->description.text : "";

	if (present(&r->name))
		return IAP_S_ASSIGNED;
	if (!known_status(said, &status))
		warn_at(file, r->line, "record \"%s\": its description states "
			"no known status; taken as reserved", called(r));
	return status;
}

/* ---- All together -------------------------------------------------------- */

static void
take_nameless(struct registry *registry, const struct nameless *nameless)
{
	registry->nameless = grow(registry->nameless, registry->nameless_count,
				  sizeof *registry->nameless);
	registry->nameless[registry->nameless_count++] = *nameless;
}

static void
take_service(struct registry *registry, const struct service *service)
{
	add_service(registry, service);
	if (!service->first || service->proto == NO_PROTOCOL)
		return;
	for (int port = service->first; port <= service->last; port++)
		registry->registered[port][service->proto] = true;
}

/* The status that a record gives for one of its protocols. */
static void
take_record(struct registry *registry, const struct records *records, size_t i,
	    const struct number *number, unsigned proto, struct cover *cover)
{
	const struct record *r = &records->record[i];

	if (present(&r->name))
		take_service(registry, &(struct service){
			.name = r->name.text, .first = number->first,
			.last = number->last, .proto = proto, .head = NO_HEAD,
			.source = r });
	else
		take_nameless(registry, &(struct nameless){
			.first = number->first, .last = number->last,
			.proto = proto, .status = cover->status[i],
			.source = r, .order = i });
	if (present(&r->number))
		cover_ports(cover, records, i, number, proto);
}

void
apply_rules(struct registry *registry, const struct records *records)
{
	struct cover *cover = allocate(1, sizeof *cover);

	registry->file = records->file;
	registry->updated = records->updated.text;
	cover->status = allocate(records->count, sizeof *cover->status);
	for (size_t i = 0; i < records->count; i++) {
		const struct record *r = &records->record[i];
		struct number number;
		if (!check_record(registry, r, &number))
			continue;
		cover->status[i] = status_of(records->file, r);
		for (unsigned p = 0; p < IAP_PROTOCOLS; p++)
			if (number.mask >> p & 1)
				take_record(registry, records, i, &number, p,
					    cover);
	}
	sort_nameless(registry);
	derive_status(registry, cover);
	resolve_aliases(registry);
	free(cover->status);
	free(cover);
}
