/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/*
 * Takes a blob apart, changes a part as one who knows format/layout.h would,
 * and puts it together again. Offsets and counts are right then, and each cell
 * still leads to the record that it led to; what is in the parts is not.
 */

#include "fuzz.h"
#include "format/bytes.h"
#include "format/layout.h"

#include <stdbool.h>

/* The parts of a blob, in their order. RECORDS has those without a port, too;
 * from SAMPLES on they are those of the details. */
enum part {
	PILOTS, SLOTS, LONGS, CHUNKS, PLACES, RUNS, RECORDS, SAMPLES, NAMELESS,
	ROWS, STRINGS, PARTS
};

#define MOST (1 << 17)                  /* bytes of a part */

struct bytes {
	unsigned char data[MOST];
	size_t size;
};

struct blob {
	unsigned char head[IAP_H_BYTES];
	size_t cell, portless;          /* within RECORDS */
	bool details;
	struct bytes part[PARTS];
};

static uint32_t state;

/* A number below n, which is not 0. */
static size_t
below(size_t n)
{
	state = state * 1664525 + 1013904223;
	return (state >> 8) % n;
}

static uint32_t
get(const unsigned char *p, size_t width)
{
	uint32_t value = 0;

	while (width--)
		value = value << 8 | p[width];
	return value;
}

static void
set(unsigned char *p, size_t width, size_t value)
{
	for (; width--; value >>= 8)
		*p++ = (unsigned char)value;
}

/* ---- Apart and together -------------------------------------------------- */

static bool
take(struct bytes *part, const uint8_t *data, size_t start, size_t end,
     size_t size)
{
	if (start > end || end > size || end - start > MOST / 2)
		return false;
	part->size = end - start;
	memcpy(part->data, data + start, part->size);
	return true;
}

static bool
take_details(struct blob *b, const uint8_t *data, size_t size)
{
	for (int i = 0; i < 4; i++)
		if (size < IAP_D_BYTES
		    || !take(&b->part[SAMPLES + i], data, iap_u32(data + 4 * i),
			     iap_u32(data + 4 * i + 4), size))
			return false;

	struct bytes *strings = &b->part[STRINGS];

	while (strings->size && !strings->data[strings->size - 1])
		strings->size--;
	strings->size++;                /* the NUL of the last one */
	return true;
}

static bool
take_apart(struct blob *b, const uint8_t *data, size_t size)
{
	static const int fields[] = {
		IAP_H_PILOTS, IAP_H_SLOTS, IAP_H_LONGS, IAP_H_CHUNKS,
		IAP_H_PLACES, IAP_H_RUNS, IAP_H_RECORDS, IAP_H_END
	};

	if (size < IAP_H_BYTES)
		return false;
	memcpy(b->head, data, IAP_H_BYTES);
	b->cell = iap_u32(data + IAP_H_CELL) == 2 ? 2 : 3;
	for (int i = PILOTS; i <= RECORDS; i++)
		if (!take(&b->part[i], data, iap_u32(data + fields[i]),
			  iap_u32(data + fields[i + 1]), size))
			return false;
	b->portless = iap_u32(data + IAP_H_PORTLESS)
		- iap_u32(data + IAP_H_RECORDS);

	size_t details = iap_u32(data + IAP_H_DETAILS);

	b->details = details;
	return b->portless <= b->part[RECORDS].size
		&& b->part[CHUNKS].size == IAP_CHUNK_COUNT * IAP_CHUNK_BYTES
		&& (!details || (details < size
				 && take_details(b, data + details,
						 size - details)));
}

/* Adds bytes; what is too long is cut. */
struct out {
	uint8_t *data;
	size_t size, most;
};

static uint32_t
add(struct out *out, const unsigned char *data, size_t size)
{
	size_t start = out->size;

	if (size > out->most - start)
		size = out->most - start;
	memcpy(out->data + start, data, size);
	out->size += size;
	return (uint32_t)start;
}

