/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef OUTPUT_H
#define OUTPUT_H

#include "text.h"

struct output {
	const char *file;       /* NULL: it is not wanted */
	struct text text;
};

/* Write all of them, or none, and then leave what was there before. */
void
write_outputs(const struct output *outputs, size_t count);

#endif
