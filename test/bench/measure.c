/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/*
 * The clock. Answers go to a sink, calls go through pointers to functions in
 * other object files, and queries come from memory: nothing can be hoisted.
 */

#include "bench.h"

#include <stdlib.h>
#include <time.h>

static volatile uintptr_t sink;

double
cpu_time(void)
{
	struct timespec t;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return 1e9 * (double)t.tv_sec + (double)t.tv_nsec;
}

static void
ask_names(const struct peer *peer, const struct query *q, size_t count)
{
	unsigned sum = 0;

	for (size_t i = 0; i < count; i++)
		sum += (unsigned)peer->port_of(NULL, q[i].name, q[i].proto);
	sink = sum;
}

static void
ask_ports(const struct peer *peer, const struct query *q, size_t count)
{
	uintptr_t sum = 0;

	for (size_t i = 0; i < count; i++)
		sum += (uintptr_t)peer->name_of(NULL, q[i].port, q[i].proto);
	sink = sum;
}

static void
read_ports(const struct peer *peer, const struct query *q, size_t count)
{
	unsigned sum = 0;

	for (size_t i = 0; i < count; i++) {
		const char *name = peer->name_of(NULL, q[i].port, q[i].proto);
		sum += name ? (unsigned char)*name : 0;
	}
	sink = sum;
}

/* Which query is next cannot be known before the answer is there. It is the
 * next one: no port has a bit above 15, no address of a program the highest. */
static void
chain_names(const struct peer *peer, const struct query *q, size_t count)
{
	size_t at = 0;

	for (size_t i = 0; i < count; i++) {
		int port = peer->port_of(NULL, q[at].name, q[at].proto);
		at = (at + 1 + ((unsigned)port >> 16)) & (count - 1);
	}
	sink = at;
}

static void
chain_ports(const struct peer *peer, const struct query *q, size_t count)
{
	size_t at = 0;

	for (size_t i = 0; i < count; i++) {
		uintptr_t name = (uintptr_t)peer->name_of(NULL, q[at].port,
							  q[at].proto);
		at = (at + 1 + (name >> (8 * sizeof name - 1))) & (count - 1);
	}
	sink = at;
}

static double
nanoseconds(const struct peer *peer, const struct queries *q, enum kind kind)
{
	typedef void asker(const struct peer *, const struct query *, size_t);
	static asker *const names[KINDS] = {
		ask_names, ask_names, chain_names
	};
	static asker *const ports[KINDS] = {
		ask_ports, ask_ports, chain_ports, read_ports
	};
	const struct query *list = kind == MISS ? q->misses : q->hits;
	double start = cpu_time();

	(peer->port_of ? names : ports)[kind](peer, list, q->count);
	return (cpu_time() - start) / (double)q->count;
}

static int
ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* The value that a share of n sorted ones is below, between neighbours */
static double
quantile(const double *values, size_t n, double share)
{
	double at = share * (double)(n - 1);
	size_t i = (size_t)at;

	if (i + 1 >= n)
		return values[n - 1];
	return values[i] + (at - (double)i) * (values[i + 1] - values[i]);
}

struct spread
spread(double *values, size_t n)
{
	qsort(values, n, sizeof *values, ascending);
	return (struct spread){
		values[0], quantile(values, n, .25), quantile(values, n, .5),
		quantile(values, n, .75), values[n - 1],
	};
}

/* One kind of question to all peers, in turn again and again. */
static void
measure_kind(const struct peer *const *peers, const struct queries *q,
	     enum kind kind, size_t repetitions, struct results *results)
{
	static double ns[MOST_PEERS][MOST_REPETITIONS];
	double ratios[MOST_REPETITIONS];

	for (size_t r = 0; r < repetitions; r++)
		for (size_t i = 0; i < results->count; i++)
			if (!peers[i]->skipped)
				ns[i][r] = nanoseconds(peers[i], q, kind);
	/* Ours is the first, and the others need its values unsorted. */
	for (size_t i = results->count; i--;) {
		if (peers[i]->skipped)
			continue;
		for (size_t r = 0; r < repetitions; r++)
			ratios[r] = ns[0][r] / ns[i][r];
		results->of[i].ratio[kind] = spread(ratios, repetitions);
		results->of[i].ns[kind] = spread(ns[i], repetitions);
	}
}

void
measure(const struct peer *const *peers, const struct queries *q,
	size_t repetitions, struct results *results)
{
	while (results->count < MOST_PEERS && peers[results->count])
		results->count++;
	for (int kind = 0; kind < (peers[0]->port_of ? READ : KINDS); kind++)
		measure_kind(peers, q, (enum kind)kind, repetitions, results);
}