static void
add_zeros(struct out *out, size_t n)
{
	static const unsigned char zeros[IAP_ROW_ROOM + 8];

	add(out, zeros, n + (8 - (out->size + n) % 8) % 8);
}

static void
add_details(const struct blob *b, struct out *out)
{
	unsigned char head[IAP_D_BYTES] = { 0 };
	size_t start = add(out, head, sizeof head);

	for (int i = 0; i < 4; i++) {
		const struct bytes *part = &b->part[SAMPLES + i];
		size_t at = add(out, part->data, part->size) - start;
		set(head + 4 * i, 4, at);
	}
	add_zeros(out, IAP_ROW_ROOM);
	set(head + IAP_D_END, 4, out->size - start);
	if (start + sizeof head <= out->most)
		memcpy(out->data + start, head, sizeof head);
}

static size_t
put_together(struct blob *b, uint8_t *data, size_t most)
{
	static const int fields[] = {
		IAP_H_PILOTS, IAP_H_SLOTS, IAP_H_LONGS, IAP_H_CHUNKS,
		IAP_H_PLACES, IAP_H_RUNS, IAP_H_RECORDS
	};
	struct out out = { data, 0, most };
	unsigned char *head = b->head;

	if (most < IAP_H_BYTES)
		return 0;
	add(&out, head, IAP_H_BYTES);
	for (int i = PILOTS; i <= RECORDS; i++)
		set(head + fields[i], 4, add(&out, b->part[i].data,
					     b->part[i].size));
	set(head + IAP_H_BUCKETS, 4, b->part[PILOTS].size);
	set(head + IAP_H_SLOT_COUNT, 4, b->part[SLOTS].size / b->cell);
	set(head + IAP_H_RUN_COUNT, 4, b->part[RUNS].size / IAP_RUN_BYTES);
	set(head + IAP_H_PORTLESS, 4,
	    iap_u32(head + IAP_H_RECORDS) + b->portless);
	set(head + IAP_H_END, 4, out.size);
	add_zeros(&out, IAP_PADDING);
	set(head + IAP_H_DETAILS, 4, b->details ? out.size : 0);
	if (b->details)
		add_details(b, &out);
	else
		set(head + IAP_H_DETAILS_CHECKSUM, 8, 0);
	memcpy(data, head, IAP_H_BYTES);
	return out.size;
}

/* ---- Bytes and numbers --------------------------------------------------- */

/* Replaces had bytes of a part by others. */
static void
splice(struct bytes *part, size_t at, size_t had, const unsigned char *data,
       size_t size)
{
	if (part->size - had + size > MOST - 64)        /* a record's fields */
		return;
	memmove(part->data + at + size, part->data + at + had,
		part->size - at - had);
	memcpy(part->data + at, data, size);
	part->size += size - had;
}

static size_t
other_number(size_t old, size_t most)
{
	switch (below(6)) {
	case 0: return 0;
	case 1: return most;
	case 2: return old ^ (size_t)1 << below(24);
	case 3: return old + 1;
	case 4: return old - 1;
	default: return below(most);
	}
}

static void
change_number(unsigned char *p, size_t width)
{
	set(p, width, other_number(get(p, width),
				   0xffffffffu >> (32 - 8 * width)));
}

/* ---- Records ------------------------------------------------------------- */

struct record {
	size_t start, size;             /* where it was read */
	size_t port, bits, flags, last, steps, link, original, length;
	unsigned char name[IAP_LONGEST + 1];
};

