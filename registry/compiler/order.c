/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#include "order.h"
#include "syntax.h"
#include "format/classes.h"

#include <stdlib.h>
#include <string.h>

/* Global, because qsort() passes no argument; the compiler has one thread. */
static const struct registry *sorting;

static int
compare(size_t a, size_t b)
{
	return (a > b) - (a < b);
}

bool
same_class(const struct service *a, const struct service *b)
{
	return iap_class_of(a->flags) == iap_class_of(b->flags);
}

static int
first_port(const struct service *s)
{
	return s->first ? s->first : PORTS;
}

/* ---- By port ------------------------------------------------------------- */

/* An alias comes where the registry has it, and never before its head. A head
 * of another class is ahead in any case. */
static size_t
order_on_port(const struct service *s)
{
	const struct service *all = sorting->service;

	return s->head != NO_HEAD && s->head > s->order
		&& same_class(s, &all[s->head]) ? s->head : s->order;
}

/* The part of the order of two services that does not depend on the port. */
static int
compare_on_port(const struct service *s, const struct service *t)
{
	int d = compare(iap_class_of(s->flags), iap_class_of(t->flags));

	if (!d && s->flags & IAP_LOCAL)
		return compare(s->line, t->line);
	if (!d)
		d = compare(s->proto, t->proto);
	if (!d)
		d = compare(order_on_port(s), order_on_port(t));
	if (!d)
		d = compare(s->head != NO_HEAD, t->head != NO_HEAD);
	return d ? d : compare(s->order, t->order);
}

static int
compare_by_port(const void *a, const void *b)
{
	const struct service *s = &sorting->service[*(const size_t *)a];
	const struct service *t = &sorting->service[*(const size_t *)b];
	int d = first_port(s) - first_port(t);

	return d ? d : compare_on_port(s, t);
}

/* ---- By name ------------------------------------------------------------- */

static int
compare_of_name(const struct service *s, const struct service *t)
{
	int d = compare(iap_class_of(s->flags), iap_class_of(t->flags));

	if (!d && s->flags & IAP_LOCAL)
		return compare(s->line, t->line);
	if (!d)
		d = first_port(s) - first_port(t);
	if (!d)
		d = compare(s->proto, t->proto);
	return d ? d : compare(s->order, t->order);
}

static int
compare_by_name(const void *a, const void *b)
{
	const struct service *s = &sorting->service[*(const size_t *)a];
	const struct service *t = &sorting->service[*(const size_t *)b];
	int d = compare_names(s->name, t->name);

	return d ? d : compare_of_name(s, t);
}

/* ---- Both ---------------------------------------------------------------- */

static size_t *
sort(const struct registry *registry,
     int (*comparison)(const void *, const void *))
{
	size_t *order = allocate(registry->services, sizeof *order);

	for (size_t i = 0; i < registry->services; i++)
		order[i] = i;
	sorting = registry;
	qsort(order, registry->services, sizeof *order, comparison);
	return order;
}

size_t *
order_by_name(const struct registry *registry)
{
	return sort(registry, compare_by_name);
}

size_t *
order_by_port(const struct registry *registry)
{
	return sort(registry, compare_by_port);
}

/* ---- Port after port ----------------------------------------------------- */

struct sweep
start_sweep(const struct registry *registry, const size_t *by_port)
{
	return (struct sweep){
		.registry = registry,
		.by_port = by_port,
		.on = allocate(IAP_MOST_ON_PORT, sizeof(size_t)),
	};
}

void
end_sweep(struct sweep *sweep)
{
	free(sweep->on);
}

static const struct service *
next_to_start(const struct sweep *sweep)
{
	return sweep->next < sweep->registry->services
		? &sweep->registry->service[sweep->by_port[sweep->next]] : NULL;
}

/* Ranges that ended before the port. */
static void
drop_ended(struct sweep *sweep)
{
	size_t kept = 0;

	for (size_t i = 0; i < sweep->count; i++)
		if (sweep->registry->service[sweep->on[i]].last >= sweep->port)
			sweep->on[kept++] = sweep->on[i];
	sweep->changed = kept < sweep->count;
	sweep->count = kept;
}

/* The services that start on the port are in order, and so are the ranges that
 * go on. */
static void
add_started(struct sweep *sweep)
{
	const struct service *all = sweep->registry->service, *s;
	size_t at = 0;

	while ((s = next_to_start(sweep)) && first_port(s) == sweep->port) {
		while (at < sweep->count
		       && compare_on_port(&all[sweep->on[at]], s) < 0)
			at++;
		memmove(&sweep->on[at + 1], &sweep->on[at],
			(sweep->count - at) * sizeof *sweep->on);
		sweep->on[at] = s->order;
		sweep->count++;
		sweep->next++;
		sweep->changed = true;
	}
}

bool
sweep_on(struct sweep *sweep)
{
	const struct service *s = next_to_start(sweep);

	sweep->port++;
	drop_ended(sweep);
	if (!sweep->count)
		sweep->port = s ? first_port(s) : PORTS;
	if (sweep->port >= PORTS)
		return false;
	add_started(sweep);
	return true;
}
