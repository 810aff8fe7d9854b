/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/*
 * The command's arguments, one on each line, up to an empty line. What follows
 * is its standard input. The registry is a small one; "details", "ranges",
 * "services", "status" and "wide" are others.
 */

#include "command.h"
#include "fuzz.h"
#include "format/printable.h"

#include <string.h>

/* No terminal gets a control character, but for the ends of lines, and the tabs
 * of --tsv. */
static void
check_printable(const char *text, size_t size)
{
	const unsigned char *s = (const unsigned char *)text, *end = s + size;

	while ((s = iap_end_of_text(s)) < end) {
		MUST(*s == '\n' || *s == '\t');
		s++;
	}
}

/* Cuts the text into words; returns what is behind them. */
static char *
split(char *text, char **words, int *count)
{
	*count = 1;
	words[0] = "ianaport";
	while (*text && *text != '\n' && *count < MOST_WORDS) {
		words[(*count)++] = text;
		text += strcspn(text, "\n");
		if (*text)
			*text++ = '\0';
	}
	words[*count] = NULL;
	return *text == '\n' ? text + 1 : text;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *words[MOST_WORDS + 1], *text = malloc(size + 1);
	int count;

	MUST(text);
	memcpy(text, data, size);
	text[size] = '\0';

	char *rest = split(text, words, &count);
	struct given input = { rest, (size_t)(text + size - rest),
			       (unsigned)size };
	struct said said = run_command_in_process(count, words, &input);

	MUST(said.status >= 0 && said.status <= 3);
	check_printable(said.messages, said.messages_size);
	if (count < 2 || strcmp(words[1], "annotate"))  /* it copies */
		check_printable(said.out, said.out_size);
	free_said(&said);
	free(text);
	return 0;
}
