/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* Validation of the details. */

#include "check.h"
#include "lookup/details.h"

#include <errno.h>
#include <stdlib.h>

static int
check_details_layout(const unsigned char *d, size_t size)
{
	if (size < IAP_D_BYTES)
		return IANA_E_OFFSET;

	uint64_t samples = iap_u32(d + IAP_D_SAMPLES);
	uint64_t nameless = iap_u32(d + IAP_D_NAMELESS);
	uint64_t rows = iap_u32(d + IAP_D_ROWS);
	uint64_t strings = iap_u32(d + IAP_D_STRINGS);

	if (iap_u32(d + IAP_D_END) != size || samples != IAP_D_BYTES
	    || nameless < samples || (nameless - samples) % IAP_SAMPLE_BYTES
	    || rows < nameless || (rows - nameless) % IAP_NAMELESS_BYTES
	    || strings < rows || strings + IAP_ROW_ROOM > size)
		return IANA_E_OFFSET;
	if (!iap_is_zero(d + IAP_D_END + 4, IAP_D_BYTES - IAP_D_END - 4))
		return IANA_E_VALUE;
	return iap_is_zero(d + size - IAP_ROW_ROOM, IAP_ROW_ROOM)
		? 0 : IANA_E_STRING;
}

/* ---- Strings ------------------------------------------------------------- */

/* What is known about a byte of the details. */
enum { STARTS = 1, USED = 2 };

struct details {
	const unsigned char *d;
	unsigned char *known;           /* of each byte */
};

/* Strings follow each other, up to the zeros at the end. They are sorted, so
 * each is there once. */
static int
check_strings(const struct details *its, size_t size)
{
	const unsigned char *d = its->d, *p = iap_section(d, IAP_D_STRINGS);
	const char *before = "";

	while (*p) {
		const char *string = (const char *)p;
		its->known[p - d] = STARTS;
		p = iap_skip_text(p);
		if (*p++)
			return IANA_E_STRING;
		if (strcmp(before, string) >= 0)
			return IANA_E_ORDER;
		before = string;
	}

	size_t end = (size_t)(p - d);

	return (end + IAP_ROW_ROOM + 7) / 8 * 8 == size
		&& iap_is_zero(p, size - end) ? 0 : IANA_E_STRING;
}

/* Whether a string starts there. */
static int
is_text(const struct details *its, uint32_t offset)
{
	size_t at = (size_t)iap_u32(its->d + IAP_D_STRINGS) + offset;

	if (at >= iap_u32(its->d + IAP_D_END) || !its->known[at])
		return 0;
	its->known[at] = USED;
	return 1;
}

/* ---- Rows ---------------------------------------------------------------- */

static int
check_texts(const struct details *its, const struct iap_row *row)
{
	const unsigned both = 1u << IAP_CONTACT | 1u << IAP_ASSIGNEE;

	for (unsigned left = row->present; left; left &= left - 1)
		if (!is_text(its, row->text[iap_lowest_bit_of(left)]))
			return IANA_E_OFFSET;
	if ((row->present & both) == both
	    && row->text[IAP_CONTACT] == row->text[IAP_ASSIGNEE])
		return IANA_E_VALUE;

	const unsigned char *text = (const unsigned char *)row->description;
	const unsigned char *end = iap_skip_text(text);

	return *end || end - text > IAP_MOST_TEXT ? IANA_E_STRING : 0;
}

/* A row can be read before its end is known: after the rows there are
 * IAP_ROW_ROOM more bytes, enough for a row without its description, and the
 * details end with a NUL. */
static int
check_row(const struct details *its, const unsigned char **p,
	  struct iap_row *row)
{
	const unsigned char *end = iap_section(its->d, IAP_D_STRINGS);

	if (*p >= end)
		return IANA_E_COUNT;

	int is_rare = **p & IAP_ROW_RARE;

	*row = iap_next_row(p);
	if (*p > end)
		return IANA_E_OFFSET;
	if (row->present >= 1u << IAP_TEXTS
	    || !is_rare != !(row->present >> IAP_ROW_TEXTS))
		return IANA_E_VALUE;
	return check_texts(its, row);
}

/* Each string is there once. */
static int
say_the_same(const struct iap_row *a, const struct iap_row *b)
{
	return a->present == b->present
		&& !memcmp(a->text, b->text, sizeof a->text)
		&& !strcmp(a->description, b->description);
}

/* The rows of one record. Each that is split has one of the protocols, in their
 * order, leaves some for the rows after it, and says what the last does not. */
static int
check_rows(const struct details *its, const unsigned char **p, unsigned left)
{
	struct iap_row row[IAP_PROTOCOLS], *last = row;
	unsigned before = 0;

	for (;; last++) {
		IAP_TRY(check_row(its, p, last));
		if (!last->split)
			break;
		unsigned mask = last->mask;
		if (mask <= before || mask & (mask - 1) || mask & ~left
		    || mask == left)
			return IANA_E_VALUE;
		left &= ~mask;
		before = mask;
	}
	for (const struct iap_row *r = row; r < last; r++)
		if (say_the_same(r, last))
			return IANA_E_VALUE;
	return 0;
}

