/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/*
 * Which services share a record. Those that differ in protocol only do, where
 * the order of ianaport.h survives that: along the chain of their name, and on
 * each of their ports.
 */

#include "registry.h"

#include <stdlib.h>
#include <string.h>

static bool
may_share(const struct entries *e, const struct entry *entry, size_t service,
	  const bool *alone)
{
	const struct service *s = entry->first;
	const struct service *t = &e->registry->service[service];

	return !alone[s->order] && !alone[service]
		&& !strcmp(s->name, t->name) && s->first == t->first
		&& s->last == t->last && s->flags == t->flags
		&& !(entry->mask & 1u << t->proto)
		&& (t->head == NO_HEAD || entry->head == e->of[t->head]);
}

/* Entries of aliases, or of all others: an alias can share a record only with
 * one whose head is in the same record, so that those come first. */
static void
make_entries(struct entries *e, bool aliases, const bool *alone)
{
	struct entry *open = NULL;

	for (size_t i = 0; i < e->registry->services; i++) {
		size_t service = e->by_name[i];
		const struct service *s = &e->registry->service[service];
		if ((s->head != NO_HEAD) != aliases) {
			open = NULL;
			continue;
		}
		if (!open || !may_share(e, open, service, alone)) {
			open = &e->entry[e->count++];
			*open = (struct entry){ .first = s, .next = NO_ENTRY,
				.head = aliases ? e->of[s->head] : NO_ENTRY };
		}
		open->mask |= 1u << s->proto;
		e->of[service] = (size_t)(open - e->entry);
	}
}

size_t
list_entries(const struct entries *e, const struct spot *spot, size_t count,
	     size_t *list)
{
	size_t size = 0;

	for (size_t i = 0; i < count; i++) {
		size_t entry = e->of[spot[i].service], j = 0;
		while (j < size && list[j] != entry)
			j++;
		if (j == size)
			list[size++] = entry;
	}
	return size;
}

/* Does a walk over a port's entries for each class and protocol meet its
 * services in their order? */
static bool
keeps_order(const struct entries *e, const struct spot *spot, size_t count,
	    const size_t *list, size_t size)
{
	const struct service *before = NULL;
	size_t at = 0;

	for (size_t i = 0; i < count; i++) {
		const struct service *s
			= &e->registry->service[spot[i].service];
		if (!before || before->proto != s->proto
		    || !same_class(before, s))
			at = 0;
		while (at < size && list[at] != e->of[spot[i].service])
			at++;
		if (at++ == size)
			return false;
		before = s;
	}
	return true;
}

/* Where it does not, each service gets an entry of its own, which always
 * does. */
static bool
settle_ports(const struct entries *e, size_t *list, bool *alone)
{
	const struct spot *end = e->spot + e->spots;
	bool settled = true;
	size_t count;

	for (const struct spot *spot = e->spot; spot < end; spot += count) {
		count = spots_of_port(spot, end);
		size_t size = list_entries(e, spot, count, list);
		if (keeps_order(e, spot, count, list, size))
			continue;
		settled = false;
		for (size_t i = 0; i < count; i++)
			alone[spot[i].service] = true;
	}
	return settled;
}

/* Chain the entries of each name. */
static void
chain_names(struct entries *e)
{
	size_t last = NO_ENTRY;

	for (size_t i = 0; i < e->registry->services; i++) {
		size_t entry = e->of[e->by_name[i]];
		const char *name = e->entry[entry].first->name;
		if (entry == last)
			continue;
		if (last != NO_ENTRY
		    && !compare_names(name, e->entry[last].first->name)) {
			e->entry[last].next = entry;
		} else {
			e->name[e->names] = name;
			e->first[e->names++] = entry;
		}
		last = entry;
	}
}

void
make_all_entries(struct entries *e, const struct registry *registry)
{
	size_t n = registry->services;
	bool *alone = allocate(n, sizeof *alone);
	size_t *list = allocate(n, sizeof *list);

	*e = (struct entries){
		.registry = registry,
		.by_name = order_by_name(registry),
		.entry = allocate(n, sizeof *e->entry),
		.of = allocate(n, sizeof *e->of),
		.name = allocate(n, sizeof *e->name),
		.first = allocate(n, sizeof *e->first),
	};
	e->spot = order_by_port(registry, &e->spots);
	do {
		e->count = 0;
		make_entries(e, false, alone);
		make_entries(e, true, alone);
	} while (!settle_ports(e, list, alone));
	chain_names(e);
	free(alone);
	free(list);
}

void
free_entries(struct entries *e)
{
	free(e->by_name);
	free(e->spot);
	free(e->entry);
	free(e->of);
	free(e->name);
	free(e->first);
}