/* Reads the record at r->start; fails if none is whole there. */
static bool
read_record(const struct blob *b, struct record *r)
{
	const struct bytes *part = &b->part[RECORDS];
	const unsigned char *p = part->data + r->start;
	size_t left = part->size - r->start;

	if (left < IAP_NAME_AT + 1)
		return false;
	r->port = iap_u16(p);
	r->bits = p[2];

	const unsigned char *name = p + IAP_NAME_AT;
	const unsigned char *nul = memchr(name, 0, left - IAP_NAME_AT);

	if (!nul || nul - name > IAP_LONGEST)
		return false;
	r->length = (size_t)(nul - name);
	memcpy(r->name, name, r->length + 1);

	const unsigned char *q = nul + 1;       /* zeros are behind the part */

	r->last = r->port;
	r->flags = r->steps = r->link = r->original = 0;
	if (r->bits & IAP_EXTENDED)
		r->flags = *q++;
	if (r->flags & IAP_RANGE)
		r->last = iap_u16(q), q += 2;
	if (r->flags & IAP_ALIAS)
		r->steps = *q++;
	if (r->flags & IAP_LINK)
		r->link = get(q, b->cell), q += b->cell;
	if (r->flags & IAP_COPY)
		r->original = get(q, b->cell), q += b->cell;
	r->size = ((size_t)(q - p) + 1) / 2 * 2;
	return r->size <= left;
}

/* Reads one of the records, each as likely as the others. */
static bool
pick_record(const struct blob *b, struct record *picked)
{
	struct record r = { 0 };
	size_t n = 0;

	for (; read_record(b, &r); r.start += r.size)
		if (!below(++n))
			*picked = r;
	return n;
}

static size_t
write_record(const struct blob *b, const struct record *r, unsigned char *to)
{
	unsigned char *p = to;

	set(p, 2, r->port);
	p[2] = (unsigned char)r->bits;
	memcpy(p + IAP_NAME_AT, r->name, r->length + 1);
	p += IAP_NAME_AT + r->length + 1;
	if (r->bits & IAP_EXTENDED)
		*p++ = (unsigned char)r->flags;
	if (r->bits & IAP_EXTENDED && r->flags & IAP_RANGE)
		set(p, 2, r->last), p += 2;
	if (r->bits & IAP_EXTENDED && r->flags & IAP_ALIAS)
		*p++ = (unsigned char)r->steps;
	if (r->bits & IAP_EXTENDED && r->flags & IAP_LINK)
		set(p, b->cell, r->link), p += b->cell;
	if (r->bits & IAP_EXTENDED && r->flags & IAP_COPY)
		set(p, b->cell, r->original), p += b->cell;
	if ((p - to) % 2)
		*p++ = 0;
	return (size_t)(p - to);
}

/* ---- Places -------------------------------------------------------------- */

/* What is behind a place moves by some words. */
struct move {
	size_t behind, by;
};

static void
move_place(unsigned char *p, size_t width, struct move move)
{
	size_t place = get(p, width);

	set(p, width, place > move.behind ? place + move.by : place);
}

static void
move_cells(struct blob *b, enum part which, size_t width, size_t each,
	   struct move move)
{
	struct bytes *part = &b->part[which];

	for (size_t at = 0; at + each <= part->size; at += each)
		move_place(part->data + at, width, move);
}

static void
move_places(struct blob *b, struct move move)
{
	struct record r = { 0 };

	move_cells(b, SLOTS, b->cell, b->cell, move);
	move_cells(b, LONGS, b->cell, b->cell, move);
	move_cells(b, PLACES, b->cell, b->cell, move);
	move_cells(b, SAMPLES, 4, IAP_SAMPLE_BYTES, move);
	for (; read_record(b, &r); r.start += r.size) {
		unsigned char *end = b->part[RECORDS].data + r.start;
		r.link += r.link > move.behind ? move.by : 0;
		r.original += r.original > move.behind ? move.by : 0;
		write_record(b, &r, end);
	}
}

/* Replaces a record, or had bytes of it, by others. */
static void
replace_record(struct blob *b, size_t start, size_t had,
	       const unsigned char *data, size_t size)
{
	struct move move = { start / 2, size / 2 - had / 2 };   /* even ones */

	splice(&b->part[RECORDS], start, had, data, size);
	if (start < b->portless)
		b->portless += size - had;
	if (move.by)
		move_places(b, move);
}

/* ---- Changes ------------------------------------------------------------- */

static size_t
place_of_some(const struct blob *b)
{
	struct record r;

	return pick_record(b, &r) ? r.start / 2 : below(1 << 16);
}

