/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef GATHER_H
#define GATHER_H

/*
 * The fields of a record while it is read. A text may come in pieces: each
 * reference is an element, and IANA may have two elements where one is meant.
 */

#include "prose.h"
#include "records.h"

enum field_name {
	NAME, PROTOCOL, NUMBER, DESCRIPTION, NOTE, ASSIGNEE, SERVICE_CODE,
	UNAUTHORIZED,
	ELEMENTS, CONTACT = ELEMENTS, REFERENCE,        /* by xref alone */
	FIELDS
};

struct gathered {
	struct text text[FIELDS];       /* used again for each record */
	unsigned line[FIELDS];
	bool seen[FIELDS];
};

void
start_gathering(struct gathered *g);

void
end_gathering(struct gathered *g);

/* The field of an element, or FIELDS if there is none of that name. */
enum field_name
field_of_element(const char *element);

/* The text that follows is added to that of a field. */
struct prose
gather(struct gathered *g, enum field_name field, unsigned line);

/* The fields of the record that was read. */
void
set_fields(struct record *record, const struct gathered *g);

#endif
