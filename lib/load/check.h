/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef IAP_CHECK_H
#define IAP_CHECK_H

/* State that the parts of validation share. */

#include "lookup/blob.h"

/* What is known about a place in the records. */
enum iap_known {
	IAP_K_STARTS = 1,               /* a record starts there */
	IAP_K_COPY = 2,                 /* it is a copy */
	IAP_K_ALIAS = 4,                /* an alias, its head not yet found */
	IAP_K_LINKED = 8                /* a link leads to it */
};

struct iap_check {
	const struct iana_registry *reg;
	uint32_t places;
	uint32_t records, originals;
	uint32_t aliases;               /* their heads not found so far */
	unsigned char *known;           /* of each place */
};

static inline int
iap_is_original(const struct iap_check *c, uint32_t place)
{
	return (c->known[place] & (IAP_K_STARTS | IAP_K_COPY)) == IAP_K_STARTS;
}

#define IAP_TRY(call) \
	do { int error_ = (call); if (error_) return error_; } while (0)

/* Check the details, of that size. All records must be known by then. */
IAP_HIDDEN int
iap_check_details(const struct iap_check *c, size_t size);

#endif
