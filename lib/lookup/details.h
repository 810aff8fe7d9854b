/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef IAP_DETAILS_H
#define IAP_DETAILS_H

/* The one reader of the details, whose layout format/layout.h
 * specifies. */

#include "blob.h"

struct iap_row {
	unsigned split, mask;           /* mask of protocols; all if not split */
	unsigned present;               /* a bit for each enum iap_text */
	uint32_t text[IAP_TEXTS];       /* offsets in STRINGS */
	const char *description;
};

/* Take the row at *p apart up to its description; *p moves there. */
static inline struct iap_row
iap_row_start(const unsigned char **p)
{
	struct iap_row row = { 0 };
	unsigned bits = *(*p)++;

	row.split = bits & IAP_ROW_SPLIT;
	row.mask = row.split ? *(*p)++ : IAP_ANY;
	row.present = bits & ((1u << IAP_ROW_TEXTS) - 1);
	for (unsigned i = 0; i < IAP_TEXTS; i++) {
		if (i == IAP_ROW_TEXTS && bits & IAP_ROW_RARE)
			row.present |= (unsigned)*(*p)++ << IAP_ROW_TEXTS;
		if (!(row.present & 1u << i))
			continue;
		row.text[i] = iap_u24(*p);
		*p += IAP_TEXT_BYTES;
	}
	row.description = (const char *)*p;
	return row;
}

/* The same, and *p moves behind the row. */
static inline struct iap_row
iap_next_row(const unsigned char **p)
{
	struct iap_row row = iap_row_start(p);

	*p += strlen(row.description) + 1;
	return row;
}

/* A section of the details, one of enum iap_details_header. */
static inline const unsigned char *
iap_section(const unsigned char *details, enum iap_details_header section)
{
	return details + iap_u32(details + section);
}

#endif
