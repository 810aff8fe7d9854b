/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/*
 * The hash table of names, in which no two names share a slot. Each bucket, the
 * largest first, gets the smallest pilot that gives all its names free slots.
 * If a bucket finds none, the next key is tried. The number of buckets grows
 * slowly from key to key, so some key always succeeds. The result depends on
 * nothing except the names.
 */

#include "slots.h"
#include "messages.h"
#include "text.h"
#include "format/names.h"

#include <stdlib.h>
#include <string.h>

#define PILOTS 256

struct search {
	uint64_t *hash;                 /* of each name */
	size_t names;
	uint32_t *bucket;               /* names sorted by bucket */
	uint32_t *start;                /* of each bucket in it, and the end */
	uint32_t *order;                /* buckets, largest first */
	bool *taken;
};

static uint64_t
hash_name(const char *name, uint64_t key)
{
	const unsigned char *p = (const unsigned char *)name;
	size_t n = strlen(name);

	return iap_hash(iap_letters_of(p, n), n, key);
}

/* Counting sorts: names by bucket, then buckets by size. */
static void
sort_buckets(struct search *s, uint32_t buckets)
{
	uint32_t *start = s->start;

	memset(start, 0, (buckets + 1) * sizeof *start);
	for (size_t i = 0; i < s->names; i++)
		start[iap_bucket(s->hash[i], buckets) + 1]++;
	uint32_t largest = 0;
	for (uint32_t b = 0; b < buckets; b++)
		if (start[b + 1] > largest)
			largest = start[b + 1];
	uint32_t n = 0;
	for (uint32_t size = largest; n < buckets; size--)
		for (uint32_t b = 0; b < buckets; b++)
			if (start[b + 1] == size)
				s->order[n++] = b;
	for (uint32_t b = 0; b < buckets; b++)
		start[b + 1] += start[b];
	uint32_t *next = allocate(buckets, sizeof *next);
	memcpy(next, start, buckets * sizeof *next);
	for (size_t i = 0; i < s->names; i++)
		s->bucket[next[iap_bucket(s->hash[i], buckets)]++]
			= (uint32_t)i;
	free(next);
}

/* Take the slots that a pilot gives to a bucket, all or none. */
static bool
take_slots(struct search *s, uint32_t bucket, unsigned pilot, uint32_t slots)
{
	uint32_t first = s->start[bucket], end = s->start[bucket + 1], i;

	for (i = first; i < end; i++) {
		uint32_t slot = iap_slot(s->hash[s->bucket[i]], pilot, slots);
		if (s->taken[slot])
			break;
		s->taken[slot] = true;
	}
	if (i == end)
		return true;
	while (i-- > first)
		s->taken[iap_slot(s->hash[s->bucket[i]], pilot, slots)] = false;
	return false;
}

static bool
find_pilots(struct search *s, struct slots *out)
{
	memset(s->taken, 0, out->count * sizeof *s->taken);
	for (uint32_t i = 0; i < out->buckets; i++) {
		unsigned pilot = 0;
		while (!take_slots(s, s->order[i], pilot, out->count))
			if (++pilot == PILOTS)
				return false;
		out->pilots[s->order[i]] = (unsigned char)pilot;
	}
	return true;
}

static bool
try_key(struct search *s, struct slots *out, const char *const *names)
{
	for (size_t i = 0; i < s->names; i++)
		s->hash[i] = hash_name(names[i], out->key);
	sort_buckets(s, out->buckets);
	return find_pilots(s, out);
}

bool
are_alike(const char *a, const char *b)
{
	while (*a && (*a | 0x20) == (*b | 0x20))
		a++, b++;
	return *a == *b;
}

/*
 * Three names for each bucket, and 3 % of free slots. These were measured: they
 * give the smallest table for which one of the first keys succeeds with the
 * registry's 7,327 names. With more names, more buckets must all find a pilot.
 * With 6 % of free slots, and 7 names for 3 buckets, one of the first keys
 * succeeds with 150,000 names.
 */
static void
set_sizes(struct slots *out, size_t count)
{
	bool many = count >= 16384;

	out->count = (uint32_t)(count + count / (many ? 16 : 32) + 1);
	out->buckets = (uint32_t)(many ? count / 7 * 3 : count / 3 + 1);
}

void
choose_slots(struct slots *out, const char *file, const char *const *names,
	     size_t count)
{
	/* Room for the most buckets that are tried: one for each name. */
	struct search s = {
		.hash = allocate(count, sizeof *s.hash),
		.names = count,
		.bucket = allocate(count, sizeof *s.bucket),
		.start = allocate(count + 2, sizeof *s.start),
		.order = allocate(count + 1, sizeof *s.order),
	};

	set_sizes(out, count);
	out->pilots = allocate(count + 1, 1);
	out->slots = allocate(out->count, sizeof *out->slots);
	s.taken = allocate(out->count, sizeof *s.taken);
	for (uint64_t seed = 1;; seed++) {
		out->key = seed * 0x9e3779b97f4a7c15u;
		if (try_key(&s, out, names))
			break;
		if (seed % 16)
			continue;
		if (out->buckets >= count)
			fail_at(file, 0, "no hash was found that tells all "
				"names apart");
		out->buckets += (uint32_t)(count / 128 + 1);
		if (out->buckets > count)
			out->buckets = (uint32_t)count;
	}
	for (uint32_t i = 0; i < out->count; i++)
		out->slots[i] = NO_NAME;
	for (size_t i = 0; i < count; i++)
		out->slots[iap_slot(s.hash[i], out->pilots[iap_bucket(
			s.hash[i], out->buckets)], out->count)] = (uint32_t)i;
	free(s.hash);
	free(s.bucket);
	free(s.start);
	free(s.order);
	free(s.taken);
}