/* A letter, or the whole name of another record. */
static void
change_name(struct record *r, const struct record *other)
{
	size_t i = below(r->length + 1);

	if (!below(3)) {
		r->length = other->length;
		memcpy(r->name, other->name, sizeof r->name);
	} else if (i < r->length && !below(2)) {
		r->name[i] ^= 0x20;
	} else if (i < r->length) {
		r->name[i] = (unsigned char)other_number(r->name[i], 255);
	}
}

static void
change_field(const struct blob *b, struct record *r)
{
	static const unsigned char flags[] = {
		IAP_ALIAS, IAP_MOVED, IAP_ADDED, IAP_LOCAL, IAP_RANGE, IAP_LINK,
		IAP_COPY
	};
	struct record other = *r;

	pick_record(b, &other);
	switch (below(8)) {
	case 0: r->port = below(2) ? other.port : other_number(r->port, 65535);
		break;
	case 1: r->last = below(2) ? other.last : other_number(r->last, 65535);
		break;
	case 2: r->bits ^= 1u << below(8);
		break;
	case 3: r->bits |= IAP_EXTENDED;
		r->flags ^= flags[below(sizeof flags)];
		break;
	case 4: r->steps = other_number(r->steps, 255);
		break;
	case 5: r->link = place_of_some(b);
		break;
	case 6: r->original = place_of_some(b);
		break;
	default: change_name(r, &other);
	}
}

/* Changes a record, takes it away, or gives it a twin behind or before it. */
static void
change_record(struct blob *b)
{
	unsigned char data[IAP_LONGEST + 32];
	struct record r;

	if (!pick_record(b, &r))
		return;

	size_t act = below(8), had = act == 1 ? 0 : r.size;

	do
		change_field(b, &r);
	while (!below(3));
	if (act == 1)
		r.start += below(2) ? r.size : 0;
	replace_record(b, r.start, had, data,
		       act ? write_record(b, &r, data) : 0);
}

/* A port begins or ceases to have records. */
static void
change_port(struct blob *b)
{
	struct record r = { .port = below(65536) };
	unsigned char *chunk = b->part[CHUNKS].data, cell[3];
	struct bytes *places = &b->part[PLACES];

	pick_record(b, &r);
	size_t port = (r.port + below(3) + 65535) % 65536;
	size_t i = port / 64, rank = iap_u16(chunk + i * IAP_CHUNK_BYTES + 8);
	uint64_t bits = iap_u64(chunk + i * IAP_CHUNK_BYTES);

	for (size_t bit = 0; bit < port % 64; bit++)
		rank += bits >> bit & 1;

	size_t had = bits >> port % 64 & 1, at = rank * b->cell;

	if (at + b->cell * had > places->size)
		return;
	chunk[i * IAP_CHUNK_BYTES + port % 64 / 8]
		^= (unsigned char)(1u << port % 8);
	while (++i < IAP_CHUNK_COUNT) {
		unsigned char *p = chunk + i * IAP_CHUNK_BYTES + 8;
		set(p, 2, iap_u16(p) + (had ? 0xffff : 1));
	}
	set(cell, b->cell, below(2) ? r.start / 2 : place_of_some(b));
	splice(places, at, had * b->cell, cell, had ? 0 : b->cell);
}

/* An element of a part whose elements have one size: another number in it, or
 * it is there twice, or no more. */
