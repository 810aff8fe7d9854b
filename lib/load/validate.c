/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/*
 * Everything that a look-up relies on is checked here, once. So look-ups check
 * nothing. If a file passes, no look-up reads outside of it or takes long, and
 * no two look-ups contradict each other, whatever the file says. Every record
 * is read three times: by itself, in the list of its port, and in the chain of
 * its name.
 */

#include "validate.h"
#include "check.h"
#include "format/classes.h"
#include "lookup/search.h"

#include <errno.h>
#include <stdlib.h>

/* ---- Header -------------------------------------------------------------- */

int
iap_check_head(const unsigned char *head, size_t size)
{
	if (size < 8 || memcmp(head, IAP_MAGIC, 8))
		return IANA_E_MAGIC;
	if (size < IAP_H_BYTES)
		return IANA_E_SIZE;
	if (!iap_u32(head + IAP_H_VERSION))
		return IANA_E_MAGIC;
	if (iap_u32(head + IAP_H_VERSION) > IAP_VERSION)
		return IANA_E_VERSION;
	return iap_u32(head + IAP_H_SIZE) != size || size % 8 ? IANA_E_SIZE : 0;
}

size_t
iap_size_before_details(const unsigned char *head, size_t size)
{
	size_t details = iap_u32(head + IAP_H_DETAILS);

	return details >= IAP_H_BYTES && details < size ? details : size;
}

static int
check_checksum(const unsigned char *blob, size_t size)
{
	return iap_checksum(blob + IAP_H_KEY, size - IAP_H_KEY)
		!= iap_u64(blob + IAP_H_CHECKSUM) ? IANA_E_CHECKSUM : 0;
}

static int
check_details_checksum(const unsigned char *blob, const unsigned char *details,
		       size_t size)
{
	return iap_checksum(details, size)
		!= iap_u64(blob + IAP_H_DETAILS_CHECKSUM) ? IANA_E_CHECKSUM : 0;
}

static void
read_layout(struct iap_layout *at, const unsigned char *blob)
{
#define READ(name, AT) at->name = iap_u32(blob + IAP_H_##AT);
	IAP_LAYOUT(READ)
#undef READ
	at->key = iap_u64(blob + IAP_H_KEY);
}

/* "2026-08-17" */
static int
check_date(const unsigned char *date)
{
	static const char form[] = "dddd-dd-dd";

	for (size_t i = 0; i < sizeof form - 1; i++)
		if (form[i] == 'd' ? date[i] < '0' || date[i] > '9'
		    : date[i] != '-')
			return IANA_E_VALUE;
	return iap_is_zero(date + sizeof form - 1, 2) ? 0 : IANA_E_VALUE;
}

/* Each section starts where the one before it ends. If a section would end
 * before it starts, its unsigned size is almost 4 GiB, and the test fails. */
static int
check_sections(const struct iap_layout *at)
{
	const struct {
		uint32_t start;
		uint64_t size;
	} sections[] = {
		{ at->pilots, at->buckets },
		{ at->slots, (uint64_t)at->slot_count * at->cell },
		{ at->longs, at->chunks - at->longs },
		{ at->chunks, IAP_CHUNK_COUNT * IAP_CHUNK_BYTES },
		{ at->places, at->runs - at->places },
		{ at->runs, (uint64_t)at->run_count * IAP_RUN_BYTES },
		{ at->records, at->portless - at->records },
		{ at->portless, at->end - at->portless },
		{ at->end, 0 },
	};
	uint64_t next = IAP_H_BYTES;

	for (size_t i = 0; i < sizeof sections / sizeof *sections; i++) {
		if (sections[i].start != next)
			return IANA_E_OFFSET;
		next += sections[i].size;
	}
	return 0;
}

static int
check_layout(const struct iap_layout *at, size_t size)
{
	const uint64_t end = ((uint64_t)at->end + IAP_PADDING + 7) / 8 * 8;

	if (at->cell < 2 || at->cell > 3)
		return IANA_E_VALUE;
	if (!at->buckets || !at->slot_count || !at->run_count)
		return IANA_E_COUNT;
	IAP_TRY(check_sections(at));
	if ((at->chunks - at->longs) % at->cell
	    || (at->runs - at->places) % at->cell
	    || (at->portless - at->records) % 2
	    || (at->end - at->records) % 2
	    || (at->end - at->records) / 2 > 0xffffff
	    || end != (at->details ? at->details : size) || end > size)
		return IANA_E_OFFSET;
	return 0;
}

