/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef TEXT_H
#define TEXT_H

/* Growing byte buffers, and allocation that never returns NULL. The compiler is
 * a short-lived process, and keeps all that it read until it exits. */

#include "format/platform.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

struct text {
	char *data;             /* NUL-terminated once something was added */
	size_t size, room;
};

void
text_add(struct text *t, const void *data, size_t size);
void
text_char(struct text *t, char c);
void IAP_PRINTF(2)
text_printf(struct text *t, const char *format, ...);
void
text_vprintf(struct text *t, const char *format, va_list args);
void
text_le(struct text *t, uint64_t value, unsigned bytes);
/* The same, over what stands at an offset. */
void
text_put_le(struct text *t, size_t at, uint64_t value, unsigned bytes);

/* realloc() for one more element than count, doubling. */
void *
grow(void *array, size_t count, size_t element);
void *
allocate(size_t count, size_t element);
char *
copy_string(const char *s, size_t size);

#endif
