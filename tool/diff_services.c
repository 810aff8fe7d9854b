/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

#include "diff.h"
#include "tool.h"

#include <stdlib.h>
#include <string.h>

/* Services that are compared, sorted; those that are settled are NULL. */
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

int
is_same_service(const struct iana_service *a, const struct iana_service *b)
{
	return !compare_service(a, b);
}

/* ---- What is in one only ------------------------------------------------- */

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

/* Leaves services that are only in one of the two, or more often in it, in
 * their old order. */
static void
leave_different(struct list *a, struct list *b)
{
	size_t i = 0, j = 0, m = 0, n = 0;

	while (i < a->count || j < b->count) {
		int c = i == a->count ? 1 : j == b->count ? -1
			: compare_service(a->all[i], b->all[j]);
		if (c < 0)
			a->all[m++] = a->all[i++];
		else if (c > 0)
			b->all[n++] = b->all[j++];
		else
			i++, j++;
	}
	a->count = m;
	b->count = n;
	qsort(a->all, m, sizeof *a->all, compare_order);
	qsort(b->all, n, sizeof *b->all, compare_order);
}

/* ---- Pairs --------------------------------------------------------------- */

typedef int is_pair(const struct iana_service *a, const struct iana_service *b);

/* Programs keep the name of a service, so it counts more than the port. */
static int
is_moved(const struct iana_service *a, const struct iana_service *b)
{
	return a->proto == b->proto && !strcmp(a->name, b->name);
}

/* A service without a port is known only by its name. */
static int
is_renamed(const struct iana_service *a, const struct iana_service *b)
{
	return a->port >= 0 && !compare_place(a, b);
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

/* Settles what fits one of the other list alone. Each is looked for among what
 * was there before, as a pair more changes what others fit. */
static void
settle_pairs(const struct list *gone, const struct list *come,
	     struct change *changes, is_pair *fits)
{
	struct change *found = checked(calloc(gone->count + 1, sizeof *found));

	for (size_t i = 0; i < gone->count; i++) {
		const struct iana_service *s = gone->all[i], **fit;
		fit = s && only_fit(gone, s, fits) ? only_fit(come, s, fits)
						   : NULL;
		if (fit)
			found[i] = (struct change){ s, *fit };
	}
	for (size_t i = 0; i < gone->count; i++) {
		if (!found[i].new)
			continue;
		changes[i] = found[i];
		gone->all[i] = NULL;
		for (size_t j = 0; j < come->count; j++)
			if (come->all[j] == found[i].new)
				come->all[j] = NULL;
	}
	free(found);
}

struct changes
compare_services(const struct iana_service *old, size_t old_count,
		 const struct iana_service *new, size_t new_count)
{
	struct list gone = sort(old, old_count), come = sort(new, new_count);
	struct changes c;

	leave_different(&gone, &come);
	c.all = checked(calloc(gone.count + come.count + 1, sizeof *c.all));
	c.count = gone.count;
	for (size_t i = 0; i < gone.count; i++)
		c.all[i].old = gone.all[i];
	settle_pairs(&gone, &come, c.all, is_moved);
	settle_pairs(&gone, &come, c.all, is_renamed);
	for (size_t i = 0; i < come.count; i++)
		if (come.all[i])
			c.all[c.count++].new = come.all[i];
	free(gone.all);
	free(come.all);
	return c;
}
