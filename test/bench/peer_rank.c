/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/*
 * For each protocol a bitmap of all ports with the rank of every 64th, 16 KB,
 * and for each bit where its name is, in two bytes.
 */

#include "peers.h"

#include <stdlib.h>

static struct chunk {
	uint64_t bitmap;
	uint32_t rank;          /* ports before this chunk, of all planes */
} chunks[PLANES][PORTS / 64];

static uint16_t *places;
static const char *pool;

/* As the library: plain x86-64 has no instruction for it. */
static uint32_t
popcount(uint64_t x)
{
	x -= x >> 1 & 0x5555555555555555u;
	x = (x & 0x3333333333333333u) + (x >> 2 & 0x3333333333333333u);
	x = (x + (x >> 4)) & 0x0f0f0f0f0f0f0f0fu;
	return (uint32_t)(x * 0x0101010101010101u >> 56);
}

static const char *
name_of(const struct iana_registry *registry, int port, int proto)
{
	(void)registry;
	int plane = plane_of(proto);

	if ((unsigned)port >= PORTS || plane < 0)
		return NULL;

	const struct chunk *chunk = &chunks[plane][(unsigned)port / 64];
	uint64_t bit = (uint64_t)1 << (unsigned)port % 64;

	if (!(chunk->bitmap & bit))
		return NULL;
	return pool + 2 * (size_t)places[chunk->rank
		+ popcount(chunk->bitmap & (bit - 1))];
}

static struct cost
fill(const struct table *t)
{
	const uint16_t *on = t->on[0];
	struct chunk *chunk = chunks[0];
	uint32_t count = 0;

	places = calloc((size_t)PLANES * PORTS, sizeof *places);
	if (!places)
		fail("out of memory");
	for (size_t i = 0; i < (size_t)PLANES * PORTS; i++) {
		if (i % 64 == 0)
			chunk[i / 64].rank = count;
		if (!on[i])
			continue;
		chunk[i / 64].bitmap |= (uint64_t)1 << i % 64;
		places[count++] = on[i];
	}
	pool = t->pool;
	return (struct cost){ .heap = sizeof chunks + count * sizeof *places
		+ t->pool_bytes };
}

const struct peer rank_peer = {
	"bitmap and rank", .name_of = name_of, .fill = fill,
};
