/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* Whole services: by name, by port, and one after the other. */

#include "services.h"
#include "format/classes.h"
#include "search.h"

IAP_ASSERT(flags_are_public_ones,
	   IANA_ALIAS == IAP_ALIAS && IANA_MOVED == IAP_MOVED
	   && IANA_ADDED == IAP_ADDED && IANA_LOCAL == IAP_LOCAL
	   && IAP_PUBLIC_FLAGS == (IANA_ALIAS | IANA_MOVED | IANA_ADDED
				   | IANA_LOCAL));

/* Only IANA's own names must follow its rules. This is computed on demand, so
 * the format needs no bit for it. */
static unsigned
public_flags(const unsigned char *record, unsigned flags)
{
	flags &= IAP_PUBLIC_FLAGS;
	return !(flags & IAP_ADDED) && iap_is_malformed(iap_name(record))
		? flags | IANA_MALFORMED : flags;
}

/*
 * iana_service.record identifies a service in its registry. It is the place of
 * the original record, with the bit number of the protocol in the lowest three
 * bits.
 */
static void
fill(struct iana_service *out, const struct iana_registry *reg,
     const unsigned char *record, unsigned bit)
{
	struct iap_extra extra = iap_extra_of(reg, record);
	int port = (int)iap_port(record);

	if (extra.original)
		record = iap_record(reg, extra.original);
	*out = (struct iana_service){
		.name = iap_name(record),
		.registry = reg,
		.record = iap_place_of_record(reg, record) << 3 | bit,
		.flags = public_flags(record, extra.flags),
		.port = port ? port : -1,
		.last_port = port ? (int)extra.last : -1,
		.proto = iap_proto_of(bit),
	};
}

/* ---- By name ------------------------------------------------------------- */

size_t
iana_services_named(const struct iana_registry *reg, const char *name,
		    int proto, struct iana_service *out, size_t cap)
{
	unsigned mask = iap_mask_of(proto);
	const unsigned char *r = name ? iap_find_name(reg, name, strlen(name))
		: NULL;
	size_t n = 0;

	for (; r; r = iap_next_of_name(reg, r))
		for (unsigned bit = 0; bit < IAP_PROTOCOLS; bit++) {
			if (!(iap_bits(r) & mask & 1u << bit))
				continue;
			if (n < cap)
				fill(&out[n], reg, r, bit);
			n++;
		}
	return n;
}

/* ---- By port ------------------------------------------------------------- */

static unsigned
class_of(const struct iana_registry *reg, const unsigned char *record)
{
	return (unsigned)iap_class_of(iap_extra_of(reg, record).flags);
}

/* The next record of a port, from an index on, that has the protocol and the
 * class of a position. */
static const unsigned char *
next_in_class(const struct iana_registry *reg, const unsigned char *first,
	      struct iap_position *at)
{
	const unsigned char *r = first;

	for (unsigned i = 0; r; r = iap_next_on_port(reg, r), i++)
		if (i >= at->index && iap_bits(r) & 1u << at->bit
		    && class_of(reg, r) == at->class) {
			at->index = i + 1;
			return r;
		}
	return NULL;
}

/* The same for local records. They are in the order of the lines: record by
 * record, and within each record protocol by protocol. */
static const unsigned char *
next_local(const struct iana_registry *reg, const unsigned char *first,
	   unsigned mask, struct iap_position *at)
{
	const unsigned char *r = first;

	for (unsigned i = 1; r; r = iap_next_on_port(reg, r), i++) {
		unsigned left = iap_bits(r) & mask;

		if (i == at->index)     /* its first protocols are done */
			left &= ~1u << at->bit;
		if (i < at->index || !left
		    || class_of(reg, r) != IAP_CLASS_LOCAL)
			continue;
		at->bit = iap_lowest_bit(left);
		at->index = i;
		return r;
	}
	return NULL;
}

const unsigned char *
iap_next_service(const struct iana_registry *reg, const unsigned char *first,
		 unsigned mask, struct iap_position *at)
{
	if (!first)
		return NULL;
	if (at->class == IAP_CLASS_LOCAL) {
		const unsigned char *r = next_local(reg, first, mask, at);
		if (r)
			return r;
		*at = (struct iap_position){ .class = IAP_CLASS_LOCAL + 1 };
	}
	for (; at->class < IAP_CLASSES; at->class++, at->bit = 0)
		for (; at->bit < IAP_PROTOCOLS; at->bit++, at->index = 0) {
			const unsigned char *r = mask & 1u << at->bit
				? next_in_class(reg, first, at) : NULL;
			if (r)
				return r;
		}
	return NULL;
}

