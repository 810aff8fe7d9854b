/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* What the peers are asked, made before the clock runs. */

#include "bench.h"

#include "ianaport.h"

#include <stdlib.h>
#include <string.h>

/* xorshift64*, Vigna 2016; the same in every run */
uint32_t
random_below(uint32_t end)
{
	static uint64_t state = 0x9e3779b97f4a7c15u;

	state ^= state >> 12;
	state ^= state << 25;
	state ^= state >> 27;
	return (uint32_t)(((state * 0x2545f4914f6cdd1du >> 32) * end) >> 32);
}

static void *
allocate(size_t count, size_t size)
{
	void *p = calloc(count, size);

	if (!p)
		fail("out of memory");
	return p;
}

static void
swap(struct query *a, struct query *b)
{
	struct query c = *a;

	*a = *b;
	*b = c;
}

/* All keys in random order, each equally often to within one. */
static struct query *
shuffled(const struct query *keys, size_t key_count, size_t count)
{
	struct query *list = allocate(count, sizeof *list);

	for (size_t i = 0; i < count; i++)
		list[i] = keys[i % key_count];
	for (size_t i = count; i > 1; i--)
		swap(&list[i - 1], &list[random_below((uint32_t)i)]);
	return list;
}

/* Each query with a copy of its name, one after the other in memory. */
static void
own_names(struct query *list, size_t count)
{
	size_t size = 0;

	for (size_t i = 0; i < count; i++)
		size += strlen(list[i].name) + 1;

	char *to = allocate(size, 1);

	for (size_t i = 0; i < count; i++) {
		list[i].name = strcpy(to, list[i].name);
		to += strlen(to) + 1;
	}
}

void
misspell(char *name)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789-";
	char right[64];

	strcpy(right, name);
	do {
		strcpy(name, right);
		for (uint32_t n = 1 + random_below(2); n--;)
			name[random_below((uint32_t)strlen(name))]
				= letters[random_below(sizeof letters - 1)];
	} while (iana_services_named(NULL, name, 0, NULL, 0));
}

struct queries
queries_by_name(const struct table *t, size_t count)
{
	struct query *keys = allocate(4 * t->name_count, sizeof *keys);
	struct query *misses = allocate(count, sizeof *misses);
	char *wrong = allocate(count, 64);
	size_t n = 0;

	for (size_t i = 0; i < 4 * t->name_count; i++) {
		struct query q = { t->names[i / 4].name, 0,
				   plane_proto((int)(i % 4)) };
		if (value_port(t->names[i / 4].value, t->further,
			       mask_of(q.proto)) >= 0)
			keys[n++] = q;
	}
	for (size_t i = 0; i < count; i++) {
		uint32_t which = random_below((uint32_t)t->name_count);
		misspell(strcpy(wrong + 64 * i, t->names[which].name));
		misses[i] = (struct query){ wrong + 64 * i, 0,
					    plane_proto((int)random_below(2)) };
	}

	struct queries q = { shuffled(keys, n, count), misses, count };
	own_names(q.hits, count);
	own_names(q.misses, count);
	free(keys);
	free(wrong);
	return q;
}

struct queries
queries_by_port(const struct table *t, size_t count)
{
	struct query *keys = allocate(4 * PORTS, sizeof *keys);
	struct query *misses = allocate(count, sizeof *misses);
	size_t n = 0;

	for (int i = 0; i < 4 * PORTS; i++)
		if (t->on[i / PORTS][i % PORTS])
			keys[n++] = (struct query){ NULL, i % PORTS,
						    plane_proto(i / PORTS) };
	for (size_t i = 0; i < count; i++) {
		uint32_t port, plane = random_below(2);
		do
			port = random_below(PORTS);
		while (t->on[plane][port]);
		misses[i] = (struct query){ NULL, (int)port,
					    plane_proto((int)plane) };
	}

	struct queries q = { shuffled(keys, n, count), misses, count };
	free(keys);
	return q;
}
