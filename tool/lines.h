/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef LINES_H
#define LINES_H

#include <stddef.h>

/* Lines of a file. Starts with zeros and the file. */
struct lines {
	int file;
	int ended;
	int error;                      /* errno of what ended it, or 0 */
	char *text;                     /* for free(3) */
	size_t size, start, end;
};

/* The next line without white space at its ends, or NULL. A zero byte in it
 * becomes a byte 1, which no query has either. Flushes the output before it
 * waits for more input. */
char *
next_line(struct lines *l);

#endif
