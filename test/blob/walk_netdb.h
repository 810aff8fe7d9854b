/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef WALK_NETDB_H
#define WALK_NETDB_H

/* The same as walk.h for the calls of <netdb.h>, with buffers that have exactly
 * the size that is said. */

#include "walk.h"
#include "ianaport-netdb.h"

#include <arpa/inet.h>
#include <errno.h>
#include <string.h>

/* An entry, and the buffer that it is in. */
struct entry {
	struct servent servent;
	char *buf;                      /* for free(3) */
};

/* What is asked: the next entry, or that of a name, or of a port. */
struct question {
	uint32_t *cursor;
	const char *name, *proto;
	int port;                       /* in network byte order */
};

static inline void
fail_at_entry(const char *name, const char *what)
{
	fprintf(stderr, "%s: %s\n", name ? name : "an entry", what);
	abort();
}

static inline int
ask_entry(const struct iana_registry *in, const struct question *q,
	  struct entry *e, size_t size, struct servent **result)
{
	if (q->cursor)
		return iana_registry_getservent_r(in, q->cursor, &e->servent,
						  e->buf, size, result);
	return q->name
		? iana_registry_getservbyname_r(in, q->name, q->proto,
						&e->servent, e->buf, size,
						result)
		: iana_registry_getservbyport_r(in, q->port, q->proto,
						&e->servent, e->buf, size,
						result);
}

/* Asks with more room each time; returns whether there is an entry. */
static inline int
get_entry(const struct iana_registry *in, const struct question *q,
	  struct entry *e)
{
	struct servent *result;
	int error;

	for (size_t size = 0;; size = 2 * size + 5) {
		uint32_t before = q->cursor ? *q->cursor : 0;
		e->buf = malloc(size);
		error = ask_entry(in, q, e, size, &result);
		if (error != ERANGE)
			break;
		free(e->buf);
		if (result || (q->cursor && *q->cursor != before))
			fail_at_entry(q->name, "ERANGE, and something else");
	}
	if (error ? error != ENOENT || !q->cursor || result
	    : q->cursor && !result)
		fail_at_entry(q->name, "no entry, and no reason");
	if (!result)
		free(e->buf);
	return result != NULL;
}

static inline void
find_entry(const struct iana_registry *in, struct question q)
{
	struct entry e;

	if (!get_entry(in, &q, &e))
		fail_at_entry(q.name, "not found again");
	free(e.buf);
}

/* By each of its names and by its port, and with its protocol or without. */
static inline void
find_entry_again(const struct iana_registry *in, const struct servent *s)
{
	struct question q = { .proto = s->s_proto, .port = s->s_port };

	find_entry(in, q);
	q.name = s->s_name;
	find_entry(in, q);
	q.proto = NULL;
	find_entry(in, q);
	for (char **alias = s->s_aliases; (q.name = *alias); alias++)
		find_entry(in, q);
}

/* libc is asked for no host. */
static inline void
ask_addresses(const struct iana_registry *in, const struct servent *s)
{
	struct addrinfo hints = { .ai_family = AF_INET,
				  .ai_flags = AI_NUMERICHOST }, *list;
	struct sockaddr_in address = { .sin_family = AF_INET,
				       .sin_port = (in_port_t)s->s_port };
	char service[300];

	if (iana_registry_getaddrinfo(in, "127.0.0.1", s->s_name, &hints,
				      &list))
		fail_at_entry(s->s_name, "no address");
	freeaddrinfo(list);
	if (iana_registry_getnameinfo(in, (void *)&address, sizeof address,
				      NULL, 0, service, sizeof service, 0))
		fail_at_entry(s->s_name, "no name");
}

/* Any cursor leads to an entry, or to the end. */
static inline void
ask_forged_entry(const struct iana_registry *in, uint32_t cursor)
{
	struct question q = { .cursor = &cursor };
	struct entry e;

	if (!get_entry(in, &q, &e))
		return;
	find_entry_again(in, &e.servent);
	free(e.buf);
}

#define ADDRESSES 4             /* entries that libc is asked about, too */
#define ENTRIES 300             /* that are asked for: a range has many */

static inline void
walk_netdb(const struct iana_registry *in)
{
	uint32_t cursor = 0;
	struct question q = { .cursor = &cursor };
	struct entry e;

	for (unsigned n = 0; n < ENTRIES && get_entry(in, &q, &e); n++) {
		find_entry_again(in, &e.servent);
		if (n < ADDRESSES)
			ask_addresses(in, &e.servent);
		ask_forged_entry(in, cursor ^ 1u << n % 32);
		free(e.buf);
	}
}

#endif
