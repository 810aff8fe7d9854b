/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef IAP_SYSTEM_H
#define IAP_SYSTEM_H

#include "lookup/blob.h"

/*
 * The registry that programs of this host get which were never changed: the
 * host's own if it is to be used, otherwise NULL, the built-in one. The first
 * call in a process decides for all, and is thread-safe; the others cost a
 * load. Only NSS module and preload shim have this.
 */
IAP_HIDDEN const struct iana_registry *
iap_system_registry(void);

/* Open the host's registry, if it is root's alone, and tell its size. Returns a
 * file descriptor, or one of enum iana_error. */
IAP_HIDDEN int
iap_open_system(uint64_t *size);

/* Whether it is older than the built-in one. */
IAP_HIDDEN int
iap_is_older(const struct iana_registry *reg);

#endif
