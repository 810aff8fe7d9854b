/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef TERMINAL_H
#define TERMINAL_H

/* Standard output, where it is a terminal. */

#include <stddef.h>

int
is_terminal(void);

/* Columns of the terminal: COLUMNS, what the terminal says, or 80. */
size_t
terminal_width(void);

enum look { PLAIN, BOLD, WARNING };

/* What is written from here on looks so, unless standard output is no terminal,
 * a dumb one, or the user has set NO_COLOR. */
void
set_look(enum look look);

/* Writes a text, with links to what its references mean if the terminal has a
 * look. */
void
put_linked(const char *text, size_t bytes);

#endif
