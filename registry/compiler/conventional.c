/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/*
 * conventional.services: names in services(5) syntax that programs rely on. The
 * first field of a line moves the service of that name to the front, if the
 * registry has it on that port and protocol, and adds one if not. Later fields
 * are aliases of that service. A line that contradicts the registry is an
 * error: these names must never hide what IANA assigned.
 */

#include "conventional.h"
#include "lines.h"
#include "messages.h"
#include "syntax.h"

static size_t
move_or_add(struct registry *registry, const struct line *line)
{
	const char *name = line->name[0];
	struct service *s = find_service(registry, name, line->port,
					 line->proto);

	if (!s)
		return add_line(registry, line, name, IAP_ADDED,
				NO_HEAD)->order;
	if (s->flags & (IAP_MOVED | IAP_ADDED))
		fail_at(line->file, line->number, "\"%s\": stands twice for "
			"this port and protocol", name);
	if (s->head != NO_HEAD)
		fail_at(line->file, line->number, "\"%s\": the registry has it "
			"as an alias of \"%s\"", name,
			registry->service[s->head].name);
	s->flags |= IAP_MOVED;
	return s->order;
}

static void
add_alias(struct registry *registry, const struct line *line, size_t head,
	  const char *name)
{
	struct service *s = find_service(registry, name, line->port,
					 line->proto);

	if (s && s->head == head && !(s->flags & IAP_ADDED))
		return;                 /* the registry says so itself */
	if (s)
		fail_at(line->file, line->number, "alias \"%s\": is %s for "
			"this port and protocol already", name,
			s->flags & IAP_ADDED ? "here" : "registered");
	for (size_t i = 0; i < registry->services; i++) {
		s = &registry->service[i];
		if (s->first && !(s->flags & IAP_ADDED)
		    && (line->port < s->first || line->port > s->last)
		    && !compare_names(s->name, name))
			fail_at(line->file, line->number, "alias \"%s\": is "
				"registered for port %d", name, s->first);
	}
	add_line(registry, line, name, IAP_ADDED | IAP_ALIAS, head);
}

static void
take_conventional(struct registry *registry, const struct line *line)
{
	size_t head = move_or_add(registry, line);

	for (size_t i = 1; i < line->names; i++)
		add_alias(registry, line, head, line->name[i]);
}

void
read_conventional(struct registry *registry, const char *file)
{
	const struct line_rules rules = {
		.take = take_conventional,
		.name_fault = name_fault,
	};

	read_lines(registry, file, &rules);
}
