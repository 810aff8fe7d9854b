/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#include "text.h"
#include "messages.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *
checked(void *p)
{
	if (!p) {               /* a message would need memory, too */
		fputs("ianaport-compile: out of memory\n", stderr);
		exit(EXIT_FAILURE);
	}
	return p;
}

void *
allocate(size_t count, size_t element)
{
	return checked(calloc(count ? count : 1, element));
}

void *
grow(void *array, size_t count, size_t element)
{
	/* Room doubles whenever the count reaches a power of two. */
	if (count & (count - 1))
		return array;
	if (count > SIZE_MAX / 2 / element)
		return checked(NULL);
	return checked(realloc(array, (count ? 2 * count : 1) * element));
}

char *
copy_string(const char *s, size_t size)
{
	char *copy = allocate(size + 1, 1);

	if (size)
		memcpy(copy, s, size);
	return copy;
}

static void
text_room(struct text *t, size_t more)
{
	if (more < t->room - t->size)
		return;
	t->room = 2 * t->room + more + 64;
	t->data = checked(realloc(t->data, t->room));
}

void
text_add(struct text *t, const void *data, size_t size)
{
	text_room(t, size);
	if (size)
		memcpy(t->data + t->size, data, size);
	t->size += size;
	t->data[t->size] = '\0';
}

void
text_char(struct text *t, char c)
{
	text_add(t, &c, 1);
}

void
text_vprintf(struct text *t, const char *format, va_list args)
{
	va_list again;

	va_copy(again, args);
	int size = vsnprintf(NULL, 0, format, args);
	if (size < 0)
		fail_at("ianaport-compile", 0, "cannot format a message");
	text_room(t, (size_t)size);
	vsnprintf(t->data + t->size, (size_t)size + 1, format, again);
	t->size += (size_t)size;
	va_end(again);
}

void
text_printf(struct text *t, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	text_vprintf(t, format, args);
	va_end(args);
}

void
text_le(struct text *t, uint64_t value, unsigned bytes)
{
	for (unsigned i = 0; i < bytes; i++)
		text_char(t, (char)(value >> 8 * i & 0xff));
}

void
text_put_le(struct text *t, size_t at, uint64_t value, unsigned bytes)
{
	for (unsigned i = 0; i < bytes; i++)
		t->data[at + i] = (char)(value >> 8 * i & 0xff);
}
