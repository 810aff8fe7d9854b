/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef C_SOURCE_H
#define C_SOURCE_H

#include "pack.h"

/* Bytes as the definition of a C array. */
void
print_array(struct text *out, const struct registry *registry,
	    const char *name, const struct text *array);

/* The header that declares the arrays and describes their layout. */
void
print_layout(struct text *out, const struct registry *registry,
	     const struct blob *blob);

#endif
