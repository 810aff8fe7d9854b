/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef OUTPUT_H
#define OUTPUT_H

#include "text.h"

struct output {
	const char *file;       /* NULL: it is not wanted */
	const char *target;     /* what it replaces: not a link */
	struct text text;
};

/* Find the files that they replace. Two outputs cannot replace the same
 * file. */
void
check_outputs(struct output *outputs, size_t count);

/* Write all of them, or none. In the latter case, the old files stay. */
void
write_outputs(const struct output *outputs, size_t count);

#endif
