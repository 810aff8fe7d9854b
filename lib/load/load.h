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

/* A file for reading, or -1. */
IAP_HIDDEN int
iap_open_path(const char *path);

/* The rest of a file, which should have so many bytes. */
IAP_HIDDEN int
iap_read_whole(int fd, unsigned char *to, size_t size);

/* As iana_registry_open(), but for a file that is open, and is closed then. */
IAP_HIDDEN int
iap_open_fd(int fd, struct iana_registry **out);

#endif
