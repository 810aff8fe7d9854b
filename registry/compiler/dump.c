/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/*
 * The dump: what the compiler understood. It has a line for each service and
 * each nameless record, so two registries can be compared with diff.
 */

#include "dump.h"
#include "order.h"
#include "syntax.h"

#include <stdlib.h>

static void
dump_service(struct text *out, const struct registry *registry,
	     const struct service *s)
{
	text_printf(out, "service ");
	print_port(out, s->first ? s->first : -1, s->last, s->proto);
	text_char(out, ' ');
	print_name(out, s->name);
	if (s->flags & IAP_LOCAL)
		text_printf(out, " local");
	if (s->flags & IAP_MOVED)
		text_printf(out, " moved");
	if (s->flags & IAP_ADDED)
		text_printf(out, " added");
	if (s->head != NO_HEAD) {
		text_printf(out, " alias-of ");
		print_name(out, registry->service[s->head].name);
	}
	text_char(out, '\n');
}

static void
dump_nameless(struct text *out, const struct nameless *nameless)
{
	static const char *const names[] = { "unassigned", "reserved" };
	const char *description = nameless->source->description.text;

	text_printf(out, "row ");
	print_port(out, nameless->first, nameless->last, nameless->proto);
	text_printf(out, " %s \"%s\"\n", names[nameless->status],
		    description ? description : "");
}

void
dump(struct text *out, const struct registry *registry)
{
	size_t *by_port = order_by_port(registry);

	text_printf(out, "updated %s\n", registry->updated);
	for (size_t i = 0; i < registry->services; i++)
		dump_service(out, registry, &registry->service[by_port[i]]);
	for (size_t i = 0; i < registry->nameless_count; i++)
		dump_nameless(out, &registry->nameless[i]);
	free(by_port);
}
