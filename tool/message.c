/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

#include "tool.h"
#include "text.h"

#include <stdio.h>
#include <stdlib.h>

void
complain(const char *what, const char *why)
{
	fputs("ianaport: ", stderr);
	put_text(what, stderr);
	fprintf(stderr, ": %s\n", why);
}

void *
checked(void *p)
{
	if (!p) {
		fputs("ianaport: out of memory\n", stderr);
		exit(FAILED);
	}
	return p;
}

void *
grow(void *array, size_t count, size_t size)
{
	if (count & (count - 1))
		return array;
	return checked(realloc(array, (2 * count + 1) * size));
}
