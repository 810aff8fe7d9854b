/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef PROSE_H
#define PROSE_H

/*
 * The text of a field without its markup, as IANA's page shows it: white space
 * folded, and references in brackets.
 */

#include "text.h"

#include <stdbool.h>

struct prose {
	struct text *text;
	bool space;             /* one is owed */
	bool is_list;           /* of references, with no space between them */
	char *reference;        /* what the one at hand refers to, or NULL */
	size_t reference_start; /* of its text */
};

void
prose_char(struct prose *p, char c);
void
prose_space(struct prose *p);

/* @type, @data: of the xref, or NULL. If the xref has no text, its target is
 * inserted. */
void
prose_start_reference(struct prose *p, const char *type, const char *data);
/* Returns whether it refers to something. */
bool
prose_end_reference(struct prose *p);

#endif
