/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/*
 * Everything that a look-up relies on is checked here, once. So look-ups check
 * nothing. If a file passes, no look-up reads outside of it or runs without
 * end, whatever the file says.
 */

#include "validate.h"
#include "check.h"
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
	return date[sizeof form - 1] ? IANA_E_VALUE : 0;
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

/* Then no name is longer than the blob. */
static int
check_padding(const unsigned char *padding)
{
	for (int i = 0; i < IAP_PADDING; i++)
		if (padding[i])
			return IANA_E_STRING;
	return 0;
}

/* ---- Records ------------------------------------------------------------- */

/* A name is text that fits on a line of a file, and its NUL is before end.
 * Spaces within are allowed, since IANA has published such names. */
static int
check_name(const unsigned char *name, const unsigned char *end)
{
	size_t n = 0;

	while (name[n] >= ' ' && name[n] != 0x7f)
		n++;
	if (name[n] || !n || n > IAP_LONGEST || name + n >= end
	    || *name == ' ' || name[n - 1] == ' ')
		return IANA_E_STRING;
	return 0;
}

/* The number of bytes after the name, if the flags are right. */
static int
check_extra(const struct iap_check *c, const unsigned char *record,
	    const unsigned char *end)
{
	const unsigned char *p = record + IAP_NAME_AT
		+ strlen(iap_name(record)) + 1;
	uint32_t cell = iap_at(c->reg)->cell;

	if (!(iap_bits(record) & IAP_EXTENDED))
		return 0;
	if (p == end)
		return IANA_E_OFFSET;

	unsigned flags = *p++;
	uint32_t size = (flags & IAP_RANGE ? 2u : 0)
		+ (flags & IAP_ALIAS ? 1u : 0) + (flags & IAP_LINK ? cell : 0)
		+ (flags & IAP_COPY ? cell : 0);

	if (flags > (IAP_PUBLIC_FLAGS | IAP_RANGE | IAP_LINK | IAP_COPY))
		return IANA_E_VALUE;
	return size > (size_t)(end - p) ? IANA_E_OFFSET : 0;
}

static int
check_ports(const unsigned char *record, const struct iap_extra *extra,
	    int portless)
{
	unsigned port = iap_port(record);

	if (portless)
		return port || extra->flags & (IAP_RANGE | IAP_ALIAS | IAP_COPY)
			|| iap_bits(record) & (IAP_MORE | IAP_RESERVED)
			? IANA_E_VALUE : 0;
	return !port || extra->last < port ? IANA_E_VALUE : 0;
}

/* One record, which must end before end. */
static int
check_record(struct iap_check *c, const unsigned char *record,
	     const unsigned char *end, int portless)
{
	if (end - record < IAP_NAME_AT + 2)
		return IANA_E_OFFSET;
	if (!(iap_bits(record) & IAP_ANY))
		return IANA_E_VALUE;
	IAP_TRY(check_name(record + IAP_NAME_AT, end));
	IAP_TRY(check_extra(c, record, end));

	struct iap_extra extra = iap_extra_of(c->reg, record);
	uint32_t place = iap_place_of_record(c->reg, record);

	IAP_TRY(check_ports(record, &extra, portless));
	if (extra.next > end)
		return IANA_E_OFFSET;
	if (iap_bits(record) & IAP_MORE && extra.next == end)
		return IANA_E_CHAIN;
	c->records++;
	c->known[place] = IAP_K_STARTS;
	if (extra.flags & IAP_COPY) {
		c->known[place] |= IAP_K_COPY;
		return 0;
	}
	c->originals++;
	if (extra.flags & IAP_ALIAS) {
		c->known[place] |= IAP_K_ALIAS;
		c->aliases++;
	}
	return 0;
}

/* All records of a part. No port has more of them than a cursor can count. */
static int
check_records(struct iap_check *c, uint32_t from, uint32_t to, int portless)
{
	const unsigned char *p = iap_blob(c->reg) + from;
	const unsigned char *end = iap_blob(c->reg) + to;
	unsigned in_chain = 0;

	while (p < end) {
		IAP_TRY(check_record(c, p, end, portless));
		in_chain = iap_bits(p) & IAP_MORE ? in_chain + 1 : 0;
		if (in_chain >= IAP_MOST_ON_PORT)
			return IANA_E_CHAIN;
		p = iap_extra_of(c->reg, p).next;
	}
	return 0;
}

/* ---- Cells --------------------------------------------------------------- */

/* Each cell leads to a record. */
static int
check_cells(const struct iap_check *c, uint32_t from, uint32_t to)
{
	const unsigned char *blob = iap_blob(c->reg);

	for (; from < to; from += iap_at(c->reg)->cell) {
		uint32_t place = iap_place(c->reg, blob + from);
		if (place >= c->places || !c->known[place])
			return IANA_E_OFFSET;
	}
	return 0;
}

