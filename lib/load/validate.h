/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef IAP_VALIDATE_H
#define IAP_VALIDATE_H

#include "lookup/blob.h"

/* Check what can be told before all is there, from the header, or from the
 * whole of what is shorter. Returns 0 or one of enum iana_error. */
IAP_HIDDEN int
iap_check_head(const unsigned char *head, size_t size);

/* How much of a blob look-ups need, which is what stands before the details; its
 * head was checked. A file that has its details in a wrong place has none. */
IAP_HIDDEN size_t
iap_size_before_details(const unsigned char *head, size_t size);

/* Check that this part of a blob, whose head was checked, is what was written,
 * with its checksum, and fill in the layout. A blob that is wrong and has a
 * right checksum passes: this is for files of those who might as well replace
 * the library. Returns 0 or one of enum iana_error. */
IAP_HIDDEN int
iap_check_lookup_part(struct iana_registry *registry, size_t size);

/* Check all that a look-up relies on, in a registry whose blob is given, and
 * fill in the rest of it. Returns 0 or one of enum iana_error. */
IAP_HIDDEN int
iap_validate(struct iana_registry *registry, size_t size);

#endif
