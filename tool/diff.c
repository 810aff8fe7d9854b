/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* ianaport diff: what changed between two registries. */

#include "tool.h"
#include "diff.h"
#include "every.h"
#include "row.h"
#include "text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CELLS = 3 };

/* A section of the output: its lines, in aligned columns. */
struct section {
	char *(*cells)[CELLS];
	size_t count;
};

static size_t all_count;                /* lines of all sections */

static void
add_line(struct section *s, char *one, char *two, char *three)
{
	if (!(s->count & (s->count - 1)))
		s->cells = checked(realloc(s->cells, (2 * s->count + 1)
						     * sizeof *s->cells));
	s->cells[s->count][0] = one;
	s->cells[s->count][1] = two;
	s->cells[s->count++][2] = three;
}

static void
put_line(char *const *cells, const size_t *width)
{
	fputs("    ", stdout);
	for (int c = 0; c < CELLS && cells[c]; c++) {
		put_text(cells[c], stdout);
		if (c + 1 < CELLS && cells[c + 1])
			printf("  %*s", (int)(width[c] - text_width(cells[c])),
			       "");
	}
	putchar('\n');
}

/* Prints a section, and frees it. */
static void
end_section(const char *title, struct section *s)
{
	size_t width[CELLS] = { 0 };

	printf("%s: %zu\n", title, s->count);
	for (size_t i = 0; i < s->count; i++)
		for (int c = 0; c < CELLS && s->cells[i][c]; c++)
			if (text_width(s->cells[i][c]) > width[c])
				width[c] = text_width(s->cells[i][c]);
	for (size_t i = 0; i < s->count; i++) {
		put_line(s->cells[i], width);
		for (int c = 0; c < CELLS; c++)
			free(s->cells[i][c]);
	}
	free(s->cells);
	all_count += s->count;
	*s = (struct section){ NULL, 0 };
}

/* ---- Cells --------------------------------------------------------------- */

static char *
copy(const char *text)
{
	return checked(strdup(text));
}

/* "a -> b" */
static char *
arrow(const char *from, const char *to)
{
	char *text = checked(malloc(strlen(from) + strlen(to) + 5));

	sprintf(text, "%s -> %s", from, to);
	return text;
}

/* Like place_of(), always with both parts: "-/-" */
static char *
where(const struct iana_service *s)
{
	char *place = place_of(s);

	if (strchr(place, '/'))
		return place;
	free(place);
	return copy("-/-");
}

static char *
moved(const struct iana_service *from, const struct iana_service *to)
{
	char *a = where(from), *b = where(to), *text = arrow(a, b);

	free(a);
	free(b);
	return text;
}

/* ---- Services ------------------------------------------------------------ */

enum kind { ADDED, REMOVED, RENAMED, MOVED };

static enum kind
kind_of(const struct change *c)
{
	return !c->old ? ADDED : !c->new ? REMOVED
	     : strcmp(c->old->name, c->new->name) ? RENAMED : MOVED;
}

static void
print_kind(const struct changes *changes, enum kind kind, const char *title)
{
	struct section s = { NULL, 0 };

	for (size_t i = 0; i < changes->count; i++) {
		const struct change *c = &changes->all[i];
		const struct iana_service *one = c->old ? c->old : c->new;
		if (kind_of(c) != kind)
			continue;
		if (kind == RENAMED)
			add_line(&s, where(one),
				 arrow(one->name, c->new->name), NULL);
		else
			add_line(&s, copy(one->name), kind == MOVED
				 ? moved(c->old, c->new) : where(one), NULL);
	}
	end_section(title, &s);
}

/* "alias-of http", or "no alias" */
static char *
alias_of(const struct iana_service *s)
{
	struct iana_service head;
	char *text;

	if (!iana_service_alias_of(s, &head))
		return copy("no alias");
	text = checked(malloc(strlen(head.name) + sizeof "alias-of "));
	sprintf(text, "alias-of %s", head.name);
	return text;
}

/* The one of a name's services that is the same. */
static int
find_same(const struct iana_registry *in, const struct iana_service *s,
	  struct iana_service *same)
{
	size_t n = iana_services_named(in, s->name, s->proto, NULL, 0);
	struct iana_service *all = checked(calloc(n + 1, sizeof *all));
	int found = 0;

	iana_services_named(in, s->name, s->proto, all, n);
	for (size_t i = 0; i < n && !found; i++)
		if (is_same_service(&all[i], s)) {
			*same = all[i];
			found = 1;
		}
	free(all);
	return found;
}

