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
	s->cells = grow(s->cells, s->count, sizeof *s->cells);
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

/* ---- Names --------------------------------------------------------------- */

/* Adds a line for a name and a protocol, or the protocol to the line that has
 * the same name and the same before it. */
static void
add_protocol(struct section *s, const struct iana_service *of, char *what)
{
	const char *proto = iana_proto_name(of->proto);
	size_t n = strlen(what), size = n + 24;

	proto = proto ? proto : "-";
	for (size_t i = s->count; i-- > 0;) {
		char **cells = s->cells[i];
		if (strcmp(cells[0], of->name) || strncmp(cells[1], what, n)
		    || cells[1][n] != '/')
			continue;
		strcat(strcat(cells[1], ","), proto);
		free(what);
		return;
	}
	what = checked(realloc(what, size));
	sprintf(what + n, "/%s", proto);
	add_line(s, copy(of->name), what, NULL);
}

static char *
decimal(int port)
{
	char text[16];

	sprintf(text, "%d", port);
	return copy(text);
}

/* Whether a service answers for its name and protocol. */
static int
answers(const struct iana_service *s)
{
	size_t n = iana_services_named(s->registry, s->name, s->proto, NULL, 0);
	struct iana_service *all = checked(calloc(n + 1, sizeof *all));
	int found = 0;

	iana_services_named(s->registry, s->name, s->proto, all, n);
	for (size_t i = 0; i < n; i++)
		if (all[i].port >= 0) {
			found = all[i].record == s->record;
			break;
		}
	free(all);
	return found;
}

static void
print_names(const struct iana_registry *old, const struct iana_registry *new)
{
	size_t count;
	struct iana_service *all = every_service(old, &count);
	struct section lost = { NULL, 0 }, other = { NULL, 0 };

	for (size_t i = 0; i < count; i++) {
		const struct iana_service *s = &all[i];
		int port = iana_port_of(new, s->name, s->proto);
		char *before = decimal(s->port), *after = decimal(port);
		if (s->port >= 0 && s->port != port && answers(s))
			add_protocol(port < 0 ? &lost : &other, s, port < 0
				     ? copy(before) : arrow(before, after));
		free(before);
		free(after);
	}
	free(all);
	end_section("names that no longer answer", &lost);
	end_section("names that answer another port", &other);
}

/* ---- Ports --------------------------------------------------------------- */

static const char *
status_on(const struct iana_registry *in, int port, int i)
{
	return i == NO_PROTOCOL ? NULL : iana_status_name(
		iana_port_status(in, port, protocols[i]));
}

static const struct iana_registry *older;

/* A port without a name had none to lose. */
static const char *
name_on(const struct iana_registry *in, int port, int i)
{
	const char *name = iana_name_of(in, port, protocols[i]);

	return name || in == older ? name : "none";
}

static void
print_ports(const char *title, const struct iana_registry *old,
	    const struct iana_registry *new, on_port *what)
{
	struct runs runs = compare_ports(old, new, what);
	struct section s = { NULL, 0 };

	for (size_t i = 0; i < runs.count; i++) {
		const struct run *r = &runs.all[i];
		if (what != name_on || compare_text(r->before, r->after))
			add_line(&s, place_of_run(r),
				 arrow(r->before, r->after), NULL);
	}
	free(runs.all);
	end_section(title, &s);
}

/* ---- Services ------------------------------------------------------------ */

char *
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

static void
print_kind(const struct changes *changes, enum kind kind, const char *title)
{
	struct section s = { NULL, 0 };

	for (size_t i = 0; i < changes->count; i++) {
		const struct iana_service *old = changes->all[i].old;
		const struct iana_service *new = changes->all[i].new;
		if (changes->all[i].kind != kind)
			continue;
		if (kind == MOVED)
			add_line(&s, copy(old->name), moved(old, new), NULL);
		else if (kind == ADDED || kind == REMOVED)
			add_line(&s, copy((old ? old : new)->name),
				 where(old ? old : new), NULL);
		else
			add_line(&s, where(old), arrow(old->name, new->name),
				 NULL);
	}
	end_section(title, &s);
}

/* "moved alias-of http", or "registered" */
static char *
standing(const struct iana_service *s)
{
	const char *class = s->flags & IANA_LOCAL ? "local"
		: s->flags & IANA_MOVED ? "moved"
		: s->flags & IANA_ADDED ? "added" : "";
	struct iana_service head;
	char *text;

	if (!iana_service_alias_of(s, &head))
		return copy(*class ? class : "registered");
	text = checked(malloc(strlen(head.name) + sizeof "local alias-of "));
	sprintf(text, "%s%salias-of %s", class, *class ? " " : "", head.name);
	return text;
}

static void
print_standing(const struct changes *changes)
{
	struct section s = { NULL, 0 };

	for (size_t i = 0; i < changes->count; i++) {
		const struct change *c = &changes->all[i];
		if (c->kind != SAME)
			continue;
		char *before = standing(c->old), *after = standing(c->new);
		if (strcmp(before, after))
			add_line(&s, copy(c->old->name), where(c->old),
				 arrow(before, after));
		free(before);
		free(after);
	}
	end_section("standing changed", &s);
}

/* ---- The command --------------------------------------------------------- */

/* The order is that of registry/update/summarize-update.py. */
static void
compare(const struct iana_registry *old, const struct iana_registry *new)
{
	size_t old_count, new_count;
	struct iana_service *old_all = services_by_port(old, &old_count);
	struct iana_service *new_all = services_by_port(new, &new_count);
	struct changes changes = compare_services(old_all, old_count,
						  new_all, new_count);

	printf("registry: %s -> %s\n", iana_registry_updated(old),
	       iana_registry_updated(new));
	print_names(old, new);
	older = old;
	print_ports("ports whose first name changed", old, new, name_on);
	print_kind(&changes, REMOVED, "services removed");
	print_kind(&changes, REASSIGNED, "services reassigned");
	print_kind(&changes, RENAMED, "services renamed");
	print_kind(&changes, RESPELLED, "services respelled");
	print_kind(&changes, MOVED, "services moved");
	print_kind(&changes, ADDED, "services added");
	print_standing(&changes);
	print_ports("statuses changed", old, new, status_on);
	all_count += print_changed_details(old, new, &changes);
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

	if (count < 2)
		wrong_usage(count ? "NEW" : "OLD", "missing operand");
	if (count > 2)
		wrong_usage(files[2], "unexpected operand");
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
"\"built-in\" is the built-in one. First comes what can break programs, then\n"
"services, statuses and details. A service is moved if only its port is\n"
"different, and renamed if only its name is. Exit status: 0 nothing changed,\n"
"1 something changed, 2 wrong usage, 3 failure.\n",
	NULL, NULL, run, 0
};
