/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef GROUPS_H
#define GROUPS_H

/* Services that share a record of the blob. */

#include "order.h"

#define NO_GROUP SIZE_MAX

/* A group becomes one record, and copies of it within a range. */
struct group {
	const struct service *first;    /* in the order of names */
	unsigned mask;
	size_t head;                    /* an alias: group of its service */
	size_t next;                    /* of the same name, or NO_GROUP */
	size_t list, index;             /* the last list it is in, and where */
};

struct groups {
	const struct registry *registry;
	size_t *by_name, *by_port;      /* services */
	struct group *group;
	size_t count;
	size_t *of;                     /* each service's group */
	const char **name;              /* distinct names */
	size_t *first;                  /* each name's first group */
	size_t names;
	size_t lists;                   /* made so far */
};

void
make_groups(struct groups *groups, const struct registry *registry);
void
free_groups(struct groups *groups);

/* The groups of some services, in the order in which the services meet them.
 * Returns their number. */
size_t
list_groups(struct groups *groups, const size_t *service, size_t count,
	    size_t *list);

#endif
