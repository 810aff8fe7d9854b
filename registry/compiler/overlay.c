/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/*
 * A site's own names, in files like /etc/services. They come before everything
 * else, in the order of the lines, and nothing of the registry is lost. If the
 * registry has a service of that name, port and protocol, it comes to the
 * front. Otherwise the name is added, even if it means something else in the
 * registry. As in services(5), the first line that has a name, as its first
 * name or as an alias, decides where it leads to. Later lines with that name,
 * port and protocol add aliases.
 */

#include "overlay.h"
#include "lines.h"
#include "messages.h"
#include "slots.h"
#include "syntax.h"

#include <string.h>

static void
make_local(struct registry *registry, struct service *s)
{
	if (s->flags & IAP_LOCAL)
		return;
	s->flags |= IAP_LOCAL;
	s->line = registry->lines++;
}

/* The service of that name with that head, or with NO_HEAD; NULL if there is
 * none. A range is another service, since a line with one port says nothing
 * about the other ports of the range. */
static struct service *
find_here(const struct registry *registry, const struct line *line,
	  unsigned proto, const char *name, size_t head)
{
	struct service *s = find_same(registry, name, line->first, line->last,
				      proto);

	while (s && s->head != head)
		s = next_same(registry, s);
	return s;
}

/* This line gets a service of its own, even if another line or the registry has
 * the name as an alias. */
static size_t
take_service(struct registry *registry, const struct line *line,
	     unsigned proto)
{
	const char *name = line->name[0];
	struct service *s = find_here(registry, line, proto, name, NO_HEAD);

	if (!s)
		s = add_line(registry, line, proto, name, IAP_ADDED, NO_HEAD);
	make_local(registry, s);
	return s->order;
}

static void
take_alias(struct registry *registry, const struct line *line, unsigned proto,
	   size_t head, const char *name)
{
	struct service *s = find_here(registry, line, proto, name, head);

	if (!compare_names(name, line->name[0]))
		return;
	if (!s)
		s = add_line(registry, line, proto, name, IAP_ADDED | IAP_ALIAS,
			     head);
	make_local(registry, s);
}

/* Look-ups ignore case, so the first spelling is found for all of them. */
static void
note_spelling(struct registry *registry, const struct line *line,
	      const char *name)
{
	struct chain *c = find_name(registry, name);

	if (!c->spelling) {
		c->spelling = copy_string(name, strlen(name));
		c->file = line->file;
		c->line = line->number;
	} else if (!c->warned && strcmp(c->spelling, name)
		   && (c->line != line->number || c->file != line->file)) {
		warn_at(line->file, line->number, "\"%s\": differs only in "
			"case from \"%s\" in %s:%u, which comes first", name,
			c->spelling, c->file, c->line);
		c->warned = true;
	}
}

static void
take_local(struct registry *registry, const struct line *line, unsigned proto)
{
	size_t head = take_service(registry, line, proto);

	for (size_t i = 1; i < line->names; i++)
		take_alias(registry, line, proto, head, line->name[i]);
	for (size_t i = 0; i < line->names; i++)
		note_spelling(registry, line, line->name[i]);
}

/* Whether a line would add its name of an index for a protocol. */
static bool
is_new(const struct registry *registry, const struct line *line,
       unsigned proto, size_t i)
{
	const struct service *head = find_here(registry, line, proto,
					       line->name[0], NO_HEAD);

	return !head || (i && !find_here(registry, line, proto, line->name[i],
					 head->order));
}

/* For how many protocols. */
static size_t
count_new(const struct registry *registry, const struct line *line, size_t i)
{
	size_t count = 0;

	for (unsigned proto = 0; proto < NO_PROTOCOL; proto++)
		count += line->protocols >> proto & 1
			&& is_new(registry, line, proto, i);
	return count;
}

static bool
has_alike(const struct line *line, size_t i)
{
	if (strlen(line->name[i]) > IAP_HASHED)
		return false;
	for (size_t j = 0; j < i; j++)
		if (are_alike(line->name[i], line->name[j])
		    && compare_names(line->name[i], line->name[j]))
			return true;
	return false;
}

/* Why the format cannot hold the line, or NULL. The number of names is checked
 * first, so that the other checks are fast. */
static const char *
line_fault(const struct registry *registry, const struct line *line)
{
	size_t count = 0, words = 0;

	for (size_t i = 0; i < line->names && count <= IAP_MOST_ON_PORT; i++) {
		size_t its = count_new(registry, line, i);
		count += its;
		words += its * words_of(line->name[i]);
	}

	const char *fault = port_fault(registry, line->first, line->last,
				       count, words);

	for (size_t i = 0; i < line->names && !fault; i++)
		fault = has_alike(line, i) ? ALIKE_FAULT
			: name_room_fault(registry, line->name[i],
					  count_new(registry, line, i));
	return fault;
}

void
read_overlay(struct registry *registry, const char *file, bool lenient)
{
	const struct line_rules rules = {
		.take = take_local,
		.name_fault = local_name_fault,
		.line_fault = line_fault,
		.foreign = true,
		.lenient = lenient,
	};

	read_lines(registry, file, &rules);
}
