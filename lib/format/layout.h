/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef IAP_LAYOUT_H
#define IAP_LAYOUT_H

/*
 * The blob: what the compiler writes and the reader reads. This comment is the
 * specification; ianaport-blob(5) says the same with an example.
 *
 * All integers are little-endian and need no alignment. The *place* of a record
 * is its distance from the first one, in units of 2 bytes. A *cell* holds a
 * place: it has 2 bytes, or 3 if the records take 128 KiB or more. A *mask* has
 * a bit for each protocol, IAP_TCP to IAP_NONE. Sections come in the order of
 * the header's offsets. Zeros at the end make the size of the blob a multiple
 * of 8 bytes.
 *
 * HEADER   enum iap_header gives the offset of each field. Both checksums are
 *          iap_checksum(). A reader that needs no details can read and check
 *          only the part before them.
 * PILOTS   u8 for each bucket of names; 0 for a bucket without names.
 * SLOTS    cell for each slot: the first record of a name of up to 15 bytes. A
 *          slot without a name holds place 0. So a look-up needs no bounds
 *          check: it compares the name.
 * LONGS    cell for each longer name: its first record; sorted by name, ASCII
 *          case folded.
 * CHUNKS   for each 64 of the 65,536 ports: u64 bitmap of the ports that some
 *          record covers, lowest port in bit 0; u16 number of such ports before
 *          the chunk.
 * PLACES   cell for each port in the bitmaps: its first record.
 * RUNS     {u16 port, u8 status}: the status of the ports from this one up to
 *          the next run, where no record gives it. Two bits of enum iap_status
 *          for each of tcp, udp, sctp and dccp, tcp lowest. The first run
 *          starts at port 0. Each goes on until it would have to give a
 *          protocol two statuses. What it gives no port is 0.
 * RECORDS  u16  port, the first of a range; 0: none
 *          u8   mask | IAP_MORE | IAP_EXTENDED | IAP_RESERVED
 *          name, NUL
 *          if IAP_EXTENDED:
 *            u8   flags
 *            u16  last port         if flags & IAP_RANGE
 *            u8   steps to its head  if flags & IAP_ALIAS
 *            cell next of that name if flags & IAP_LINK
 *            cell its original      if flags & IAP_COPY
 *          0 or 1 byte of padding to a multiple of 2
 *          At the end, IAP_PADDING zeros that belong to no record.
 * DETAILS  in a file that has them; see below.
 *
 * The records of a port follow each other; all except the last have IAP_MORE.
 * They are sorted by class (enum iap_class). Local records, and the protocols
 * of each, are in the order of the site's lines. Each other class is sorted so
 * that a walk for one protocol meets its records in the order that ianaport.h
 * states. A range is on each of its ports. If a port has the same records as
 * the port before it, and the same IAP_RESERVED, the two share them. Any other
 * port has a copy of the range's record, with IAP_COPY. Copies are in the order
 * in which the port before has these ranges. The head of an alias comes before
 * the alias on the port. The steps count the records from the alias back to it.
 *
 * A record without IAP_ADDED is registered, and makes its port assigned for its
 * protocols. IAP_RESERVED on the first record of a port makes tcp and udp
 * reserved there, unless a registered record of the port has the protocol. IANA
 * does this with the counterpart of an assigned port. The bit is always set if
 * one of them is not registered there, and each that is not is reserved. For
 * all other protocols, the run has the status. It is assigned only if the port
 * has a registered record of IAP_NONE.
 *
 * The records of a name (and of names that differ only in case) are chained in
 * the order of ianaport.h. The chain has originals, and no copies.
 *
 * Records without a port start at the header's PORTLESS, after all others. Each
 * is registered, and has one protocol. They are sorted by protocol, and then in
 * the order of the registry.
 *
 * In a library, the details are an array of their own. In a file, they come
 * after the other sections. Their offsets count from their own start. A *text*
 * is a u24: the offset of a NUL-terminated string in STRINGS.
 *
 * HEADER   enum iap_details_header gives the offset of each field.
 * SAMPLES  {u32 place, u32 row} for some original records: their place, and
 *          where in ROWS their first row starts. The first record has a
 *          sample. So has the IAP_SAMPLE-th after one with a sample, or an
 *          earlier one if its place or its row is more than IAP_MOST_WORDS
 *          words or IAP_MOST_ROWS bytes after that of the sample.
 * NAMELESS {u16 first port, u16 last port, u8 mask, u24 row} for each record of
 *          the registry that has no name: where its row is in ROWS. Sorted by
 *          first port, then by protocol.
 * ROWS     for each original record, in their order:
 *            u8   1 << enum iap_text of the first IAP_ROW_TEXTS
 *                 | IAP_ROW_RARE | IAP_ROW_SPLIT
 *            u8   mask of the protocols     if IAP_ROW_SPLIT
 *            text for each bit, lowest first
 *            u8   the same bits of the rare ones, lowest first, and their
 *                 texts                     if IAP_ROW_RARE
 *            description, NUL
 *          A record has one row. Or it has several rows with IAP_ROW_SPLIT,
 *          each for one protocol, in the order of the mask, and a last row
 *          without it, which says something else, for the others. One with
 *          IAP_ADDED has one row that says nothing. After these come the rows
 *          of nameless records: each row once, none split, sorted by its bytes.
 * STRINGS  each string once, sorted by its bytes; none is empty. At the end,
 *          IAP_ROW_ROOM zeros, and more up to a multiple of 8 bytes.
 *
 * Every byte has a meaning or is 0. Names, descriptions and strings have no
 * character that format/printable.h does not let pass.
 *
 * The constants IAP_MOST_* limit what a look-up may have to read: 20
 * microseconds are enough for each, whatever a blob holds. The compiler writes
 * no other blob, and the library loads no other.
 */

