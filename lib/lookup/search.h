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

#endif
