/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

#include "words.h"
#include "text.h"

#include <string.h>

static int
is_of_word(char c)
{
	char s = small(c);

	return (s >= 'a' && s <= 'z') || (c >= '0' && c <= '9') || c & 0x80;
}

const char *
next_word(const char *text, size_t *length)
{
	while (*text && !is_of_word(*text))
		text++;
	*length = 0;
	while (is_of_word(text[*length]))
		++*length;
	return *length ? text : NULL;
}

/* Whether n bytes are a word. */
static int
is_word(const char *text, size_t n, const char *word)
{
	size_t i = 0;

	while (i < n && word[i] && small(text[i]) == small(word[i]))
		i++;
	return i == n && !word[i];
}

int
has_word(const char *text, const char *word)
{
	size_t n;

	for (; (text = next_word(text, &n)); text += n)
		if (is_word(text, n, word))
			return 1;
	return 0;
}

int
is_initials(const char *text, const char *letters)
{
	size_t n;

	for (; (text = next_word(text, &n)); text += n)
		if (small(*text) != small(*letters++))
			return 0;
	return !*letters;
}
