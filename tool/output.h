/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef OUTPUT_H
#define OUTPUT_H

/* The forms in which rows are printed. */

#include "row.h"

#include <stddef.h>

enum form {
	TABLE_FORM, LONG_FORM, JSON_FORM, TSV_FORM,
	PORT_FORM, NAME_FORM            /* bare answers, for scripts */
};

void
set_form(enum form form);

int
is_bare(void);

/* Whether a row has what the form prints. */
int
has_answer(const row *r);

/* Prints a row; a table keeps it until flush_output(). */
void
put_row(const row *r);

/* Prints ports that no service has; in a table, prints only them. */
void
put_port_row(const row *r);

/* Ends a query: a bare form does not repeat an answer within one query. If
 * there was no answer, prints the empty line for it. */
void
end_answer(int none);

/* Flushes the output, with the table so far. Returns whether that succeeded. */
int
flush_output(void);

/* Returns 0, or FAILED after a message. */
int
finish_output(void);

/* ---- The forms ----------------------------------------------------------- */

/* Prints the next rows of the table, aligned with those before as far as
 * possible. */
void
print_table(const row *rows, size_t count);

void
print_long(const row *r);

void
print_json(const row *r);

void
print_tsv_heading(void);

void
print_tsv(const row *r);

#endif