/* Zeros behind the header's last field, and behind the records: then no name is
 * longer than the blob. */
static int
check_padding(const unsigned char *blob, const struct iap_layout *at,
	      size_t size)
{
	size_t end = at->details ? at->details : size;

	if (!iap_is_zero(blob + at->end, end - at->end))
		return IANA_E_STRING;
	return iap_is_zero(blob + IAP_H_DETAILS_CHECKSUM + 8, IAP_H_BYTES
			   - IAP_H_DETAILS_CHECKSUM - 8)
		&& (at->details || !iap_u64(blob + IAP_H_DETAILS_CHECKSUM))
		? 0 : IANA_E_VALUE;
}

/* ---- Records ------------------------------------------------------------- */

/* The byte after the NUL of a name: it is text that fits on a line of a file,
 * and its NUL is before end. Spaces within are allowed, since IANA has
 * published such names. NULL: it is wrong. */
static const unsigned char *
end_of_name(const unsigned char *name, const unsigned char *end)
{
	const unsigned char *p = iap_skip_name(name);

	return *p || p == name || p - name > IAP_LONGEST || p >= end
		|| *name == ' ' || p[-1] == ' ' ? NULL : p + 1;
}

/* The bytes after the name, from p on. They must end before end. */
static int
check_extra(const struct iap_check *c, const unsigned char *record,
	    const unsigned char *p, const unsigned char *end)
{
	uint32_t cell = iap_at(c->reg)->cell;
	unsigned flags = 0;

	if (iap_bits(record) & IAP_EXTENDED) {
		if (p == end)
			return IANA_E_OFFSET;
		flags = *p++;
		if (!flags || flags > (IAP_PUBLIC_FLAGS | IAP_RANGE | IAP_LINK
				       | IAP_COPY))
			return IANA_E_VALUE;
	}
	p += (flags & IAP_RANGE ? 2u : 0) + (flags & IAP_ALIAS ? 1u : 0)
		+ (flags & IAP_LINK ? cell : 0) + (flags & IAP_COPY ? cell : 0);
	if (p > end)
		return IANA_E_OFFSET;
	/* Then p is not at the end, since that is at an even distance. */
	return (end - p) % 2 && *p ? IANA_E_VALUE : 0;
}

static int
check_port(const unsigned char *record, const struct iap_extra *extra)
{
	unsigned port = iap_port(record);

	return !port || (extra->flags & IAP_RANGE && extra->last <= port)
		|| (extra->link && extra->original) ? IANA_E_VALUE : 0;
}

/* A record without a port is registered, and has one protocol. */
static int
check_portless(const unsigned char *record, const struct iap_extra *extra)
{
	unsigned mask = iap_bits(record) & IAP_ANY;

	return iap_port(record) || extra->flags & ~(unsigned)IAP_LINK
		|| iap_bits(record) & (IAP_MORE | IAP_RESERVED)
		|| mask & (mask - 1) ? IANA_E_VALUE : 0;
}

/* One record, which must end before end. *extra: what is after its name. */
static int
check_record(struct iap_check *c, const unsigned char *record,
	     const unsigned char *end, int portless, struct iap_extra *extra)
{
	if (end - record < IAP_NAME_AT + 2)
		return IANA_E_OFFSET;
	if (!(iap_bits(record) & IAP_ANY))
		return IANA_E_VALUE;

	const unsigned char *p = end_of_name(record + IAP_NAME_AT, end);

	if (!p)
		return IANA_E_STRING;
	IAP_TRY(check_extra(c, record, p, end));
	*extra = iap_extra_at(c->reg, record, p);
	IAP_TRY(portless ? check_portless(record, extra)
		: check_port(record, extra));
	if (iap_bits(record) & IAP_MORE && extra->next == end)
		return IANA_E_CHAIN;

	unsigned copy = extra->flags & IAP_COPY ? IAP_K_COPY : 0;

	c->known[iap_place_of_record(c->reg, record)]
		= (unsigned char)(IAP_K_STARTS | copy);
	c->originals += !copy;
	return 0;
}

