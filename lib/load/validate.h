/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef IAP_VALIDATE_H
#define IAP_VALIDATE_H

#include "lookup/blob.h"

/* Check what can be told before all is there, from the header, or from the
 * whole of what is shorter. Returns 0 or one of enum iana_error. */
IAP_HIDDEN int
iap_check_head(const unsigned char *head, size_t size);

/* Check all that a look-up relies on, in a registry whose blob is given, and
 * fill in the rest of it. Returns 0 or one of enum iana_error. */
IAP_HIDDEN int
iap_validate(struct iana_registry *registry, size_t size);

#endif