static void
print_aliases(const struct iana_service *old, size_t count,
	      const struct iana_registry *new)
{
	struct section s = { NULL, 0 };
	struct iana_service same;

	for (size_t i = 0; i < count; i++) {
		if (!find_same(new, &old[i], &same))
			continue;
		char *before = alias_of(&old[i]), *after = alias_of(&same);
		if (strcmp(before, after))
			add_line(&s, copy(old[i].name), where(&old[i]),
				 arrow(before, after));
		free(before);
		free(after);
	}
	end_section("aliases changed", &s);
}

/* ---- Statuses ------------------------------------------------------------ */

static const char *const protocols[] = { "tcp", "udp", "sctp", "dccp" };

static char
status(const struct iana_registry *of, int port, int i)
{
	int proto = iana_proto_number(protocols[i]);

	return (char)iana_port_status(of, port, proto);
}

/* For each protocol, whether a run of one change starts at a port, and where it
 * ends. */
static int
run_end(const struct iana_registry *old, const struct iana_registry *new,
	int port, int i)
{
	char before = status(old, port, i), after = status(new, port, i);
	int end = port;

	if (before == after
	    || (port > 0 && status(old, port - 1, i) == before
		&& status(new, port - 1, i) == after))
		return -1;
	while (end < 65535 && status(old, end + 1, i) == before
	       && status(new, end + 1, i) == after)
		end++;
	return end;
}

/* The runs that start at a port; those of one change are one line. */
static void
add_runs(struct section *s, const struct iana_registry *old,
	 const struct iana_registry *new, int port)
{
	int end[4];

	for (int i = 0; i < 4; i++)
		end[i] = run_end(old, new, port, i);
	for (int i = 0; i < 4; i++) {
		char place[64];
		const char *between = "/";
		int n = end[i] > port
			? sprintf(place, "%d-%d", port, end[i])
			: sprintf(place, "%d", port);
		char before = status(old, port, i);
		char after = status(new, port, i);
		int last = end[i];
		if (last < 0)
			continue;
		for (int j = i; j < 4; j++)
			if (end[j] == last && status(old, port, j) == before
			    && status(new, port, j) == after) {
				n += sprintf(place + n, "%s%s", between,
					     protocols[j]);
				between = ",";
				end[j] = -1;
			}
		add_line(s, copy(place), arrow(
			iana_status_name((enum iana_status)before),
			iana_status_name((enum iana_status)after)), NULL);
	}
}

static void
print_statuses(const struct iana_registry *old, const struct iana_registry *new)
{
	struct section s = { NULL, 0 };

	for (int port = 0; port <= 65535; port++)
		add_runs(&s, old, new, port);
	end_section("statuses changed", &s);
}

/* ---- The command --------------------------------------------------------- */

static void
compare(const struct iana_registry *old, const struct iana_registry *new)
{
	size_t old_count, new_count;
	struct iana_service *old_all = every_service(old, &old_count);
	struct iana_service *new_all = every_service(new, &new_count);
	struct changes changes = compare_services(old_all, old_count, new_all,
						  new_count);

	printf("registry: %s -> %s\n", iana_registry_updated(old),
	       iana_registry_updated(new));
	print_kind(&changes, ADDED, "services added");
	print_kind(&changes, REMOVED, "services removed");
	print_kind(&changes, RENAMED, "services renamed");
	print_kind(&changes, MOVED, "services moved");
	print_aliases(old_all, old_count, new);
	print_statuses(old, new);
	free(changes.all);
	free(old_all);
	free(new_all);
}

static struct iana_registry *
open_file(const char *file)
{
	struct iana_registry *opened = NULL;

	if (strcmp(file, "built-in"))
		open_registry(file, &opened);
	return opened;
}

static int
run(int count, char **files)
{
	struct iana_registry *old, *new;

	if (count != 2)
		wrong_usage(NULL, NULL);
	old = open_file(files[0]);
	new = open_file(files[1]);
	compare(old, new);
	iana_registry_close(old);
	iana_registry_close(new);
	return all_count ? NOT_FOUND : ALL_FOUND;
}

const struct command diff_command = { "diff",
"usage: ianaport diff OLD NEW\n"
"Prints what changed between two registries from ianaport-compile --blob;\n"
"\"built-in\" is the built-in one. A service is moved if only its port is\n"
"different, and renamed if only its name is. Exit status: 0 nothing changed,\n"
"1 something changed, 2 wrong usage, 3 failure.\n",
	NULL, NULL, run, 0
};
