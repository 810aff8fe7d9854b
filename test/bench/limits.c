/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* What the project promises of these numbers. */

#include "bench.h"

#include <stddef.h>
#include <string.h>

static const struct result *
find(const struct results *results, const char *label)
{
	for (size_t i = 0; i < results->count; i++)
		if (!strncmp(results->of[i].label, label, strlen(label)))
			return &results->of[i];
	return NULL;
}

/* Ours to the best peer whose label begins so: the highest ratio. */
static double
ratio_to(const struct results *results, const char *label, enum kind kind)
{
	double highest = 0;

	for (size_t i = 0; i < results->count; i++) {
		const struct result *r = &results->of[i];
		if (!strncmp(r->label, label, strlen(label))
		    && r->ratio[kind].median > highest)
			highest = r->ratio[kind].median;
	}
	return highest;
}

static double
times(const struct result *its, enum kind kind)
{
	double ratio = its->ratio[kind].median;

	return ratio > 0 ? 1 / ratio : 0;
}

void
limits_of(const struct report *r, struct limit limits[LIMITS])
{
	const struct result *its = r->libc.its;
	const struct limit all[LIMITS] = {
		{ "by name, hit, ratio to the better gperf",
		  ratio_to(&r->names, "gperf", HIT), .70, 0 },
		{ "by name, miss, ratio to the better gperf",
		  ratio_to(&r->names, "gperf", MISS), 1.1, 0 },
		{ "by port, hit, ratio to bitmap and rank",
		  ratio_to(&r->ports, "bitmap", HIT), 1.3, 0 },
		{ "by port, miss, ratio to bitmap and rank",
		  ratio_to(&r->ports, "bitmap", MISS), 1.4, 0 },
		{ "getservbyname_r, hit, times as fast as libc's",
		  times(&its[HOST_BY_NAME], HIT), 300, 1 },
		{ "getservbyport_r, hit, times as fast as libc's",
		  times(&its[HOST_BY_PORT], HIT), 300, 1 },
		{ "first call by name, pages of data at most",
		  r->cold[OUR_FIRST_NAME].pages.max, 3, 0 },
		{ "first call by port, pages of data at most",
		  r->cold[OUR_FIRST_PORT].pages.max, 3, 0 },
		{ "bytes of the blob",
		  (double)find(&r->names, "libianaport")->cost.readonly,
		  147456, 0 },
	};

	memcpy(limits, all, sizeof all);
}

int
limit_fails(const struct limit *l)
{
	if (l->value <= 0)
		return 0;
	return l->at_least ? l->value < l->limit : l->value > l->limit;
}