static void
change_element(struct blob *b)
{
	static const enum part parts[] = {
		SLOTS, LONGS, PLACES, RUNS, SAMPLES, NAMELESS
	};
	size_t size_of[PARTS] = {
		[SLOTS] = b->cell, [LONGS] = b->cell, [PLACES] = b->cell,
		[RUNS] = IAP_RUN_BYTES, [SAMPLES] = IAP_SAMPLE_BYTES,
		[NAMELESS] = IAP_NAMELESS_BYTES
	};
	enum part which = parts[below(sizeof parts / sizeof *parts)];
	size_t size = size_of[which], count = b->part[which].size / size;
	unsigned char copy[IAP_SAMPLE_BYTES];

	if (!count)
		return;

	size_t at = below(count) * size;
	unsigned char *p = b->part[which].data + at;

	memcpy(copy, p, size);
	switch (below(8)) {
	case 0:
		splice(&b->part[which], at, 0, copy, size);
		break;
	case 1:
		splice(&b->part[which], at, size, copy, 0);
		break;
	case 2: case 3: case 4:
		if (size == b->cell || which == SAMPLES) {
			set(p, size == b->cell ? size : 4, place_of_some(b));
			break;
		}
		/* fall through */
	default: ;
		size_t i = below(size);
		change_number(p + i, size - i < 2 ? 1 : 2);
	}
}

/* A number of the header. */
static void
change_head(uint8_t *data, size_t size)
{
	size_t at = IAP_H_VERSION + below((IAP_H_BYTES - 8) / 4) * 4;
	size_t details = iap_u32(data + IAP_H_DETAILS);

	if (details && details <= size - IAP_D_BYTES && !below(4))
		at = details + below(IAP_D_BYTES / 4) * 4;
	change_number(data + at, 4);
}

/* The bytes of any part, as libFuzzer changes bytes. */
static void
change_bytes(struct blob *b)
{
	size_t i = below(PARTS);
	struct bytes *part = &b->part[i];
	size_t at = below(part->size + 1), n = part->size - at;
	bool fixed = i == CHUNKS || i == SLOTS || i == PILOTS || i == RECORDS;
	unsigned char some[64];

	n = n > 32 ? 32 : n;
	memcpy(some, part->data + at, n);
	splice(part, at, n, some, fixed ? (LLVMFuzzerMutate(some, n, n), n)
	       : LLVMFuzzerMutate(some, n, sizeof some));
}

/* ---- What libFuzzer calls ------------------------------------------------ */

size_t
LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most, unsigned seed)
{
	static struct blob b;

	state = seed;
	if (size < IAP_H_BYTES || !below(32))
		return LLVMFuzzerMutate(data, size, most);
	if (!below(16) || !take_apart(&b, data, size)) {
		change_head(data, size);
		return size;
	}
	do
		switch (below(8)) {
		case 0: change_bytes(&b); break;
		case 1: case 2: change_port(&b); break;
		case 3: case 4: change_element(&b); break;
		default: change_record(&b);
		}
	while (!below(3));
	if (!below(32))
		b.details = !b.details;
	return put_together(&b, data, most);
}

/* Some parts of the one, and the others of the other. */
size_t
LLVMFuzzerCustomCrossOver(const uint8_t *one, size_t one_size,
			  const uint8_t *two, size_t two_size,
			  uint8_t *out, size_t most, unsigned seed)
{
	static struct blob a, b;
	/* Parts that only make sense together; or any. */
	static const unsigned sets[] = {
		1 << RUNS, 1 << CHUNKS | 1 << PLACES,
		1 << PILOTS | 1 << SLOTS | 1 << LONGS,
		1 << SAMPLES | 1 << NAMELESS | 1 << ROWS | 1 << STRINGS,
		1 << NAMELESS, 1 << STRINGS
	};

	state = seed;
	if (!take_apart(&a, one, one_size) || !take_apart(&b, two, two_size)
	    || a.cell != b.cell)
		return 0;

	size_t which = below(sizeof sets / sizeof *sets + 2);
	size_t set_of = which < sizeof sets / sizeof *sets ? sets[which]
		: below(1 << PARTS);

	if (set_of & 1 << SLOTS)
		memcpy(a.head + IAP_H_KEY, b.head + IAP_H_KEY, 8);
	if (set_of & 1 << RECORDS)
		a.portless = b.portless;
	if (set_of & 1 << ROWS)
		a.details = b.details;
	for (int i = 0; i < PARTS; i++)
		if (set_of >> i & 1)
			a.part[i] = b.part[i];
	return put_together(&a, out, most);
}
