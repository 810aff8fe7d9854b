/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef WALK_H
#define WALK_H

/*
 * Asks a registry everything that the API can ask, and reads each answer to its
 * end, so that a sanitizer sees what a look-up should not have touched. Two
 * registries that say the same have the same sum.
 */

#include "ianaport.h"

#include <stdio.h>
#include <stdlib.h>

struct walk {
	const struct iana_registry *in;
	size_t services;        /* in the enumeration */
	uint64_t sum;
};

static inline void
take_number(struct walk *w, int64_t number)
{
	w->sum = (w->sum ^ (uint64_t)number) * 0x100000001b3u;
	w->sum ^= w->sum >> 29;
}

static inline void
take_text(struct walk *w, const char *text)
{
	do
		take_number(w, (unsigned char)*text);
	while (*text++);
}

static inline void
take_service(struct walk *w, const struct iana_service *s)
{
	static const char *(*const texts[])(const struct iana_service *) = {
		iana_service_description, iana_service_reference,
		iana_service_assignee, iana_service_contact,
		iana_service_registered, iana_service_modified,
		iana_service_note, iana_service_unauthorized_use,
		iana_service_code,
	};

	take_text(w, s->name);
	take_number(w, s->flags);
	take_number(w, s->port);
	take_number(w, s->last_port);
	take_number(w, s->proto);
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		take_text(w, texts[i](s));
}

static inline void
fail_at_service(const struct iana_service *s, const char *what)
{
	fprintf(stderr, "%s on %d: %s\n", s->name, s->port, what);
	abort();
}

/* An alias, and what it stands for, which is none. */
static inline void
take_alias(struct walk *w, struct iana_service s)
{
	take_service(w, &s);
	if (!iana_service_alias_of(&s, &s))
		return;
	take_service(w, &s);
	if (s.flags & IANA_ALIAS)
		fail_at_service(&s, "an alias stands for it");
}

#define WALKED 300              /* answers that are looked at: a full port's */

static inline void
take_answer(struct walk *w, const struct iana_service *found, size_t n)
{
	take_number(w, (int64_t)n);
	for (size_t i = 0; i < n && i < WALKED; i++)
		take_alias(w, found[i]);
}

static inline int
is_among(const struct iana_service *s, const struct iana_service *found,
	 size_t n)
{
	for (size_t i = 0; i < n && i < WALKED; i++)
		if (found[i].record == s->record && found[i].name == s->name)
			return 1;
	return 0;
}

/* What an enumeration yields is found by its name, and on its ports. */
static inline void
find_again(const struct walk *w, const struct iana_service *s)
{
	struct iana_service found[WALKED];
	int proto = s->proto;

	if (!is_among(s, found, iana_services_named(w->in, s->name, s->proto,
						    found, WALKED)))
		fail_at_service(s, "not found by name");
	if (s->port < 0)
		return;
	if (iana_port_of(w->in, s->name, proto) < 0
	    || iana_resolve(w->in, s->name, &proto) < 0 || proto != s->proto)
		fail_at_service(s, "its name has no port");
	if (!iana_name_of(w->in, s->port, s->proto))
		fail_at_service(s, "its port has no name");
	if (!is_among(s, found, iana_services_on(w->in, s->port, s->proto,
						 found, WALKED))
	    || !is_among(s, found, iana_services_on(w->in, s->last_port,
						    s->proto, found, WALKED)))
		fail_at_service(s, "not found by port");
}

/* A cursor and a service of another registry. Each gives something of this
 * registry, or nothing. */
static inline void
ask_forged(const struct walk *w, uint32_t cursor, uint32_t record)
{
	struct walk other = *w;
	struct iana_service s;
	int any = (int)(cursor ^ record);

	if (iana_service_next(w->in, &cursor, &s))
		find_again(w, &s);
	take_alias(&other, (struct iana_service){
		.name = "forged", .registry = w->in, .record = record,
		.flags = IANA_ALIAS, .port = any, .last_port = any >> 8,
		.proto = any % 7 });
}

