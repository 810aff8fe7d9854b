/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

#include "ports.h"
#include "text.h"
#include "tool.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

/* ---- By port ------------------------------------------------------------- */

/* Whether a row may take the next port. */
static int
continues(const row *run, const row *next)
{
	return iana_port_range(run->port) == iana_port_range(next->port)
	    && status_of(run) == status_of(next)
	    && is_same_but_port(run, next);
}

/* The run of ports that is not printed yet has a port -1 if there is none. */
static void
end_run(row *run, put_row_to *put)
{
	if (run->port >= 0)
		put(run);
	run->port = -1;
}

static void
add_to_run(row *run, int port, int proto, put_row_to *put)
{
	row next = { .registry = registry, .port = port, .last_port = port,
		     .proto = proto };

	if (run->port >= 0 && continues(run, &next)) {
		run->last_port = port;
	} else {
		end_run(run, put);
		*run = next;
	}
}

/* A range stands at its first port, or at the first that was asked for. */
static size_t
put_services(int port, int first, int proto, put_row_to *put)
{
	size_t count, n = 0;
	struct iana_service *on = services_on(port, proto, &count);

	for (size_t i = 0; i < count; i++)
		if (!(on[i].flags & IANA_ALIAS)
		    && (on[i].port == port || port == first)) {
			put(&on[i]);
			n++;
		}
	free(on);
	return n;
}

size_t
walk_ports(int first, int last, int proto, put_row_to *put)
{
	row run = { .port = -1 };
	size_t n = 0;

	for (int port = first; port <= last; port++)
		if (iana_services_on(registry, port, proto, NULL, 0)) {
			end_run(&run, put);
			n += put_services(port, first, proto, put);
		} else {
			add_to_run(&run, port, proto, put);
		}
	end_run(&run, put);
	return n;
}

/* ---- By name ------------------------------------------------------------- */

/* A glob without its case, for free(3). */
static char *
fold(const char *text)
{
	char *folded = checked(strdup(text));

	for (char *p = folded; *p; p++)
		*p = small(*p);
	return folded;
}

static int
fits(const char *glob, const char *name)
{
	char *folded = fold(name);
	int fit = !fnmatch(glob, folded, 0);

	free(folded);
	return fit;
}

static int
alias_fits(const char *glob, const struct iana_service *s)
{
	size_t count, position = 0;
	struct iana_service *on = services_on(s->port, s->proto, &count);
	const struct iana_service *alias;
	int fit = 0;

	while (!fit && (alias = next_alias(s, on, count, &position)))
		fit = fits(glob, alias->name);
	free(on);
	return fit;
}

size_t
walk_names(const char *glob, int proto, put_row_to *put)
{
	struct iana_service s;
	char *folded = fold(glob);
	uint32_t cursor = 0;
	size_t n = 0;

	while (iana_service_next(registry, &cursor, &s))
		if ((proto == IANA_PROTO_ANY || s.proto == proto)
		    && !(s.flags & IANA_ALIAS)
		    && (fits(folded, s.name) || alias_fits(folded, &s))) {
			put(&s);
			n++;
		}
	free(folded);
	return n;
}