/* Longer names, sorted. */
static int
check_longs(const struct iap_check *c)
{
	const struct iap_layout *at = iap_at(c->reg);
	uint32_t count = (at->chunks - at->longs) / at->cell;
	const unsigned char *before = NULL;

	for (uint32_t i = 0; i < count; i++) {
		const unsigned char *name = iap_record_at(c->reg, at->longs, i)
			+ IAP_NAME_AT;
		size_t n = strlen((const char *)name);
		if (n <= IAP_HASHED)
			return IANA_E_STRING;
		if (before && iap_compare_name(name, n, before) <= 0)
			return IANA_E_ORDER;
		before = name;
	}
	return 0;
}

/* ---- Chains of names ----------------------------------------------------- */

static int
leads_to_original(const struct iap_check *c, const unsigned char *cell)
{
	uint32_t place = iap_place(c->reg, cell);

	return place < c->places && iap_is_original(c, place);
}

/* A link leads to another original of that name. No two links lead to the same
 * record. */
static int
check_link(struct iap_check *c, const unsigned char *record)
{
	struct iap_extra extra = iap_extra_of(c->reg, record);
	const char *name = iap_name(record);

	if (extra.original && !leads_to_original(c, extra.original))
		return IANA_E_OFFSET;
	if (!extra.link)
		return 0;
	if (!leads_to_original(c, extra.link))
		return IANA_E_OFFSET;

	const unsigned char *next = iap_record(c->reg, extra.link);
	unsigned char *known = &c->known[iap_place_of_record(c->reg, next)];

	if (*known & IAP_K_LINKED || extra.original
	    || iap_compare_name((const unsigned char *)name, strlen(name),
				next + IAP_NAME_AT))
		return IANA_E_CHAIN;
	*known |= IAP_K_LINKED;
	return 0;
}

/* Now a chain without an end can only be one that no first record leads to. */
static int
check_chains(struct iap_check *c)
{
	uint32_t reached = 0;

	for (uint32_t i = 0; i < c->places; i++)
		if (c->known[i])
			IAP_TRY(check_link(c, iap_record_of_place(c->reg, i)));
	for (uint32_t i = 0; i < c->places; i++) {
		if (!c->known[i] || c->known[i] & IAP_K_LINKED)
			continue;
		const unsigned char *r = iap_record_of_place(c->reg, i);
		for (; r; r = iap_next_of_name(c->reg, r))
			reached++;
	}
	return reached == c->records ? 0 : IANA_E_CHAIN;
}

/* ---- Ports --------------------------------------------------------------- */

/* The records of a port cover it. The head of each alias among them comes
 * before the alias, and is not an alias. Heads are searched on the first port
 * of an alias. */
static int
check_port(struct iap_check *c, int port)
{
	const unsigned char *r = iap_find_port(c->reg, port);
	const unsigned char *portless = iap_blob(c->reg)
		+ iap_at(c->reg)->portless;
	unsigned char is_alias[IAP_MOST_ON_PORT];

	for (unsigned i = 0; r; i++, r = iap_next_on_port(c->reg, r)) {
		struct iap_extra extra = iap_extra_of(c->reg, r);
		if (r >= portless || (int)iap_port(r) > port
		    || (int)extra.last < port)
			return IANA_E_VALUE;
		is_alias[i] = extra.flags & IAP_ALIAS;
		if (!is_alias[i])
			continue;
		if (!extra.steps || extra.steps > i
		    || is_alias[i - extra.steps])
			return IANA_E_CHAIN;
		unsigned char *known
			= &c->known[iap_place_of_record(c->reg, r)];
		if ((int)iap_port(r) == port && *known & IAP_K_ALIAS) {
			*known &= (unsigned char)~IAP_K_ALIAS;
			c->aliases--;
		}
	}
	return 0;
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

static int
check_all_ports(struct iap_check *c)
{
	const unsigned char *chunks = iap_blob(c->reg) + iap_at(c->reg)->chunks;

	IAP_TRY(check_chunks(iap_at(c->reg), chunks));
	for (int i = 0; i < IAP_CHUNK_COUNT; i++) {
		uint64_t ports = iap_u64(chunks + i * IAP_CHUNK_BYTES);
		for (int port = 64 * i; ports; port++, ports >>= 1)
			if (ports & 1)
				IAP_TRY(check_port(c, port));
	}
	return c->aliases ? IANA_E_CHAIN : 0;
}

/* Any status is valid, so only the ports are checked. */
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

	IAP_TRY(check_padding(iap_blob(c->reg) + at->end));
	IAP_TRY(check_records(c, at->records, at->portless, 0));
	IAP_TRY(check_records(c, at->portless, at->end, 1));
	IAP_TRY(check_cells(c, at->slots, at->chunks));
	IAP_TRY(check_cells(c, at->places, at->runs));
	IAP_TRY(check_longs(c));
	IAP_TRY(check_chains(c));
	IAP_TRY(check_all_ports(c));
	IAP_TRY(check_runs(c));
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

	c.known = calloc(c.places + 1, 1);
	if (!c.known) {
		errno = ENOMEM;
		return IANA_E_SYSTEM;
	}

	int error = check_contents(&c, size);

	free(c.known);
	return error;
}
