/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef IAP_VALIDATE_H
#define IAP_VALIDATE_H

#include "lookup/blob.h"

/* Check what the header alone tells, before the rest is there. A file that is
 * shorter than a header is given as it is. Returns 0 or one of enum
 * iana_error. */
IAP_HIDDEN int
iap_check_head(const unsigned char *head, size_t size);

/* The size of the part of a blob that look-ups need: all before the details. If
 * the blob has no details, or has a wrong offset for them, this is the whole
 * blob. The head must have been checked. */
IAP_HIDDEN size_t
iap_size_before_details(const unsigned char *head, size_t size);

/* Check the checksum of this part of a blob, and fill in the layout. The head
 * must have been checked. A wrong blob with a right checksum passes, so this is
 * only for files of users who can replace the library as well. Returns 0 or one
 * of enum iana_error. */
IAP_HIDDEN int
iap_check_lookup_part(struct iana_registry *registry, size_t size);

/* Check everything that a look-up relies on in the blob of a registry, and fill
 * in the other members of the registry. Returns 0 or one of enum iana_error. */
IAP_HIDDEN int
iap_validate(struct iana_registry *registry, size_t size);

#endif
