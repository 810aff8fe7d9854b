/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

#include "output.h"
#include "terminal.h"
#include "text.h"
#include "tool.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The last column is for terminals alone: programs that read the table want
 * its first ones, and have --json and --tsv for the others. */
enum { CELLS = 7, LEAST_DESCRIPTION = 12, GAP = 2 };

static const char *const headings[CELLS] = {
	"NAME", "PORT", "ALIASES", "RANGE", "STATUS", "ORIGIN", "DESCRIPTION"
};

static char *
cell_of(const row *r, int cell)
{
	static const enum column column[CELLS] = {
		NAME, PORT, ALIASES, RANGE, STATUS, ORIGIN, DESCRIPTION
	};
	char *text = cell == 1 ? place_of(r)
		: cell == 2 ? aliases_of(r, MARKED_NAMES, ",")
			    : column_of(r, column[cell]);

	if (*text || cell == CELLS - 1)
		return text;
	free(text);
	return checked(strdup("-"));
}

static void
measure(const row *rows, size_t count, size_t *width)
{
	for (size_t i = 0; i < count; i++)
		for (int c = 0; c < CELLS - 1; c++) {
			char *text = cell_of(&rows[i], c);
			size_t w = text_width(text);
			if (w > width[c])
				width[c] = w;
			free(text);
		}
}

/* Columns that are left for the description; 0 if that is too few. */
static size_t
room_for_description(const size_t *width)
{
	size_t used = 0, all = terminal_width();

	for (int c = 0; c < CELLS - 1; c++)
		used += width[c] + GAP;
	return used + LEAST_DESCRIPTION <= all ? all - used : 0;
}

/* Pads a cell, if another one follows. */
static void
put_cell(const char *text, size_t width, int last)
{
	put_text(text, stdout);
	if (!last)
		printf("%*s", (int)(width - text_width(text)) + GAP, "");
}

static void
print_line(const row *r, const size_t *width, size_t description)
{
	char *cell[CELLS];

	for (int c = 0; c < CELLS; c++)
		cell[c] = cell_of(r, c);

	int has_more = description && *cell[CELLS - 1];

	for (int c = 0; c < CELLS - 1; c++) {
		if (c == CELLS - 2 && r->name && origin_of(r) != FROM_IANA)
			set_look(WARNING);
		put_cell(cell[c], width[c], c == CELLS - 2);
	}
	if (r->name && origin_of(r) != FROM_IANA)
		set_look(PLAIN);
	if (has_more) {
		printf("%*s", (int)(width[CELLS - 2]
			- text_width(cell[CELLS - 2])) + GAP, "");
		put_cut(cell[CELLS - 1], description, stdout);
	}
	putchar('\n');
	for (int c = 0; c < CELLS; c++)
		free(cell[c]);
}

static void
print_headings(const size_t *width, size_t description)
{
	int last = description ? CELLS - 1 : CELLS - 2;

	set_look(BOLD);
	for (int c = 0; c <= last; c++)
		put_cell(headings[c], c < CELLS - 1 ? width[c] : 0, c == last);
	set_look(PLAIN);
	putchar('\n');
}

void
print_table(const row *rows, size_t count)
{
	static size_t width[CELLS];     /* of all rows so far */
	static int has_headings;
	size_t description = 0;

	if (!count)
		return;
	if (is_terminal() && !has_headings)
		for (int c = 0; c < CELLS; c++)
			width[c] = strlen(headings[c]);
	measure(rows, count, width);
	if (is_terminal())
		description = room_for_description(width);
	if (is_terminal() && !has_headings)
		print_headings(width, description);
	has_headings = 1;
	for (size_t i = 0; i < count; i++)
		print_line(&rows[i], width, description);
}
