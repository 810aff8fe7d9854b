/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

#include "terminal.h"
#include "text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

int
is_terminal(void)
{
	static int answer = -1;

	if (answer < 0)
		answer = isatty(STDOUT_FILENO);
	return answer;
}

size_t
terminal_width(void)
{
	const char *columns = getenv("COLUMNS");
	int width = columns ? atoi(columns) : 0;
	struct winsize size;

	if (width > 0)
		return (size_t)width;
	if (!ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) && size.ws_col)
		return size.ws_col;
	return 80;
}

static int
has_looks(void)
{
	const char *none = getenv("NO_COLOR"), *term = getenv("TERM");

	return is_terminal() && (!none || !*none)
	    && term && *term && strcmp(term, "dumb");
}

void
set_look(enum look look)
{
	static const char *const codes[] = { "\33[0m", "\33[1m", "\33[33m" };

	if (has_looks())
		fputs(codes[look], stdout);
}

/* ---- Links --------------------------------------------------------------- */

/* Whether all of a text can stand in a link. */
static int
is_plain(const char *text, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (text[i] <= ' ' || text[i] > '~')
			return 0;
	return 1;
}

/* Starts a link to what a reference means, such as RFC6335 and
 * https://example.org; returns 0 if it means nothing that can be linked. */
static int
start_link(const char *reference, size_t n)
{
	size_t digits = n > 3 ? strspn(reference + 3, "0123456789") : 0;

	if (digits && digits + 3 == n && !strncmp(reference, "RFC", 3))
		printf("\33]8;;https://www.rfc-editor.org/rfc/rfc%.*s\33\\",
		       (int)digits, reference + 3);
	else if (!strncmp(reference, "http", 4) && is_plain(reference, n))
		printf("\33]8;;%.*s\33\\", (int)n, reference);
	else
		return 0;
	return 1;
}

void
put_linked(const char *text, size_t bytes)
{
	while (bytes && has_looks()) {
		size_t before = strcspn(text, "["), n;

		if (before >= bytes)
			break;
		before++;
		n = strcspn(text + before, "]");
		if (before + n > bytes)
			break;
		put_bytes(text, before, stdout);
		int linked = start_link(text + before, n);
		put_bytes(text + before, n, stdout);
		if (linked)
			fputs("\33]8;;\33\\", stdout);
		text += before + n;
		bytes -= before + n;
	}
	put_bytes(text, bytes, stdout);
}
