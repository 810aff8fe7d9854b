/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef BENCH_PEERS_H
#define BENCH_PEERS_H

#include "ianaport.h"
#include "table.h"

/* What a peer's tables take, names included. */
struct cost {
	size_t readonly, heap, relocations;     /* bytes, bytes, number */
};

/*
 * One way to look up. Each is in an object file of its own and asked through
 * one of two calls, with the library's arguments and checks: a name that may be
 * NULL, any int as port, any int as protocol.
 */
struct peer {
	const char *label;
	const char *skipped;            /* why; then the rest is empty */
	int (*port_of)(const struct iana_registry *registry,
		       const char *name, int proto);
	const char *(*name_of)(const struct iana_registry *registry,
			       int port, int proto);
	struct cost (*fill)(const struct table *);
};

/* Ours first; NULL ends each. */
extern const struct peer *const name_peers[], *const port_peers[];

extern const struct peer open_peer, words_peer, glib_name_peer,
	sorted_name_peer;
extern const struct peer direct_peer, rank_peer, glib_port_peer,
	sorted_port_peer;

/* By names' pointers and by a string pool; bytes.py writes the costs. */
int
gperf_d_port_of(const struct iana_registry *registry, const char *name,
		int proto);
int
gperf_p_port_of(const struct iana_registry *registry, const char *name,
		int proto);
extern const struct cost gperf_d_cost, gperf_p_cost;

#endif
