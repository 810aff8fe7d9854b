/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

#include "diff.h"
#include "text.h"
#include "tool.h"

#include <stdlib.h>
#include <string.h>

/* Services of one registry that are compared. Those that are settled are
 * NULL. */
struct list {
	const struct iana_service **all;
	size_t count;
};

static int
compare_place(const struct iana_service *a, const struct iana_service *b)
{
	return a->proto != b->proto ? a->proto - b->proto
	     : a->port != b->port ? a->port - b->port
	     : a->last_port - b->last_port;
}

static int
compare_service(const struct iana_service *a, const struct iana_service *b)
{
	int names = strcmp(a->name, b->name);

	return names ? names : compare_place(a, b);
}

/* ---- What both have ------------------------------------------------------ */

static int
compare_items(const void *a, const void *b)
{
	const struct iana_service *const *x = a, *const *y = b;
	int services = compare_service(*x, *y);

	return services ? services : (*x < *y ? -1 : 1);
}

static struct list
sort(const struct iana_service *services, size_t count)
{
	struct list l = { checked(calloc(count + 1, sizeof *l.all)), count };

	for (size_t i = 0; i < count; i++)
		l.all[i] = &services[i];
	qsort(l.all, count, sizeof *l.all, compare_items);
	return l;
}

static int
compare_order(const void *a, const void *b)
{
	const struct iana_service *const *x = a, *const *y = b;

	return *x < *y ? -1 : *x > *y;
}

/* Settles services that both have, as often as both have them, and leaves the
 * others in their old order. */
static void
settle_same(struct list *gone, struct list *come,
	    const struct iana_service *first, struct change *changes)
{
	size_t i = 0, j = 0, m = 0, n = 0;

	while (i < gone->count || j < come->count) {
		int c = i == gone->count ? 1 : j == come->count ? -1
			: compare_service(gone->all[i], come->all[j]);
		if (c < 0) {
			gone->all[m++] = gone->all[i++];
		} else if (c > 0) {
			come->all[n++] = come->all[j++];
		} else {
			const struct iana_service *s = gone->all[i++];
			changes[s - first].kind = SAME;
			changes[s - first].new = come->all[j++];
		}
	}
	gone->count = m;
	come->count = n;
	qsort(gone->all, m, sizeof *gone->all, compare_order);
	qsort(come->all, n, sizeof *come->all, compare_order);
}

/* ---- Pairs --------------------------------------------------------------- */

typedef int is_pair(const struct iana_service *a, const struct iana_service *b);

/* A service without a port is known only by its name. */
static int
is_renamed(const struct iana_service *a, const struct iana_service *b)
{
	return a->port >= 0 && !compare_place(a, b);
}

static int
is_respelled(const struct iana_service *a, const struct iana_service *b)
{
	return !compare_place(a, b) && !compare_text(a->name, b->name);
}

/* Programs keep the name of a service, so it counts more than the port. */
static int
is_moved(const struct iana_service *a, const struct iana_service *b)
{
	return a->proto == b->proto && !compare_text(a->name, b->name);
}

/* Whether somebody else has the ports of a service now. A registry without
 * details does not say so. */
static int
is_reassigned(const struct iana_service *old, const struct iana_service *new)
{
	return has_details(old->registry) == has_details(new->registry)
	    && compare_text(iana_service_description(old),
			    iana_service_description(new))
	    && compare_text(iana_service_assignee(old),
			    iana_service_assignee(new));
}

/* The only one of a list that fits. NULL if none fits, or more than one: then
 * nobody can know which of them it became. */
static const struct iana_service **
only_fit(const struct list *l, const struct iana_service *s, is_pair *fits)
{
	const struct iana_service **fit = NULL;

	for (size_t i = 0; i < l->count; i++)
		if (l->all[i] && fits(l->all[i], s)) {
			if (fit)
				return NULL;
			fit = &l->all[i];
		}
	return fit;
}

/* Settles what alone, in each list, fits the other. What fits another fits the
 * same others, so a pair changes nothing for the rest. */
static void
settle_pairs(const struct list *gone, const struct list *come,
	     const struct iana_service *first, struct change *changes,
	     is_pair *fits, enum kind kind)
{
	for (size_t i = 0; i < gone->count; i++) {
		const struct iana_service *s = gone->all[i], **fit;
		struct change *change;
		fit = s && only_fit(gone, s, fits) ? only_fit(come, s, fits)
						   : NULL;
		if (!fit)
			continue;
		change = &changes[s - first];
		change->new = *fit;
		change->kind = kind == RENAMED && is_reassigned(s, *fit)
			? REASSIGNED : kind;
		gone->all[i] = *fit = NULL;
	}
}

struct changes
compare_services(const struct iana_service *old, size_t old_count,
		 const struct iana_service *new, size_t new_count)
{
	struct list gone = sort(old, old_count), come = sort(new, new_count);
	struct changes c = { NULL, old_count };

	c.all = checked(calloc(old_count + new_count + 1, sizeof *c.all));
	for (size_t i = 0; i < old_count; i++)
		c.all[i] = (struct change){ REMOVED, &old[i], NULL };
	settle_same(&gone, &come, old, c.all);
	settle_pairs(&gone, &come, old, c.all, is_respelled, RESPELLED);
	settle_pairs(&gone, &come, old, c.all, is_moved, MOVED);
	settle_pairs(&gone, &come, old, c.all, is_renamed, RENAMED);
	for (size_t i = 0; i < come.count; i++)
		if (come.all[i])
			c.all[c.count++] = (struct change){ ADDED, NULL,
							    come.all[i] };
	free(gone.all);
	free(come.all);
	return c;
}
