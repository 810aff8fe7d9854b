/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* ianaport search TEXT...: services that have all words of a text. */

#include "tool.h"
#include "output.h"
#include "text.h"
#include "words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct match {
	struct iana_service service;
	int score;
	size_t order;
};

struct matches {
	struct match *all;
	size_t count;
};

/* ---- Scores -------------------------------------------------------------- */

/* How well a word fits a name; 0 if not at all. */
static int
score_name(const char *name, const char *word)
{
	const char *at = find_text(name, word);

	if (!at)
		return 0;
	return !compare_text(name, word) ? 100 : at == name ? 60 : 40;
}

static int
score_aliases(const struct iana_service *s, const char *word)
{
	size_t count, position = 0;
	struct iana_service *on = services_on(s->port, s->proto, &count);
	const struct iana_service *alias;
	int best = 0;

	while ((alias = next_alias(s, on, count, &position))) {
		int score = score_name(alias->name, word);
		if (score > best)
			best = score;
	}
	free(on);
	return best;
}

static int
score_description(const char *text, const char *word)
{
	return has_word(text, word) ? 50
	     : strlen(word) > 2 && is_initials(text, word) ? 45
	     : find_text(text, word) ? 25 : 0;
}

/* The best that any column makes of a word. */
static int
score_word(const struct iana_service *s, const char *word)
{
	int scores[] = {
		score_name(s->name, word),
		score_aliases(s, word),
		score_description(iana_service_description(s), word),
		find_text(iana_service_assignee(s), word) ? 10 : 0,
		find_text(iana_service_note(s), word) ? 10 : 0,
	};
	int best = 0;

	for (size_t i = 0; i < sizeof scores / sizeof *scores; i++)
		if (scores[i] > best)
			best = scores[i];
	return best;
}

/* 0 if a word is missing. */
static int
score_words(const struct iana_service *s, char **words, int count)
{
	int sum = 0;

	for (int i = 0; i < count; i++) {
		int score = score_word(s, words[i]);
		if (!score)
			return 0;
		sum += score;
	}
	return sum;
}

/* ---- The search ---------------------------------------------------------- */

static void
add_match(struct matches *m, const struct iana_service *s, int score)
{
	m->all = grow(m->all, m->count, sizeof *m->all);
	m->all[m->count] = (struct match){ *s, score, m->count };
	m->count++;
}

/* The best first, and equal ones in the order of the registry. */
static int
compare(const void *a, const void *b)
{
	const struct match *x = a, *y = b;

	if (x->score != y->score)
		return x->score > y->score ? -1 : 1;
	return x->order < y->order ? -1 : 1;
}

static size_t
search(char **words, int count)
{
	struct matches m = { NULL, 0 };
	struct iana_service s;
	uint32_t cursor = 0;

	while (iana_service_next(registry, &cursor, &s)) {
		int score = s.flags & IANA_ALIAS
			? 0 : score_words(&s, words, count);
		if (score)
			add_match(&m, &s, score);
	}
	if (m.count)
		qsort(m.all, m.count, sizeof *m.all, compare);
	for (size_t i = 0; i < m.count; i++)
		put_row(&m.all[i].service);
	free(m.all);
	return m.count;
}

/* All words of the operands, in their room. */
static char **
split(int count, char **texts, int *words)
{
	size_t size = 1;
	char **all;

	for (int i = 0; i < count; i++)
		size += strlen(texts[i]);
	all = checked(calloc(size, sizeof *all));
	*words = 0;
	for (int i = 0; i < count; i++)
		for (char *rest = texts[i], *word;
		     (word = strtok_r(rest, " \t\n", &rest));)
			all[(*words)++] = word;
	return all;
}

static void
say_nothing(char **words, int count)
{
	size_t size = 1;
	char *text, *end;

	for (int i = 0; i < count; i++)
		size += strlen(words[i]) + 1;
	text = end = checked(calloc(size, 1));
	for (int i = 0; i < count; i++)
		end += sprintf(end, i ? " %s" : "%s", words[i]);
	complain(text, count > 1 ? "nothing has all these words"
				 : "nothing has this word");
	free(text);
}

static int
run(int count, char **texts)
{
	int n;
	char **words = split(count, texts, &n);
	size_t found = n ? search(words, n) : 0;

	if (!n)
		wrong_usage("TEXT", "missing operand");
	if (!found)
		say_nothing(words, n);
	free(words);
	return found ? ALL_FOUND : NOT_FOUND;
}

const struct command search_command = { "search",
"usage: ianaport search [OPTION]... TEXT...\n"
"Prints services that have all words of TEXT in name, aliases, description,\n"
"note or assignee, in any case and order, the best first. Output options as\n"
"for queries: -l, --json, --tsv, --port, --name, -r FILE.\n",
	NULL, NULL, run, 1
};
