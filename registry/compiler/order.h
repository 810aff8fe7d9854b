/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef ORDER_H
#define ORDER_H

/* The order of services, which ianaport.h states. */

#include "registry.h"

/* Services sorted by name; within a name, in the order of look-ups. To be
 * freed. So is the result of the next one. */
size_t *
order_by_name(const struct registry *registry);

/* Services sorted by their first port; within a port, in the order of look-ups.
 * Those without a port come last. A range is in the list once. */
size_t *
order_by_port(const struct registry *registry);

/* Whether both are of the same class. */
bool
same_class(const struct service *a, const struct service *b);

/* A walk over all ports that have services, from the lowest on. */
struct sweep {
	const struct registry *registry;
	const size_t *by_port;
	size_t next;            /* in by_port: the first one not met yet */
	int port;
	size_t *on;             /* the services of the port, in their order */
	size_t count;
	bool changed;           /* they are not those of the port before */
};

struct sweep
start_sweep(const struct registry *registry, const size_t *by_port);
/* False at the end; the services without a port are then those from next on. */
bool
sweep_on(struct sweep *sweep);
void
end_sweep(struct sweep *sweep);

#endif
