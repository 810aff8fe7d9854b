/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef BENCH_LIBC_H
#define BENCH_LIBC_H

#include "bench.h"

struct libc_run {
	size_t repetitions;
	size_t asked;           /* of the C library, in a repetition */
	int quick;              /* verify a part only */
	int full;               /* the services file is the whole registry */
};

/* With the services file that is there: by name, by port. 0: wrong. */
int
libc_measure(const struct libc_run *, struct result ours[2],
	     struct result its[2]);

#endif
