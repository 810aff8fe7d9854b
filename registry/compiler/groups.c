/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/*
 * Which services share a record. Those that differ in protocol only do, where
 * the order of ianaport.h survives that: along the chain of their name, and on
 * each of their ports.
 */

#include "groups.h"
#include "syntax.h"

#include <stdlib.h>
#include <string.h>

static bool
may_share(const struct groups *groups, const struct group *group,
	  size_t service, const bool *alone)
{
	const struct service *s = group->first;
	const struct service *t = &groups->registry->service[service];

	return !alone[s->order] && !alone[service]
		&& !strcmp(s->name, t->name) && s->first == t->first
		&& s->last == t->last && s->flags == t->flags
		&& !(group->mask & 1u << t->proto)
		&& (t->head == NO_HEAD || group->head == groups->of[t->head]);
}

/* Groups of aliases, or of all others: an alias can share a record only with
 * one whose head is in the same record, so that those come first. */
static void
share_records(struct groups *groups, bool aliases, const bool *alone)
{
	struct group *open = NULL;

	for (size_t i = 0; i < groups->registry->services; i++) {
		size_t service = groups->by_name[i];
		const struct service *s = &groups->registry->service[service];
		if ((s->head != NO_HEAD) != aliases) {
			open = NULL;
			continue;
		}
		if (!open || !may_share(groups, open, service, alone)) {
			open = &groups->group[groups->count++];
			*open = (struct group){ .first = s, .next = NO_GROUP,
				.head = aliases ? groups->of[s->head] : NO_GROUP };
		}
		open->mask |= 1u << s->proto;
		groups->of[service] = (size_t)(open - groups->group);
	}
}

size_t
list_groups(const struct groups *groups, const struct spot *spot, size_t count,
	    size_t *list)
{
	size_t size = 0;

	for (size_t i = 0; i < count; i++) {
		size_t group = groups->of[spot[i].service], j = 0;
		while (j < size && list[j] != group)
			j++;
		if (j == size)
			list[size++] = group;
	}
	return size;
}

/* Does a walk over a port's groups for each class and protocol meet its
 * services in their order? */
static bool
keeps_order(const struct groups *groups, const struct spot *spot, size_t count,
	    const size_t *list, size_t size)
{
	const struct service *before = NULL;
	size_t at = 0;

	for (size_t i = 0; i < count; i++) {
		const struct service *s
			= &groups->registry->service[spot[i].service];
		if (!before || before->proto != s->proto
		    || !same_class(before, s))
			at = 0;
		while (at < size && list[at] != groups->of[spot[i].service])
			at++;
		if (at++ == size)
			return false;
		before = s;
	}
	return true;
}

/* Where it does not, each service gets a group of its own, which always
 * does. */
static bool
settle_ports(const struct groups *groups, size_t *list, bool *alone)
{
	const struct spot *end = groups->spot + groups->spots;
	bool settled = true;
	size_t count;

	for (const struct spot *spot = groups->spot; spot < end;
	     spot += count) {
		count = spots_of_port(spot, end);
		size_t size = list_groups(groups, spot, count, list);
		if (keeps_order(groups, spot, count, list, size))
			continue;
		settled = false;
		for (size_t i = 0; i < count; i++)
			alone[spot[i].service] = true;
	}
	return settled;
}

/* Chain the groups of each name. */
static void
chain_names(struct groups *groups)
{
	size_t last = NO_GROUP;

	for (size_t i = 0; i < groups->registry->services; i++) {
		size_t group = groups->of[groups->by_name[i]];
		const char *name = groups->group[group].first->name;
		if (group == last)
			continue;
		if (last != NO_GROUP
		    && !compare_names(name, groups->group[last].first->name)) {
			groups->group[last].next = group;
		} else {
			groups->name[groups->names] = name;
			groups->first[groups->names++] = group;
		}
		last = group;
	}
}

void
make_groups(struct groups *groups, const struct registry *registry)
{
	size_t n = registry->services;
	bool *alone = allocate(n, sizeof *alone);
	size_t *list = allocate(n, sizeof *list);

	*groups = (struct groups){
		.registry = registry,
		.by_name = order_by_name(registry),
		.group = allocate(n, sizeof *groups->group),
		.of = allocate(n, sizeof *groups->of),
		.name = allocate(n, sizeof *groups->name),
		.first = allocate(n, sizeof *groups->first),
	};
	groups->spot = order_by_port(registry, &groups->spots);
	do {
		groups->count = 0;
		share_records(groups, false, alone);
		share_records(groups, true, alone);
	} while (!settle_ports(groups, list, alone));
	chain_names(groups);
	free(alone);
	free(list);
}

void
free_groups(struct groups *groups)
{
	free(groups->by_name);
	free(groups->spot);
	free(groups->group);
	free(groups->of);
	free(groups->name);
	free(groups->first);
}
