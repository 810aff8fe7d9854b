/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

#include "lines.h"
#include "output.h"
#include "tool.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ROOM = 1 << 16 };                /* for what a read gives */

static void
make_room(struct lines *l)
{
	if (l->start) {
		memmove(l->text, l->text + l->start, l->end - l->start);
		l->end -= l->start;
		l->start = 0;
	}
	if (l->size - l->end <= ROOM) {
		l->size = 2 * l->size + 2 * ROOM;
		l->text = checked(realloc(l->text, l->size));
	}
}

/* Reads more; returns 0 at the end. An output that fails is an end, too. */
static int
read_more(struct lines *l)
{
	ssize_t n;

	if (l->ended)
		return 0;
	make_room(l);
	n = flush_output() ? read(l->file, l->text + l->end, ROOM) : 0;
	if (n < 0 && errno == EINTR)
		return 1;
	if (n <= 0) {
		l->ended = 1;
		l->error = n < 0 ? errno : 0;
		return 0;
	}
	l->end += (size_t)n;
	return 1;
}

static int
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

/* Takes n bytes and their newline as a line. */
static char *
take_line(struct lines *l, size_t n)
{
	char *line = l->text + l->start;

	l->start += n + 1;
	if (l->start > l->end)
		l->start = l->end;
	while (n && is_blank(line[n - 1]))
		n--;
	for (size_t i = 0; i < n; i++)
		if (!line[i])
			line[i] = '\1';
	line[n] = '\0';
	while (is_blank(*line))
		line++;
	return line;
}

char *
next_line(struct lines *l)
{
	size_t seen = 0;

	if (!l->text)
		make_room(l);
	for (;;) {
		char *from = l->text + l->start;
		size_t here = l->end - l->start;
		char *newline = here > seen
			? memchr(from + seen, '\n', here - seen) : NULL;

		if (newline)
			return take_line(l, (size_t)(newline - from));
		seen = here;
		if (!read_more(l))
			return here ? take_line(l, here) : NULL;
	}
}