static int
check_records(struct iap_check *c)
{
	const unsigned char *p = iap_blob(c->reg) + iap_at(c->reg)->records;
	const unsigned char *end = iap_blob(c->reg) + iap_at(c->reg)->portless;
	uint32_t copies = 0, without = 0;
	struct iap_extra extra;

	for (; p < end; p = extra.next) {
		IAP_TRY(check_record(c, p, end, 0, &extra));
		uint32_t words = (uint32_t)(extra.next - p) / 2;
		copies = extra.flags & IAP_COPY ? copies + words : 0;
		without = iap_bits(p) & IAP_NAMED ? 0 : without + words;
		if (copies > IAP_MOST_WORDS || without > IAP_MOST_WORDS)
			return IANA_E_COUNT;
	}
	return 0;
}

/* Those without a port are sorted by protocol. */
static int
check_all_portless(struct iap_check *c)
{
	const unsigned char *p = iap_blob(c->reg) + iap_at(c->reg)->portless;
	const unsigned char *end = iap_blob(c->reg) + iap_at(c->reg)->end;
	unsigned before = 0;
	struct iap_extra extra;

	for (; p < end; p = extra.next) {
		IAP_TRY(check_record(c, p, end, 1, &extra));
		if ((iap_bits(p) & IAP_ANY) < before)
			return IANA_E_ORDER;
		before = iap_bits(p) & IAP_ANY;
	}
	return 0;
}

/* ---- Chains of names ----------------------------------------------------- */

/* The original record in a cell, or NULL. */
static const unsigned char *
original_in(const struct iap_check *c, const unsigned char *cell)
{
	uint32_t place = iap_place(c->reg, cell);

	return place < c->places && iap_is_original(c, place)
		? iap_record_of_place(c->reg, place) : NULL;
}

/* What the order of a name's records goes by. Those of a site are in the order
 * of its lines, which no record tells. */
static uint32_t
order_of_name(const unsigned char *record, unsigned flags)
{
	unsigned class = iap_class_of(flags), port = iap_port(record);

	return class == IAP_CLASS_LOCAL ? 0
		: class << 20 | (port ? port : 65536) << 3
		| iap_lowest_bit(iap_bits(record) & IAP_ANY);
}

/* The records of a name, from the first on. All have that name, and none is in
 * another chain. */
static int
check_chain(struct iap_check *c, const unsigned char *first)
{
	const unsigned char *name = first + IAP_NAME_AT, *r = first;
	uint32_t services = 0, before = 0;
	size_t n = 0;

	for (;;) {
		unsigned char *known = &c->known[iap_place_of_record(c->reg,
								     r)];
		if (*known & IAP_K_CHAINED)
			return IANA_E_CHAIN;
		*known |= IAP_K_CHAINED;
		c->chained++;
		services += iap_popcount(iap_bits(r) & IAP_ANY);
		if (services > IAP_MOST_OF_NAME)
			return IANA_E_COUNT;
		unsigned flags = 0;
		const unsigned char *link = NULL;
		if (iap_bits(r) & IAP_EXTENDED) {
			struct iap_extra extra = iap_extra_of(c->reg, r);
			flags = extra.flags;
			link = extra.link;
		}
		uint32_t order = link || n ? order_of_name(r, flags) : 0;
		if (order < before)
			return IANA_E_ORDER;
		before = order;
		if (!link)
			return 0;
		if (!n)
			n = strlen((const char *)name);
		r = original_in(c, link);
		if (!r)
			return IANA_E_OFFSET;
		if (iap_compare_name(name, n, r + IAP_NAME_AT))
			return IANA_E_CHAIN;
	}
}

/* The cell of the slot that a record's name has; NULL: its name is longer. */
static const unsigned char *
slot_of(const struct iap_check *c, const unsigned char *record)
{
	const unsigned char *name = record + IAP_NAME_AT;
	size_t n = strlen((const char *)name);

	if (n > IAP_HASHED)
		return NULL;

	uint64_t hash = iap_hash(iap_letters_of(name, n), n,
				 iap_at(c->reg)->key);
	const unsigned char *cell = iap_slot_of(c->reg, hash);

	c->pilots[iap_bucket(hash, iap_at(c->reg)->buckets)]
		= *iap_pilot_of(c->reg, hash);
	return cell;
}

