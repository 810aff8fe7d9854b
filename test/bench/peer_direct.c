/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* For each protocol a table of all ports: where the name is, in two bytes. */

#include "peers.h"

#include <string.h>

static uint16_t direct[PLANES][PORTS];
static const char *pool;

static const char *
name_of(const struct iana_registry *registry, int port, int proto)
{
	(void)registry;
	int plane = plane_of(proto);
	unsigned at;

	if ((unsigned)port >= PORTS || plane < 0)
		return NULL;
	at = direct[plane][port];
	return at ? pool + 2 * (size_t)at : NULL;
}

static struct cost
fill(const struct table *t)
{
	memcpy(direct, t->on, sizeof direct);
	pool = t->pool;
	return (struct cost){ .heap = sizeof direct + t->pool_bytes };
}

const struct peer direct_peer = {
	"direct table of 64 K ports", .name_of = name_of, .fill = fill,
};
