/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef IAP_BLOB_H
#define IAP_BLOB_H

/*
 * The one reader of the blob, whose layout format/layout.h specifies. Its functions
 * are inline and take the registry to read in; where that is known to be the
 * built-in one, the compiler knows every offset.
 */

#include "builtin.h"
#include "format/bytes.h"
#include "format/classes.h"
#include "format/layout.h"
#include "format/names.h"
#include "format/protocols.h"
#include "ianaport.h"

#include <string.h>

static const struct iap_layout iap_builtin_layout = IAP_BUILTIN_LAYOUT;

/* What few look-ups need stays out of the way of the others; and what needs few
 * registers, out of functions that would save many for it. */
#if defined __GNUC__
#  define IAP_APART __attribute__((noinline, unused))
#  define IAP_RARE __attribute__((noinline, cold, unused))
#else
#  define IAP_APART inline
#  define IAP_RARE inline
#endif

/* The registry that is compiled in. The other kind, loaded at run time, has
 * blob and layout of its own; these two functions are where that shows. */
#define IAP_BUILTIN ((const struct iana_registry *)0)

struct iana_registry {
	const unsigned char *blob;
	const unsigned char *details;   /* NULL: it has none */
	void *memory;                   /* to be freed with it, or NULL */
	struct iap_layout at;
};

static inline const unsigned char *
iap_blob(const struct iana_registry *in)
{
	return in ? in->blob : iap_builtin;
}

static inline const struct iap_layout *
iap_at(const struct iana_registry *in)
{
	return in ? &in->at : &iap_builtin_layout;
}

/* ---- Protocols ----------------------------------------------------------- */

/*
 * Mask of a protocol number, all for 0, none for one that is unknown. Protocols
 * come in no predictable order, so that no branch depends on which it is; and
 * the tables, a byte for each of eight places, are words, so that no page of
 * memory is touched.
 */
static inline unsigned
iap_mask_of(int proto)
{
#define IAP_PLACE(number) (((number) + ((number) >> 3)) % 8 * 8)
#define IAP_BYTE(number, value) ((uint64_t)(value) << IAP_PLACE(number))
	const uint64_t masks = IAP_BYTE(0u, IAP_ANY) | IAP_BYTE(6u, IAP_TCP)
		| IAP_BYTE(17u, IAP_UDP) | IAP_BYTE(33u, IAP_DCCP)
		| IAP_BYTE(132u, IAP_SCTP);
	const uint64_t numbers = IAP_BYTE(6u, 6) | IAP_BYTE(17u, 17)
		| IAP_BYTE(33u, 33) | IAP_BYTE(132u, 132);
	unsigned number = (unsigned)proto, place = IAP_PLACE(number);

	if ((numbers >> place & 0xff) != number)
		return 0;
	return masks >> place & 0xff;
#undef IAP_PLACE
#undef IAP_BYTE
}

/* Protocol number of a bit; 0 for none. */
static inline int
iap_proto_of(unsigned bit)
{
	static const unsigned char numbers[] = { 6, 17, 132, 33, 0 };

	return numbers[bit];
}

/* ---- Records ------------------------------------------------------------- */

static inline const unsigned char *
iap_record_of_place(const struct iana_registry *in, uint32_t place)
{
	return iap_blob(in) + iap_at(in)->records + 2 * (size_t)place;
}

/* The place in a cell. */
static inline uint32_t
iap_place(const struct iana_registry *in, const unsigned char *cell)
{
	return iap_at(in)->cell > 2 ? iap_u24(cell) : iap_u16(cell);
}

static inline const unsigned char *
iap_record(const struct iana_registry *in, const unsigned char *cell)
{
	return iap_record_of_place(in, iap_place(in, cell));
}

/* The record whose cell stands at an index in the slots or places. */
static inline const unsigned char *
iap_record_at(const struct iana_registry *in, uint32_t section, size_t index)
{
	return iap_record(in, iap_blob(in) + section
			  + index * iap_at(in)->cell);
}

static inline unsigned
iap_port(const unsigned char *record)
{
	return iap_u16(record);
}

/* Mask and IAP_MORE, IAP_EXTENDED, IAP_RESERVED. */
static inline unsigned
iap_bits(const unsigned char *record)
{
	return record[2];
}

static inline const char *
iap_name(const unsigned char *record)
{
	return (const char *)record + IAP_NAME_AT;
}

/* What stands behind the name, with what it means if it is not there. */
struct iap_extra {
	unsigned flags, last;
	unsigned steps;                 /* back to its head, of an alias */
	const unsigned char *link;      /* cell: next of its name; NULL */
	const unsigned char *original;  /* cell, of a copy; NULL */
	const unsigned char *next;      /* record in memory */
};

