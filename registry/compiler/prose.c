/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#include "prose.h"

#include <stdlib.h>
#include <string.h>

/* None at the start, nor at the start of a reference. */
static void
owed_space(struct prose *p)
{
	size_t start = p->reference ? p->reference_start : 0;

	if (p->space && p->text->size > start)
		text_char(p->text, ' ');
	p->space = false;
}

void
prose_char(struct prose *p, char c)
{
	owed_space(p);
	text_char(p->text, c);
}

void
prose_space(struct prose *p)
{
	p->space = true;
}

static char *
upper(const char *s)
{
	char *copy = copy_string(s, strlen(s));

	for (char *c = copy; *c; c++)
		*c = *c >= 'a' && *c <= 'z' ? (char)(*c - 0x20) : *c;
	return copy;
}

void
prose_start_reference(struct prose *p, const char *type, const char *data)
{
	bool is_rfc = type && !strcmp(type, "rfc");

	p->space = p->space && !p->is_list;
	owed_space(p);
	text_char(p->text, '[');
	p->reference_start = p->text->size;
	if (!data)
		data = "";
	p->reference = is_rfc ? upper(data) : copy_string(data, strlen(data));
}

bool
prose_end_reference(struct prose *p)
{
	if (p->text->size == p->reference_start)
		text_add(p->text, p->reference, strlen(p->reference));

	bool found = p->text->size > p->reference_start;

	text_char(p->text, ']');
	p->space = false;
	free(p->reference);
	p->reference = NULL;
	return found;
}
