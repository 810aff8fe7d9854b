/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* Reads the library's data, through its public calls alone. */

#include "table.h"

#include "ianaport.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const int protos[PLANES] = { 6, 17, 132, 33, 0 };

int
plane_proto(int plane)
{
	return protos[plane];
}

_Noreturn void
fail(const char *why)
{
	fprintf(stderr, "bench: %s\n", why);
	exit(2);
}

/* A list with room for one more; it grows where the count is a power of 2. */
static void *
more(void *list, size_t count, size_t size)
{
	if (count & (count - 1))
		return list;
	list = realloc(list, (count ? 2 * count : 1) * size);
	if (!list)
		fail("out of memory");
	return list;
}

static uint16_t
bit_of(int proto)
{
	for (int plane = 0; plane < 4; plane++)
		if (protos[plane] == proto)
			return (uint16_t)(1 << plane);
	return 1 << 4;
}

/* A name's ports in the order of ianaport.h; neighbours that are the same port
 * are one value. Returns how many. */
static size_t
ports_of(const char *name, struct value *v, size_t cap)
{
	struct iana_service all[64];
	size_t n = 0, count = iana_services_named(NULL, name, 0, all, 64);

	if (count > 64 || count > cap)
		fail("a name with more than 64 services");
	for (size_t i = 0; i < count; i++) {
		if (all[i].port < 0)
			continue;
		if (!n || v[n - 1].port != all[i].port)
			v[n++] = (struct value){ (uint16_t)all[i].port, 0 };
		v[n - 1].bits |= bit_of(all[i].proto);
	}
	return n;
}

static void
add_name(struct table *t, const char *name)
{
	struct value v[64];
	size_t n = ports_of(name, v, 64);

	if ((t->further_count + n) >> (16 - VALUE_NEXT))
		fail("more names with several ports than fit");
	for (size_t i = 1; i < n; i++)
		v[i - 1].bits |= (uint16_t)((t->further_count + i - 1)
					    << VALUE_NEXT);
	for (size_t i = 1; i < n; i++) {
		t->further = more(t->further, t->further_count,
				  sizeof *t->further);
		t->further[t->further_count++] = v[i];
	}
	t->names = more(t->names, t->name_count, sizeof *t->names);
	t->names[t->name_count++] = (struct named){ name, v[0] };
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Every name that has a port, once, sorted. */
static void
read_names(struct table *t)
{
	struct iana_service s;
	uint32_t cursor = 0;
	size_t count = 0;
	const char **names = NULL;

	while (iana_service_next(NULL, &cursor, &s))
		if (s.port >= 0) {
			names = more(names, count, sizeof *names);
			names[count++] = s.name;
		}
	qsort(names, count, sizeof *names, by_name);
	for (size_t i = 0; i < count; i++)
		if (!i || strcmp(names[i - 1], names[i]))
			add_name(t, names[i]);
	free(names);
}

static void
fill_pool(struct table *t)
{
	t->pool = calloc(t->name_count + 1, 64);
	if (!t->pool)
		fail("out of memory");
	t->pool_bytes = 2;
	for (size_t i = 0; i < t->name_count; i++) {
		size_t size = strlen(t->names[i].name) + 1;
		if (size > 64)
			fail("a name of more than 63 bytes");
		memcpy(t->pool + t->pool_bytes, t->names[i].name, size);
		t->names[i].name = t->pool + t->pool_bytes;
		t->pool_bytes += size + size % 2;
	}
	if (t->pool_bytes > 2 * 65536)
		fail("more names than 16 bits tell apart");
}

static int
by_named(const void *name, const void *named)
{
	return strcmp(name, ((const struct named *)named)->name);
}

static void
read_ports(struct table *t)
{
	struct iana_service s;

	for (int i = 0; i < PLANES * PORTS; i++) {
		int plane = i / PORTS, port = i % PORTS;
		if (!iana_services_on(NULL, port, protos[plane], &s, 1))
			continue;
		const struct named *named = bsearch(s.name, t->names,
			t->name_count, sizeof *t->names, by_named);
		t->on[plane][port] = (uint16_t)((named->name - t->pool) / 2);
	}
}

struct table *
table_read(void)
{
	struct table *t = calloc(1, sizeof *t);

	if (!t)
		fail("out of memory");
	t->further = more(NULL, 0, sizeof *t->further);
	t->further[t->further_count++] = (struct value){ 0, 0 };
	read_names(t);
	fill_pool(t);
	read_ports(t);
	return t;
}
