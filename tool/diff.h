/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef DIFF_H
#define DIFF_H

/* Services that only one of two registries has. */

#include "ianaport.h"

#include <stddef.h>

struct change {
	const struct iana_service *old, *new;   /* one of them may be NULL */
};

struct changes {
	struct change *all;             /* for free(3) */
	size_t count;
};

/* Old services first, each with its new one if it was moved or renamed, and
 * then those that were added. */
struct changes
compare_services(const struct iana_service *old, size_t old_count,
		 const struct iana_service *new, size_t new_count);

/* Whether name, ports and protocol are the same. */
int
is_same_service(const struct iana_service *a, const struct iana_service *b);

#endif
