/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* Sorted arrays and the C library's bsearch(). */

#include "peers.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct entry {
	char name[16];
	struct value value;
};

struct place {
	uint32_t key;           /* plane and port */
	uint32_t at;            /* of the name in the pool */
};

static struct entry *entries;
static size_t entry_count;
static struct value *further;

static struct place *places;
static size_t place_count;
static const char *pool;

static int
by_name(const void *a, const void *b)
{
	return strcasecmp(((const struct entry *)a)->name,
			  ((const struct entry *)b)->name);
}

static int
to_name(const void *name, const void *entry)
{
	return strcasecmp(name, ((const struct entry *)entry)->name);
}

static int
port_of(const struct iana_registry *registry, const char *name,
	  int proto)
{
	(void)registry;
	unsigned mask = mask_of(proto);
	const struct entry *e;

	if (!name || !mask)
		return -1;
	e = bsearch(name, entries, entry_count, sizeof *e, to_name);
	return e ? value_port(e->value, further, mask) : -1;
}

static struct cost
fill_names(const struct table *t)
{
	entry_count = t->name_count;
	entries = calloc(entry_count, sizeof *entries);
	if (!entries)
		fail("out of memory");
	for (size_t i = 0; i < entry_count; i++) {
		if (strlen(t->names[i].name) >= sizeof entries->name)
			fail("sorted array: a long name");
		strcpy(entries[i].name, t->names[i].name);
		entries[i].value = t->names[i].value;
	}
	qsort(entries, entry_count, sizeof *entries, by_name);
	further = t->further;
	return (struct cost){ .heap = entry_count * sizeof *entries
		+ t->further_count * sizeof *further };
}

static int
to_key(const void *key, const void *place)
{
	uint32_t a = *(const uint32_t *)key;
	uint32_t b = ((const struct place *)place)->key;

	return (a > b) - (a < b);
}

static const char *
name_of(const struct iana_registry *registry, int port, int proto)
{
	(void)registry;
	int plane = plane_of(proto);
	const struct place *p;

	if ((unsigned)port >= PORTS || plane < 0)
		return NULL;
	uint32_t key = (uint32_t)(plane * PORTS + port);
	p = bsearch(&key, places, place_count, sizeof *p, to_key);
	return p ? pool + p->at : NULL;
}

static struct cost
fill_ports(const struct table *t)
{
	const uint16_t *on = t->on[0];

	for (size_t key = 0; key < (size_t)PLANES * PORTS; key++)
		place_count += on[key] != 0;
	places = calloc(place_count, sizeof *places);
	if (!places)
		fail("out of memory");
	for (uint32_t key = 0, n = 0; key < (uint32_t)PLANES * PORTS; key++)
		if (on[key])
			places[n++] = (struct place){ key, 2u * on[key] };
	pool = t->pool;
	return (struct cost){ .heap = place_count * sizeof *places
		+ t->pool_bytes };
}

const struct peer sorted_name_peer = {
	"sorted array, bsearch()", .port_of = port_of, .fill = fill_names,
};
const struct peer sorted_port_peer = {
	"sorted array, bsearch()", .name_of = name_of, .fill = fill_ports,
};