#include <stdint.h>

#define IAP_MAGIC "IANAPORT"            /* 8 bytes, no NUL */
#define IAP_VERSION 1

enum iap_header {
	IAP_H_MAGIC = 0,
	IAP_H_VERSION = 8,              /* u32 */
	IAP_H_SIZE = 12,                /* u32, of the whole blob */
	IAP_H_CHECKSUM = 16,            /* u64, of all from 24 to the details */
	IAP_H_KEY = 24,                 /* u64, of the hash */
	IAP_H_UPDATED = 32,             /* "2026-08-17", NUL-padded to 12 */
	IAP_H_CELL = 44,                /* u32s from here on: 2 or 3 */
	IAP_H_BUCKETS = 48,             /* numbers of things */
	IAP_H_SLOT_COUNT = 52,
	IAP_H_RUN_COUNT = 56,
	IAP_H_PILOTS = 60,              /* offsets from the start of the blob */
	IAP_H_SLOTS = 64,
	IAP_H_CHUNKS = 68,
	IAP_H_PLACES = 72,
	IAP_H_RUNS = 76,
	IAP_H_RECORDS = 80,
	IAP_H_PORTLESS = 84,
	IAP_H_END = 88,                 /* of the records, before the padding */
	IAP_H_LONGS = 92,
	IAP_H_DETAILS = 96,             /* 0: there are none */
	IAP_H_DETAILS_CHECKSUM = 100,   /* u64, of the details; 0: none */
	IAP_H_BYTES = 112               /* the rest is zero */
};

enum iap_details_header {               /* u32s: offsets within the details */
	IAP_D_SAMPLES = 0,
	IAP_D_NAMELESS = 4,
	IAP_D_ROWS = 8,
	IAP_D_STRINGS = 12,
	IAP_D_END = 16,                 /* a multiple of 8 */
	IAP_D_BYTES = 24                /* the rest is zero */
};

