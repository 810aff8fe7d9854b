/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef REGISTRY_H
#define REGISTRY_H

/*
 * The model: what the registry, the conventional names and a site's own names
 * mean. Services are added, and never removed. The name, the ports and the
 * protocol of a service never change, since it is found by them.
 */

#include "records.h"
#include "format/layout.h"

#include <stdbool.h>

#define PORTS 65536
#define NO_SERVICE SIZE_MAX
#define NO_HEAD NO_SERVICE

/* A named record, or a name that a file adds. */
struct service {
	const char *name;
	int first, last;        /* 0: no port */
	unsigned proto;         /* a bit number of enum iap_mask */
	unsigned flags;         /* enum iap_flags: alias, moved, added, local */
	size_t head;            /* an alias: index of its service */
	const struct record *source;    /* NULL: the registry has it not */
	size_t order;           /* in the registry, and its index */
	size_t line;            /* local: of all lines in all files */
	size_t next_named;      /* of the same name, case ignored */
	size_t next_same;       /* of the same ports and protocol, too */
};

/* A nameless record: a status, and a description that says why. */
struct nameless {
	int first, last;
	unsigned proto;
	enum iap_status status;
	const struct record *source;
	size_t order;
};

/* The services that have something in common, in the order of the registry. */
struct chain {
	size_t first, last;
	size_t count;
	size_t next;            /* in its bucket */
	uint32_t hash;
	const char *spelling;   /* of a name in a site's files, the first one */
	const char *file;       /* and where that is */
	unsigned line;
	bool warned;            /* of another one */
};

struct index {
	struct chain *chain;
	size_t chains;
	size_t *bucket;
	size_t buckets;         /* a power of two, or 0 */
};

struct registry {
	const char *file;
	const char *updated;
	struct service *service;
	size_t services;
	struct index named, same;
	struct nameless *nameless;      /* by port */
	size_t nameless_count;
	/* What the registry's own records say of each port for each of the four
	 * protocols; other names change nothing here. */
	unsigned char status[PORTS][4];
	bool registered[PORTS][4];      /* by a service with that protocol */
	unsigned char names_on[PORTS];
	unsigned short words_on[PORTS];         /* of their records, at most */
	size_t lines;                   /* of a site's files, so far */
};

/* Of *service, the members name, first, last, proto, flags, head and source are
 * used. */
struct service *
add_service(struct registry *registry, const struct service *service);

/* Units of two bytes that a service of that name takes, at most. */
size_t
words_of(const char *name);

/* NULL, or why the format cannot hold that many more services, with so many
 * words, on each of these ports; or that many more of a name. */
const char *
port_fault(const struct registry *registry, int first, int last, size_t count,
	   size_t words);
const char *
name_room_fault(const struct registry *registry, const char *name,
		size_t count);

/* The services of a name, or NULL. */
struct chain *
find_name(const struct registry *registry, const char *name);
/* The first of them, or NULL. */
struct service *
find_named(const struct registry *registry, const char *name);
struct service *
next_named(const struct registry *registry, const struct service *service);

/* The first service of a name that has exactly these ports and this
 * protocol. */
struct service *
find_same(const struct registry *registry, const char *name, int first,
	  int last, unsigned proto);
struct service *
next_same(const struct registry *registry, const struct service *service);

#endif
