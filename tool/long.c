/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

#include "output.h"
#include "terminal.h"
#include "text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { INDENT = 16, LEAST_TEXT = 20 };

/* Bytes of a text that a line takes: up to the last space that leaves it within
 * width columns, or all that it must if there is none. */
static size_t
line_length(const char *text, size_t width)
{
	size_t bytes = 0, used = 0, space = 0, n, w;

	while ((w = first_character(text + bytes, &n)) > 0) {
		if (text[bytes] == ' ')
			space = bytes;
		used += w;
		if (used > width && space)
			return space;
		bytes += n;
	}
	return bytes;
}

/* Wrapped on a terminal; a line anywhere else. */
static void
put_wrapped(const char *text)
{
	size_t width = (size_t)-1, n;

	if (is_terminal()) {
		width = terminal_width();
		width = width > INDENT + LEAST_TEXT ? width - INDENT
						    : LEAST_TEXT;
	}
	for (;;) {
		n = line_length(text, width);
		put_linked(text, n);
		putchar('\n');
		text += n;
		text += strspn(text, " ");
		if (!*text)
			return;
		printf("%*s", INDENT, "");
	}
}

static void
put_field(const char *what, const char *text)
{
	if (!*text)
		return;
	printf("  %-*s", INDENT - 2, what);
	put_wrapped(text);
}

void
print_long(const row *r)
{
	char *place = place_of(r);
	char *aliases = aliases_of(r, NAMES_AND_ORIGINS, ", ");

	set_look(BOLD);
	put_text(r->name ? r->name : "-", stdout);
	set_look(PLAIN);
	printf("  %s\n", place);
	free(place);
	put_field(column_names[ALIASES], aliases);
	free(aliases);
	for (enum column c = RANGE; c < COLUMNS; c++) {
		char *text = column_of(r, c);
		put_field(column_names[c], text);
		free(text);
	}
}