/* Each slot leads to the first record of a name that has this slot, or has
 * place 0. The record there may be such a first record, too. A bucket without
 * names has the pilot 0. */
static int
check_slots(struct iap_check *c)
{
	const struct iap_layout *at = iap_at(c->reg);
	const unsigned char *cell = iap_blob(c->reg) + at->slots;
	const unsigned char *end = iap_blob(c->reg) + at->longs;
	const unsigned char *of_zero;

	if (!c->places)                 /* place 0 has no name */
		return IANA_E_OFFSET;
	of_zero = slot_of(c, iap_record_of_place(c->reg, 0));
	for (; cell < end; cell += at->cell) {
		if (!iap_place(c->reg, cell) && cell != of_zero)
			continue;
		const unsigned char *r = original_in(c, cell);
		if (!r)
			return IANA_E_OFFSET;
		if (slot_of(c, r) != cell)
			return IANA_E_CHAIN;
		IAP_TRY(check_chain(c, r));
	}
	return memcmp(c->pilots, iap_blob(c->reg) + at->pilots, at->buckets)
		? IANA_E_VALUE : 0;
}

/* Longer names, sorted. */
static int
check_longs(struct iap_check *c)
{
	const struct iap_layout *at = iap_at(c->reg);
	const unsigned char *cell = iap_blob(c->reg) + at->longs;
	const unsigned char *end = iap_blob(c->reg) + at->chunks;
	const unsigned char *before = NULL;

	for (; cell < end; cell += at->cell) {
		const unsigned char *r = original_in(c, cell);
		if (!r)
			return IANA_E_OFFSET;
		const unsigned char *name = r + IAP_NAME_AT;
		size_t n = strlen((const char *)name);
		if (n <= IAP_HASHED)
			return IANA_E_STRING;
		if (before && iap_compare_name(name, n, before) <= 0)
			return IANA_E_ORDER;
		before = name;
		IAP_TRY(check_chain(c, r));
	}
	return 0;
}

/* Every record is in a chain that look-ups find. */
static int
check_names(struct iap_check *c)
{
	IAP_TRY(check_slots(c));
	IAP_TRY(check_longs(c));
	return c->chained == c->originals ? 0 : IANA_E_CHAIN;
}

/* ---- Ports --------------------------------------------------------------- */

/* A record on a list: its original, and that of its head if it is an alias. */
struct listed {
	const unsigned char *original, *head;
	unsigned last;                  /* port */
};

/* The records that some ports share. */
struct list {
	unsigned first, last;           /* ports */
	const struct list *before;
	struct listed *on;              /* its records so far */
	unsigned count, copies;         /* of them */
	unsigned go_on;                 /* behind the last port */
	unsigned services;
	unsigned mask;                  /* of all of them */
	unsigned registered;            /* of those that are not ADDED */
	unsigned class;                 /* of the last one */
	unsigned reserved;              /* IAP_RESERVED, or 0 */
};

/* Whether a copy says what its original does, which is the next that goes on
 * from the list before. */
static int
check_copy(const struct iap_check *c, const struct list *list,
	   const unsigned char *record, const struct iap_extra *extra)
{
	const unsigned char *original = original_in(c, extra->original);

	if (!original)
		return IANA_E_OFFSET;
	if (list->copies == list->before->go_on
	    || original != list->before->on[list->copies].original)
		return IANA_E_CHAIN;

	struct iap_extra its = iap_extra_of(c->reg, original);

	return iap_port(original) != iap_port(record)
		|| (iap_bits(original) ^ iap_bits(record)) & IAP_ANY
		|| (its.flags ^ extra->flags) & ~(unsigned)(IAP_LINK | IAP_COPY)
		|| its.last != extra->last
		|| strcmp(iap_name(original), iap_name(record))
		? IANA_E_VALUE : 0;
}

/* The head of an alias comes before the alias, and is not an alias. It has at
 * least the same ports and protocols. A copy has the head of its original.
 * *head becomes the original of the head. */
