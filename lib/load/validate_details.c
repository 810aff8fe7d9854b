/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* Validation of the details. */

#include "check.h"
#include "lookup/details.h"

#include <errno.h>
#include <stdlib.h>

static int
check_details_layout(const struct iap_check *c, const unsigned char *d,
		     size_t size)
{
	if (size < IAP_D_BYTES || size % 8)
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
	if (iap_sample_count(d)
	    != (c->originals + IAP_SAMPLE - 1) / IAP_SAMPLE)
		return IANA_E_COUNT;
	return d[size - 1] ? IANA_E_STRING : 0;
}

/* The last byte of the details is a NUL, so the last string has an end. */
static int
is_text(const unsigned char *d, uint32_t offset)
{
	return offset < iap_u32(d + IAP_D_END) - iap_u32(d + IAP_D_STRINGS);
}

/* The rows of one record. A row can be read before its end is known: after the
 * rows there are IAP_ROW_ROOM more bytes, enough for a row without its
 * description, and the details end with a NUL. */
static int
check_rows(const unsigned char *d, const unsigned char **p)
{
	const unsigned char *end = iap_section(d, IAP_D_STRINGS);
	struct iap_row row;

	do {
		if (*p >= end)
			return IANA_E_COUNT;
		row = iap_next_row(p);
		if (*p > end)
			return IANA_E_OFFSET;
		if (!row.mask || row.mask > IAP_ANY
		    || row.present >= 1u << IAP_TEXTS)
			return IANA_E_VALUE;
		for (int i = 0; i < IAP_TEXTS; i++)
			if (row.present & 1u << i && !is_text(d, row.text[i]))
				return IANA_E_OFFSET;
	} while (row.split);
	return 0;
}

/* Where one of these rows starts, and whether a record has it. */
enum { ROW = 1, USED = 2 };

static int
check_nameless(const unsigned char *d, unsigned char *known)
{
	uint32_t size = (uint32_t)(iap_section(d, IAP_D_STRINGS)
				   - iap_section(d, IAP_D_ROWS));
	size_t count = iap_nameless_count(d);
	unsigned before = 0;

	for (size_t i = 0; i < count; i++) {
		struct iap_nameless n = iap_nameless(d, i);
		if (n.first < before)
			return IANA_E_ORDER;
		before = n.first;
		if (n.last < n.first || !n.mask || n.mask > IAP_ANY)
			return IANA_E_VALUE;
		if (n.row >= size || !known[n.row])
			return IANA_E_OFFSET;
		known[n.row] = USED;
	}
	return 0;
}

/* The rows of all original records, with their samples. */
static int
check_services(const struct iap_check *c, const unsigned char *d,
	       const unsigned char **p)
{
	const unsigned char *rows = *p;
	uint32_t originals = 0;

	for (uint32_t place = 0; place < c->places; place++) {
		if (!iap_is_original(c, place))
			continue;
		if (originals % IAP_SAMPLE == 0) {
			struct iap_sample sample
				= iap_sample(d, originals / IAP_SAMPLE);
			if (sample.place != place
			    || sample.row != (size_t)(*p - rows))
				return IANA_E_OFFSET;
		}
		originals++;
		IAP_TRY(check_rows(d, p));
	}
	return 0;
}

/* After them come the rows of nameless records. */
static int
check_rest(const unsigned char *d, const unsigned char *p,
	   unsigned char *known, size_t size)
{
	const unsigned char *rows = iap_section(d, IAP_D_ROWS);

	while (p < iap_section(d, IAP_D_STRINGS)) {
		if (*p & IAP_ROW_SPLIT)
			return IANA_E_VALUE;
		known[p - rows] = ROW;
		IAP_TRY(check_rows(d, &p));
	}
	IAP_TRY(check_nameless(d, known));
	return memchr(known, ROW, size) ? IANA_E_COUNT : 0;
}

int
iap_check_details(const struct iap_check *c, size_t size)
{
	const unsigned char *d = c->reg->details;

	IAP_TRY(check_details_layout(c, d, size));

	const unsigned char *p = iap_section(d, IAP_D_ROWS);

	IAP_TRY(check_services(c, d, &p));

	unsigned char *known = calloc(size, 1);

	if (!known) {
		errno = ENOMEM;
		return IANA_E_SYSTEM;
	}

	int error = check_rest(d, p, known, size);

	free(known);
	return error;
}
