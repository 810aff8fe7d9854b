/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef PACK_H
#define PACK_H

#include "registry.h"

/* A compiled registry, and its details, if wanted, by themselves. The counts
 * bound what any libc entry of it needs. */
struct blob {
	struct text bytes, details;
	struct iap_layout layout;
	size_t most_aliases, most_string_bytes;
};

void
pack(struct blob *blob, const struct registry *registry, bool with_details);

/* The blob as a file, with its details. */
struct text
whole_file(const struct blob *blob);

/* The header's u32s: what they are called, their offset in the blob, and where
 * they are in struct iap_layout. */
struct header_field {
	const char *name;
	size_t at, member;
};
extern const struct header_field header_fields[];
extern const size_t header_field_count;

uint32_t
header_value(const struct header_field *field, const struct iap_layout *l);

#endif