static int
check_nameless(const struct details *its)
{
	const unsigned char *d = its->d;
	uint32_t rows = iap_u32(d + IAP_D_ROWS);
	uint32_t size = iap_u32(d + IAP_D_STRINGS) - rows;
	size_t count = iap_nameless_count(d);
	unsigned before = 0;

	for (size_t i = 0; i < count; i++) {
		struct iap_nameless n = iap_nameless(d, i);
		if ((n.first << 8 | n.mask) < before)
			return IANA_E_ORDER;
		before = n.first << 8 | n.mask;
		if (n.last < n.first || !n.mask || n.mask > IAP_ANY
		    || n.mask & (n.mask - 1))
			return IANA_E_VALUE;
		if (i + IAP_MOST_NAMELESS < count && n.last >= iap_nameless(
			d, i + IAP_MOST_NAMELESS).first)
			return IANA_E_COUNT;
		if (n.row >= size || !its->known[rows + n.row])
			return IANA_E_OFFSET;
		its->known[rows + n.row] = USED;
	}
	return 0;
}

/* How far a record and its row are from the last sample. */
struct distance {
	struct iap_sample from;
	size_t samples;                 /* so far */
	uint32_t originals;
};

/* The next original record has a sample, or is not far from the last one. */
static int
check_sample(const unsigned char *d, struct distance *far, uint32_t place,
	     uint32_t row)
{
	int is_far = !far->samples || ++far->originals >= IAP_SAMPLE
		|| place - far->from.place > IAP_MOST_WORDS
		|| row - far->from.row > IAP_MOST_ROWS;

	if (!is_far)
		return 0;
	if (far->samples == iap_sample_count(d))
		return IANA_E_COUNT;
	far->from = iap_sample(d, far->samples++);
	far->originals = 0;
	return far->from.place == place && far->from.row == row
		? 0 : IANA_E_OFFSET;
}

/* A record that IANA does not have has one row, and nothing in it. */
static int
check_added(const unsigned char *row)
{
	return row[0] || row[1] ? IANA_E_VALUE : 0;
}

/* The rows of all original records, with their samples. */
static int
check_services(const struct iap_check *c, const struct details *its,
	       const unsigned char **p)
{
	const unsigned char *rows = *p;
	struct distance far = { .samples = 0 };

	for (uint32_t place = 0; place < c->places; place++) {
		if (!iap_is_original(c, place))
			continue;
		const unsigned char *r = iap_record_of_place(c->reg, place);
		const unsigned char *row = *p;
		IAP_TRY(check_sample(its->d, &far, place,
				     (uint32_t)(row - rows)));
		IAP_TRY(check_rows(its, p, iap_bits(r) & IAP_ANY));
		if (iap_bits(r) & IAP_EXTENDED
		    && iap_extra_of(c->reg, r).flags & IAP_ADDED)
			IAP_TRY(check_added(row));
	}
	return far.samples == iap_sample_count(its->d) ? 0 : IANA_E_COUNT;
}

/* Compares two rows that follow each other, up to end. No row is the start of
 * another one. */
static int
compare_rows(const unsigned char *row, const unsigned char *next,
	     const unsigned char *end)
{
	return memcmp(row, next, (size_t)(next - row < end - next
					  ? next - row : end - next));
}

/* After them come the rows of nameless records. They are sorted, so each is
 * there once. */
static int
check_rest(const struct details *its, const unsigned char *p)
{
	const unsigned char *before = NULL;

	while (p < iap_section(its->d, IAP_D_STRINGS)) {
		const unsigned char *row = p;
		if (*p & IAP_ROW_SPLIT)
			return IANA_E_VALUE;
		its->known[p - its->d] = STARTS;
		IAP_TRY(check_rows(its, &p, IAP_ANY));
		if (before && compare_rows(before, row, p) >= 0)
			return IANA_E_ORDER;
		before = row;
	}
	return check_nameless(its);
}

static int
check_parts(const struct iap_check *c, const struct details *its,
	       size_t size)
{
	const unsigned char *p = iap_section(its->d, IAP_D_ROWS);

	IAP_TRY(check_strings(its, size));
	IAP_TRY(check_services(c, its, &p));
	IAP_TRY(check_rest(its, p));
	return memchr(its->known, STARTS, size) ? IANA_E_COUNT : 0;
}

int
iap_check_details(const struct iap_check *c, size_t size)
{
	struct details its = { .d = c->reg->details };

	IAP_TRY(check_details_layout(its.d, size));
	its.known = calloc(size, 1);
	if (!its.known) {
		errno = ENOMEM;
		return IANA_E_SYSTEM;
	}

	int error = check_parts(c, &its, size);

	free(its.known);
	return error;
}
