/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef IAP_LOAD_H
#define IAP_LOAD_H

#include "lookup/blob.h"

/* As iana_registry_open_memory(). Takes over memory, on failure too: freed with
 * the registry, or at once. */
IAP_HIDDEN int
iap_open_bytes(const void *data, size_t size, void *memory,
	       struct iana_registry **out);

#endif
