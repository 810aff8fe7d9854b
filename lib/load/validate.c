/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/*
 * Everything that a look-up relies on is checked here, once, so that look-ups
 * check nothing: whatever stands in a file that passes, none of them reads
 * outside of it or runs without end.
 */

#include "validate.h"
#include "lookup/details.h"

#include <errno.h>
#include <stdlib.h>

/* What is known of a place in the records. */
enum {
	STARTS = 1,             /* a record starts there */
	COPY = 2,               /* it is one */
	ALIAS = 4,              /* an alias whose head was not found yet */
	LINKED = 8              /* a link leads to it */
};

struct check {
	const struct iana_registry *in;
	uint32_t places;
	uint32_t records, originals;
	uint32_t aliases;               /* whose heads were not found yet */
	unsigned char *known;           /* of each place */
};

#define TRY(call) \
	do { int error_ = (call); if (error_) return error_; } while (0)

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

static int
check_checksum(const unsigned char *blob, size_t size)
{
	return iap_checksum(blob + IAP_H_KEY, size - IAP_H_KEY)
		!= iap_u64(blob + IAP_H_CHECKSUM) ? IANA_E_CHECKSUM : 0;
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

/* Sections follow each other, each as large as the counts say. */
static int
check_layout(const struct iap_layout *at, size_t size)
{
	const uint64_t cell = at->cell;
	const uint64_t end = ((uint64_t)at->end + IAP_PADDING + 7) / 8 * 8;

	if (cell < 2 || cell > 3)
		return IANA_E_VALUE;
	if (!at->buckets || !at->slot_count || !at->run_count)
		return IANA_E_COUNT;
	if (at->pilots != IAP_H_BYTES
	    || at->slots != at->pilots + (uint64_t)at->buckets
	    || at->longs != at->slots + at->slot_count * cell
	    || at->chunks < at->longs || (at->chunks - at->longs) % cell
	    || at->places != (uint64_t)at->chunks
	       + IAP_CHUNK_COUNT * IAP_CHUNK_BYTES
	    || at->runs < at->places || (at->runs - at->places) % cell
	    || at->records != at->runs
	       + (uint64_t)at->run_count * IAP_RUN_BYTES
	    || at->portless < at->records || at->end < at->portless
	    || (at->portless - at->records) % 2
	    || (at->end - at->records) % 2
	    || (at->end - at->records) / 2 > 0xffffff
	    || end != (at->details ? at->details : size) || end > size)
		return IANA_E_OFFSET;
	return 0;
}

/* So that no name is longer than the blob. */
static int
check_padding(const unsigned char *padding)
{
	for (int i = 0; i < IAP_PADDING; i++)
		if (padding[i])
			return IANA_E_STRING;
	return 0;
}

/* ---- Records ------------------------------------------------------------- */

static uint32_t
place_of(const struct check *c, const unsigned char *record)
{
	return (uint32_t)(record - iap_record_of_place(c->in, 0)) / 2;
}

/* A name is text that a line of a file can hold, with its NUL before end. */
static int
check_name(const unsigned char *name, const unsigned char *end)
{
	size_t n = 0;

	while (name[n] > ' ' && name[n] != 0x7f)
		n++;
	return name[n] || !n || n > IAP_LONGEST || name + n >= end
		? IANA_E_STRING : 0;
}

/* How much stands behind the name, if the flags are right. */
static int
check_extra(const struct check *c, const unsigned char *record,
	    const unsigned char *end)
{
	const unsigned char *p = record + IAP_NAME_AT
		+ strlen(iap_name(record)) + 1;
	uint32_t cell = iap_at(c->in)->cell;

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
check_record(struct check *c, const unsigned char *record,
	     const unsigned char *end, int portless)
{
	if (end - record < IAP_NAME_AT + 2)
		return IANA_E_OFFSET;
	if (!(iap_bits(record) & IAP_ANY))
		return IANA_E_VALUE;
	TRY(check_name(record + IAP_NAME_AT, end));
	TRY(check_extra(c, record, end));

	struct iap_extra extra = iap_extra_of(c->in, record);
	uint32_t place = place_of(c, record);

	TRY(check_ports(record, &extra, portless));
	if (extra.next > end)
		return IANA_E_OFFSET;
	if (iap_bits(record) & IAP_MORE && extra.next == end)
		return IANA_E_CHAIN;
	c->records++;
	c->known[place] = STARTS;
	if (extra.flags & IAP_COPY) {
		c->known[place] |= COPY;
		return 0;
	}
	c->originals++;
	if (extra.flags & IAP_ALIAS) {
		c->known[place] |= ALIAS;
		c->aliases++;
	}
	return 0;
}

/* All records of a part; no port has more of them than a cursor can count. */
static int
check_records(struct check *c, uint32_t from, uint32_t to, int portless)
{
	const unsigned char *p = iap_blob(c->in) + from;
	const unsigned char *end = iap_blob(c->in) + to;
	unsigned in_chain = 0;

	while (p < end) {
		TRY(check_record(c, p, end, portless));
		in_chain = iap_bits(p) & IAP_MORE ? in_chain + 1 : 0;
		if (in_chain >= IAP_MOST_ON_PORT)
			return IANA_E_CHAIN;
		p = iap_extra_of(c->in, p).next;
	}
	return 0;
}

/* ---- Cells --------------------------------------------------------------- */

/* What is known of the place in a cell; 0 if it is none of the records. */
static unsigned
known_at(const struct check *c, const unsigned char *cell)
{
	uint32_t place = iap_place(c->in, cell);

	return place < c->places ? c->known[place] : 0;
}

static int
check_cells(const struct check *c, uint32_t from, uint32_t to)
{
	const unsigned char *blob = iap_blob(c->in);

	for (; from < to; from += iap_at(c->in)->cell)
		if (!known_at(c, blob + from))
			return IANA_E_OFFSET;
	return 0;
}

/* Longer names, sorted. */
static int
check_longs(const struct check *c)
{
	const struct iap_layout *at = iap_at(c->in);
	uint32_t count = (at->chunks - at->longs) / at->cell;
	const unsigned char *before = NULL;

	for (uint32_t i = 0; i < count; i++) {
		const unsigned char *name = iap_record_at(c->in, at->longs, i)
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

/* A link leads to another original of that name, and no two lead to one. */
static int
check_link(struct check *c, const unsigned char *record)
{
	struct iap_extra extra = iap_extra_of(c->in, record);
	const char *name = iap_name(record);

	if (extra.original && (known_at(c, extra.original) & (STARTS | COPY))
	    != STARTS)
		return IANA_E_OFFSET;
	if (!extra.link)
		return 0;
	if ((known_at(c, extra.link) & (STARTS | COPY)) != STARTS)
		return IANA_E_OFFSET;

	const unsigned char *next = iap_record(c->in, extra.link);
	unsigned char *known = &c->known[place_of(c, next)];

	if (*known & LINKED || extra.original
	    || iap_compare_name((const unsigned char *)name, strlen(name),
				next + IAP_NAME_AT))
		return IANA_E_CHAIN;
	*known |= LINKED;
	return 0;
}

/* Then a chain without end is one that no start leads to. */
static int
check_chains(struct check *c)
{
	uint32_t reached = 0;

	for (uint32_t i = 0; i < c->places; i++)
		if (c->known[i])
			TRY(check_link(c, iap_record_of_place(c->in, i)));
	for (uint32_t i = 0; i < c->places; i++) {
		if (!c->known[i] || c->known[i] & LINKED)
			continue;
		const unsigned char *r = iap_record_of_place(c->in, i);
		for (; r; r = iap_next_of_name(c->in, r))
			reached++;
	}
	return reached == c->records ? 0 : IANA_E_CHAIN;
}

/* ---- Ports --------------------------------------------------------------- */

/* The records of a port cover it, and an alias among them has its head, which
 * is none, before it. Heads are looked for from the first port of an alias. */
static int
check_port(struct check *c, int port)
{
	const unsigned char *r = iap_find_port(c->in, port);
	const unsigned char *portless = iap_blob(c->in)
		+ iap_at(c->in)->portless;
	unsigned char is_alias[IAP_MOST_ON_PORT];

	for (unsigned i = 0; r; i++, r = iap_next_on_port(c->in, r)) {
		struct iap_extra extra = iap_extra_of(c->in, r);
		if (r >= portless || (int)iap_port(r) > port
		    || (int)extra.last < port)
			return IANA_E_VALUE;
		is_alias[i] = extra.flags & IAP_ALIAS;
		if (!is_alias[i])
			continue;
		if (!extra.steps || extra.steps > i
		    || is_alias[i - extra.steps])
			return IANA_E_CHAIN;
		unsigned char *known = &c->known[place_of(c, r)];
		if ((int)iap_port(r) == port && *known & ALIAS) {
			*known &= (unsigned char)~ALIAS;
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
check_all_ports(struct check *c)
{
	const unsigned char *chunks = iap_blob(c->in) + iap_at(c->in)->chunks;

	TRY(check_chunks(iap_at(c->in), chunks));
	for (int i = 0; i < IAP_CHUNK_COUNT; i++) {
		uint64_t ports = iap_u64(chunks + i * IAP_CHUNK_BYTES);
		for (int port = 64 * i; ports; port++, ports >>= 1)
			if (ports & 1)
				TRY(check_port(c, port));
	}
	return c->aliases ? IANA_E_CHAIN : 0;
}

/* Every status is possible; only where runs start matters. */
static int
check_runs(const struct check *c)
{
	const unsigned char *runs = iap_blob(c->in) + iap_at(c->in)->runs;

	if (iap_u16(runs))
		return IANA_E_VALUE;
	for (uint32_t i = 1; i < iap_at(c->in)->run_count; i++)
		if (iap_u16(runs + i * IAP_RUN_BYTES)
		    <= iap_u16(runs + (i - 1) * IAP_RUN_BYTES))
			return IANA_E_ORDER;
	return 0;
}

/* ---- Details ------------------------------------------------------------- */

static int
check_details_layout(const struct check *c, const unsigned char *d, size_t size)
{
	if (size < IAP_D_BYTES || size % 8)
		return IANA_E_OFFSET;

	uint64_t samples = iap_u32(d + IAP_D_SAMPLES);
	uint64_t words = iap_u32(d + IAP_D_WORDS);
	uint64_t rows = iap_u32(d + IAP_D_ROWS);
	uint64_t strings = iap_u32(d + IAP_D_STRINGS);

	if (iap_u32(d + IAP_D_END) != size || samples != IAP_D_BYTES
	    || words < samples || (words - samples) % IAP_SAMPLE_BYTES
	    || rows < words || (rows - words) % IAP_WORD_BYTES
	    || strings < rows || strings + IAP_ROW_ROOM > size)
		return IANA_E_OFFSET;
	if ((words - samples) / IAP_SAMPLE_BYTES
	    != (c->originals + IAP_SAMPLE - 1) / IAP_SAMPLE)
		return IANA_E_COUNT;
	return d[size - 1] ? IANA_E_STRING : 0;
}

/* Where the strings end, the last byte of the details ends the last string. */
static int
is_text(const unsigned char *d, uint32_t offset)
{
	return offset < iap_u32(d + IAP_D_END) - iap_u32(d + IAP_D_STRINGS);
}

static int
check_words(const unsigned char *d)
{
	const unsigned char *p = iap_section(d, IAP_D_WORDS);
	const unsigned char *end = iap_section(d, IAP_D_ROWS);

	for (unsigned first = 0; p < end; p += IAP_WORD_BYTES) {
		if (iap_u16(p) < first)
			return IANA_E_ORDER;
		first = iap_u16(p);
		if (iap_u16(p + 2) < first || !p[4] || p[4] > IAP_ANY)
			return IANA_E_VALUE;
		if (!is_text(d, iap_u24(p + 5)))
			return IANA_E_OFFSET;
	}
	return 0;
}

/* The rows of one record. The strings behind all rows have room for one, so
 * that it can be read before it is known where it ends. */
static int
check_rows(const unsigned char *d, const unsigned char **p)
{
	const unsigned char *end = iap_section(d, IAP_D_STRINGS);
	struct iap_row row;

	do {
		if (*p >= end)
			return IANA_E_COUNT;
		row = iap_next_row(p);
		if (*p > end)
			return IANA_E_OFFSET;
		if (!row.mask || row.mask > IAP_ANY
		    || row.present >= 1u << IAP_TEXTS)
			return IANA_E_VALUE;
		for (int i = 0; i < IAP_TEXTS; i++)
			if (row.present & 1u << i && !is_text(d, row.text[i]))
				return IANA_E_OFFSET;
	} while (row.split);
	return 0;
}

static int
check_details(const struct check *c, const unsigned char *d, size_t size)
{
	TRY(check_details_layout(c, d, size));
	TRY(check_words(d));

	const unsigned char *sample = iap_section(d, IAP_D_SAMPLES);
	const unsigned char *rows = iap_section(d, IAP_D_ROWS), *p = rows;
	uint32_t original = 0;

	for (uint32_t i = 0; i < c->places; i++) {
		if ((c->known[i] & (STARTS | COPY)) != STARTS)
			continue;
		if (original++ % IAP_SAMPLE == 0) {
			if (iap_u32(sample) != i
			    || iap_u32(sample + 4) != (size_t)(p - rows))
				return IANA_E_OFFSET;
			sample += IAP_SAMPLE_BYTES;
		}
		TRY(check_rows(d, &p));
	}
	return p == iap_section(d, IAP_D_STRINGS) ? 0 : IANA_E_COUNT;
}

/* ---- All together -------------------------------------------------------- */

static int
check_contents(struct check *c, size_t size)
{
	const struct iap_layout *at = iap_at(c->in);

	TRY(check_padding(iap_blob(c->in) + at->end));
	TRY(check_records(c, at->records, at->portless, 0));
	TRY(check_records(c, at->portless, at->end, 1));
	TRY(check_cells(c, at->slots, at->chunks));
	TRY(check_cells(c, at->places, at->runs));
	TRY(check_longs(c));
	TRY(check_chains(c));
	TRY(check_all_ports(c));
	TRY(check_runs(c));
	return at->details ? check_details(c, c->in->details,
					   size - at->details) : 0;
}

int
iap_validate(struct iana_registry *registry, size_t size)
{
	const unsigned char *blob = registry->blob;
	struct iap_layout *at = &registry->at;

	if (!blob)
		return IANA_E_MAGIC;
	TRY(iap_check_head(blob, size));
	TRY(check_checksum(blob, size));
	read_layout(at, blob);
	TRY(check_layout(at, size));
	TRY(check_date(blob + IAP_H_UPDATED));
	registry->details = at->details ? blob + at->details : NULL;

	struct check c = {
		.in = registry,
		.places = (at->end - at->records) / 2,
	};

	c.known = calloc(c.places + 1, 1);
	if (!c.known)
		return ENOMEM;

	int error = check_contents(&c, size);

	free(c.known);
	return error;
}
