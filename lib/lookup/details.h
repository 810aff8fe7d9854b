/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef IAP_DETAILS_H
#define IAP_DETAILS_H

/* The only reader of the details, which format/layout.h specifies. */

#include "blob.h"

/* A section of the details, one of enum iap_details_header. */
static inline const unsigned char *
iap_section(const unsigned char *details, enum iap_details_header section)
{
	return details + iap_u32(details + section);
}

/* ---- Samples ------------------------------------------------------------- */

struct iap_sample {
	uint32_t place;                 /* of an original record */
	uint32_t row;                   /* where its first row starts in ROWS */
};

static inline struct iap_sample
iap_sample(const unsigned char *details, size_t index)
{
	const unsigned char *p = iap_section(details, IAP_D_SAMPLES)
		+ index * IAP_SAMPLE_BYTES;

	return (struct iap_sample){ iap_u32(p), iap_u32(p + 4) };
}

static inline size_t
iap_sample_count(const unsigned char *details)
{
	return (size_t)(iap_section(details, IAP_D_NAMELESS)
			- iap_section(details, IAP_D_SAMPLES))
		/ IAP_SAMPLE_BYTES;
}

/* ---- Records without a name ---------------------------------------------- */

struct iap_nameless {
	unsigned first, last, mask;
	uint32_t row;                   /* where it starts in ROWS */
};

static inline struct iap_nameless
iap_nameless(const unsigned char *details, size_t index)
{
	const unsigned char *p = iap_section(details, IAP_D_NAMELESS)
		+ index * IAP_NAMELESS_BYTES;

	return (struct iap_nameless){ iap_u16(p), iap_u16(p + 2), p[4],
				      iap_u24(p + 5) };
}

static inline size_t
iap_nameless_count(const unsigned char *details)
{
	return (size_t)(iap_section(details, IAP_D_ROWS)
			- iap_section(details, IAP_D_NAMELESS))
		/ IAP_NAMELESS_BYTES;
}

/* ---- Rows ---------------------------------------------------------------- */

struct iap_row {
	unsigned split, mask;           /* not split: for all protocols */
	unsigned present;               /* a bit for each enum iap_text */
	uint32_t text[IAP_TEXTS];       /* offsets in STRINGS */
	const char *description;
};

/* The texts whose bits are in mask. */
static inline void
iap_read_texts(const unsigned char **p, struct iap_row *row, unsigned mask)
{
	for (; mask; mask &= mask - 1) {
		row->text[iap_lowest_bit_of(mask)] = iap_u24(*p);
		*p += IAP_TEXT_BYTES;
	}
}

/* Decode the row at *p, and move *p to the byte after it. */
static inline struct iap_row
iap_next_row(const unsigned char **p)
{
	struct iap_row row = { 0 };
	unsigned bits = *(*p)++;

	row.split = bits & IAP_ROW_SPLIT;
	row.mask = row.split ? *(*p)++ : IAP_ANY;
	row.present = bits & ((1u << IAP_ROW_TEXTS) - 1);
	iap_read_texts(p, &row, row.present);
	if (bits & IAP_ROW_RARE) {
		unsigned rare = (unsigned)*(*p)++ << IAP_ROW_TEXTS;
		row.present |= rare;
		iap_read_texts(p, &row, rare & ((1u << IAP_TEXTS) - 1));
	}
	row.description = (const char *)*p;
	*p += strlen(row.description) + 1;
	return row;
}

static inline const char *
iap_string(const unsigned char *details, uint32_t text)
{
	return (const char *)iap_section(details, IAP_D_STRINGS) + text;
}

#endif
