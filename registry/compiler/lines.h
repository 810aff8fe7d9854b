/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef LINES_H
#define LINES_H

/* Lines of services(5) files. */

#include "registry.h"

struct line {
	const char *file;
	unsigned number;
	int first, last;        /* ports; equal if it is not a range */
	unsigned protocols;     /* mask */
	const char **name;      /* the service, then aliases */
	size_t names;
};

/* What the lines of a kind of file mean, and how strict it is. */
struct line_rules {
	/* Called once for each protocol of a line. */
	void (*take)(struct registry *registry, const struct line *line,
		     unsigned proto);
	const char *(*name_fault)(const char *name);
	/* What is wrong with a line in this registry; may be NULL. */
	const char *(*line_fault)(const struct registry *registry,
				  const struct line *line);
	/* Ranges, lists of protocols and unknown ones (with a warning), commas,
	 * and the third column of nmap-services. */
	bool foreign;
	bool lenient;                   /* skip any bad line with a warning */
};

void
read_lines(struct registry *registry, const char *file,
	   const struct line_rules *rules);

/* A service that a line adds; its name is kept. */
struct service *
add_line(struct registry *registry, const struct line *line, unsigned proto,
	 const char *name, unsigned flags, size_t head);

#endif
