/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

#include "diff.h"
#include "row.h"
#include "text.h"
#include "tool.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIELDS = 9 };

static const struct {
	const char *name;
	const char *(*of)(const struct iana_service *service);
} fields[FIELDS] = {
	{ "description", iana_service_description },
	{ "assignee", iana_service_assignee },
	{ "contact", iana_service_contact },
	{ "reference", iana_service_reference },
	{ "registration date", iana_service_registered },
	{ "modification date", iana_service_modified },
	{ "note", iana_service_note },
	{ "service code", iana_service_code },
	{ "unauthorized use", iana_service_unauthorized_use },
};

/* A change of a field, and where it is. */
struct detail {
	int field;
	const char *name, *before, *after;
	char *places;                   /* for free(3) */
	size_t order;
};

struct details {
	struct detail *all;
	size_t count;
};

static void
add_detail(struct details *d, struct detail one)
{
	d->all = grow(d->all, d->count, sizeof *d->all);
	one.order = d->count;
	d->all[d->count++] = one;
}

/* ---- Of services, and of ports without one ------------------------------- */

static void
add_service(struct details *d, const struct iana_service *old,
	    const struct iana_service *new)
{
	for (int i = 0; i < FIELDS; i++) {
		const char *before = fields[i].of(old);
		const char *after = fields[i].of(new);
		if (strcmp(before, after))
			add_detail(d, (struct detail){ i, new->name, before,
						       after, where(new), 0 });
	}
}

/* Which protocols have a nameless record of a port that changed, as bits. */
static unsigned char changed[65536];

static int
is_same(const struct iana_service *a, const struct iana_service *b)
{
	for (int i = 0; i < FIELDS; i++)
		if (strcmp(fields[i].of(a), fields[i].of(b)))
			return 0;
	return 1;
}

static void
find_changed(const struct iana_registry *old, const struct iana_registry *new)
{
	struct iana_service a, b;

	for (int port = 0; port <= 65535; port++)
		for (int i = 0; i < PROTOCOLS; i++)
			if (iana_nameless_on(old, port, protocols[i], &a)
			    && iana_nameless_on(new, port, protocols[i], &b)
			    && !is_same(&a, &b))
				changed[port] |= (unsigned char)(1 << i);
}

static int field;

static const char *
field_on(const struct iana_registry *in, int port, int i)
{
	struct iana_service nameless;

	if (!(changed[port] & 1 << i))
		return NULL;
	iana_nameless_on(in, port, protocols[i], &nameless);
	return fields[field].of(&nameless);
}

static void
add_nameless(struct details *d, const struct iana_registry *old,
	     const struct iana_registry *new)
{
	find_changed(old, new);
	for (field = 0; field < FIELDS; field++) {
		struct runs runs = compare_ports(old, new, field_on);
		for (size_t i = 0; i < runs.count; i++) {
			const struct run *r = &runs.all[i];
			add_detail(d, (struct detail){ field, "", r->before,
						       r->after,
						       place_of_run(r), 0 });
		}
		free(runs.all);
	}
}

/* ---- Together ------------------------------------------------------------ */

static int
compare_content(const struct detail *x, const struct detail *y)
{
	int c = x->field - y->field;

	if (!c)
		c = strcmp(x->name, y->name);
	if (!c)
		c = strcmp(x->before, y->before);
	return c ? c : strcmp(x->after, y->after);
}

static int
compare_order(const void *a, const void *b)
{
	const struct detail *x = a, *y = b;

	return x->order < y->order ? -1 : x->order > y->order;
}

static int
compare(const void *a, const void *b)
{
	int c = compare_content(a, b);

	return c ? c : compare_order(a, b);
}

/* Joins the places of the same change, in the order of their services. */
static void
join(struct details *d)
{
	size_t n = 0;

	if (d->count)
		qsort(d->all, d->count, sizeof *d->all, compare);
	for (size_t i = 0; i < d->count; i++) {
		struct detail *last = n ? &d->all[n - 1] : NULL;
		if (!last || compare_content(last, &d->all[i])) {
			d->all[n++] = d->all[i];
			continue;
		}
		last->places = checked(realloc(last->places,
			strlen(last->places) + strlen(d->all[i].places) + 3));
		strcat(strcat(last->places, ", "), d->all[i].places);
		free(d->all[i].places);
	}
	d->count = n;
	if (n)
		qsort(d->all, n, sizeof *d->all, compare_order);
}

static void
put_side(char sign, const char *text)
{
	printf("            %c%s", sign, *text ? " " : "");
	put_text(text, stdout);
	putchar('\n');
}

static void
print_field(const struct details *d, int of)
{
	size_t n = 0;

	for (size_t i = 0; i < d->count; i++)
		n += d->all[i].field == of;
	printf("    %s: %zu\n", fields[of].name, n);
	for (size_t i = 0; i < d->count; i++) {
		const struct detail *one = &d->all[i];
		if (one->field != of)
			continue;
		fputs("        ", stdout);
		put_text(one->name, stdout);
		printf("%s%s\n", *one->name ? "  " : "", one->places);
		put_side('-', one->before);
		put_side('+', one->after);
	}
}

/* Fields come in the order of their first changes. */
static void
print_fields(const struct details *d)
{
	unsigned printed = 0;

	for (size_t i = 0; i < d->count; i++) {
		unsigned bit = 1u << d->all[i].field;
		if (!(printed & bit))
			print_field(d, d->all[i].field);
		printed |= bit;
	}
}

int
has_details(const struct iana_registry *r)
{
	struct iana_service s;
	uint32_t cursor = 0;

	while (iana_service_next(r, &cursor, &s))
		if (*iana_service_description(&s))
			return 1;
	return 0;
}

size_t
print_changed_details(const struct iana_registry *old,
		      const struct iana_registry *new,
		      const struct changes *changes)
{
	static const enum kind order[] = {
		SAME, MOVED, RESPELLED, REASSIGNED, RENAMED
	};
	struct details d = { NULL, 0 };

	if (has_details(old) != has_details(new)) {
		puts("details changed: unknown, as one registry has none");
		return 0;
	}
	for (size_t k = 0; k < sizeof order / sizeof *order; k++)
		for (size_t i = 0; i < changes->count; i++)
			if (changes->all[i].kind == order[k])
				add_service(&d, changes->all[i].old,
					    changes->all[i].new);
	add_nameless(&d, old, new);
	join(&d);
	printf("details changed: %zu\n", d.count);
	print_fields(&d);
	for (size_t i = 0; i < d.count; i++)
		free(d.all[i].places);
	free(d.all);
	return d.count;
}
