/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* No peer is timed before it has given the right answers. */

#include "bench.h"

#include "ianaport.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

static const int protos[] = { 6, 17, 132, 33, 0, 1, 22, 262, -2, 1 << 24 };
#define PROTOS (sizeof protos / sizeof *protos)

static int
port_is(const struct peer *peer, const char *name, int proto, int want)
{
	int got = peer->port_of(NULL, name, proto);

	if (got == want)
		return 1;
	fprintf(stderr, "bench: %s says %d for %s, protocol %d; it is %d\n",
		peer->label, got, name ? name : "NULL", proto, want);
	return 0;
}

/* As it stands, in upper case, and every other letter so. */
static int
name_is_right(const struct peer *peer, const struct table *t,
	      const struct named *named)
{
	char asked[64];

	for (size_t i = 0; i < 3 * PROTOS; i++) {
		int proto = protos[i / 3];
		strcpy(asked, named->name);
		for (char *p = asked; i % 3 && *p; p++)
			if (*p >= 'a' && *p <= 'z'
			    && (i % 3 == 1 || (p - asked) % 2))
				*p ^= 0x20;
		if (!port_is(peer, asked, proto,
			     value_port(named->value, t->further,
					mask_of(proto))))
			return 0;
	}
	return 1;
}

/* What is nobody's name: beginnings and ends of names, names without a port,
 * nothing at all, much, and bytes that are no letters. */
static int
others_miss(const struct peer *peer, const struct table *t)
{
	static const char *const odd[] = {
		NULL, "", "0", "80", " http", "http ", "htt\xf0", "\xc8ttp",
		"http/tcp", "sixteen-letters-", "http0123456789abcdef",
	};
	struct iana_service s;
	uint32_t cursor = 0;
	char asked[64];
	int right = 1;

	for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
		right = right && port_is(peer, odd[i], 6, -1);
	for (size_t i = 0; right && i < t->name_count; i++) {
		const char *name = t->names[i].name;
		size_t n = strlen(name);
		strcpy(asked, name);
		asked[n - 1] = '\0';
		if (!iana_services_named(NULL, asked, 0, NULL, 0))
			right = port_is(peer, asked, 0, -1);
		if (!iana_services_named(NULL, name + 1, 0, NULL, 0))
			right = right && port_is(peer, name + 1, 0, -1);
	}
	while (right && iana_service_next(NULL, &cursor, &s)) {
		int proto = s.proto == IANA_PROTO_NONE ? IANA_PROTO_ANY
			: s.proto;
		if (s.port < 0)
			right = port_is(peer, s.name, proto,
					iana_port_of(NULL, s.name, proto));
	}
	return right;
}

static int
verify_names(const struct peer *peer, const struct table *t,
	     const struct queries *q)
{
	for (size_t i = 0; i < t->name_count; i++)
		if (!name_is_right(peer, t, &t->names[i]))
			return 0;
	for (size_t i = 0; i < q->count; i++)
		if (!port_is(peer, q->misses[i].name, q->misses[i].proto, -1))
			return 0;
	return others_miss(peer, t);
}

static int
name_is(const struct peer *peer, int port, int proto, const char *want)
{
	const char *got = peer->name_of(NULL, port, proto);

	if (got ? want && !strcmp(got, want) : !want)
		return 1;
	fprintf(stderr, "bench: %s says %s for port %d, protocol %d; it is "
		"%s\n", peer->label, got ? got : "nothing", port, proto,
		want ? want : "nothing");
	return 0;
}

static int
verify_ports(const struct peer *peer, const struct table *t)
{
	static const int odd[] = { -1, -65536, 1 << 30, INT_MIN };

	for (size_t i = 0; i < PROTOS; i++) {
		int plane = plane_of(protos[i]);
		for (int port = 0; port < 2 * PORTS; port++) {
			unsigned at = plane >= 0 && port < PORTS
				? t->on[plane][port] : 0;
			if (!name_is(peer, port, protos[i],
				     at ? t->pool + 2 * (size_t)at : NULL))
				return 0;
		}
		for (size_t k = 0; k < sizeof odd / sizeof *odd; k++)
			if (!name_is(peer, odd[k], protos[i], NULL))
				return 0;
	}
	return 1;
}

int
verify(const struct peer *peer, const struct table *t, const struct queries *q)
{
	if (!peer->fill)
		return 1;
	return peer->port_of ? verify_names(peer, t, q) : verify_ports(peer, t);
}
