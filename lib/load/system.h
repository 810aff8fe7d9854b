/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef IAP_SYSTEM_H
#define IAP_SYSTEM_H

#include "lookup/blob.h"

/*
 * The registry for unchanged programs on this host: the host's own if it can be
 * used, otherwise NULL, the built-in one. The first call in a process decides
 * for all later ones, unless the system fails it for a reason that passes, such
 * as no file descriptor or no memory. It is thread-safe, and no cancellation
 * point. Each later call costs one load from memory. Only the NSS module and
 * the preload shim use this.
 */
IAP_HIDDEN const struct iana_registry *
iap_system_registry(void);

/* Open the host's registry, if only root can change it, and tell its size.
 * Returns a file descriptor, or one of enum iana_error. */
IAP_HIDDEN int
iap_open_system(uint64_t *size);

/* Whether it is older than the built-in one. */
IAP_HIDDEN int
iap_is_older(const struct iana_registry *reg);

#endif
