/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/*
 * conventional.services: names in services(5) syntax that programs rely on. The
 * first field of a line moves the service of that name to the front, if the
 * registry has it on that port and protocol, and adds one if not. Later fields
 * are aliases of that service. A line that contradicts the registry is an
 * error: these names must never hide what IANA assigned.
 */

#include "registry.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct line {
	const char *file;
	unsigned number;
	int port;
	unsigned proto;
};

static const char blanks[] = " \t\r";

static void
parse_place(struct line *line, const char *name, char *place)
{
	char *slash = place ? strchr(place, '/') : NULL;

	if (!slash)
		fail_at(line->file, line->number, "\"%s\": no port/protocol",
			name);
	char *end;
	long port = strtol(place, &end, 10);
	if (*place < '0' || *place > '9' || end != slash || port < 1
	    || port >= PORTS)
		fail_at(line->file, line->number, "\"%s\": \"%s\" is not a "
			"port within 1-65535", name, place);
	int proto = protocol_bit(slash + 1);
	if (proto < 0)
		fail_at(line->file, line->number, "\"%s\": unknown protocol "
			"\"%s\"", name, slash + 1);
	line->port = (int)port;
	line->proto = (unsigned)proto;
}

static void
check_name(const struct line *line, const char *name)
{
	const char *fault = name_fault(name);

	if (fault)
		fail_at(line->file, line->number, "\"%s\": the name %s", name,
			fault);
}

static size_t
add(struct registry *registry, const struct line *line, const char *name,
    unsigned flags, size_t head)
{
	struct service *s = add_service(registry);

	s->name = copy_string(name, strlen(name));
	s->first = s->last = line->port;
	s->proto = line->proto;
	s->flags = flags;
	s->head = head;
	return s->order;
}

static size_t
move_or_add(struct registry *registry, const struct line *line,
	    const char *name)
{
	struct service *s = find_service(registry, name, line->port,
					 line->proto);

	check_name(line, name);
	if (!s)
		return add(registry, line, name, IAP_ADDED, NO_HEAD);
	if (s->flags & (IAP_MOVED | IAP_ADDED))
		fail_at(line->file, line->number, "\"%s\": stands twice for "
			"this port and protocol", name);
	if (s->head != NO_HEAD)
		fail_at(line->file, line->number, "\"%s\": the registry has it "
			"as an alias of \"%s\"", name,
			registry->service[s->head].name);
	s->flags |= IAP_MOVED;
	return (size_t)(s - registry->service);
}

static void
add_alias(struct registry *registry, const struct line *line, size_t head,
	  const char *name)
{
	struct service *s = find_service(registry, name, line->port,
					 line->proto);

	check_name(line, name);
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
	add(registry, line, name, IAP_ADDED | IAP_ALIAS, head);
}

static void
read_line(struct registry *registry, struct line *line, char *text)
{
	char *rest;

	text[strcspn(text, "#\n")] = '\0';
	char *name = strtok_r(text, blanks, &rest);
	if (!name)
		return;
	parse_place(line, name, strtok_r(NULL, blanks, &rest));
	size_t head = move_or_add(registry, line, name);
	while ((name = strtok_r(NULL, blanks, &rest)))
		add_alias(registry, line, head, name);
}

void
read_conventional(struct registry *registry, const char *file)
{
	struct line line = { .file = file };
	char *text = NULL;
	size_t room = 0;
	FILE *in = fopen(file, "rb");
	ssize_t size = 0;

	if (!in)
		fail_at(file, 0, "%s", strerror(errno));
	while ((size = getline(&text, &room, in)) >= 0) {
		line.number++;
		if (strlen(text) != (size_t)size)
			fail_at(file, line.number, "a NUL byte");
		read_line(registry, &line, text);
	}
	if (ferror(in))
		fail_at(file, 0, "%s", strerror(errno));
	free(text);
	fclose(in);
}
