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

struct iana_service *
services_by_port(const struct iana_registry *of, size_t *count)
{
	struct iana_service *all = NULL, s;
	uint32_t cursor = 0;

	for (*count = 0; iana_service_next(of, &cursor, &s); ++*count) {
		all = grow(all, *count, sizeof *all);
		all[*count] = s;
	}
	return all;
}

struct iana_service *
every_service(const struct iana_registry *of, size_t *count)
{
	struct iana_service *all = services_by_port(of, count);
	struct placed *placed = checked(calloc(*count + 1, sizeof *placed));

	for (size_t i = 0; i < *count; i++)
		placed[i] = (struct placed){ all[i], class_of(&all[i]), i };
	qsort(placed, *count, sizeof *placed, compare);
	for (size_t i = 0; i < *count; i++)
		all[i] = placed[i].service;
	free(placed);
	return all;
}
