/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef EVERY_H
#define EVERY_H

/* All services of the registry at once. */

#include "ianaport.h"

#include <stddef.h>

/* Every service, including aliases, as the enumeration gives them. To be freed
 * with free(3). */
struct iana_service *
services_by_port(const struct iana_registry *of, size_t *count);

/* The same in the order of look-ups: the one that answers first comes first,
 * both by name and by port. Local ones come first of all, but by port, and not
 * in the order of the lines that they were read from. */
struct iana_service *
every_service(const struct iana_registry *of, size_t *count);

#endif
