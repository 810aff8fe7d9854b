/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* Whole services: by name, by port, and one after the other. */

#include "services.h"
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
fill_with(struct iana_service *out, const struct iana_registry *reg,
	  const unsigned char *record, const struct iap_extra *extra,
	  unsigned bit)
{
	int port = (int)iap_port(record);

	if (extra->original)
		record = iap_record(reg, extra->original);
	*out = (struct iana_service){
		.name = iap_name(record),
		.registry = reg,
		.record = iap_place_of_record(reg, record) << 3 | bit,
		.flags = public_flags(record, extra->flags),
		.port = port ? port : -1,
		.last_port = port ? (int)extra->last : -1,
		.proto = iap_proto_of(bit),
	};
}

static void
fill(struct iana_service *out, const struct iana_registry *reg,
     const unsigned char *record, unsigned bit)
{
	struct iap_extra extra = iap_extra_of(reg, record);

	fill_with(out, reg, record, &extra, bit);
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

const unsigned char *
iap_next_service(const struct iana_registry *reg, const unsigned char *first,
		 unsigned mask, unsigned skip, uint32_t *order, unsigned *bit)
{
	const unsigned char *r = first, *found = NULL;
	uint32_t best = UINT32_MAX;

	for (unsigned index = 0; r; index++) {
		struct iap_extra extra = iap_extra_of(reg, r);
		unsigned left = extra.flags & skip ? 0 : iap_bits(r) & mask;
		for (; left; left &= left - 1) {
			unsigned its = iap_lowest_bit(left);
			uint32_t at = iap_order(iap_class_of(extra.flags),
						index, its);
			if (at <= *order || at >= best)
				continue;
			best = at;
			found = r;
			*bit = its;
		}
		r = iap_bits(r) & IAP_MORE ? extra.next : NULL;
	}
	if (found)
		*order = best;
	return found;
}

/* What iap_order() sorts by before the record: the class, and the protocol if
 * the service is not local. */
#define SORTS (IAP_CLASSES * IAP_PROTOCOLS)

static unsigned
sort_of(unsigned class, unsigned bit)
{
	return class == IAP_CLASS_LOCAL ? 0 : class * IAP_PROTOCOLS + bit;
}

/* How many services of each sort a port has. */
static void
count_sorts(const struct iana_registry *reg, const unsigned char *first,
	    unsigned mask, size_t count[SORTS])
{
	for (const unsigned char *r = first; r; ) {
		struct iap_extra extra = iap_extra_of(reg, r);
		unsigned class = iap_class_of(extra.flags);
		unsigned left = iap_bits(r) & mask & IAP_ANY;
		for (; left; left &= left - 1)
			count[sort_of(class, iap_lowest_bit(left))]++;
		r = iap_bits(r) & IAP_MORE ? extra.next : NULL;
	}
}

/* The services of a sort follow each other in the order of the records, so two
 * walks are enough: one counts each sort, and the other writes. */
size_t
iana_services_on(const struct iana_registry *reg, int port, int proto,
		 struct iana_service *out, size_t cap)
{
	const unsigned char *first = iap_find_port(reg, port), *r;
	unsigned mask = iap_mask_of(proto);
	size_t start[SORTS] = { 0 }, n = 0;

	if (!first)
		return 0;
	count_sorts(reg, first, mask, start);
	for (unsigned sort = 0; sort < SORTS; sort++) {
		size_t count = start[sort];
		start[sort] = n;
		n += count;
	}
	for (r = first; r && cap; ) {
		struct iap_extra extra = iap_extra_of(reg, r);
		unsigned class = iap_class_of(extra.flags);
		unsigned left = iap_bits(r) & mask & IAP_ANY;
		for (; left; left &= left - 1) {
			unsigned bit = iap_lowest_bit(left);
			size_t i = start[sort_of(class, bit)]++;
			if (i < cap)
				fill_with(&out[i], reg, r, &extra, bit);
		}
		r = iap_bits(r) & IAP_MORE ? extra.next : NULL;
	}
	return n;
}

/* ---- Enumeration --------------------------------------------------------- */

/*
 * While there are ports, a cursor is an iap_cursor(). After that, it has this
 * bit, and the place of the next record from the first one without a port on. A
 * cursor may come from another registry, so whether a record starts there is
 * found from its bytes.
 */
#define PORTLESS 0x80000000u

/* A range is listed only at its first port. On the other ports there are copies
 * of its record. */
static const unsigned char *
next_original(const struct iana_registry *reg, const unsigned char *r)
{
	const unsigned char *end = iap_blob(reg) + iap_at(reg)->portless;

	while (r < end) {
		struct iap_extra extra = iap_extra_of(reg, r);
		if (!(extra.flags & IAP_COPY))
			return r;
		r = extra.next;
	}
	return NULL;
}

/* The first record of the next port on which a service starts, or NULL. */
static const unsigned char *
next_start(const struct iana_registry *reg, const unsigned char *r)
{
	while (iap_bits(r) & IAP_MORE)
		r = iap_extra_of(reg, r).next;
	r = next_original(reg, iap_extra_of(reg, r).next);
	return r ? iap_find_port(reg, (int)iap_port(r)) : NULL;
}

static int
next_with_port(const struct iana_registry *reg, uint32_t *cursor,
	       struct iana_service *out)
{
	uint32_t order = iap_cursor_order(*cursor);
	int port = iap_cursor_port(*cursor);
	const unsigned char *first = iap_find_port(reg, port);

	if (!first) {
		first = iap_find_port(reg, iap_used_port(reg, port));
		order = 0;
	}
	for (; first; first = next_start(reg, first), order = 0) {
		unsigned bit;
		const unsigned char *r = iap_next_service(
			reg, first, IAP_ANY, IAP_COPY, &order, &bit);
		if (!r)
			continue;
		fill(out, reg, r, bit);
		*cursor = iap_cursor((int)iap_port(r), order);
		return 1;
	}
	return 0;
}

/*
 * Whether a record without a port starts there: with port 0, a protocol, and a
 * name. Within such a record, two bytes of 0 at an even distance can only be
 * the NUL of the name and padding, or be in a cell. What follows these has no
 * protocol or no name: it is padding, or the port 0 of the next record, or the
 * zeros at the end.
 */
static int
is_portless(const unsigned char *r)
{
	return !iap_port(r) && iap_bits(r) & IAP_ANY && r[IAP_NAME_AT] >= ' ';
}

/* They are sorted by protocol, and each has one. */
static int
next_portless(const struct iana_registry *reg, uint32_t *cursor,
	      struct iana_service *out)
{
	const unsigned char *start = iap_blob(reg) + iap_at(reg)->portless;
	size_t size = iap_at(reg)->end - iap_at(reg)->portless;
	size_t skip = 2 * (size_t)(*cursor & ~PORTLESS);

	if (skip >= size || !is_portless(start + skip))
		return 0;

	const unsigned char *r = start + skip;

	fill(out, reg, r, iap_lowest_bit(iap_bits(r) & IAP_ANY));
	r = iap_extra_of(reg, r).next;
	*cursor = PORTLESS | (uint32_t)((r - start) / 2);
	return 1;
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

	for (; r && r != record; r = iap_next_on_port(reg, r))
		index++;
	if (!r)
		return NULL;
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
	unsigned bit = service->record & 7;
	const unsigned char *alias
		= iap_record_if_inside(reg, service->record >> 3);
	const unsigned char *head = alias ? iap_head_of(reg, alias) : NULL;

	if (!head || head == alias
	    || !(iap_bits(head) & IAP_ANY & 1u << bit))
		return 0;
	fill(out, reg, head, bit);
	return 1;
}