/* Any, and such as another registry has: a port and a number, without a port,
 * and a record that is one or not. */
static inline void
ask_many_forged(const struct walk *w, unsigned count)
{
	uint32_t random = 1, cursor = 0;
	struct iana_service s;

	for (unsigned i = 0; i < count; i++) {
		random = random * 1664525 + 1013904223;
		uint32_t small = (random >> 16) % 4096;
		ask_forged(w, random, random);
		ask_forged(w, random >> 1, random >> 12);
		ask_forged(w, 0x80000000u | small, 0x80000000u | small);
		ask_forged(w, i, small);
		ask_forged(w, 0x80000000u | i, i);
		if (iana_service_next(NULL, &cursor, &s))
			ask_forged(w, cursor, s.record);
		cursor += random >> 8;
	}
}

static inline void
ask_name(struct walk *w, const char *name, int proto)
{
	struct iana_service found[WALKED];

	take_answer(w, found, iana_services_named(w->in, name, proto, found,
						  WALKED));
}

static inline void
ask_port(struct walk *w, int port)
{
	static const int protos[] = { 0, 6, 17, 33, 132 };
	struct iana_service found[WALKED];
	char name[256];

	for (size_t i = 0; i < sizeof protos / sizeof *protos; i++) {
		take_answer(w, found, iana_services_on(w->in, port, protos[i],
						       found, WALKED));
		iana_format_port(w->in, port, protos[i], name, sizeof name);
		take_text(w, name);
		if (iana_nameless_on(w->in, port, protos[i], found))
			take_service(w, found);
		take_number(w, iana_port_status(w->in, port, protos[i]));
		take_text(w, iana_port_status_text(w->in, port, protos[i]));
	}
}

/* Names that no registry has, of every length, so that every slot is met. */
static inline void
ask_strange_names(struct walk *w)
{
	char name[260];
	uint32_t random = 1;

	for (size_t n = 0; n < 600; n++) {
		size_t length = n < 256 ? n : n % 16;
		for (size_t i = 0; i < length; i++) {
			random = random * 1664525 + 1013904223;
			name[i] = (char)('!' + (random >> 24) % 94);
		}
		name[length] = '\0';
		ask_name(w, name, 0);
	}
}

static inline struct walk
walk_next(const struct iana_registry *in)
{
	struct walk w = { in, 0, 1 };
	struct iana_service s;

	for (uint32_t cursor = 0; iana_service_next(in, &cursor, &s);
	     w.services++)
		take_text(&w, s.name);
	return w;
}

/* Every service, by its name and on its ports: their first and last. */
static inline struct walk
walk_services(const struct iana_registry *in)
{
	struct walk w = { in, 0, 1 };
	struct iana_service s;
	int port = -1;

	take_text(&w, iana_registry_updated(in));
	for (uint32_t cursor = 0; iana_service_next(in, &cursor, &s);
	     w.services++) {
		find_again(&w, &s);
		take_alias(&w, s);
		ask_forged(&w, cursor ^ 1u << w.services % 32,
			   s.record ^ 1u << w.services % 31);
		ask_name(&w, s.name, 0);
		ask_name(&w, s.name, s.proto);
		if (s.port != port)
			ask_port(&w, port = s.port);
		if (s.port != s.last_port)
			ask_port(&w, s.last_port);
	}
	ask_strange_names(&w);
	ask_many_forged(&w, 200);
	return w;
}

/* And every port that has services, and some that have none. */
static inline struct walk
walk_registry(const struct iana_registry *in)
{
	struct walk w = walk_services(in);

	for (int port = -1; port <= 65536; port++)
		if (port % 61 == 0 || iana_services_on(in, port, 0, NULL, 0))
			ask_port(&w, port);
	return w;
}

#endif
