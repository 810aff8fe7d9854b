/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/*
 * Files in the syntax of services(5): a name, a port and protocol, aliases, and
 * comments from "#" on. Every name of a line is checked before the line is
 * accepted, so a line that is skipped has no effect.
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
static bool IAP_PRINTF(3)
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

/* A site's file may have protocols in capitals, lists of them, and protocols
 * that no registry has. */
static bool
parse_foreign_protocols(struct reader *r, const char *name, const char *text)
{
	char *unknown;

	r->line.protocols = parse_protocols(text, &unknown);
	if (r->line.protocols && unknown)
		warn_at(r->line.file, r->line.number, "\"%s\": unknown "
			"protocol \"%s\", left out", name, unknown);
	if (!r->line.protocols)
		bad_line(r, unknown, "\"%s\": unknown protocol \"%s\"", name,
			 text);
	free(unknown);
	return r->line.protocols;
}

static bool
parse_protocol(struct reader *r, const char *name, const char *text)
{
	int bit = protocol_bit(text);

	if (r->rules->foreign)
		return parse_foreign_protocols(r, name, text);
	if (bit < 0)
		return bad_line(r, false, "\"%s\": unknown protocol \"%s\"",
				name, text);
	r->line.protocols = 1u << bit;
	return true;
}

static bool
parse_port(struct reader *r, const char *name, char *text)
{
	struct line *line = &r->line;
	char *slash = text ? strchr(text, '/') : NULL;

	if (!slash)
		return bad_line(r, false, "\"%s\": no port/protocol", name);
	*slash = '\0';
	if (!parse_number(text, &line->first, &line->last) || !line->first
	    || (line->first < line->last && !r->rules->foreign))
		return bad_line(r, false, "\"%s\": \"%s\" is not a port within "
				"1-65535", name, text);
	return parse_protocol(r, name, slash + 1);
}

/* In some files, commas separate names, with or without blanks. */
static void
strip_comma(const struct reader *r, char *name)
{
	size_t n = strlen(name);

	if (r->rules->foreign && n > 1 && name[n - 1] == ',')
		name[n - 1] = '\0';
}

static bool
take_name(struct reader *r, char *name)
{
	strip_comma(r, name);

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

/* The text ends where a comment starts, and every blank is one byte. */
static void
blank_out(char *text)
{
	text[strcspn(text, "#\n")] = '\0';
	for (size_t n; *text; text += n ? n : 1)
		if ((n = no_break_space(text)))
			memset(text, ' ', n);
}

static bool
take_aliases(struct reader *r, char **rest)
{
	char *name = strtok_r(NULL, blanks, rest);

	/* How often nmap found the port open is not an alias. */
	if (name && r->rules->foreign && is_fraction(name))
		name = strtok_r(NULL, blanks, rest);
	for (; name; name = strtok_r(NULL, blanks, rest))
		if (!take_name(r, name))
			return false;
	return true;
}

/* Whether the text has a line, and the line is good. */
static bool
parse_line(struct reader *r, char *text, size_t size)
{
	char *rest;

	r->line.names = 0;
	if (strlen(text) != size)
		return bad_line(r, false, "a NUL byte");
	blank_out(text);
	char *name = strtok_r(text, blanks, &rest);
	if (!name || !parse_port(r, name, strtok_r(NULL, blanks, &rest)))
		return false;
	return take_name(r, name) && take_aliases(r, &rest);
}

static void
take_line(struct reader *r, struct registry *registry, char *text, size_t size)
{
	if (!parse_line(r, text, size) || !fits(r, registry))
		return;
	for (unsigned proto = 0; proto < NO_PROTOCOL; proto++)
		if (r->line.protocols >> proto & 1)
			r->rules->take(registry, &r->line, proto);
}

static const char byte_order_mark[] = "\xef\xbb\xbf";

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
		size_t skip = !r.line.number++ && !strncmp(text,
			byte_order_mark, 3) ? 3 : 0;
		take_line(&r, registry, text + skip, (size_t)size - skip);
	}
	/* Without memory for a line, getline() sets no error of the stream. */
	if (!feof(input))
		fail_at(file, 0, "%s", strerror(errno));
	free(text);
	free(r.line.name);
	fclose(input);
}

struct service *
add_line(struct registry *registry, const struct line *line, unsigned proto,
	 const char *name, unsigned flags, size_t head)
{
	const struct service s = {
		.name = copy_string(name, strlen(name)),
		.first = line->first,
		.last = line->last,
		.proto = proto,
		.flags = flags,
		.head = head,
	};

	return add_service(registry, &s);
}
