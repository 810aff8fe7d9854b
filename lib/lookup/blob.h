/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef IAP_BLOB_H
#define IAP_BLOB_H

/*
 * The only reader of the blob, which format/layout.h specifies; details.h reads
 * the details. The functions here are inline, and take the registry that they
 * read. Where that is known to be the built-in one, the C compiler knows every
 * offset.
 */

#include "format/platform.h"

#include "builtin.h"
#include "format/bytes.h"
#include "format/layout.h"
#include "format/names.h"
#include "format/protocols.h"
#include "ianaport.h"

#include <string.h>

static const struct iap_layout iap_builtin_layout = IAP_BUILTIN_LAYOUT;

/* A registry that was loaded at run time has a blob and a layout of its own.
 * The two functions below make the choice. */
struct iana_registry {
	const unsigned char *blob;
	const unsigned char *details;   /* NULL: it has none */
	void *memory;                   /* to be freed with it, or NULL */
	struct iap_layout at;
};

/* The registry that is compiled in. */
#define IAP_BUILTIN ((const struct iana_registry *)0)

IAP_INLINE const unsigned char *
iap_blob(const struct iana_registry *reg)
{
	return reg ? reg->blob : iap_builtin;
}

IAP_INLINE const struct iap_layout *
iap_at(const struct iana_registry *reg)
{
	return reg ? &reg->at : &iap_builtin_layout;
}

/* ---- Records ------------------------------------------------------------- */

static inline const unsigned char *
iap_record_of_place(const struct iana_registry *reg, uint32_t place)
{
	return iap_blob(reg) + iap_at(reg)->records + 2 * (size_t)place;
}

/* The same for a place of which nobody knows whether it is one: NULL if it is
 * outside of the records. */
static inline const unsigned char *
iap_record_if_inside(const struct iana_registry *reg, uint32_t place)
{
	return place < (iap_at(reg)->end - iap_at(reg)->records) / 2
		? iap_record_of_place(reg, place) : NULL;
}

static inline uint32_t
iap_place_of_record(const struct iana_registry *reg,
		    const unsigned char *record)
{
	return (uint32_t)(record - iap_record_of_place(reg, 0)) / 2;
}

/* The place in a cell. */
static inline uint32_t
iap_place(const struct iana_registry *reg, const unsigned char *cell)
{
	return iap_at(reg)->cell > 2 ? iap_u24(cell) : iap_u16(cell);
}

static inline const unsigned char *
iap_record(const struct iana_registry *reg, const unsigned char *cell)
{
	return iap_record_of_place(reg, iap_place(reg, cell));
}

/* The record whose cell has an index in the section of slots, of longer names
 * or of ports. */