static int
check_alias(const struct iap_check *c, const struct list *list,
	    const unsigned char *record, const struct iap_extra *extra,
	    const unsigned char **head)
{
	if (!extra->steps || extra->steps > list->count)
		return IANA_E_CHAIN;
	*head = list->on[list->count - extra->steps].original;
	if (extra->flags & IAP_COPY)
		return *head == list->before->on[list->copies].head ? 0
			: IANA_E_CHAIN;

	struct iap_extra its = iap_extra_of(c->reg, *head);

	return its.flags & IAP_ALIAS || its.last < extra->last
		|| iap_bits(record) & IAP_ANY & ~iap_bits(*head)
		? IANA_E_CHAIN : 0;
}

/* One record of a list: it covers all ports of the list. */
static int
check_listed(const struct iap_check *c, struct list *list,
	     const unsigned char *record, const struct iap_extra *extra)
{
	unsigned port = iap_port(record), class = iap_class_of(extra->flags);
	struct listed *its = &list->on[list->count];

	if (extra->flags & IAP_COPY ? port >= list->first
	    : port != list->first)
		return IANA_E_VALUE;
	if (extra->last < list->last
	    || (list->count && iap_bits(record) & IAP_RESERVED))
		return IANA_E_VALUE;
	list->services += iap_popcount(iap_bits(record) & IAP_ANY);
	if (list->services > IAP_MOST_ON_PORT)
		return IANA_E_COUNT;
	if (class < list->class)
		return IANA_E_ORDER;
	list->class = class;
	*its = (struct listed){ record, NULL, extra->last };
	if (extra->flags & IAP_COPY) {
		IAP_TRY(check_copy(c, list, record, extra));
		its->original = list->before->on[list->copies].original;
	}
	if (extra->flags & IAP_ALIAS)
		IAP_TRY(check_alias(c, list, record, extra, &its->head));
	list->count++;
	list->copies += extra->flags & IAP_COPY ? 1 : 0;
	list->go_on += extra->last > list->last;
	list->mask |= iap_bits(record);
	list->registered |= extra->flags & IAP_ADDED ? 0 : iap_bits(record);
	return 0;
}

/* The list starts at *at, which becomes the place after it. */
static int
check_list(const struct iap_check *c, struct list *list,
	   const unsigned char **at)
{
	const unsigned char *start = *at, *p = start;
	int more;

	list->reserved = iap_bits(start) & IAP_RESERVED;
	do {
		struct iap_extra extra = iap_extra_of(c->reg, p);
		IAP_TRY(check_listed(c, list, p, &extra));
		more = iap_bits(p) & IAP_MORE;
		p = extra.next;
	} while (more);
	*at = p;
	if (list->copies != list->before->go_on)
		return IANA_E_CHAIN;
	return p - start > 2 * IAP_MOST_WORDS ? IANA_E_COUNT : 0;
}

/* Keeps those records of a list that go on, in their order. */
static void
keep_going(struct list *list)
{
	for (unsigned i = 0, n = 0; n < list->go_on; i++)
		if (list->on[i].last > list->last)
			list->on[n++] = list->on[i];
}

/* The ports in use, one after the other, with their cells. */
struct port {
	int number;
	const unsigned char *cell;
};

static void
next_port(const struct iap_check *c, struct port *port)
{
	port->number = iap_used_port(c->reg, port->number + 1);
	port->cell += iap_at(c->reg)->cell;
}

/* The ports from this one on that share its list; *port becomes the one after
 * them. Returns the last one. */
static int
share_list(const struct iap_check *c, struct port *port)
{
	uint32_t place = iap_place(c->reg, port->cell);
	int last;

	do {
		last = port->number;
		next_port(c, port);
	} while (port->number == last + 1 && port->number < 65536
		 && iap_place(c->reg, port->cell) == place);
	return last;
}

/* ---- Status of ports ----------------------------------------------------- */

static const struct list no_list;       /* of ports without records */

/* The runs, as the ports read them one after the other. */
struct runs {
	unsigned port;                  /* the next one that reads */
	unsigned like;                  /* what the last one left to read */
	unsigned status;                /* of the run at hand */
	unsigned read;                  /* its bits that ports have read */
	uint32_t next;                  /* index of the run after it */
	unsigned end;                   /* where that starts */
};

