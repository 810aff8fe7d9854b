/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

#include "registry.h"
#include "slots.h"
#include "syntax.h"
#include "format/names.h"

#include <stdlib.h>
#include <string.h>

/* ---- Indexes ------------------------------------------------------------- */

typedef bool equal(const struct service *a, const struct service *b);

static bool
same_name(const struct service *a, const struct service *b)
{
	return !compare_names(a->name, b->name);
}

static bool
same_number(const struct service *a, const struct service *b)
{
	return a->first == b->first && a->last == b->last
		&& a->proto == b->proto && same_name(a, b);
}

/* FNV-1a. Names that the format's hash takes as equal are equal to this one,
 * too. So they are found in the same bucket. */
static uint32_t
hash_name(const char *name)
{
	uint32_t h = 0x811c9dc5;

	for (; *name; name++)
		h = (h ^ (unsigned char)(*name | 0x20)) * 0x01000193;
	return h;
}

static uint32_t
hash_number(const struct service *s)
{
	uint32_t h = hash_name(s->name);

	h = (h ^ (uint32_t)s->first) * 0x9e3779b1;
	h = (h ^ (uint32_t)s->last) * 0x85ebca77;
	h = (h ^ s->proto) * 0xc2b2ae3d;
	return h ^ h >> 15;
}

static size_t
first_in_bucket(const struct index *index, uint32_t hash)
{
	return index->buckets ? index->bucket[hash & (index->buckets - 1)]
		: NO_SERVICE;
}

static struct chain *
find_chain(const struct registry *registry, const struct index *index,
	   uint32_t hash, const struct service *like, equal *are_equal)
{
	size_t i = first_in_bucket(index, hash);

	for (; i != NO_SERVICE; i = index->chain[i].next) {
		struct chain *c = &index->chain[i];
		if (c->hash == hash
		    && are_equal(&registry->service[c->first], like))
			return c;
	}
	return NULL;
}

static void
put_in_bucket(struct index *index, size_t i)
{
	struct chain *c = &index->chain[i];
	size_t *bucket = &index->bucket[c->hash & (index->buckets - 1)];

	c->next = *bucket;
	*bucket = i;
}

/* Double the number of buckets: it is never less than that of the chains. */
static void
grow_buckets(struct index *index)
{
	free(index->bucket);
	index->buckets = index->buckets ? 2 * index->buckets : 1024;
	index->bucket = allocate(index->buckets, sizeof *index->bucket);
	for (size_t i = 0; i < index->buckets; i++)
		index->bucket[i] = NO_SERVICE;
	for (size_t i = 0; i < index->chains; i++)
		put_in_bucket(index, i);
}

static void
add_chain(struct index *index, uint32_t hash, size_t service)
{
	if (index->chains == index->buckets)
		grow_buckets(index);
	index->chain = grow(index->chain, index->chains, sizeof *index->chain);
	index->chain[index->chains] = (struct chain){
		.first = service, .last = service, .count = 1, .hash = hash,
	};
	put_in_bucket(index, index->chains++);
}

/* Put a new service in the chains that it belongs to. */
static void
index_service(struct registry *registry, const struct service *s)
{
	uint32_t name = hash_name(s->name), number = hash_number(s);
	struct chain *named = find_chain(registry, &registry->named, name, s,
					 same_name);
	struct chain *same = find_chain(registry, &registry->same, number, s,
					same_number);

	if (named) {
		registry->service[named->last].next_named = s->order;
		named->last = s->order;
		named->count++;
	} else {
		add_chain(&registry->named, name, s->order);
	}
	if (same) {
		registry->service[same->last].next_same = s->order;
		same->last = s->order;
	} else {
		add_chain(&registry->same, number, s->order);
	}
}

static struct service *
service_at(const struct registry *registry, size_t i)
{
	return i == NO_SERVICE ? NULL : &registry->service[i];
}

struct chain *
find_name(const struct registry *registry, const char *name)
{
	const struct service like = { .name = name };

	return find_chain(registry, &registry->named, hash_name(name), &like,
			  same_name);
}

struct service *
find_named(const struct registry *registry, const char *name)
{
	const struct chain *c = find_name(registry, name);

	return c ? &registry->service[c->first] : NULL;
}

struct service *
next_named(const struct registry *registry, const struct service *service)
{
	return service_at(registry, service->next_named);
}

struct service *
find_same(const struct registry *registry, const char *name, int first,
	  int last, unsigned proto)
{
	const struct service like = {
		.name = name, .first = first, .last = last, .proto = proto,
	};
	const struct chain *c = find_chain(registry, &registry->same,
					   hash_number(&like), &like,
					   same_number);

	return c ? &registry->service[c->first] : NULL;
}

struct service *
next_same(const struct registry *registry, const struct service *service)
{
	return service_at(registry, service->next_same);
}

/* ---- Services ------------------------------------------------------------ */

struct service *
add_service(struct registry *registry, const struct service *service)
{
	registry->service = grow(registry->service, registry->services,
				 sizeof *registry->service);

	struct service *s = &registry->service[registry->services];

	*s = *service;
	s->order = registry->services++;
	s->next_named = s->next_same = NO_SERVICE;
	for (int port = s->first; s->first && port <= s->last; port++) {
		registry->names_on[port]++;
		registry->words_on[port] += (unsigned short)words_of(s->name);
	}
	index_service(registry, s);
	return s;
}

/* Its record may have everything that a record can have. Only the cell of a
 * link and that of a copy exclude each other. */
size_t
words_of(const char *name)
{
	enum { NUL = 1, FLAGS = 1, LAST = 2, STEPS = 1, CELL = 3 };

	return (IAP_NAME_AT + strlen(name) + NUL + FLAGS + LAST + STEPS + CELL
		+ 1) / 2;
}

const char *
port_fault(const struct registry *registry, int first, int last, size_t count,
	   size_t words)
{
	for (int port = first; first && port <= last; port++) {
		if (registry->names_on[port] + count > IAP_MOST_ON_PORT)
			return "more than 255 names on its port";
		if (registry->words_on[port] + words > IAP_MOST_WORDS)
			return "more than 8 KiB of names on its port";
	}
	return NULL;
}

/* Longer names are not hashed there. */
static const char *
alike_fault(const struct registry *registry, const char *name)
{
	uint32_t hash = hash_name(name);
	size_t i = first_in_bucket(&registry->named, hash);

	if (strlen(name) > IAP_HASHED)
		return NULL;
	for (; i != NO_SERVICE; i = registry->named.chain[i].next) {
		const struct chain *c = &registry->named.chain[i];
		const char *other = registry->service[c->first].name;
		if (c->hash == hash && are_alike(other, name)
		    && compare_names(other, name))
			return ALIKE_FAULT;
	}
	return NULL;
}

const char *
name_room_fault(const struct registry *registry, const char *name,
		size_t count)
{
	const struct chain *c = find_name(registry, name);

	if (c && c->count + count > IAP_MOST_OF_NAME)
		return "more than 255 services of its name";
	return alike_fault(registry, name);
}
