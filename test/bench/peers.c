/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* Who takes part, ours first. */

#include "bench.h"

#include "builtin.h"
#include "ianaport.h"

const void *
our_blob(size_t *size)
{
	*size = sizeof iap_builtin;
	return iap_builtin;
}

/* The blob answers both ways, and whole services. */
static struct cost
our_cost(const struct table *t)
{
	(void)t;
	return (struct cost){ .readonly = sizeof iap_builtin };
}

static const struct peer our_names = {
	"libianaport", .port_of = iana_port_of, .fill = our_cost,
};
static const struct peer our_ports = {
	"libianaport", .name_of = iana_name_of, .fill = our_cost,
};

/* What a call and the loop around it take: no table, so no answers. */
static int
no_port_of(const struct iana_registry *registry, const char *name,
	      int proto)
{
	(void)registry;
	return name ? proto : -1;
}

static const char *
no_name_of(const struct iana_registry *registry, int port, int proto)
{
	(void)registry;
	return port < proto ? NULL : "";
}

static const struct peer call_names = {
	"(the call alone)", .port_of = no_port_of,
};
static const struct peer call_ports = {
	"(the call alone)", .name_of = no_name_of,
};

#ifdef BENCH_GPERF
static struct cost
gperf_d_fill(const struct table *t)
{
	(void)t;
	return gperf_d_cost;
}

static struct cost
gperf_p_fill(const struct table *t)
{
	(void)t;
	return gperf_p_cost;
}

static const struct peer gperf_d = {
	"gperf -D", .port_of = gperf_d_port_of, .fill = gperf_d_fill,
};
static const struct peer gperf_p = {
	"gperf -D -P", .port_of = gperf_p_port_of, .fill = gperf_p_fill,
};
#else
static const struct peer no_gperf = {
	"gperf", .skipped = "gperf is not installed",
};
#endif
#ifndef BENCH_GLIB
static const struct peer no_glib = {
	"GLib's GHashTable", .skipped = "libglib2.0-dev is not installed",
};
#endif

const struct peer *const name_peers[] = {
	&our_names,
#ifdef BENCH_GPERF
	&gperf_d, &gperf_p,
#else
	&no_gperf,
#endif
	&words_peer, &open_peer,
#ifdef BENCH_GLIB
	&glib_name_peer,
#else
	&no_glib,
#endif
	&sorted_name_peer, &call_names, NULL
};

const struct peer *const port_peers[] = {
	&our_ports, &rank_peer, &direct_peer,
#ifdef BENCH_GLIB
	&glib_port_peer,
#else
	&no_glib,
#endif
	&sorted_port_peer, &call_ports, NULL
};
