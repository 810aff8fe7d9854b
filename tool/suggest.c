/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

#include "suggest.h"
#include "text.h"
#include "tool.h"
#include "words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST = 3, LONGEST = 32 };

/* From the best to the worst; 0 is no match. */
enum {
	FAR, MENTIONS, STARTS, STARTED, WORD, TWO_EDITS, INITIALS, ONE_EDIT,
	NICKNAME
};

/* What people call services that the registry calls otherwise in name and
 * description. */
static const char *const nicknames[][2] = {
	{ "cifs", "microsoft-ds" },
	{ "dhcp", "bootps" },
	{ "jabber", "xmpp-client" },
	{ "samba", "microsoft-ds" },
	{ "smb", "microsoft-ds" },
	{ "vnc", "rfb" },
};

static int
is_nickname(const char *query, const char *name)
{
	for (size_t i = 0; i < sizeof nicknames / sizeof *nicknames; i++)
		if (!compare_text(query, nicknames[i][0])
		    && !strcmp(name, nicknames[i][1]))
			return 1;
	return 0;
}

/* ---- Distance ------------------------------------------------------------ */

static int
least(int a, int b, int c)
{
	int d = a < b ? a : b;

	return d < c ? d : c;
}

/* Characters to insert, remove, replace or swap with the next; 3 where the
 * lengths tell that there are more than 2. */
static int
distance(const char *a, const char *b)
{
	int d[LONGEST + 1][LONGEST + 1];
	size_t m = strlen(a), n = strlen(b);

	if (m > LONGEST || n > LONGEST || m > n + 2 || n > m + 2)
		return 3;
	for (size_t i = 0; i <= m; i++)
		for (size_t j = 0; j <= n; j++) {
			d[i][j] = (int)(i + j);
			if (!i || !j)
				continue;
			d[i][j] = least(d[i - 1][j] + 1, d[i][j - 1] + 1,
				d[i - 1][j - 1]
				+ (small(a[i - 1]) != small(b[j - 1])));
			if (i > 1 && j > 1 && small(a[i - 1]) == small(b[j - 2])
			    && small(a[i - 2]) == small(b[j - 1]))
				d[i][j] = least(d[i][j], d[i][j],
						d[i - 2][j - 2] + 1);
		}
	return d[m][n];
}

/* ---- Candidates ---------------------------------------------------------- */

/* Whether a service has a text anywhere, as "ianaport search" finds it. */
static int
mentions(const struct iana_service *s, const char *text)
{
	return find_text(s->name, text)
	    || find_text(iana_service_description(s), text)
	    || find_text(iana_service_assignee(s), text)
	    || find_text(iana_service_note(s), text);
}

/* Short names are near to many others. */
static int
match(const char *query, const struct iana_service *s)
{
	const char *description = iana_service_description(s);
	size_t length = strlen(query);
	int edits = length > 3 ? distance(query, s->name) : 3;

	if (is_nickname(query, s->name))
		return NICKNAME;
	if (edits == 1)
		return ONE_EDIT;
	if (length > 2 && is_initials(description, query))
		return INITIALS;
	if (edits == 2 && length > 5)
		return TWO_EDITS;
	if (length > 2 && has_word(description, query))
		return WORD;
	if (length > 2 && starts_with(s->name, query))
		return STARTED;
	if (strlen(s->name) > 3 && starts_with(query, s->name))
		return STARTS;
	return length > 2 && mentions(s, query) ? MENTIONS : FAR;
}

struct candidates {
	const char *name[MOST];
	int match[MOST];
};

/* Keeps the best, each name once, and of equal ones the first. */
static void
offer(struct candidates *c, const char *name, int match)
{
	for (int i = 0; i < MOST; i++)
		if (c->name[i] && !strcmp(c->name[i], name))
			return;
	for (int i = 0; i < MOST; i++)
		if (match > c->match[i]) {
			const char *worse = c->name[i];
			int its_match = c->match[i];
			c->name[i] = name;
			c->match[i] = match;
			name = worse;
			match = its_match;
		}
}

static void
find_candidates(struct candidates *c, const char *query)
{
	struct iana_service s;
	uint32_t cursor = 0;

	while (iana_service_next(registry, &cursor, &s)) {
		int m = match(query, &s);
		/* Apart from its letters, an alias is like its service. */
		if (m > INITIALS || !(s.flags & IANA_ALIAS))
			offer(c, s.name, m);
	}
}

/* Mentions are for want of anything better. */
static void
say_candidates(const struct candidates *c)
{
	for (int i = 0; i < MOST && c->match[i]; i++) {
		if (c->match[i] == MENTIONS && c->match[0] > MENTIONS)
			break;
		fputs(!i ? "; did you mean " : ", ", stderr);
		put_text(c->name[i], stderr);
	}
	putc('?', stderr);
}

static void
say_hint(const char *name)
{
	struct candidates c = { { NULL }, { FAR } };

	find_candidates(&c, name);
	if (c.match[0])
		say_candidates(&c);
	else if (strlen(name) > 2 && iana_name_is_valid(name))
		fputs("; nothing in the registry mentions it", stderr);
}

void
say_missing(const char *query, const char *name)
{
	fputs("ianaport: ", stderr);
	put_text(query, stderr);
	fputs(": no such service or port", stderr);
	if (name && find_command(query))
		fputs("; as a subcommand, it comes first", stderr);
	else if (name)
		say_hint(name);
	putc('\n', stderr);
}