static inline struct iap_extra
iap_extra_of(const struct iana_registry *in, const unsigned char *record)
{
	const unsigned char *p = record + IAP_NAME_AT
		+ strlen(iap_name(record)) + 1;
	struct iap_extra d = { .last = iap_port(record) };

	if (iap_bits(record) & IAP_EXTENDED)
		d.flags = *p++;
	if (d.flags & IAP_RANGE) {
		d.last = iap_u16(p);
		p += 2;
	}
	if (d.flags & IAP_ALIAS)
		d.steps = *p++;
	if (d.flags & IAP_LINK) {
		d.link = p;
		p += iap_at(in)->cell;
	}
	if (d.flags & IAP_COPY) {
		d.original = p;
		p += iap_at(in)->cell;
	}
	/* Records start at even places from the first one on. */
	d.next = p + (((size_t)(p - iap_blob(in)) - iap_at(in)->records) & 1);
	return d;
}

/* The next record on the same port, or NULL. */
static inline const unsigned char *
iap_next_on_port(const struct iana_registry *in, const unsigned char *record)
{
	return iap_bits(record) & IAP_MORE ? iap_extra_of(in, record).next
		: NULL;
}

/* The next record of the same name, or NULL. */
static inline const unsigned char *
iap_next_of_name(const struct iana_registry *in, const unsigned char *record)
{
	if (!(iap_bits(record) & IAP_EXTENDED))
		return NULL;

	const unsigned char *link = iap_extra_of(in, record).link;

	return link ? iap_record(in, link) : NULL;
}

/* ---- By port ------------------------------------------------------------- */

/* Bits set, without the instruction that baseline x86-64 does not have. */
static inline uint32_t
iap_popcount(uint64_t x)
{
	x -= x >> 1 & 0x5555555555555555u;
	x = (x & 0x3333333333333333u) + (x >> 2 & 0x3333333333333333u);
	x = (x + (x >> 4)) & 0x0f0f0f0f0f0f0f0fu;
	return (uint32_t)(x * 0x0101010101010101u >> 56);
}

/* The first record on a port, any int, or NULL. */
static inline const unsigned char *
iap_find_port(const struct iana_registry *in, int port)
{
	if ((unsigned)port > 65535)
		return NULL;

	const unsigned char *chunk = iap_blob(in) + iap_at(in)->chunks
		+ (size_t)port / 64 * IAP_CHUNK_BYTES;
	/* The port's bit becomes the highest, those above it go. */
	uint64_t up_to = iap_u64(chunk) << (63 - (unsigned)port % 64);

	if (!(up_to >> 63))
		return NULL;

	size_t rank = iap_u16(chunk + 8) + iap_popcount(up_to) - 1;

	return iap_record_at(in, iap_at(in)->places, rank);
}

/* ---- By name ------------------------------------------------------------- */

static inline const unsigned char *
iap_slot_of(const struct iana_registry *in, struct iap_words words, size_t n)
{
	uint64_t hash = iap_hash(words, n, iap_at(in)->key);
	unsigned pilot = iap_blob(in)[iap_at(in)->pilots
		+ iap_bucket(hash, iap_at(in)->buckets)];
	size_t slot = iap_slot(hash, pilot, iap_at(in)->slot_count);

	return iap_record_at(in, iap_at(in)->slots, slot);
}

/* As strncmp() of a name of n bytes and a stored one, ASCII case folded. */
static inline int
iap_compare_name(const unsigned char *name, size_t n,
		 const unsigned char *stored)
{
	size_t i = 0;

	while (i < n && iap_fold(name[i]) == iap_fold(stored[i]))
		i++;
	return (i < n ? iap_fold(name[i]) : 0) - iap_fold(stored[i]);
}

/* A record, if its name is that one but for case; else NULL. */
static IAP_RARE const unsigned char *
iap_if_named(const unsigned char *record, const unsigned char *name, size_t n)
{
	return iap_compare_name(name, n, record + IAP_NAME_AT) ? NULL : record;
}

/* The plain path, for names that only a site's own files have. */
static IAP_RARE const unsigned char *
iap_find_long_name(const struct iana_registry *in, const unsigned char *name,
		   size_t n)
{
	uint32_t low = 0, high = (iap_at(in)->chunks - iap_at(in)->longs)
		/ iap_at(in)->cell;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		const unsigned char *record
			= iap_record_at(in, iap_at(in)->longs, middle);
		int d = iap_compare_name(name, n, record + IAP_NAME_AT);
		if (!d)
			return record;
		if (d < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

/*
 * The first record of a name of n bytes, or NULL. Most names that are asked for
 * are there as they are spelled, and most others differ from the record of
 * their slot in more than case, so that the careful comparison is rare.
 */
static IAP_APART const unsigned char *
iap_find_name(const struct iana_registry *in, const char *text, size_t n)
{
	const unsigned char *name = (const unsigned char *)text;

	if (n - 1 >= IAP_HASHED)
		return n ? iap_find_long_name(in, name, n) : NULL;

	struct iap_words asked = iap_words_of(name, n);
	const unsigned char *record = iap_slot_of(in, asked, n);
	const unsigned char *stored = record + IAP_NAME_AT;
	struct iap_words found = iap_words_of(stored, n);
	uint64_t differ = (asked.a ^ found.a) | (asked.b ^ found.b);

	if (!(differ | stored[n]))
		return record;
	return differ & ~IAP_CASE_BITS ? NULL : iap_if_named(record, name, n);
}

#endif