static inline const unsigned char *
iap_record_at(const struct iana_registry *reg, uint32_t section, size_t index)
{
	return iap_record(reg, iap_blob(reg) + section
			  + index * iap_at(reg)->cell);
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

/* The fields after the name; each has a default if it is not there. */
struct iap_extra {
	unsigned flags, last;
	unsigned steps;                 /* back to its head, of an alias */
	const unsigned char *link;      /* cell: next of its name; NULL */
	const unsigned char *original;  /* cell, of a copy; NULL */
	const unsigned char *next;      /* record in memory */
};

/* @p: the byte after the name's NUL */
static inline struct iap_extra
iap_extra_at(const struct iana_registry *reg, const unsigned char *record,
	     const unsigned char *p)
{
	struct iap_extra extra = { .last = iap_port(record) };

	if (iap_bits(record) & IAP_EXTENDED)
		extra.flags = *p++;
	if (extra.flags & IAP_RANGE) {
		extra.last = iap_u16(p);
		p += 2;
	}
	if (extra.flags & IAP_ALIAS)
		extra.steps = *p++;
	if (extra.flags & IAP_LINK) {
		extra.link = p;
		p += iap_at(reg)->cell;
	}
	if (extra.flags & IAP_COPY) {
		extra.original = p;
		p += iap_at(reg)->cell;
	}
	/* Records start at even distances from the first one. */
	extra.next = p + ((p - iap_record_of_place(reg, 0)) & 1);
	return extra;
}

static inline struct iap_extra
iap_extra_of(const struct iana_registry *reg, const unsigned char *record)
{
	return iap_extra_at(reg, record, record + IAP_NAME_AT
			    + strlen(iap_name(record)) + 1);
}

/* The next record on the same port, or NULL. */
static inline const unsigned char *
iap_next_on_port(const struct iana_registry *reg, const unsigned char *record)
{
	return iap_bits(record) & IAP_MORE ? iap_extra_of(reg, record).next
		: NULL;
}

/* The next record of the same name, or NULL. */
static inline const unsigned char *
iap_next_of_name(const struct iana_registry *reg, const unsigned char *record)
{
	if (!(iap_bits(record) & IAP_EXTENDED))
		return NULL;

	const unsigned char *link = iap_extra_of(reg, record).link;

	return link ? iap_record(reg, link) : NULL;
}

/* ---- By port ------------------------------------------------------------- */

/* The number of bits set. They are added up in pairs, fours and eights; then
 * the product adds up all bytes in the highest one. Baseline x86-64 has no
 * instruction for this. With the function that gcc calls instead, a look-up by
 * port takes 19 % more instructions. */
static inline uint32_t
iap_popcount(uint64_t x)
{
	x -= x >> 1 & 0x5555555555555555u;
	x = (x & 0x3333333333333333u) + (x >> 2 & 0x3333333333333333u);
	x = (x + (x >> 4)) & 0x0f0f0f0f0f0f0f0fu;
	return (uint32_t)(x * 0x0101010101010101u >> 56);
}

/*
 * The first record on a port, or NULL; the port may be any int. Its cell in
 * PLACES is found by its rank: the number of ports in use before the chunk, and
 * in the chunk before this port. There are at most 65,472 ports before the last
 * chunk, so 16 bits hold that number.
 */
static inline const unsigned char *
iap_find_port(const struct iana_registry *reg, int port)
{
	if (port < 0 || port > 65535)
		return NULL;

	const unsigned char *chunk = iap_blob(reg) + iap_at(reg)->chunks
		+ (size_t)port / 64 * IAP_CHUNK_BYTES;
	uint64_t ports = iap_u64(chunk);

	if (!(ports >> (unsigned)port % 64 & 1))
		return NULL;

	/* Shift the port's bit to the top: the higher ones fall out. */
	uint64_t up_to = ports << (63 - (unsigned)port % 64);
	size_t rank = iap_u16(chunk + 8) + iap_popcount(up_to) - 1;

	return iap_record_at(reg, iap_at(reg)->places, rank);
}

/* The lowest bit of a number that has one. */
static inline int
iap_lowest_bit_of(uint64_t x)
{
#ifdef IAP_LOWEST_BIT
	return IAP_LOWEST_BIT(x);
#else
	return (int)iap_popcount((x & -x) - 1);
#endif
}

/* The first port from this one on that has records, or 65536. */
static inline int
iap_used_port(const struct iana_registry *reg, int port)
{
	const unsigned char *chunks = iap_blob(reg) + iap_at(reg)->chunks;

	while (port < 65536) {
		uint64_t ports = iap_u64(chunks + port / 64 * IAP_CHUNK_BYTES)
			>> port % 64;
		if (ports)
			return port + iap_lowest_bit_of(ports);
		port = (port / 64 + 1) * 64;
	}
	return 65536;
}

/* ---- Runs of status ------------------------------------------------------ */

static inline unsigned
iap_run_port(const struct iana_registry *reg, uint32_t index)
{
	return iap_u16(iap_blob(reg) + iap_at(reg)->runs
		       + index * IAP_RUN_BYTES);
}

/* Two bits of enum iap_status for each of tcp, udp, sctp, dccp. */
static inline unsigned
iap_run_status(const struct iana_registry *reg, uint32_t index)
{
	return iap_blob(reg)[iap_at(reg)->runs + index * IAP_RUN_BYTES + 2];
}

#endif
