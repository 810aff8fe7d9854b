/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef BENCH_TABLE_H
#define BENCH_TABLE_H

/*
 * What every table of the benchmark is filled from: all names with a port and
 * all names of ports, as the library enumerates them.
 */

#include <stddef.h>
#include <stdint.h>

/* tcp, udp, sctp, dccp, and any: which is not the union of the others, but
 * what comes first in the order of ianaport.h */
#define PLANES 5
#define PORTS 65536

/* A port of a name and the protocols it has there, a bit each and one for
 * none; above them the index of the name's next port, 0 at its last. */
struct value {
	uint16_t port, bits;
};
#define VALUE_MASK 31u
#define VALUE_NEXT 5

struct named {
	const char *name;
	struct value value;
};

struct table {
	struct named *names;
	size_t name_count;
	struct value *further;          /* [0] is unused */
	size_t further_count;
	/* The names once more, each at an even place; in units of 2 bytes,
	 * where that of the first service on a port is, 0 for none. */
	char *pool;
	size_t pool_bytes;
	uint16_t on[PLANES][PORTS];
};

struct table *
table_read(void);

_Noreturn void
fail(const char *why);

/* A protocol of each plane. */
int
plane_proto(int plane);

static inline unsigned
place_of(int proto)
{
	return ((unsigned)proto + ((unsigned)proto >> 3)) % 16;
}

/* Mask of a protocol, 0 if unknown. The library's own way: as good as any. */
static inline unsigned
mask_of(int proto)
{
	static const uint16_t places[16] = {
		[0] = VALUE_MASK, [3] = 17 << 8 | 2, [4] = 132 << 8 | 4,
		[5] = 33 << 8 | 8, [6] = 6 << 8 | 1,
	};
	unsigned place = places[place_of(proto)];

	return place & VALUE_MASK
		& -(unsigned)(place >> 8 == (unsigned)proto);
}

/* Plane of a protocol, -1 if unknown. */
static inline int
plane_of(int proto)
{
	static const struct {
		uint8_t proto, plane;
	} places[16] = {
		[0] = { 0, 4 }, [3] = { 17, 1 }, [4] = { 132, 2 },
		[5] = { 33, 3 }, [6] = { 6, 0 },
	};
	unsigned at = place_of(proto);

	return places[at].proto == proto ? places[at].plane : -1;
}

/* The first port of a name that has a protocol in mask, or -1. */
static inline int
value_port(struct value v, const struct value *further, unsigned mask)
{
	while (!(v.bits & mask)) {
		if (!(v.bits >> VALUE_NEXT))
			return -1;
		v = further[v.bits >> VALUE_NEXT];
	}
	return v.port;
}

#endif
