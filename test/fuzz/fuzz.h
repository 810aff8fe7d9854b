/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef FUZZ_H
#define FUZZ_H

/* Each fuzzer has this one function, which libFuzzer calls, or main.c. What it
 * finds wrong ends the process. */

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A fuzzer may know how inputs are made. */
size_t
LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most, unsigned seed);
size_t
LLVMFuzzerCustomCrossOver(const uint8_t *one, size_t one_size,
			  const uint8_t *two, size_t two_size,
			  uint8_t *out, size_t most, unsigned seed);

/* What libFuzzer has for them, and main.c: changes bytes. */
size_t
LLVMFuzzerMutate(uint8_t *data, size_t size, size_t most);

#define MUST(condition) do { \
	if (!(condition)) { \
		fprintf(stderr, "%s:%d: %s does not hold\n", __FILE__, \
			__LINE__, #condition); \
		abort(); \
	} \
} while (0)

/* A copy in memory of exactly that size, so that a sanitizer sees what is read
 * behind it. */
static inline void *
exact_copy(const void *data, size_t size)
{
	unsigned char *copy = malloc(size);

	MUST(copy || !size);
	for (size_t i = 0; i < size; i++)
		copy[i] = ((const unsigned char *)data)[i];
	return copy;
}

#endif