/* The lower bit of the status of each protocol in a mask. */
static unsigned
status_bits(unsigned mask)
{
	unsigned pairs = (mask | mask << 2) & 0x33;

	return (pairs | pairs << 1) & 0x55;
}

IAP_ASSERT(assigned_is_the_higher_bit, IAP_S_ASSIGNED == 2);
IAP_ASSERT(reserved_is_the_lower_bit, IAP_S_RESERVED == 1);

/* A run makes a port assigned only if a service without a protocol has it. If
 * the port has records, and each of tcp and udp that none of them has is
 * reserved, IAP_RESERVED says so. */
static int
check_status(unsigned status, unsigned mask, const struct list *list)
{
	unsigned low = status & 0x55, high = status >> 1 & 0x55;
	unsigned pair = status_bits(mask & (IAP_TCP | IAP_UDP));

	if (high & ~low & status_bits(mask) && !(list->registered & IAP_NONE))
		return IANA_E_VALUE;
	return list->count && pair && (low & ~high & pair) == pair
		? IANA_E_VALUE : 0;
}

/* The next run starts where a port reads these bits in it, and ports before
 * have read other ones in the run before. */
static int
next_run(const struct iap_check *c, struct runs *runs, unsigned bits)
{
	unsigned status = iap_run_status(c->reg, runs->next);

	if (runs->status & ~runs->read
	    || (runs->next && !((status ^ runs->status) & runs->read & bits)))
		return IANA_E_VALUE;
	runs->status = status;
	runs->read = 0;
	runs->next++;
	runs->end = runs->next < iap_at(c->reg)->run_count
		? iap_run_port(c->reg, runs->next) : 65536;
	return 0;
}

/* The ports up to this one have that list: they read what it does not tell. */
static int
read_others(const struct iap_check *c, struct runs *runs, unsigned end,
	    const struct list *list)
{
	unsigned mask = IAP_NAMED & ~list->registered, bits;

	if (list->reserved)
		mask &= ~(unsigned)(IAP_TCP | IAP_UDP);
	bits = 3 * status_bits(mask);
	while (runs->port < end) {
		if (runs->port == runs->end)
			IAP_TRY(next_run(c, runs, bits));
		IAP_TRY(check_status(runs->status, mask, list));
		runs->read |= bits;
		runs->port = end < runs->end ? end : runs->end;
	}
	return 0;
}

/* In a run, most ports read the same as the port before. */
static inline int
read_runs(const struct iap_check *c, struct runs *runs, unsigned end,
	  const struct list *list)
{
	unsigned like = (list->registered & IAP_ANY) | list->reserved
		| (list->count ? IAP_MORE : 0);

	if (like == runs->like && end <= runs->end) {
		runs->port = end;
		return 0;
	}
	runs->like = like;
	return read_others(c, runs, end, list);
}

/* What no port reads is 0. */
static int
end_runs(const struct iap_check *c, struct runs *runs)
{
	IAP_TRY(read_runs(c, runs, 65536, &no_list));
	return runs->status & ~runs->read ? IANA_E_VALUE : 0;
}

/* ---- Ports, with their records and status -------------------------------- */

/* One list, and the ports before it, which have none. */
static int
check_next_list(const struct iap_check *c, struct list *list,
		struct runs *runs, const unsigned char **at)
{
	const struct list *before = list->before;

	IAP_TRY(check_list(c, list, at));
	/* If it had the same records, the ports would share one list. */
	if (list->copies == list->count && list->copies == before->count
	    && list->reserved == before->reserved)
		return IANA_E_CHAIN;
	if (list->reserved
	    && !(~list->registered & (IAP_TCP | IAP_UDP)))
		return IANA_E_VALUE;
	if (runs->port < list->first)
		IAP_TRY(read_runs(c, runs, list->first, &no_list));
	return read_runs(c, runs, list->last + 1, list);
}

/*
 * The lists follow each other in the order of their ports, up to the records
 * without a port. So each record is on a list, and each cell of PLACES leads to
 * one. Each record that goes on behind the ports of a list has a copy on the
 * next one. Too many ports without a protocol may not follow each other.
 */
