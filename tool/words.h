/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef WORDS_H
#define WORDS_H

#include <stddef.h>

/* Words of a text: letters and digits, and bytes that are not ASCII. Case does
 * not matter. */

/* The next word at or behind a place in a text, and its length; NULL if there
 * is none. */
const char *
next_word(const char *text, size_t *length);

int
has_word(const char *text, const char *word);

/* Whether the words of a text start with these letters: "dns" are those of
 * "Domain Name Server". */
int
is_initials(const char *text, const char *letters);

#endif
