/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#include "gather.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

static const struct {
	const char *element;
	size_t at;              /* in struct record */
} fields[FIELDS] = {
	[NAME] = { "name", offsetof(struct record, name) },
	[PROTOCOL] = { "protocol", offsetof(struct record, protocol) },
	[NUMBER] = { "number", offsetof(struct record, number) },
	[DESCRIPTION] = { "description", offsetof(struct record, description) },
	[NOTE] = { "note", offsetof(struct record, note) },
	[ASSIGNEE] = { "assignee", offsetof(struct record, assignee) },
	[SERVICE_CODE] = { "sc", offsetof(struct record, service_code) },
	[UNAUTHORIZED] = { "unauthorized",
			   offsetof(struct record, unauthorized) },
	[CONTACT] = { NULL, offsetof(struct record, contact) },
	[REFERENCE] = { NULL, offsetof(struct record, reference) },
};

void
start_gathering(struct gathered *g)
{
	for (int i = 0; i < FIELDS; i++) {
		g->text[i].size = 0;
		g->seen[i] = false;
	}
}

void
end_gathering(struct gathered *g)
{
	for (int i = 0; i < FIELDS; i++)
		free(g->text[i].data);
}

enum field_name
field_of_element(const char *element)
{
	for (int i = 0; i < ELEMENTS; i++)
		if (!strcmp(fields[i].element, element))
			return (enum field_name)i;
	return FIELDS;
}

struct prose
gather(struct gathered *g, enum field_name field, unsigned line)
{
	g->line[field] = line;
	g->seen[field] = true;
	return (struct prose){
		.text = &g->text[field],
		.is_list = field == ASSIGNEE || field >= ELEMENTS,
	};
}

void
set_fields(struct record *record, const struct gathered *g)
{
	for (int i = 0; i < FIELDS; i++) {
		struct field *field = (struct field *)(void *)
			((char *)record + fields[i].at);
		if (!g->seen[i])
			continue;
		field->text = copy_string(g->text[i].data, g->text[i].size);
		field->line = g->line[i];
	}
}
