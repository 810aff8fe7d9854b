/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/*
 * The first call of a process. What it costs is page faults, and the
 * kernel maps up to 16 pages in one; so the pages of our blob that are
 * read are counted apart, by taking them away and seeing which are missed.
 */

#include "bench.h"

#include "ianaport.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static volatile uintptr_t sink;
static struct servent entry, *found;
static char buf[1024];

static void
our_name(const char *name, int port)
{
	(void)port;
	sink = (unsigned)iana_port_of(NULL, name, 6);
}

static void
our_port(const char *name, int port)
{
	(void)name;
	sink = (uintptr_t)iana_name_of(NULL, port, 6);
}

static void
its_name(const char *name, int port)
{
	(void)port;
	sink = (unsigned)getservbyname_r(name, "tcp", &entry, buf, sizeof buf,
					 &found);
}

static void
its_port(const char *name, int port)
{
	(void)name;
	sink = (unsigned)getservbyport_r(htons((uint16_t)port), "tcp", &entry,
					 buf, sizeof buf, &found);
}

static void (*const calls[COLDS])(const char *, int) = {
	our_name, our_port, its_name, its_port,
};

/* ---- In the process that makes a first call ------------------------------ */

static uintptr_t page;
static volatile sig_atomic_t pages;

static void
on_fault(int signal, siginfo_t *info, void *context)
{
	uintptr_t at = (uintptr_t)info->si_addr / page * page;

	(void)signal;
	(void)context;
	pages++;
	/* Not ours to give back, or not what was missed: die of it. */
	if (pages > 64 || mprotect((void *)at, page, PROT_READ))
		_exit(3);
}

/*
 * Takes the blob's pages away. On the first and last of them is other data of
 * the library, which counts, and none that this file reads before it has the
 * count: hence calls through a pointer, and no text.
 */
static void
watch_pages(void)
{
	struct sigaction action = { .sa_flags = SA_SIGINFO };
	size_t size;
	uintptr_t start = (uintptr_t)our_blob(&size), end = start + size;

	page = (uintptr_t)sysconf(_SC_PAGESIZE);
	start = start / page * page;
	action.sa_sigaction = on_fault;
	sigaction(SIGSEGV, &action, NULL);
	mprotect((void *)start, end - start, PROT_NONE);
}

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return 1e6 * (double)t.tv_sec + (double)t.tv_nsec / 1e3;
}

static long
faults(void)
{
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	return usage.ru_minflt + usage.ru_majflt;
}

int
cold_main(const char *which, const char *name, const char *port)
{
	void (*call)(const char *, int) = calls[atoi(which) % COLDS];
	int number = atoi(port);

	if (atoi(which) >= COLDS) {
		watch_pages();
		call(name, number);
		printf("%d 0\n", (int)pages);
		return 0;
	}
	/* The clock's and the counter's own first calls are not counted. */
	double start = now();
	long before = faults();

	start = now();
	call(name, number);
	double end = now();
	printf("%ld %f\n", faults() - before, end - start);
	return 0;
}

/* ---- In the process that starts it --------------------------------------- */

/* Two numbers that it writes. */
static void
start(int which, struct query q, double *first, double *second)
{
	char mode[8], port[8], name[64];
	char *args[] = { "bench", "--cold", mode, name, port, NULL };
	int fds[2];
	pid_t child;
	FILE *out;

	snprintf(mode, sizeof mode, "%d", which);
	snprintf(port, sizeof port, "%d", q.port);
	snprintf(name, sizeof name, "%s", q.name);
	if (pipe(fds) || (child = fork()) < 0)
		fail("cannot start a process");
	if (!child) {
		dup2(fds[1], STDOUT_FILENO);
		execv("/proc/self/exe", args);
		_exit(127);
	}
	close(fds[1]);
	out = fdopen(fds[0], "r");
	if (!out || fscanf(out, "%lf %lf", first, second) != 2)
		fail("a first call gave no numbers");
	fclose(out);
	waitpid(child, NULL, 0);
}

static int
libc_knows(struct query q)
{
	return getservbyname(q.name, "tcp")
		&& getservbyport(htons((uint16_t)q.port), "tcp");
}

/* A name and its port, tcp; if there is one, such as the C library knows. */
static struct query
any_key(const struct table *t, int common)
{
	struct query q = { NULL, 0, 6 };

	for (int tries = 0; tries < 10000; tries++) {
		q.name = t->names[random_below((uint32_t)t->name_count)].name;
		q.port = iana_port_of(NULL, q.name, 6);
		if (q.port > 0 && (!common || libc_knows(q)))
			break;
	}
	return q;
}

static void
measure_one(const struct table *t, int which, size_t runs,
	    struct spread *first, struct spread *second)
{
	double a[MOST_REPETITIONS], b[MOST_REPETITIONS];
	int its = which == ITS_FIRST_NAME || which == ITS_FIRST_PORT;

	for (size_t i = 0; i < runs; i++)
		start(which, any_key(t, its), &a[i], &b[i]);
	*first = spread(a, runs);
	*second = spread(b, runs);
}

void
measure_cold(const struct table *t, size_t runs, struct cold cold[COLDS])
{
	struct spread nothing;

	for (int i = 0; i < COLDS; i++)
		measure_one(t, i, runs, &cold[i].faults,
			    &cold[i].microseconds);
	for (int i = OUR_FIRST_NAME; i <= OUR_FIRST_PORT; i++)
		measure_one(t, COLDS + i, runs, &cold[i].pages, &nothing);
}