static int
check_lists(const struct iap_check *c)
{
	const struct iap_layout *at = iap_at(c->reg);
	const unsigned char *p = iap_blob(c->reg) + at->records;
	const unsigned char *end = iap_blob(c->reg) + at->portless;
	struct listed on[2][IAP_MOST_ON_PORT];
	struct list lists[2] = { { .on = on[0] }, { .on = on[1] } };
	struct list *before = &lists[0], *list = &lists[1];
	struct port port = { iap_used_port(c->reg, 0),
			     iap_blob(c->reg) + at->places };
	struct runs runs = { 0 };
	unsigned without = 0;

	while (port.number < 65536) {
		if (p == end || iap_place(c->reg, port.cell)
		    != iap_place_of_record(c->reg, p))
			return IANA_E_OFFSET;
		if (before->go_on && (unsigned)port.number != before->last + 1)
			return IANA_E_CHAIN;
		*list = (struct list){
			.first = (unsigned)port.number,
			.before = before, .on = list->on,
		};
		list->last = (unsigned)share_list(c, &port);
		IAP_TRY(check_next_list(c, list, &runs, &p));
		keep_going(list);
		without = list->mask & IAP_NAMED ? 0
			: without + list->last - list->first + 1;
		if (without > IAP_MOST_PORTS)
			return IANA_E_COUNT;
		struct list *next = before;
		before = list;
		list = next;
	}
	if (p != end || before->go_on)
		return IANA_E_CHAIN;
	return end_runs(c, &runs);
}

/* The ranks, which count the ports before each chunk. */
static int
check_chunks(const struct iap_layout *at, const unsigned char *chunk)
{
	uint32_t ports = 0;

	for (int i = 0; i < IAP_CHUNK_COUNT; i++, chunk += IAP_CHUNK_BYTES) {
		if (iap_u16(chunk + 8) != (ports & 0xffff))
			return IANA_E_COUNT;
		ports += iap_popcount(iap_u64(chunk));
	}
	return ports == (at->runs - at->places) / at->cell ? 0 : IANA_E_COUNT;
}

/* Their ports; their statuses are read with the lists. */
static int
check_runs(const struct iap_check *c)
{
	if (iap_run_port(c->reg, 0))
		return IANA_E_VALUE;
	for (uint32_t i = 1; i < iap_at(c->reg)->run_count; i++)
		if (iap_run_port(c->reg, i) <= iap_run_port(c->reg, i - 1))
			return IANA_E_ORDER;
	return 0;
}

/* ---- All together -------------------------------------------------------- */

static int
check_contents(struct iap_check *c, size_t size)
{
	const struct iap_layout *at = iap_at(c->reg);

	IAP_TRY(check_padding(iap_blob(c->reg), at, size));
	IAP_TRY(check_records(c));
	IAP_TRY(check_all_portless(c));
	IAP_TRY(check_names(c));
	IAP_TRY(check_chunks(at, iap_blob(c->reg) + at->chunks));
	IAP_TRY(check_runs(c));
	IAP_TRY(check_lists(c));
	return at->details ? iap_check_details(c, size - at->details) : 0;
}

int
iap_check_lookup_part(struct iana_registry *registry, size_t size)
{
	const unsigned char *blob = registry->blob;

	IAP_TRY(check_checksum(blob, iap_size_before_details(blob, size)));
	read_layout(&registry->at, blob);
	IAP_TRY(check_layout(&registry->at, size));
	return check_date(blob + IAP_H_UPDATED);
}

int
iap_validate(struct iana_registry *registry, size_t size)
{
	const unsigned char *blob = registry->blob;
	const struct iap_layout *at = &registry->at;

	if (!blob)
		return IANA_E_MAGIC;
	IAP_TRY(iap_check_head(blob, size));

	size_t before = iap_size_before_details(blob, size);

	IAP_TRY(iap_check_lookup_part(registry, size));
	if (before < size) {
		registry->details = blob + before;
		IAP_TRY(check_details_checksum(blob, blob + before,
					       size - before));
	}

	struct iap_check c = {
		.reg = registry,
		.places = (at->end - at->records) / 2,
	};

	c.known = calloc((size_t)c.places + 1 + at->buckets, 1);
	if (!c.known) {
		errno = ENOMEM;
		return IANA_E_SYSTEM;
	}
	c.pilots = c.known + c.places + 1;

	int error = check_contents(&c, size);

	free(c.known);
	return error;
}
