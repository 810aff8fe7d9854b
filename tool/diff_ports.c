/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

#include "diff.h"
#include "row.h"
#include "tool.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
add_run(struct runs *runs, struct run r)
{
	runs->all = grow(runs->all, runs->count, sizeof *runs->all);
	runs->all[runs->count++] = r;
}

static void
add_runs_of_protocol(struct runs *runs, const struct iana_registry *old,
		     const struct iana_registry *new, on_port *what, int i)
{
	struct run *run = NULL;

	for (int port = 0; port <= 65535; port++) {
		const char *before = what(old, port, i);
		const char *after = what(new, port, i);
		if (!before || !after || !strcmp(before, after)) {
			run = NULL;
		} else if (run && !strcmp(run->before, before)
			   && !strcmp(run->after, after)) {
			run->last = port;
		} else {
			add_run(runs, (struct run){ port, port, before, after,
						    1u << i });
			run = &runs->all[runs->count - 1];
		}
	}
}

static int
compare(const void *a, const void *b)
{
	const struct run *x = a, *y = b;
	int before = strcmp(x->before, y->before);

	return x->first != y->first ? x->first - y->first
	     : x->last != y->last ? x->last - y->last
	     : before ? before : strcmp(x->after, y->after);
}

/* Joins runs that differ only in their protocols. */
static void
join(struct runs *runs)
{
	size_t n = 0;

	for (size_t i = 0; i < runs->count; i++)
		if (n && !compare(&runs->all[n - 1], &runs->all[i]))
			runs->all[n - 1].protocols |= runs->all[i].protocols;
		else
			runs->all[n++] = runs->all[i];
	runs->count = n;
}

struct runs
compare_ports(const struct iana_registry *old, const struct iana_registry *new,
	      on_port *what)
{
	struct runs runs = { NULL, 0 };

	for (int i = 0; i <= NO_PROTOCOL; i++)
		add_runs_of_protocol(&runs, old, new, what, i);
	if (runs.count)
		qsort(runs.all, runs.count, sizeof *runs.all, compare);
	join(&runs);
	return runs;
}

char *
place_of_run(const struct run *r)
{
	char *text = checked(malloc(64));
	int n = sprintf(text, r->first < r->last ? "%d-%d" : "%d", r->first,
			r->last);
	char between = '/';

	for (int i = 0; i <= NO_PROTOCOL; i++)
		if (r->protocols & 1u << i) {
			const char *name = iana_proto_name(protocols[i]);
			n += sprintf(text + n, "%c%s", between,
				     name ? name : "-");
			between = ',';
		}
	return text;
}
