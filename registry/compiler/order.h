/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef ORDER_H
#define ORDER_H

/* The order of services, which ianaport.h states. */

#include "registry.h"

/* A service on a port; PORTS stands for those that have none. */
struct spot {
	int port;
	size_t service;
};

/* Every service on each of its ports, in the order of enumeration. */
struct spot *
order_by_port(const struct registry *registry, size_t *count);

/* How many spots from this one on are of its port. */
size_t
spots_of_port(const struct spot *spot, const struct spot *end);

/* Services sorted by name; each name's in the order of look-ups. */
size_t *
order_by_name(const struct registry *registry);

/* Whether both are local, moved, registered or added. */
bool
same_class(const struct service *a, const struct service *b);

#endif
