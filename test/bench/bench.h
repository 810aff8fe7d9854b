/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef BENCH_H
#define BENCH_H

/*
 * Queries, the verification of peers, their timing, and what comes of it.
 */

#include "peers.h"

/* ---- Queries: queries.c -------------------------------------------------- */

struct query {
	const char *name;       /* by name */
	int port;               /* by port */
	int proto;
};

/* In random order; count is a power of two. */
struct queries {
	struct query *hits, *misses;
	size_t count;
};

struct queries
queries_by_name(const struct table *, size_t count);
struct queries
queries_by_port(const struct table *, size_t count);

/* The same numbers in every run. */
uint32_t
random_below(uint32_t end);

/* One or two characters of a name changed so that nobody has it. */
void
misspell(char *name);

/* ---- Verification: verify.c ---------------------------------------------- */

/* Does the peer answer right, for all names and ports? Says what it does not
 * and returns 0. */
int
verify(const struct peer *, const struct table *, const struct queries *);

/* ---- Timing: measure.c --------------------------------------------------- */

/* Answers a query after the other: throughput. The next query depends on the
 * answer: latency. By port, also: the first byte of the name is read, as
 * callers do. */
enum kind { HIT, MISS, LATENCY, READ, KINDS };

struct spread {
	double min, q1, median, q3, max;
};

struct result {
	const char *label;
	const char *skipped;            /* why; then the rest is empty */
	size_t keys;                    /* that it was asked for; libc.c */
	struct cost cost;
	struct spread ns[KINDS];        /* of a query; 0: was not measured */
	struct spread ratio[KINDS];     /* ours to this, in one repetition */
};

#define MOST_PEERS 16
#define MOST_REPETITIONS 101

struct results {
	struct result of[MOST_PEERS];
	size_t count;
};

void
measure(const struct peer *const *, const struct queries *, size_t repetitions,
	struct results *);

/* Nanoseconds that this thread was given: what others on the machine do shows
 * less than by the clock on the wall. */
double
cpu_time(void);

/* Of n values, which it sorts. */
struct spread
spread(double *values, size_t n);

/* ---- libc: libc.c -------------------------------------------------------- */

/* iana_getserv*_r() against the C library's, with the services file that this
 * host has and with the full registry as services file. */
enum { HOST_BY_NAME, HOST_BY_PORT, FULL_BY_NAME, FULL_BY_PORT, LIBC_PAIRS };

struct libc_results {
	struct result ours[LIBC_PAIRS], its[LIBC_PAIRS];
};

/* Returns 0 if an answer was wrong. */
int
measure_libc(size_t repetitions, int quick, struct libc_results *);

/* ---- First calls: cold.c ------------------------------------------------- */

enum { OUR_FIRST_NAME, OUR_FIRST_PORT, ITS_FIRST_NAME, ITS_FIRST_PORT, COLDS };

struct cold {
	struct spread faults, microseconds;     /* of the first call */
	struct spread pages;    /* of our blob that it reads; else 0 */
};

/* Starts this program again and again, for a first call each. */
void
measure_cold(const struct table *, size_t runs, struct cold[COLDS]);

/* What the program so started does, with its arguments. */
int
cold_main(const char *which, const char *name, const char *port);

/* Where our blob is: peers.c. */
const void *
our_blob(size_t *size);

/* ---- Report: limits.c, report.c, json.c ---------------------------------- */

struct report {
	size_t queries, repetitions, cold_runs;
	struct results names, ports;
	struct libc_results libc;
	struct cold cold[COLDS];
};

/* What the project holds itself to, issue "Smaller and faster". */
struct limit {
	const char *what;
	double value;           /* 0: was not measured */
	double limit;
	int at_least;           /* else at most */
};
#define LIMITS 9

void
limits_of(const struct report *, struct limit[LIMITS]);
int
limit_fails(const struct limit *);

/* "CPU, system, C library, compiler" */
const char *
machine(void);

void
print_report(const struct report *);

/* Returns 0 if it could not be written. */
int
write_json(const struct report *, const char *path);

#endif
