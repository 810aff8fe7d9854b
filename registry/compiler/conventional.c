/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/*
 * conventional.services: names in services(5) syntax that programs rely on. The
 * first field of a line moves the service of that name to the front, if the
 * registry has it on that port and protocol, and adds one if not. Later fields
 * are aliases of that service. These names must never hide what IANA assigned:
 * if IANA has since registered one of them, the registry wins, and a warning
 * says that the line is no longer needed.
 */

#include "conventional.h"
#include "lines.h"
#include "messages.h"
#include "syntax.h"

/* The service of a name that covers the line's port, or NULL. */
static struct service *
find_covering(const struct registry *registry, const struct line *line,
	      unsigned proto, const char *name)
{
	struct service *s = find_named(registry, name);

	while (s && (line->first < s->first || line->first > s->last
		     || proto != s->proto))
		s = next_named(registry, s);
	return s;
}

/* Another port than the line's on which the registry has a name; 0 if none. */
static int
registered_elsewhere(const struct registry *registry, const struct line *line,
		     const char *name)
{
	const struct service *s = find_named(registry, name);

	for (; s; s = next_named(registry, s))
		if (s->first && !(s->flags & IAP_ADDED)
		    && (line->first < s->first || line->first > s->last))
			return s->first;
	return 0;
}

/* Whether s is met before t, which the registry has: on a port of both, or by
 * a name of both. An alias is never met before what it stands for. */
static bool
is_ahead_on_port(const struct service *s, const struct service *t)
{
	if (s->first > t->last || s->last < t->first || s->head == t->order)
		return false;
	if (s->flags & (IAP_ADDED | IAP_MOVED))
		return s->flags & IAP_MOVED;
	return s->proto != t->proto ? s->proto < t->proto : s->order < t->order;
}

static bool
is_ahead_of_name(const struct service *s, const struct service *t)
{
	if (!s->first || s->flags & (IAP_ADDED | IAP_MOVED))
		return s->flags & IAP_MOVED;
	return s->first != t->first ? s->first < t->first
		: s->proto < t->proto;
}

/* Whether a service is the first of its ports and of its name already. */
static bool
is_first(const struct registry *registry, const struct service *service)
{
	const struct service *s;

	for (size_t i = 0; i < registry->services; i++)
		if (is_ahead_on_port(&registry->service[i], service))
			return false;
	for (s = find_named(registry, service->name); s;
	     s = next_named(registry, s))
		if (is_ahead_of_name(s, service))
			return false;
	return true;
}

static struct service *
add_checked(struct registry *registry, const struct line *line,
	    unsigned proto, const char *name, unsigned flags, size_t head)
{
	const char *fault = port_fault(registry, line->first, line->last, 1,
				       words_of(name));

	if (!fault)
		fault = name_room_fault(registry, name, 1);
	if (fault)
		fail_at(line->file, line->number, "\"%s\": %s", name, fault);
	return add_line(registry, line, proto, name, flags, head);
}

/* The service that the aliases of the line stand for. */
static size_t
move_or_add(struct registry *registry, const struct line *line, unsigned proto)
{
	const char *name = line->name[0];
	struct service *s = find_covering(registry, line, proto, name);

	if (!s)
		return add_checked(registry, line, proto, name, IAP_ADDED,
				   NO_HEAD)->order;
	if (s->flags & (IAP_MOVED | IAP_ADDED))
		fail_at(line->file, line->number, "\"%s\": is here twice for "
			"this port and protocol", name);
	if (s->head != NO_HEAD) {
		warn_at(line->file, line->number, "\"%s\": no longer needed: "
			"the registry has it as an alias of \"%s\"", name,
			registry->service[s->head].name);
		return s->head;
	}
	if (line->names == 1 && is_first(registry, s))
		warn_at(line->file, line->number, "\"%s\": no longer needed: "
			"the registry has it first of its port and name",
			name);
	s->flags |= IAP_MOVED;
	return s->order;
}

static void
add_alias(struct registry *registry, const struct line *line, unsigned proto,
	  size_t head, const char *name)
{
	struct service *s = find_covering(registry, line, proto, name);
	int port = registered_elsewhere(registry, line, name);

	if (s && s->flags & IAP_ADDED)
		fail_at(line->file, line->number, "alias \"%s\": is already "
			"here for this port and protocol", name);
	if (s && s->head == head)
		return;                 /* the registry says so itself */
	if (s)
		warn_at(line->file, line->number, "alias \"%s\": no longer "
			"needed: it is registered for this port and protocol; "
			"left out", name);
	else if (port)
		warn_at(line->file, line->number, "alias \"%s\": is registered "
			"for port %d; left out", name, port);
	else
		add_checked(registry, line, proto, name,
			    IAP_ADDED | IAP_ALIAS, head);
}

static void
take_conventional(struct registry *registry, const struct line *line,
		  unsigned proto)
{
	size_t head = move_or_add(registry, line, proto);

	for (size_t i = 1; i < line->names; i++)
		add_alias(registry, line, proto, head, line->name[i]);
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
