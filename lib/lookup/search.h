/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef IAP_SEARCH_H
#define IAP_SEARCH_H

#include "blob.h"

/* The first record of a name of n bytes, ASCII case ignored, or NULL. */
IAP_HIDDEN const unsigned char *
iap_find_name(const struct iana_registry *reg, const char *name, size_t n);

/* The same for the built-in registry alone. */
IAP_HIDDEN const unsigned char *
iap_find_builtin_name(const char *name, size_t n);

/* Compares a name of n bytes with a stored one like strncmp(), ASCII case
 * folded. */
IAP_HIDDEN int
iap_compare_name(const unsigned char *name, size_t n,
		 const unsigned char *stored);

/* The pilot of the bucket that a hash chooses. */
IAP_INLINE const unsigned char *
iap_pilot_of(const struct iana_registry *reg, uint64_t hash)
{
	return iap_blob(reg) + iap_at(reg)->pilots
		+ iap_bucket(hash, iap_at(reg)->buckets);
}

/* The cell of the slot that a name of 1 to IAP_HASHED bytes has, by its
 * hash. */
IAP_INLINE const unsigned char *
iap_slot_of(const struct iana_registry *reg, uint64_t hash)
{
	size_t slot = iap_slot(hash, *iap_pilot_of(reg, hash),
			       iap_at(reg)->slot_count);

	return iap_blob(reg) + iap_at(reg)->slots + slot * iap_at(reg)->cell;
}

#endif
