/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/*
 * The fastest table that we know how to build if size does not matter: open
 * addressing. A slot has no text. It has two words, which hold a name of up to
 * 15 bytes in lower case, read by loads that overlap.
 */

#include "peers.h"

#include <string.h>

enum { SLOTS = 16384 };         /* 39 % full */

struct key {
	uint64_t a, b;
};

static struct {
	struct key key;
	uint32_t length;
	struct value value;     /* bits are 0 where there is nothing */
} slots[SLOTS];

static struct value *further;

/* ASCII letters in lower case, eight at a time: the sums set a byte's highest
 * bit from 'A' on, and from behind 'Z' on. */
static uint64_t
lower(uint64_t w)
{
	uint64_t ones = 0x0101010101010101u, low = w & 127 * ones;
	uint64_t from_a = low + (128 - 'A') * ones;
	uint64_t behind_z = low + (127 - 'Z') * ones;

	return w | ((from_a ^ behind_z) & ~w & 128 * ones) >> 2;
}

static uint64_t
u32(const char *p)
{
	uint32_t w;

	memcpy(&w, p, sizeof w);
	return w;
}

static struct key
key_of(const char *p, size_t n)
{
	if (n < 4) {
		uint64_t a = (uint64_t)(unsigned char)p[0] << 16
			| (uint64_t)(unsigned char)p[n / 2] << 8
			| (unsigned char)p[n - 1];
		return (struct key){ lower(a), 0 };
	}

	size_t t = n / 8 * 4;
	const char *q = p + n - 4;

	return (struct key){ lower(u32(p) << 32 | u32(p + t)),
			     lower(u32(q) << 32 | u32(q - t)) };
}

static size_t
slot_of(struct key k, size_t n)
{
	uint64_t h = k.a * 0x9e3779b97f4a7c15u
		^ (k.b + n) * 0xc2b2ae3d27d4eb4fu;

	return (h ^ h >> 29) * 0xbf58476d1ce4e5b9u >> 50;
}

/* Where a name is, or would be. */
static size_t
find(const char *name, size_t n)
{
	struct key k = key_of(name, n);
	size_t at = slot_of(k, n);

	while (slots[at].value.bits && (slots[at].key.a != k.a
					|| slots[at].key.b != k.b
					|| slots[at].length != n))
		at = (at + 1) % SLOTS;
	return at;
}

static int
port_of(const struct iana_registry *registry, const char *name,
	  int proto)
{
	(void)registry;
	unsigned mask = mask_of(proto);
	size_t n = name ? strlen(name) : 0;

	if (n - 1 >= 15 || !mask)
		return -1;
	return value_port(slots[find(name, n)].value, further, mask);
}

static struct cost
fill(const struct table *t)
{
	if (t->name_count > SLOTS / 2)
		fail("open addressing: too many names");
	for (size_t i = 0; i < t->name_count; i++) {
		const char *name = t->names[i].name;
		size_t n = strlen(name), at;
		if (n > 15)
			fail("open addressing: a long name");
		at = find(name, n);
		slots[at].key = key_of(name, n);
		slots[at].length = (uint32_t)n;
		slots[at].value = t->names[i].value;
	}
	further = t->further;
	return (struct cost){ .heap = sizeof slots
		+ t->further_count * sizeof *further };
}

const struct peer words_peer = {
	"open addressing, words for names", .port_of = port_of, .fill = fill,
};
