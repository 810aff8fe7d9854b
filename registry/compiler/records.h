/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef RECORDS_H
#define RECORDS_H

/* The registry as its XML has it. read.c makes this. */

#include "text.h"

/* Where its element starts, and its text, white space folded. */
struct field {
	const char *text;       /* NULL where the record has no such element */
	unsigned line;
};

struct record {
	unsigned line;
	struct field name, protocol, number, description, note;
	struct field assignee, contact, reference, service_code, unauthorized;
	const char *registered, *modified;      /* dates, or NULL */
	const char *fault;      /* an element that stands twice, or NULL */
	unsigned fault_line;
};

struct records {
	const char *file;
	struct field updated;   /* "2026-08-17" */
	struct record *record;
	size_t count;
	struct text snapshot;
};

/* Read a registry; any fault ends the process with file and line. */
void
read_records(struct records *records, const char *file);

#endif