size_t
iana_services_on(const struct iana_registry *reg, int port, int proto,
		 struct iana_service *out, size_t cap)
{
	const unsigned char *first = iap_find_port(reg, port), *r;
	unsigned mask = iap_mask_of(proto);
	struct iap_position at = { 0, 0, 0 };
	size_t n = 0;

	while ((r = iap_next_service(reg, first, mask, &at))) {
		if (n < cap)
			fill(&out[n], reg, r, at.bit);
		n++;
	}
	return n;
}

/* ---- Enumeration --------------------------------------------------------- */

/*
 * While there are ports, a cursor is an iap_cursor(). After that, the records
 * without a port are read once for each protocol. The cursor then has this bit,
 * 3 bits for the protocol, and 28 bits for the place of a record.
 */
#define PORTLESS 0x80000000u

/* A range is listed only at its first port. */
static int
has_start(const struct iana_registry *reg, const unsigned char *record,
	  int port)
{
	while (record && (int)iap_port(record) != port)
		record = iap_next_on_port(reg, record);
	return record != NULL;
}

static int
next_with_port(const struct iana_registry *reg, uint32_t *cursor,
	       struct iana_service *out)
{
	struct iap_position at = iap_position(*cursor);

	for (int port = iap_cursor_port(*cursor); port < 65536;
	     port++, at = (struct iap_position){ 0, 0, 0 }) {
		const unsigned char *first = iap_find_port(reg, port), *r;
		if (!has_start(reg, first, port))
			continue;
		while ((r = iap_next_service(reg, first, IAP_ANY, &at))) {
			if ((int)iap_port(r) != port)
				continue;
			fill(out, reg, r, at.bit);
			*cursor = iap_cursor(port, at);
			return 1;
		}
	}
	return 0;
}

static int
next_portless(const struct iana_registry *reg, uint32_t *cursor,
	      struct iana_service *out)
{
	unsigned bit = *cursor >> 28 & 7;
	const unsigned char *start = iap_blob(reg) + iap_at(reg)->portless;
	const unsigned char *end = iap_blob(reg) + iap_at(reg)->end;
	size_t skip = 2 * (size_t)(*cursor & 0x0fffffff);

	if (skip > (size_t)(end - start))
		return 0;
	for (const unsigned char *r = start + skip; bit < IAP_PROTOCOLS;
	     bit++, r = start)
		while (r < end) {
			const unsigned char *next = iap_extra_of(reg, r).next;
			if (iap_bits(r) & 1u << bit) {
				fill(out, reg, r, bit);
				*cursor = PORTLESS | bit << 28
					| (uint32_t)((next - start) / 2);
				return 1;
			}
			r = next;
		}
	return 0;
}

int
iana_service_next(const struct iana_registry *reg, uint32_t *cursor,
		  struct iana_service *out)
{
	if (!cursor || !out)
		return 0;
	if (!(*cursor & PORTLESS)) {
		if (next_with_port(reg, cursor, out))
			return 1;
		*cursor = PORTLESS;
	}
	return next_portless(reg, cursor, out);
}

/* ---- Aliases ------------------------------------------------------------- */

/* The steps lead back from the alias, and a walk can only go forward. So the
 * first walk counts the records up to the alias, and a second one from the same
 * start takes as many steps less. */
const unsigned char *
iap_head_of(const struct iana_registry *reg, const unsigned char *record)
{
	if (!(iap_bits(record) & IAP_EXTENDED))
		return record;

	struct iap_extra extra = iap_extra_of(reg, record);

	if (!(extra.flags & IAP_ALIAS))
		return record;

	const unsigned char *first = iap_find_port(reg, (int)iap_port(record));
	const unsigned char *r = first;
	unsigned index = 0;

	for (; r != record; r = iap_next_on_port(reg, r))
		index++;
	for (r = first; index > extra.steps; index--)
		r = iap_next_on_port(reg, r);
	return r;
}

int
iana_service_alias_of(const struct iana_service *service,
		      struct iana_service *out)
{
	if (!service || !out || !(service->flags & IANA_ALIAS))
		return 0;

	const struct iana_registry *reg = service->registry;
	const unsigned char *alias
		= iap_record_of_place(reg, service->record >> 3);

	fill(out, reg, iap_head_of(reg, alias), service->record & 7);
	return 1;
}