/* What a row has in addition to the description, each if its bit is set. */
enum iap_text {
	IAP_CONTACT,
	IAP_ASSIGNEE,                   /* if it is not the contact */
	IAP_REGISTERED,
	IAP_MODIFIED,
	IAP_REFERENCE,
	IAP_NOTE,
	IAP_SERVICE_CODE,               /* these two are rare */
	IAP_UNAUTHORIZED_USE,
	IAP_TEXTS, IAP_DESCRIPTION = IAP_TEXTS
};
#define IAP_ROW_TEXTS 6                 /* have a bit in the first byte */
#define IAP_ROW_RARE 64
#define IAP_ROW_SPLIT 128

enum iap_mask {
	IAP_TCP = 1, IAP_UDP = 2, IAP_SCTP = 4, IAP_DCCP = 8,
	IAP_NONE = 16,                  /* the registry names no protocol */
	IAP_ANY = 31,
	IAP_MORE = 32, IAP_EXTENDED = 64, IAP_RESERVED = 128
};
#define IAP_BIT_NONE 4                  /* the bit of IAP_NONE, and the last */
#define IAP_PROTOCOLS 5                 /* bits of a mask */

/* The first four are those of iana_service.flags. */
enum iap_flags {
	IAP_ALIAS = 1, IAP_MOVED = 2, IAP_ADDED = 4, IAP_LOCAL = 8,
	IAP_RANGE = 16, IAP_LINK = 32, IAP_COPY = 64
};
#define IAP_PUBLIC_FLAGS 15

enum iap_status {
	IAP_S_UNASSIGNED, IAP_S_RESERVED, IAP_S_ASSIGNED, IAP_S_DYNAMIC
};

#define IAP_CHUNK_BYTES 10
#define IAP_CHUNK_COUNT 1024
#define IAP_RUN_BYTES 3
#define IAP_NAME_AT 3                   /* in a record */
#define IAP_HASHED 15                   /* longest name, as RFC 6335 has it */
#define IAP_LONGEST 255                 /* name that a local file may have */
#define IAP_SAMPLE 16
#define IAP_SAMPLE_BYTES 8
#define IAP_NAMELESS_BYTES 8
#define IAP_TEXT_BYTES 3
#define IAP_ROW_ROOM 32                 /* a row without its description fits */

/* A service has one protocol, so a record is one for each bit of its mask. */
#define IAP_MOST_ON_PORT 255            /* services; the steps are u8 */
#define IAP_MOST_OF_NAME 255            /* services */
/* Units of two bytes: of the records on a port; of copies that follow each
 * other; and of records that follow each other and have no protocol. */
#define IAP_MOST_WORDS 4096
#define IAP_MOST_PORTS 512              /* in use one after the other, none of
					 * which has a protocol */
#define IAP_MOST_ROWS 4096              /* bytes, from a sample to a row */
#define IAP_MOST_TEXT 4095              /* bytes of a description */
/* Of the records without a name, none reaches a port on which or before which
 * so many that come after it start. */
#define IAP_MOST_NAMELESS 1024

#define IAP_PADDING 16                  /* a name's loads stay inside */

/* The header as a struct. builtin.h has that of the built-in blob as a
 * constant, so that the C compiler knows its fields. */
struct iap_layout {
	uint64_t key;
#define IAP_MEMBER(name, AT) uint32_t name;
#define IAP_LAYOUT(FIELD) \
	FIELD(cell, CELL) FIELD(buckets, BUCKETS) \
	FIELD(slot_count, SLOT_COUNT) FIELD(run_count, RUN_COUNT) \
	FIELD(pilots, PILOTS) FIELD(slots, SLOTS) FIELD(longs, LONGS) \
	FIELD(chunks, CHUNKS) FIELD(places, PLACES) FIELD(runs, RUNS) \
	FIELD(records, RECORDS) FIELD(portless, PORTLESS) FIELD(end, END) \
	FIELD(details, DETAILS)
	IAP_LAYOUT(IAP_MEMBER)
#undef IAP_MEMBER
};

#endif
