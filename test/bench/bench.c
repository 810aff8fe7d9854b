/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/*
 * usage: ianaport-bench [--quick] [--check] [--json FILE]
 *
 * --quick  few queries and repetitions, to see that it runs
 * --check  fail if a limit does not hold
 */

#include "bench.h"

#include <stdio.h>
#include <string.h>

struct options {
	int quick, check;
	const char *json;
};

static int
read_options(int argc, char **argv, struct options *o)
{
	for (int i = 1; i < argc; i++)
		if (!strcmp(argv[i], "--quick"))
			o->quick = 1;
		else if (!strcmp(argv[i], "--check"))
			o->check = 1;
		else if (!strcmp(argv[i], "--json") && i + 1 < argc)
			o->json = argv[++i];
		else
			return 0;
	return 1;
}

/* Fills and verifies; 0 if one of them is wrong. */
static int
prepare(const struct peer *const *peers, const struct table *t,
	const struct queries *q, struct results *results)
{
	for (size_t i = 0; peers[i] && i < MOST_PEERS; i++) {
		struct result *r = &results->of[i];
		r->label = peers[i]->label;
		r->skipped = peers[i]->skipped;
		if (r->skipped)
			continue;
		if (peers[i]->fill)
			r->cost = peers[i]->fill(t);
		if (!verify(peers[i], t, q))
			return 0;
	}
	return 1;
}

static int
run(struct report *r, int quick)
{
	const struct table *t = table_read();

	r->queries = quick ? 1 << 17 : 1 << 18;
	r->repetitions = quick ? 7 : 21;
	r->cold_runs = quick ? 11 : 101;

	struct queries names = queries_by_name(t, r->queries);
	struct queries ports = queries_by_port(t, r->queries);

	if (!prepare(name_peers, t, &names, &r->names)
	    || !prepare(port_peers, t, &ports, &r->ports))
		return 0;
	measure(name_peers, &names, r->repetitions, &r->names);
	measure(port_peers, &ports, r->repetitions, &r->ports);
	measure_cold(t, r->cold_runs, r->cold);
	return measure_libc(quick ? 7 : 11, quick, &r->libc);
}

/* 1 if a limit does not hold. */
static int
check(const struct report *report)
{
	struct limit limits[LIMITS];
	int fails = 0;

	limits_of(report, limits);
	for (int i = 0; i < LIMITS; i++)
		fails |= limit_fails(&limits[i]);
	return fails;
}

int
main(int argc, char **argv)
{
	static struct report report;
	struct options o = { 0, 0, NULL };

	if (argc == 5 && !strcmp(argv[1], "--cold"))
		return cold_main(argv[2], argv[3], argv[4]);
	if (!read_options(argc, argv, &o)) {
		fputs("usage: ianaport-bench [--quick] [--check] "
		      "[--json FILE]\n", stderr);
		return 2;
	}
	if (!run(&report, o.quick)) {
		fputs("bench: a wrong answer; nothing is reported\n", stderr);
		return 1;
	}
	print_report(&report);
	if (o.json && !write_json(&report, o.json)) {
		perror(o.json);
		return 2;
	}
	return o.check && check(&report);
}
