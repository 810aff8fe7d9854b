/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#include "snapshot.h"

#include <string.h>

static void
escape(struct text *out, char c)
{
	switch (c) {
	case '&': text_printf(out, "&amp;"); break;
	case '<': text_printf(out, "&lt;"); break;
	case '>': text_printf(out, "&gt;"); break;
	case '"': text_printf(out, "&quot;"); break;
	default: text_char(out, c);
	}
}

/* Without entity expansion, libxml2 gives an ampersand in an attribute as this.
 * A later reader of the value would decode it. */
static const char ampersand[] = "&#38;";
#define AMPERSAND (sizeof ampersand - 1)

/* Some white space would be read as a space, or would end the line. It must be
 * written as a character reference. */
static void
escape_attribute(struct text *out, const char *s, const char *end)
{
	while (s < end)
		if ((size_t)(end - s) >= AMPERSAND
		    && !memcmp(s, ampersand, AMPERSAND)) {
			text_printf(out, "&amp;");
			s += AMPERSAND;
		} else if (*s == '\t' || *s == '\n' || *s == '\r') {
			text_printf(out, "&#%d;", *s++);
		} else {
			escape(out, *s++);
		}
}

char *
attribute(int count, const unsigned char **attributes, const char *name)
{
	for (int i = 0; i < count; i++, attributes += 5) {
		if (attributes[1] || strcmp((const char *)attributes[0], name))
			continue;
		const char *s = (const char *)attributes[3];
		char *value = copy_string(s, (size_t)(attributes[4]
						      - attributes[3]));
		char *to = value;
		for (s = value; *s; s += strncmp(s, ampersand, AMPERSAND) ? 1
		     : AMPERSAND)
			*to++ = *s;
		*to = '\0';
		return value;
	}
	return NULL;
}

static void
close_tag(struct snapshot *s)
{
	if (s->tag_open)
		text_char(s->out, '>');
	s->tag_open = false;
}

static void
owed_space(struct snapshot *s)
{
	close_tag(s);
	if (s->space && !s->at_start)
		text_char(s->out, ' ');
	s->space = s->at_start = false;
}

static void
write_attribute(struct text *out, const char *prefix, const char *name,
		const char *value, const char *end)
{
	text_printf(out, " %s%s%s=\"", prefix ? prefix : "", prefix ? ":" : "",
		    name);
	escape_attribute(out, value, end);
	text_char(out, '"');
}

static void
write_namespace(struct text *out, const char *prefix, const char *uri)
{
	write_attribute(out, prefix ? "xmlns" : NULL, prefix ? prefix
			: "xmlns", uri, uri + strlen(uri));
}

/* Declare the prefix of an attribute, unless one before it has the same
 * prefix. */
static void
write_prefix(struct text *out, const unsigned char **attributes, int i)
{
	const unsigned char **own = attributes + 5 * i;

	if (!own[1] || !strcmp((const char *)own[1], "xml"))
		return;
	for (int j = 0; j < i; j++)
		if (attributes[5 * j + 1] && !strcmp((const char *)own[1],
			(const char *)attributes[5 * j + 1]))
			return;
	write_namespace(out, (const char *)own[1], (const char *)own[2]);
}

void
snapshot_start(struct snapshot *s, const char *name, const char *namespace,
	       int count, const unsigned char **attributes, bool is_field)
{
	if (!is_field)
		owed_space(s);
	close_tag(s);
	text_printf(s->out, "<%s", name);
	if (namespace)
		write_namespace(s->out, NULL, namespace);
	for (int i = 0; i < count; i++) {
		const char **a = (const char **)attributes + 5 * i;
		write_prefix(s->out, attributes, i);
		write_attribute(s->out, a[1], a[0], a[3], a[4]);
	}
	s->tag_open = true;
	s->space = false;
	s->at_start = is_field;
}

void
snapshot_end(struct snapshot *s, const char *name, bool is_field)
{
	if (!is_field && s->space)
		owed_space(s);
	if (s->tag_open)
		text_printf(s->out, "/>");
	else
		text_printf(s->out, "</%s>", name);
	s->tag_open = s->space = false;
}

void
snapshot_char(struct snapshot *s, char c)
{
	owed_space(s);
	escape(s->out, c);
}
