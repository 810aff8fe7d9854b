/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

#include "text.h"

#include <string.h>

/* ---- Characters ---------------------------------------------------------- */

/* Bytes that a lead byte announces; 0 if it is none. */
static size_t
announced(unsigned char lead)
{
	return lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2
	     : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
}

/* Code point of n bytes of UTF-8; 0, which is not printable, if they are
 * none. */
static unsigned long
decode(const char *text, size_t n)
{
	static const unsigned long least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	unsigned long c = (unsigned char)*text & (n == 1 ? 0x7fu : 0xffu >> n);

	for (size_t i = 1; i < n; i++) {
		if (((unsigned char)text[i] & 0xc0) != 0x80)
			return 0;
		c = c << 6 | ((unsigned char)text[i] & 0x3f);
	}
	return n && c >= least[n] ? c : 0;
}

/* Neither a control, a surrogate, nor one that breaks or turns the line, as
 * those with Unicode's property Bidi_Control do. */
static int
is_printable(unsigned long c)
{
	return c >= 0x20 && !(c >= 0x7f && c < 0xa0)
	    && c != 0x61c && c != 0x200e && c != 0x200f
	    && !(c >= 0x2028 && c <= 0x202e)
	    && !(c >= 0x2066 && c <= 0x2069)
	    && !(c >= 0xd800 && c <= 0xdfff)
	    && c < 0x110000;
}

size_t
first_character(const char *text, size_t *bytes)
{
	size_t n = announced((unsigned char)*text);

	if (!*text)
		return *bytes = 0;
	if (is_printable(decode(text, n))) {
		*bytes = n;
		return 1;
	}
	*bytes = 1;
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

/* Whether a text starts with another. */
static int
starts(const char *text, const char *with)
{
	while (*with && small(*text) == small(*with)) {
		text++;
		with++;
	}
	return !*with;
}

const char *
find_text(const char *text, const char *part)
{
	for (; *text; text++)
		if (starts(text, part))
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
