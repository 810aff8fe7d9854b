/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* GLib's GHashTable: names without regard to case, values in the pointers. */

#include "peers.h"

#include <glib.h>
#include <malloc.h>
#include <strings.h>

static GHashTable *names, *ports;
static const struct value *further;
static const char *pool;

static size_t
allocated(void)
{
	struct mallinfo2 m = mallinfo2();

	return m.uordblks + m.hblkhd;
}

/* As g_str_hash(), in lower case */
static guint
hash_of(gconstpointer name)
{
	const unsigned char *p = name;
	guint hash = 5381;

	for (; *p; p++)
		hash = 33 * hash + (*p >= 'A' && *p <= 'Z' ? *p | 0x20u : *p);
	return hash;
}

static gboolean
same(gconstpointer a, gconstpointer b)
{
	return !strcasecmp(a, b);
}

static int
port_of(const struct iana_registry *registry, const char *name,
	  int proto)
{
	(void)registry;
	unsigned mask = mask_of(proto);
	guint found;

	if (!name || !mask)
		return -1;
	found = GPOINTER_TO_UINT(g_hash_table_lookup(names, name));
	if (!found)
		return -1;
	return value_port((struct value){ (uint16_t)(found >> 16),
					  (uint16_t)found }, further, mask);
}

static struct cost
fill_names(const struct table *t)
{
	size_t before = allocated();

	names = g_hash_table_new(hash_of, same);
	for (size_t i = 0; i < t->name_count; i++) {
		struct value v = t->names[i].value;
		union {
			const char *from;
			gpointer to;
		} name = { t->names[i].name };
		g_hash_table_insert(names, name.to,
			GUINT_TO_POINTER((guint)v.port << 16 | v.bits));
	}
	further = t->further;
	return (struct cost){ .heap = allocated() - before + t->pool_bytes
		+ t->further_count * sizeof *further };
}

static const char *
name_of(const struct iana_registry *registry, int port, int proto)
{
	(void)registry;
	int plane = plane_of(proto);
	guint found;

	if ((unsigned)port >= PORTS || plane < 0)
		return NULL;
	found = GPOINTER_TO_UINT(g_hash_table_lookup(ports,
		GUINT_TO_POINTER((guint)(plane * PORTS + port))));
	return found ? pool + found : NULL;
}

static struct cost
fill_ports(const struct table *t)
{
	const uint16_t *on = t->on[0];
	size_t before = allocated();

	ports = g_hash_table_new(NULL, NULL);
	for (guint key = 0; key < (guint)PLANES * PORTS; key++)
		if (on[key])
			g_hash_table_insert(ports, GUINT_TO_POINTER(key),
				GUINT_TO_POINTER(2u * on[key]));
	pool = t->pool;
	return (struct cost){ .heap = allocated() - before + t->pool_bytes };
}

const struct peer glib_name_peer = {
	"GLib's GHashTable", .port_of = port_of, .fill = fill_names,
};
const struct peer glib_port_peer = {
	"GLib's GHashTable", .name_of = name_of, .fill = fill_ports,
};
