/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef REGISTRY_H
#define REGISTRY_H

/*
 * The model: what the registry, the conventional names and a site's own names
 * mean. Services are only ever added, so that an index stays right.
 */

#include "records.h"
#include "format/layout.h"

#include <stdbool.h>

#define PORTS 65536
#define NO_HEAD SIZE_MAX

/* A named record, or a name that a file adds. */
struct service {
	const char *name;
	int first, last;        /* 0: no port */
	unsigned proto;         /* a bit number of enum iap_mask */
	unsigned flags;         /* enum iap_flags: alias, moved, added, local */
	size_t order;           /* in the registry */
	size_t head;            /* an alias: index of its service */
	const struct record *source;    /* NULL: the registry has it not */
};

/* A record without a name: a status, and words that say why. */
struct nameless {
	int first, last;
	unsigned proto;
	enum iap_status status;
	const char *description;
	size_t order;
};

struct registry {
	const char *file;
	const char *updated;
	struct service *service;
	size_t services;
	struct nameless *nameless;      /* by port */
	size_t nameless_count;
	/* What the registry's own records say of each port for each of the four
	 * protocols; other names change nothing here. */
	unsigned char status[PORTS][4];
	bool registered[PORTS][4];      /* by a service with that protocol */
};

struct service *
add_service(struct registry *registry);

/* The service of that name which covers a port for a protocol, or NULL. */
struct service *
find_service(const struct registry *registry, const char *name, int port,
	     unsigned proto);

#endif
