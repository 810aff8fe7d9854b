/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef SLOTS_H
#define SLOTS_H

/* The hash table of names. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The key and the pilots that give each name a slot of its own. The names must
 * differ in more than case. A slot holds the index of its name, or NO_NAME. */
struct slots {
	uint64_t key;
	uint32_t buckets, count;
	unsigned char *pilots;
	uint32_t *slots;
};

#define NO_NAME UINT32_MAX

void
choose_slots(struct slots *slots, const char *file, const char *const *names,
	     size_t count);

#define ALIKE_FAULT \
	"has a name that differs from another one only by what the hash ignores"

/* Whether the hash takes two different names as equal, such as "a[" and
 * "a{". */
bool
are_alike(const char *a, const char *b);

#endif
