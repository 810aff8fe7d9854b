/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/*
 * iana_getservbyname_r() and iana_getservbyport_r() against the C library's,
 * which read a services file in every call.
 */

#include "bench.h"

#include "ianaport.h"
#include "libc.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ASKED 16384             /* of ours, in a repetition */
static volatile unsigned sink;

/* The calls have one shape; the one that is not used is NULL. */
struct calls {
	int (*by_name)(const char *, const char *, struct servent *, char *,
		       size_t, struct servent **);
	int (*by_port)(int, const char *, struct servent *, char *, size_t,
		       struct servent **);
};

struct question {
	char name[64], proto[8];
	int port;               /* network order, as in struct servent */
};

struct answer {
	struct servent entry;
	char buf[1024];
};

static const struct servent *
ask(struct calls c, const struct question *q, struct answer *a)
{
	struct servent *found;
	int error = c.by_name
		? c.by_name(q->name, q->proto, &a->entry, a->buf,
			    sizeof a->buf, &found)
		: c.by_port(q->port, q->proto, &a->entry, a->buf,
			    sizeof a->buf, &found);

	return error ? NULL : found;
}

/* Entries as the C library reads them from the file in force. */
static struct question *
all_entries(size_t *count)
{
	struct question *list = NULL;
	size_t n = 0;

	setservent(1);
	for (struct servent *e; (e = getservent());) {
		if (strlen(e->s_name) >= sizeof list->name
		    || strlen(e->s_proto) >= sizeof list->proto)
			continue;
		list = realloc(list, (n + 1) * sizeof *list);
		if (!list)
			fail("out of memory");
		strcpy(list[n].name, e->s_name);
		strcpy(list[n].proto, e->s_proto);
		list[n++].port = e->s_port;
	}
	endservent();
	*count = n;
	return list;
}

static int
agree(const struct servent *a, const struct servent *b)
{
	return a && b && a->s_port == b->s_port
		&& !strcmp(a->s_name, b->s_name)
		&& !strcmp(a->s_proto, b->s_proto);
}

static size_t
ports_of(const struct question *q)
{
	return iana_services_named(NULL, q->name, iana_proto_number(q->proto),
				   NULL, 0);
}

/*
 * Keeps the entries for which both have the same answer. If the file is the
 * registry, these must be all entries, except names with several ports: the
 * file has them by port, and ours by what is meant.
 */
static int
keep_known(struct calls ours, struct calls its, struct question *list,
	   size_t *count, int full)
{
	struct answer a, b;
	size_t kept = 0;

	for (size_t i = 0; i < *count; i++) {
		if (agree(ask(ours, &list[i], &a), ask(its, &list[i], &b))) {
			list[kept++] = list[i];
		} else if (full && (!ours.by_name || ports_of(&list[i]) < 2)) {
			fprintf(stderr, "bench: libc differs from us for %s "
				"%d/%s\n", list[i].name, ntohs((uint16_t)
				list[i].port), list[i].proto);
			return 0;
		}
	}
	*count = kept;
	return kept > 0;
}

static struct question *
hits(const struct question *keys, size_t count)
{
	struct question *list = calloc(ASKED, sizeof *list);

	if (!list)
		fail("out of memory");
	for (size_t i = 0; i < ASKED; i++)
		list[i] = keys[random_below((uint32_t)count)];
	return list;
}

/* What neither knows. The C library is asked for those that it will be asked
 * for again; the others are of the same making. */
static struct question *
misses(struct calls ours, struct calls its, const struct question *keys,
       size_t count, size_t to_check)
{
	struct question *list = hits(keys, count);
	struct answer a;

	for (size_t i = 0; i < ASKED; i++)
		do {
			misspell(list[i].name);
			list[i].port = htons((uint16_t)random_below(PORTS));
			strcpy(list[i].proto, random_below(2) ? "tcp" : "udp");
		} while (ask(ours, &list[i], &a)
			 || (i < to_check && ask(its, &list[i], &a)));
	return list;
}

static double
nanoseconds(struct calls c, const struct question *list, size_t count)
{
	struct answer a;
	double start = cpu_time();

	for (size_t i = 0; i < count; i++) {
		const struct servent *found = ask(c, &list[i], &a);
		sink = sink + (found ? (unsigned)found->s_port : 1);
	}
	return (cpu_time() - start) / (double)count;
}

static void
measure_kind(struct calls ours, struct calls its, const struct question *list,
	     size_t asked, size_t repetitions, enum kind kind,
	     struct result *out, struct result *its_out)
{
	double a[MOST_REPETITIONS], b[MOST_REPETITIONS];
	double ratio[MOST_REPETITIONS];

	for (size_t r = 0; r < repetitions; r++) {
		a[r] = nanoseconds(ours, list, ASKED);
		b[r] = nanoseconds(its, list + r % 4 * asked, asked);
		ratio[r] = a[r] / b[r];
	}
	out->ns[kind] = spread(a, repetitions);
	its_out->ns[kind] = spread(b, repetitions);
	its_out->ratio[kind] = spread(ratio, repetitions);
}

static int
measure_pair(struct calls ours, struct calls its, const struct libc_run *run,
	     struct result *out, struct result *its_out)
{
	size_t count, asked = run->asked;
	struct question *keys = all_entries(&count);

	/* In a quick run, every so many. */
	for (size_t i = 0; run->quick && i * 64 < count && count > 1024; i++)
		keys[i] = keys[i * 64];
	if (run->quick && count > 1024)
		count /= 64;
	if (!keep_known(ours, its, keys, &count, run->full))
		return 0;

	struct question *list = hits(keys, count);
	out->keys = its_out->keys = count;
	measure_kind(ours, its, list, asked, run->repetitions, HIT, out,
		     its_out);
	free(list);
	list = misses(ours, its, keys, count, 4 * asked);
	measure_kind(ours, its, list, asked, run->repetitions, MISS, out,
		     its_out);
	free(list);
	free(keys);
	return 1;
}

int
libc_measure(const struct libc_run *run, struct result ours[2],
	     struct result its[2])
{
	struct calls our_name = { iana_getservbyname_r, NULL };
	struct calls our_port = { NULL, iana_getservbyport_r };
	struct calls its_name = { getservbyname_r, NULL };
	struct calls its_port = { NULL, getservbyport_r };

	return measure_pair(our_name, its_name, run, &ours[0], &its[0])
		&& measure_pair(our_port, its_port, run, &ours[1], &its[1]);
}
