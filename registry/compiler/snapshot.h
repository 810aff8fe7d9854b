/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef SNAPSHOT_H
#define SNAPSHOT_H

/*
 * The registry, again as XML. Each child of the root is on a line of its own. A
 * run of white space becomes one space, or nothing at the ends of a field and
 * between fields.
 */

#include "text.h"

#include <stdbool.h>

struct snapshot {
	struct text *out;
	bool space;             /* one is owed */
	bool at_start;          /* of a field */
	bool tag_open;          /* it lacks ">" or "/>" */
};

/*
 * Five pointers for each attribute, as libxml2 has them: name, prefix or NULL,
 * URI of the prefix, start and end of the value. @namespace: of the element, if
 * it is not that of the element around it; else NULL.
 */
void
snapshot_start(struct snapshot *s, const char *name, const char *namespace,
	       int count, const unsigned char **attributes, bool is_field);
void
snapshot_end(struct snapshot *s, const char *name, bool is_field);
void
snapshot_char(struct snapshot *s, char c);

/* The value of an attribute without a prefix, or NULL; to be freed. */
char *
attribute(int count, const unsigned char **attributes, const char *name);

#endif
