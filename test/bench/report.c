/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* The table that people read. */

#include "bench.h"

#include <stdio.h>

#define LABEL "%-34s"

static void
print_spread(struct spread s)
{
	int digits = s.median < 1000;

	if (s.median > 0)
		printf(" %8.*f %7.*f-%-7.*f", digits, s.median, digits, s.q1,
		       digits, s.q3);
	else
		printf(" %8s %15s", "-", "");
}

static void
print_ratio(double ratio)
{
	if (ratio > 0)
		printf(" %6.2f", ratio);
	else
		printf(" %6s", "-");
}

static void
print_cost(struct cost c)
{
	if (c.readonly || c.heap)
		printf(" %9zu %9zu %6zu", c.readonly, c.heap, c.relocations);
}

static void
print_result(const struct result *r, int first)
{
	printf(LABEL, r->label);
	if (r->skipped) {
		printf(" skipped: %s\n", r->skipped);
		return;
	}
	for (int kind = 0; kind < KINDS; kind++)
		print_spread(r->ns[kind]);
	/* Ours is the first, and the call alone is no peer. */
	for (int kind = 0; kind < KINDS; kind++)
		print_ratio(first || *r->label == '(' ? 0
			    : r->ratio[kind].median);
	print_cost(r->cost);
	putchar('\n');
}

static void
print_results(const char *title, const struct results *results)
{
	printf("\n" LABEL " %-25s%-25s%-25s%-25s %-27s %9s %9s %6s\n", title,
	       "     hit     quartiles", "    miss     quartiles",
	       " latency     quartiles", "    read     quartiles",
	       "   hit   miss    lat   read",
	       "read-only", "heap", "relocs");
	for (size_t i = 0; i < results->count; i++)
		print_result(&results->of[i], !i);
}

static double
times(struct spread ratio)
{
	return ratio.median > 0 ? 1 / ratio.median : 0;
}

static void
print_libc(const struct libc_results *libc)
{
	printf("\n" LABEL " %-25s%-25s %s %8s\n", "libc shapes",
	       "     hit     quartiles", "    miss     quartiles",
	       "times ours: hit      miss", "keys");
	for (int i = 0; i < LIBC_PAIRS; i++) {
		const struct result *its = &libc->its[i];
		printf(LABEL, its->label);
		if (its->skipped) {
			printf(" skipped: %s\n", its->skipped);
			continue;
		}
		print_spread(its->ns[HIT]);
		print_spread(its->ns[MISS]);
		printf(" %15.0f %9.0f %8zu\n", times(its->ratio[HIT]),
		       times(its->ratio[MISS]), its->keys);
		printf(LABEL, libc->ours[i].label);
		print_spread(libc->ours[i].ns[HIT]);
		print_spread(libc->ours[i].ns[MISS]);
		putchar('\n');
	}
}

static void
print_cold(const struct cold cold[COLDS])
{
	static const char *const labels[COLDS] = {
		"iana_port_of", "iana_name_of",
		"getservbyname_r, this host's file",
		"getservbyport_r, this host's file",
	};

	printf("\n" LABEL " %-25s %8s %8s %8s %8s\n", "first call of a process",
	       "microsec.    quartiles", "faults", "at most", "pages",
	       "at most");
	for (int i = 0; i < COLDS; i++) {
		printf(LABEL, labels[i]);
		print_spread(cold[i].microseconds);
		printf(" %8.0f %8.0f", cold[i].faults.median,
		       cold[i].faults.max);
		if (cold[i].pages.max > 0)
			printf(" %8.0f %8.0f", cold[i].pages.median,
			       cold[i].pages.max);
		putchar('\n');
	}
}

static void
print_limits(const struct report *report)
{
	struct limit limits[LIMITS];

	limits_of(report, limits);
	printf("\n%-48s %10s %13s\n", "limits", "measured", "limit");
	for (int i = 0; i < LIMITS; i++) {
		const struct limit *l = &limits[i];
		if (l->value > 0)
			printf("%-48s %10.*f", l->what, l->value < 10 ? 2 : 0,
			       l->value);
		else
			printf("%-48s %10s", l->what, "-");
		printf(" %s %-10g %s\n", l->at_least ? ">=" : "<=", l->limit,
		       l->value <= 0 ? "not measured"
		       : limit_fails(l) ? "FAILS" : "holds");
	}
}

void
print_report(const struct report *r)
{
	printf("%s\nnanoseconds a call: median and quartiles of %zu "
	       "repetitions of %zu queries\nhit, miss, lat, read: ours to "
	       "this, median of the ratios in one repetition\n", machine(),
	       r->repetitions, r->queries);
	print_results("by name", &r->names);
	print_results("by port", &r->ports);
	print_libc(&r->libc);
	print_cold(r->cold);
	print_limits(r);
}
