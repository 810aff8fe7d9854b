/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/*
 * usage: felt first|all
 *
 * Microseconds that a program waits for libc: for its first look-up, or for all
 * entries from the first to the end.
 */

#define _POSIX_C_SOURCE 200809L
#include <netdb.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return 1e6 * (double)t.tv_sec + (double)t.tv_nsec / 1e3;
}

int
main(int argc, char **argv)
{
	int all = argc == 2 && !strcmp(argv[1], "all"), entries = 0;
	double start = now();

	if (all)
		while (getservent())
			entries++;
	else if (getservbyname("https", "tcp"))
		entries++;
	printf("%.1f %d\n", now() - start, entries);
	return !entries;
}
