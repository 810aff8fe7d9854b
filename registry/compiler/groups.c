/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/*
 * Which services share a record: those that differ only in protocol, if that
 * keeps the order of ianaport.h. The order must be kept along the chain of
 * their name, and on each of their ports.
 */

#include "groups.h"
#include "syntax.h"

#include <stdlib.h>
#include <string.h>

/* Within a record, the order is that of the protocols. A site's lines may have
 * another order. Without a port, a record has one protocol. */
static bool
may_share(const struct groups *groups, const struct group *group,
	  const struct service *t, const bool *alone)
{
	const struct service *s = group->first;

	if (alone[s->order] || alone[t->order] || !s->first)
		return false;
	if (strcmp(s->name, t->name) || s->flags != t->flags)
		return false;
	if (s->first != t->first || s->last != t->last)
		return false;
	return group->mask < 1u << t->proto
		&& (t->head == NO_HEAD || group->head == groups->of[t->head]);
}

/* Make groups of aliases, or of all other services. Aliases can share a record
 * only if their heads share one, so the others come first. */
static void
share_records(struct groups *groups, bool aliases, const bool *alone)
{
	struct group *open = NULL;

	for (size_t i = 0; i < groups->registry->services; i++) {
		const struct service *s
			= &groups->registry->service[groups->by_name[i]];
		if ((s->head != NO_HEAD) != aliases) {
			open = NULL;
			continue;
		}
		if (!open || !may_share(groups, open, s, alone)) {
			open = &groups->group[groups->count++];
			*open = (struct group){ .first = s, .next = NO_GROUP,
				.head = aliases ? groups->of[s->head]
				: NO_GROUP };
		}
		open->mask |= 1u << s->proto;
		groups->of[s->order] = (size_t)(open - groups->group);
	}
}

size_t
list_groups(struct groups *groups, const size_t *service, size_t count,
	    size_t *list)
{
	size_t size = 0;

	groups->lists++;
	for (size_t i = 0; i < count; i++) {
		size_t group = groups->of[service[i]];
		struct group *g = &groups->group[group];
		if (g->list == groups->lists)
			continue;
		g->list = groups->lists;
		g->index = size;
		list[size++] = group;
	}
	return size;
}

/* s comes right before t in the order of services. Whether a walk over the
 * groups meets t after s. It meets local ones group by group, and all others
 * protocol by protocol. */
static bool
are_met_in_order(const struct groups *groups, const struct service *s,
		 const struct service *t)
{
	size_t x = groups->group[groups->of[s->order]].index;
	size_t y = groups->group[groups->of[t->order]].index;

	if (!same_class(s, t))
		return true;
	if (s->flags & IAP_LOCAL)
		return x <= y;
	return s->proto != t->proto || x < y;
}

/* If one is not, each service gets a group of its own. In such groups, a walk
 * always meets the services in their order. */
static bool
settle_services(const struct groups *groups, const size_t *service,
		size_t count, bool *alone)
{
	const struct service *all = groups->registry->service;
	size_t i = 1;

	while (i < count && are_met_in_order(groups, &all[service[i - 1]],
					     &all[service[i]]))
		i++;
	if (i >= count)
		return true;
	for (i = 0; i < count; i++)
		alone[service[i]] = true;
	return false;
}

static bool
settle_ports(struct groups *groups, size_t *list, bool *alone)
{
	struct sweep sweep = start_sweep(groups->registry, groups->by_port);
	bool settled = true;

	while (sweep_on(&sweep)) {
		if (!sweep.changed)
			continue;
		list_groups(groups, sweep.on, sweep.count, list);
		settled &= settle_services(groups, sweep.on, sweep.count,
					   alone);
	}

	const size_t *portless = groups->by_port + sweep.next;
	size_t count = groups->registry->services - sweep.next;

	list_groups(groups, portless, count, list);
	settled &= settle_services(groups, portless, count, alone);
	end_sweep(&sweep);
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
		.by_port = order_by_port(registry),
		.group = allocate(n, sizeof *groups->group),
		.of = allocate(n, sizeof *groups->of),
		.name = allocate(n, sizeof *groups->name),
		.first = allocate(n, sizeof *groups->first),
	};
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
	free(groups->by_port);
	free(groups->group);
	free(groups->of);
	free(groups->name);
	free(groups->first);
}
