/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/*
 * The details, as format/layout.h specifies them: what the registry's columns
 * say of each service, and of each record without a name. Texts are said many
 * times, so that each stands once; descriptions of services are not, and stand
 * in their rows. Records without a name mostly say the same, and share rows.
 */

#include "pack_details.h"
#include "messages.h"

#include <stdlib.h>
#include <string.h>

struct details {
	const struct groups *groups;
	const size_t *place;
	size_t *service;                /* all, by place, then protocol */
	const char **text;              /* distinct texts, sorted */
	size_t texts;
	uint32_t *offset;               /* of each in the strings */
	/* Of the last sample, and how many records came after it. */
	size_t sample_place, sample_row, since_sample;
	struct text samples, nameless, rows, strings;
};

/* What a record says, in the order of enum iap_text, the description last. */
static void
texts_of(const struct record *r, const char *text[IAP_TEXTS + 1])
{
	static const struct record none;

	if (!r)
		r = &none;

	const char *texts[IAP_TEXTS + 1] = {
		[IAP_CONTACT] = r->contact.text,
		[IAP_ASSIGNEE] = r->assignee.text,
		[IAP_REGISTERED] = r->registered,
		[IAP_MODIFIED] = r->modified,
		[IAP_REFERENCE] = r->reference.text,
		[IAP_NOTE] = r->note.text,
		[IAP_SERVICE_CODE] = r->service_code.text,
		[IAP_UNAUTHORIZED_USE] = r->unauthorized.text,
		[IAP_DESCRIPTION] = r->description.text,
	};

	for (size_t i = 0; i <= IAP_TEXTS; i++)
		text[i] = texts[i] ? texts[i] : "";
	if (!strcmp(text[IAP_ASSIGNEE], text[IAP_CONTACT]))
		text[IAP_ASSIGNEE] = "";
}

static bool
say_the_same(const struct record *a, const struct record *b)
{
	const char *x[IAP_TEXTS + 1], *y[IAP_TEXTS + 1];

	texts_of(a, x);
	texts_of(b, y);
	for (size_t i = 0; i <= IAP_TEXTS; i++)
		if (strcmp(x[i], y[i]))
			return false;
	return true;
}

/* ---- Strings ------------------------------------------------------------- */

