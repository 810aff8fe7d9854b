/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef IAP_LOAD_H
#define IAP_LOAD_H

#include "lookup/blob.h"

/* Like iana_registry_open_memory(), and takes over the memory. It is freed with
 * the registry, or at once on failure. */
IAP_HIDDEN int
iap_open_bytes(const void *data, size_t size, void *memory,
	       struct iana_registry **out);

/* Opens a file for reading. Returns a file descriptor, or -1. */
IAP_HIDDEN int
iap_open_path(const char *path);

/* Reads the rest of a file, which should have that many bytes. */
IAP_HIDDEN int
iap_read_whole(int fd, unsigned char *to, size_t size);

/* Like iana_registry_open(), for a file that is open. Closes it. */
IAP_HIDDEN int
iap_open_fd(int fd, struct iana_registry **out);

#endif
