/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

#include "every.h"
#include "tool.h"

#include <stdlib.h>

struct placed {
	struct iana_service service;
	int class;
	size_t order;
};

static int
class_of(const struct iana_service *s)
{
	return s->flags & IANA_LOCAL ? 0 : s->flags & IANA_MOVED ? 1
	     : s->flags & IANA_ADDED ? 3 : 2;
}

static int
compare(const void *a, const void *b)
{
	const struct placed *x = a, *y = b;

	if (x->class != y->class)
		return x->class - y->class;
	return x->order < y->order ? -1 : 1;
}

/* In the order of enumeration, which is by port. */
static struct placed *
enumerate(const struct iana_registry *of, size_t *count)
{
	struct placed *all = NULL;
	struct iana_service s;
	uint32_t cursor = 0;

	*count = 0;
	while (iana_service_next(of, &cursor, &s)) {
		if (!(*count & (*count - 1)))
			all = checked(realloc(all, (2 * *count + 1)
						   * sizeof *all));
		all[*count] = (struct placed){ s, class_of(&s), *count };
		++*count;
	}
	return all;
}

struct iana_service *
every_service(const struct iana_registry *of, size_t *count)
{
	struct placed *all = enumerate(of, count);
	struct iana_service *services =
		checked(calloc(*count + 1, sizeof *services));

	if (*count)
		qsort(all, *count, sizeof *all, compare);
	for (size_t i = 0; i < *count; i++)
		services[i] = all[i].service;
	free(all);
	return services;
}