static int
compare_texts(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void
add_text(struct details *d, const char *text)
{
	d->text = grow(d->text, d->texts, sizeof *d->text);
	d->text[d->texts++] = text;
}

static void
add_texts(struct details *d, const struct record *record)
{
	const char *text[IAP_TEXTS + 1];

	texts_of(record, text);
	for (size_t i = 0; i < IAP_TEXTS; i++)
		if (*text[i])
			add_text(d, text[i]);
}

static void
collect_texts(struct details *d)
{
	const struct registry *registry = d->groups->registry;

	for (size_t i = 0; i < registry->services; i++)
		add_texts(d, registry->service[i].source);
	for (size_t i = 0; i < registry->nameless_count; i++)
		add_texts(d, registry->nameless[i].source);
}

static void
write_strings(struct details *d)
{
	size_t n = 0;

	collect_texts(d);
	if (d->texts)
		qsort(d->text, d->texts, sizeof *d->text, compare_texts);
	for (size_t i = 0; i < d->texts; i++)
		if (!n || strcmp(d->text[n - 1], d->text[i]))
			d->text[n++] = d->text[i];
	d->texts = n;
	d->offset = allocate(n, sizeof *d->offset);
	for (size_t i = 0; i < n; i++) {
		d->offset[i] = (uint32_t)d->strings.size;
		text_add(&d->strings, d->text[i], strlen(d->text[i]) + 1);
	}
	if (d->strings.size > 0xffffff)
		fail_at(d->groups->registry->file, 0, "the details have 16 "
			"MiB or more of text, which the format cannot hold");
}

static uint32_t
offset_of(const struct details *d, const char *text)
{
	const char **found = bsearch(&text, d->text, d->texts, sizeof *d->text,
				     compare_texts);

	return d->offset[found - d->text];
}

/* ---- Rows ---------------------------------------------------------------- */

/* qsort() has no argument for it; the compiler has one thread. */
static const struct details *sorting;

static size_t
place_of(const struct details *d, size_t service)
{
	return d->place[d->groups->of[service]];
}

static int
compare_services(const void *a, const void *b)
{
	size_t x = *(const size_t *)a, y = *(const size_t *)b;
	size_t s = place_of(sorting, x), t = place_of(sorting, y);
	const struct service *service = sorting->groups->registry->service;

	return s != t ? (s > t) - (s < t)
		: (int)service[x].proto - (int)service[y].proto;
}

static void
sort_services(struct details *d)
{
	size_t n = d->groups->registry->services;

	d->service = allocate(n, sizeof *d->service);
	for (size_t i = 0; i < n; i++)
		d->service[i] = i;
	sorting = d;
	qsort(d->service, n, sizeof *d->service, compare_services);
}

static unsigned
bits_of(const char *text[IAP_TEXTS])
{
	unsigned bits = 0;

	for (unsigned i = 0; i < IAP_TEXTS; i++)
		bits |= *text[i] ? 1u << i : 0;
	return bits;
}

/* @mask: of the protocols that the row is for; 0 for all that are left. */
static void
write_row(const struct details *d, struct text *out,
	  const struct record *record, unsigned mask)
{
	const char *text[IAP_TEXTS + 1];

	texts_of(record, text);

	unsigned bits = bits_of(text), rare = bits >> IAP_ROW_TEXTS;

	text_le(out, (bits & ((1u << IAP_ROW_TEXTS) - 1))
		| (rare ? IAP_ROW_RARE : 0) | (mask ? IAP_ROW_SPLIT : 0), 1);
	if (mask)
		text_le(out, mask, 1);
	for (unsigned i = 0; i < IAP_TEXTS; i++) {
		if (i == IAP_ROW_TEXTS && rare)
			text_le(out, rare, 1);
		if (*text[i])
			text_le(out, offset_of(d, text[i]), IAP_TEXT_BYTES);
	}
	text_add(out, text[IAP_DESCRIPTION], strlen(text[IAP_DESCRIPTION]) + 1);
}

/* The rows of one record's services: those that differ from the last one, then
 * that one. */
static void
write_rows(struct details *d, const size_t *service, size_t count)
{
	const struct service *all = d->groups->registry->service;
	const struct record *last = all[service[count - 1]].source;

	for (size_t i = 0; i + 1 < count; i++) {
		const struct service *s = &all[service[i]];
		if (!say_the_same(s->source, last))
			write_row(d, &d->rows, s->source, 1u << s->proto);
	}
	write_row(d, &d->rows, last, 0);
}

/* The next record is there. It gets a sample if it is far from the last one. */
static void
sample(struct details *d, size_t place)
{
	if (d->samples.size && ++d->since_sample < IAP_SAMPLE
	    && place - d->sample_place <= IAP_MOST_WORDS
	    && d->rows.size - d->sample_row <= IAP_MOST_ROWS)
		return;
	d->since_sample = 0;
	d->sample_place = place;
	d->sample_row = d->rows.size;
	text_le(&d->samples, place, 4);
	text_le(&d->samples, d->rows.size, 4);
}

static void
write_all_rows(struct details *d)
{
	size_t n = d->groups->registry->services, count;

	sort_services(d);
	for (size_t i = 0; i < n; i += count) {
		size_t place = place_of(d, d->service[i]);
		for (count = 1; i + count < n; count++)
			if (place_of(d, d->service[i + count]) != place)
				break;
		sample(d, place);
		write_rows(d, &d->service[i], count);
	}
}

/* ---- Records without a name ---------------------------------------------- */

struct nameless_row {
	struct text bytes;
	size_t index;                   /* of the record */
};

static int
compare_rows(const void *a, const void *b)
{
	const struct text *x = &((const struct nameless_row *)a)->bytes;
	const struct text *y = &((const struct nameless_row *)b)->bytes;
	int order = memcmp(x->data, y->data,
			   x->size < y->size ? x->size : y->size);

	return order ? order : (x->size > y->size) - (x->size < y->size);
}

/* Write rows behind those of the services, each once. Returns where the row of
 * each record starts. */
static size_t *
share_rows(struct details *d)
{
	const struct registry *registry = d->groups->registry;
	size_t n = registry->nameless_count, at = 0;
	struct nameless_row *row = allocate(n, sizeof *row);
	size_t *start = allocate(n, sizeof *start);

	for (size_t i = 0; i < n; i++) {
		write_row(d, &row[i].bytes, registry->nameless[i].source, 0);
		row[i].index = i;
	}
	if (n)
		qsort(row, n, sizeof *row, compare_rows);
	for (size_t i = 0; i < n; i++) {
		if (!i || compare_rows(&row[i - 1], &row[i])) {
			at = d->rows.size;
			text_add(&d->rows, row[i].bytes.data,
				 row[i].bytes.size);
		}
		start[row[i].index] = at;
	}
	for (size_t i = 0; i < n; i++)
		free(row[i].bytes.data);
	free(row);
	return start;
}

static void
check_nameless(const struct registry *registry)
{
	const struct nameless *nameless = registry->nameless;

	for (size_t i = IAP_MOST_NAMELESS; i < registry->nameless_count; i++)
		if (nameless[i - IAP_MOST_NAMELESS].last >= nameless[i].first)
			fail_at(registry->file, 0, "more than %d records "
				"without a name start within another one, or "
				"on the port %d", IAP_MOST_NAMELESS,
				nameless[i].first);
}

static void
write_nameless(struct details *d)
{
	const struct registry *registry = d->groups->registry;
	size_t *start = share_rows(d);

	check_nameless(registry);
	if (d->rows.size > 0xffffff && registry->nameless_count)
		fail_at(registry->file, 0, "the details have 16 MiB or more "
			"of descriptions, which the format cannot hold");
	for (size_t i = 0; i < registry->nameless_count; i++) {
		const struct nameless *nameless = &registry->nameless[i];
		text_le(&d->nameless, (uint64_t)nameless->first, 2);
		text_le(&d->nameless, (uint64_t)nameless->last, 2);
		text_le(&d->nameless, 1u << nameless->proto, 1);
		text_le(&d->nameless, start[i], 3);
	}
	free(start);
}

/* ---- All together -------------------------------------------------------- */

void
pack_details(struct text *out, const struct groups *groups, const size_t *place)
{
	static const char zeros[IAP_ROW_ROOM];
	struct details d = { .groups = groups, .place = place };
	const struct text *section[] = { &d.samples, &d.nameless, &d.rows,
					 &d.strings };
	size_t at = IAP_D_BYTES;

	write_strings(&d);
	write_all_rows(&d);
	write_nameless(&d);
	text_add(&d.strings, zeros, IAP_ROW_ROOM);
	for (size_t i = 0; i < 4; at += section[i++]->size)
		text_le(out, at, 4);
	at = (at + 7) / 8 * 8;
	text_le(out, at, 8);
	for (size_t i = 0; i < 4; i++)
		text_add(out, section[i]->data, section[i]->size);
	text_add(out, zeros, at - out->size);
	for (size_t i = 0; i < 4; i++)
		free(section[i]->data);
	free(d.service), free(d.text), free(d.offset);
}
