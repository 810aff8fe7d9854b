/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/*
 * A site's own names, in files like /etc/services: they come before everything
 * else, and nothing of the registry is lost. What the registry has under that
 * name, port and protocol comes to the front; everything else is added, also
 * where a name means something else in the registry. The first line that has a
 * name for a port and protocol decides what it is there, as in services(5).
 */

#include "overlay.h"
#include "lines.h"
#include "slots.h"
#include "syntax.h"

#include <string.h>

/* The service that a line has by this name, a local one if there are two. A
 * range is another one: the line says nothing of its other ports. */
static struct service *
find_here(const struct registry *registry, const struct line *line,
	  const char *name)
{
	struct service *found = NULL;

	for (size_t i = 0; i < registry->services; i++) {
		struct service *s = &registry->service[i];
		if (s->first == line->port && s->last == line->port
		    && s->proto == line->proto
		    && (!found || s->flags & IAP_LOCAL)
		    && !compare_names(s->name, name))
			found = s;
	}
	return found;
}

static size_t
take_service(struct registry *registry, const struct line *line)
{
	const char *name = line->name[0];
	struct service *s = find_here(registry, line, name);

	/* An earlier line has it as an alias: what that line says holds. */
	if (s && s->head != NO_HEAD && s->flags & IAP_LOCAL)
		return s->head;
	/* The registry has it as an alias, or not at all. */
	if (!s || s->head != NO_HEAD)
		s = add_line(registry, line, name, IAP_ADDED, NO_HEAD);
	s->flags |= IAP_LOCAL;
	return s->order;
}

static void
take_alias(struct registry *registry, const struct line *line, size_t head,
	   const char *name)
{
	struct service *s = find_here(registry, line, name);

	if (s && s->flags & IAP_LOCAL)
		return;
	if (!s || s->head != head)
		s = add_line(registry, line, name, IAP_ADDED | IAP_ALIAS, head);
	s->flags |= IAP_LOCAL;
}

static void
take_local(struct registry *registry, const struct line *line)
{
	size_t head = take_service(registry, line);

	for (size_t i = 1; i < line->names; i++)
		take_alias(registry, line, head, line->name[i]);
}

/* What the format cannot hold. */
static const char *
line_fault(const struct registry *registry, const struct line *line)
{
	size_t on_port = line->names;

	for (size_t i = 0; i < registry->services; i++) {
		const struct service *s = &registry->service[i];
		on_port += s->proto == line->proto && s->first <= line->port
			&& line->port <= s->last;
		for (size_t j = 0; j < line->names; j++)
			if (strlen(s->name) <= IAP_HASHED
			    && are_alike(s->name, line->name[j])
			    && compare_names(s->name, line->name[j]))
				return "has a name that differs from another "
					"one only by what the hash ignores";
	}
	return on_port > IAP_MOST_ON_PORT ? "makes more than 255 names on its "
		"port" : NULL;
}

void
read_overlay(struct registry *registry, const char *file, bool lenient)
{
	const struct line_rules rules = {
		.take = take_local,
		.name_fault = local_name_fault,
		.line_fault = line_fault,
		.skip_unknown_protocols = true,
		.lenient = lenient,
	};

	read_lines(registry, file, &rules);
}
