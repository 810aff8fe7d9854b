/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

#include "text.h"
#include "format/printable.h"

#include <string.h>

/* ---- Characters ---------------------------------------------------------- */

size_t
first_character(const char *text, size_t *bytes)
{
	size_t n = iap_printable((const unsigned char *)text);

	if (!*text)
		return *bytes = 0;
	*bytes = n ? n : 1;
	if (n)
		return 1;
	return sizeof "\\x1b" - 1;
}

/* ---- Writing ------------------------------------------------------------- */

void
put_bytes(const char *text, size_t bytes, FILE *to)
{
	for (size_t n; bytes; text += n, bytes -= n)
		if (first_character(text, &n) == 1)
			fwrite(text, 1, n, to);
		else
			fprintf(to, "\\x%02x", (unsigned char)*text);
}

void
put_text(const char *text, FILE *to)
{
	put_bytes(text, strlen(text), to);
}

size_t
text_width(const char *text)
{
	size_t width = 0;

	for (size_t n, w; (w = first_character(text, &n)) > 0; text += n)
		width += w;
	return width;
}

void
put_cut(const char *text, size_t width, FILE *to)
{
	size_t used = 0, n, w;

	if (text_width(text) <= width) {
		put_text(text, to);
		return;
	}
	for (; (w = first_character(text, &n)) + used + 3 <= width; text += n) {
		put_bytes(text, n, to);
		used += w;
	}
	fputs("...", to);
}

/* ---- Comparing ----------------------------------------------------------- */

char
small(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

int
starts_with(const char *text, const char *start)
{
	while (*start && small(*text) == small(*start)) {
		text++;
		start++;
	}
	return !*start;
}

const char *
find_text(const char *text, const char *part)
{
	for (; *text; text++)
		if (starts_with(text, part))
			return text;
	return NULL;
}

int
compare_text(const char *a, const char *b)
{
	while (*a && small(*a) == small(*b)) {
		a++;
		b++;
	}
	return (unsigned char)small(*a) - (unsigned char)small(*b);
}
