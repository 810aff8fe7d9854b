/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* The search for a name. */

#include "search.h"

int
iap_compare_name(const unsigned char *name, size_t n,
		 const unsigned char *stored)
{
	size_t i = 0;

	while (i < n && (name[i] == stored[i]
			 || iap_fold(name[i]) == iap_fold(stored[i])))
		i++;
	return (i < n ? iap_fold(name[i]) : 0) - iap_fold(stored[i]);
}

static IAP_RARE const unsigned char *
if_named(const unsigned char *record, const unsigned char *name, size_t n)
{
	return iap_compare_name(name, n, record + IAP_NAME_AT) ? NULL : record;
}

/* A binary search, for longer names: only a site's own files have them. */
static IAP_RARE const unsigned char *
find_long_name(const struct iana_registry *reg, const unsigned char *name,
	       size_t n)
{
	uint32_t low = 0, high = (iap_at(reg)->chunks - iap_at(reg)->longs)
		/ iap_at(reg)->cell;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		const unsigned char *record
			= iap_record_at(reg, iap_at(reg)->longs, middle);
		int d = iap_compare_name(name, n, record + IAP_NAME_AT);
		if (!d)
			return record;
		if (d < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

/*
 * Every slot holds the place of some record, and IAP_PADDING bytes follow the
 * last one. So the name there can be compared without a bounds check. A query
 * usually has the spelling of the name in its slot, or differs from it in more
 * than case. So the careful comparison is rare.
 */
IAP_INLINE const unsigned char *
find_name(const struct iana_registry *reg, const char *text, size_t n)
{
	const unsigned char *name = (const unsigned char *)text;

	if (n < 1 || n > IAP_HASHED)
		return n ? find_long_name(reg, name, n) : NULL;

	struct iap_letters asked = iap_letters_of(name, n);
	uint64_t hash = iap_hash(asked, n, iap_at(reg)->key);
	const unsigned char *record = iap_record(reg, iap_slot_of(reg, hash));
	const unsigned char *stored = record + IAP_NAME_AT;
	struct iap_letters found = iap_letters_of(stored, n);
	uint64_t differ = (asked.front ^ found.front)
		| (asked.back ^ found.back);

	if (!(differ | stored[n]))
		return record;
	return differ & ~IAP_CASE_BITS ? NULL : if_named(record, name, n);
}

/* A copy of the code in which every offset is a constant. */
const unsigned char *
iap_find_builtin_name(const char *name, size_t n)
{
	return find_name(IAP_BUILTIN, name, n);
}

const unsigned char *
iap_find_name(const struct iana_registry *reg, const char *name, size_t n)
{
	return reg ? find_name(reg, name, n) : iap_find_builtin_name(name, n);
}
