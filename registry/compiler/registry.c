/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#include "registry.h"
#include "syntax.h"

struct service *
add_service(struct registry *registry)
{
	registry->service = grow(registry->service, registry->services,
				 sizeof *registry->service);
	struct service *s = &registry->service[registry->services];
	*s = (struct service){ .order = registry->services, .head = NO_HEAD };
	registry->services++;
	return s;
}

struct service *
find_service(const struct registry *registry, const char *name, int port,
	     unsigned proto)
{
	for (size_t i = 0; i < registry->services; i++) {
		struct service *s = &registry->service[i];
		if (s->first <= port && port <= s->last && s->proto == proto
		    && !compare_names(s->name, name))
			return s;
	}
	return NULL;
}
