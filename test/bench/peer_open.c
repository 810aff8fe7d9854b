/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* Open addressing, linear probing, names in the slots. */

#include "peers.h"

#include <string.h>
#include <strings.h>

enum { SLOTS = 16384 };         /* 39 % full */

static struct {
	uint32_t hash;
	struct value value;     /* bits are 0 where there is nothing */
	char name[16];
} slots[SLOTS];

static struct value *further;

/* FNV-1a of the name in lower case */
static uint32_t
hash_of(const char *name)
{
	uint32_t hash = 0x811c9dc5u;

	for (; *name; name++) {
		unsigned char c = (unsigned char)*name;
		c |= c >= 'A' && c <= 'Z' ? 0x20 : 0;
		hash = (hash ^ c) * 0x01000193u;
	}
	return hash;
}

static int
port_of(const struct iana_registry *registry, const char *name,
	  int proto)
{
	(void)registry;
	unsigned mask = mask_of(proto);

	if (!name || !mask)
		return -1;

	uint32_t hash = hash_of(name);
	size_t at = (hash ^ hash >> 16) % SLOTS;

	for (; slots[at].value.bits; at = (at + 1) % SLOTS)
		if (slots[at].hash == hash
		    && !strcasecmp(slots[at].name, name))
			return value_port(slots[at].value, further, mask);
	return -1;
}

static struct cost
fill(const struct table *t)
{
	if (t->name_count > SLOTS / 2)
		fail("open addressing: too many names");
	for (size_t i = 0; i < t->name_count; i++) {
		const struct named *n = &t->names[i];
		uint32_t hash = hash_of(n->name);
		size_t at = (hash ^ hash >> 16) % SLOTS;
		if (strlen(n->name) >= sizeof slots->name)
			fail("open addressing: a long name");
		while (slots[at].value.bits)
			at = (at + 1) % SLOTS;
		slots[at].hash = hash;
		slots[at].value = n->value;
		strcpy(slots[at].name, n->name);
	}
	further = t->further;
	return (struct cost){ .heap = sizeof slots
		+ t->further_count * sizeof *further };
}

const struct peer open_peer = {
	"open addressing, FNV-1a", .port_of = port_of, .fill = fill,
};
