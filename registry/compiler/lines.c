/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/*
 * Files in the syntax of services(5): a name, a port and protocol, aliases, and
 * comments from "#" on. Every name of a line is checked before the line is
 * taken, so that one that is skipped leaves nothing behind.
 */

#include "lines.h"
#include "messages.h"
#include "syntax.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char blanks[] = " \t\r\v\f";

struct reader {
	struct line line;
	const struct line_rules *rules;
};

/* Ends the process, unless bad lines are skipped. Returns false. */
static bool PRINTF(3)
bad_line(const struct reader *r, bool skip, const char *format, ...)
{
	struct text message = { 0 };
	va_list args;

	va_start(args, format);
	text_vprintf(&message, format, args);
	va_end(args);
	if (!skip && !r->rules->lenient)
		fail_at(r->line.file, r->line.number, "%s", message.data);
	warn_at(r->line.file, r->line.number, "%s; line skipped", message.data);
	free(message.data);
	return false;
}

static bool
parse_port(struct reader *r, const char *name, char *text)
{
	char *slash = text ? strchr(text, '/') : NULL;
	int last;

	if (!slash)
		return bad_line(r, false, "\"%s\": no port/protocol", name);
	*slash = '\0';
	if (!parse_number(text, &r->line.port, &last) || strchr(text, '-')
	    || !r->line.port)
		return bad_line(r, false, "\"%s\": \"%s\" is not a port within "
				"1-65535", name, text);
	int proto = protocol_bit(slash + 1);
	if (proto < 0)
		return bad_line(r, slash[1] && r->rules->skip_unknown_protocols,
				"\"%s\": unknown protocol \"%s\"", name,
				slash + 1);
	r->line.proto = (unsigned)proto;
	return true;
}

static bool
take_name(struct reader *r, const char *name)
{
	const char *fault = r->rules->name_fault(name);
	struct line *line = &r->line;

	if (fault)
		return bad_line(r, false, "\"%s\": the name %s", name, fault);
	line->name = grow(line->name, line->names, sizeof *line->name);
	line->name[line->names++] = name;
	return true;
}

static bool
fits(const struct reader *r, const struct registry *registry)
{
	const char *fault = r->rules->line_fault
		? r->rules->line_fault(registry, &r->line) : NULL;

	return !fault || bad_line(r, false, "\"%s\": %s", r->line.name[0],
				  fault);
}

/* Whether there is a line in it, and a good one. */
static bool
parse_line(struct reader *r, char *text, size_t size)
{
	char *rest;

	r->line.names = 0;
	if (strlen(text) != size)
		return bad_line(r, false, "a NUL byte");
	text[strcspn(text, "#\n")] = '\0';
	char *name = strtok_r(text, blanks, &rest);
	if (!name || !parse_port(r, name, strtok_r(NULL, blanks, &rest)))
		return false;
	do
		if (!take_name(r, name))
			return false;
	while ((name = strtok_r(NULL, blanks, &rest)));
	return true;
}

void
read_lines(struct registry *registry, const char *file,
	   const struct line_rules *rules)
{
	struct reader r = { .line = { .file = file }, .rules = rules };
	FILE *input = fopen(file, "rb");
	char *text = NULL;
	size_t room = 0;
	ssize_t size;

	if (!input)
		fail_at(file, 0, "%s", strerror(errno));
	while ((size = getline(&text, &room, input)) >= 0) {
		r.line.number++;
		if (parse_line(&r, text, (size_t)size) && fits(&r, registry))
			rules->take(registry, &r.line);
	}
	if (ferror(input))
		fail_at(file, 0, "%s", strerror(errno));
	free(text);
	free(r.line.name);
	fclose(input);
}

struct service *
add_line(struct registry *registry, const struct line *line, const char *name,
	 unsigned flags, size_t head)
{
	struct service *s = add_service(registry);

	s->name = copy_string(name, strlen(name));
	s->first = s->last = line->port;
	s->proto = line->proto;
	s->flags = flags;
	s->head = head;
	return s;
}
