/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef EVERY_H
#define EVERY_H

/* All services of the registry at once. */

#include "ianaport.h"

#include <stddef.h>

/* Every service, aliases included, for free(3), in the order of look-ups: what
 * answers first stands first, whether it is asked for by name or by port. */
struct iana_service *
every_service(const struct iana_registry *of, size_t *count);

#endif
