/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* The order of services, which ianaport.h states: by name and by port. */

#include "order.h"
#include "syntax.h"
#include "format/classes.h"

#include <stdlib.h>

/* qsort() has no argument for it; the compiler has one thread. */
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

/* An alias stands where the registry has it, but never before its head. */
static size_t
order_on_port(const struct service *s)
{
	size_t head = s->head == NO_HEAD ? 0 : s->head;

	return head > s->order ? head : s->order;
}

static int
compare_spots(const void *a, const void *b)
{
	const struct spot *x = a, *y = b;
	const struct service *s = &sorting->service[x->service];
	const struct service *t = &sorting->service[y->service];
	int d = x->port - y->port;

	if (!d)
		d = compare(iap_class_of(s->flags), iap_class_of(t->flags));
	if (!d)
		d = compare(s->proto, t->proto);
	if (!d)
		d = compare(order_on_port(s), order_on_port(t));
	if (!d)
		d = compare(s->head != NO_HEAD, t->head != NO_HEAD);
	return d ? d : compare(s->order, t->order);
}

static int
compare_by_name(const void *a, const void *b)
{
	const struct service *s = &sorting->service[*(const size_t *)a];
	const struct service *t = &sorting->service[*(const size_t *)b];
	int d = compare_names(s->name, t->name);

	if (!d)
		d = compare(iap_class_of(s->flags), iap_class_of(t->flags));
	if (!d)
		d = first_port(s) - first_port(t);
	if (!d)
		d = compare(s->proto, t->proto);
	return d ? d : compare(s->order, t->order);
}

size_t *
order_by_name(const struct registry *registry)
{
	size_t *order = allocate(registry->services, sizeof *order);

	for (size_t i = 0; i < registry->services; i++)
		order[i] = i;
	sorting = registry;
	qsort(order, registry->services, sizeof *order, compare_by_name);
	return order;
}

struct spot *
order_by_port(const struct registry *registry, size_t *count)
{
	struct spot *spot = NULL;

	*count = 0;
	for (size_t i = 0; i < registry->services; i++) {
		const struct service *s = &registry->service[i];
		int port = first_port(s);
		do {
			spot = grow(spot, *count, sizeof *spot);
			spot[(*count)++] = (struct spot){ port, i };
		} while (port++ < s->last);
	}
	sorting = registry;
	qsort(spot, *count, sizeof *spot, compare_spots);
	return spot;
}

size_t
spots_of_port(const struct spot *spot, const struct spot *end)
{
	const struct spot *s = spot;

	while (s < end && s->port == spot->port)
		s++;
	return (size_t)(s - spot);
}
