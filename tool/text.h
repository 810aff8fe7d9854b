/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef TEXT_H
#define TEXT_H

/* Text that others wrote: a loaded registry, or what was asked. What could
 * control a terminal is written as \x1b and the like, and so is what is not
 * UTF-8. A character counts as one column. */

#include <stddef.h>
#include <stdio.h>

void
put_text(const char *text, FILE *to);

/* Columns that a text takes. */
size_t
text_width(const char *text);

/* Writes a text in no more than width columns, with "..." if it was cut. */
void
put_cut(const char *text, size_t width, FILE *to);

/* Columns of the character that a text starts with, and its bytes. A text that
 * is at its end has none. */
size_t
first_character(const char *text, size_t *bytes);

/* Writes the first bytes of a text, which are whole characters. */
void
put_bytes(const char *text, size_t bytes, FILE *to);

/* Small letter of an ASCII letter; other bytes stay. */
char
small(char c);

/* Whether a text starts with another, without regard to ASCII case. */
int
starts_with(const char *text, const char *start);

/* Where a text contains another, without regard to ASCII case; or NULL. */
const char *
find_text(const char *text, const char *part);

/* Compares as strcmp(3), without regard to ASCII case. */
int
compare_text(const char *a, const char *b);

#endif
