/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

#include "output.h"
#include "text.h"
#include "tool.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static enum form form;

static row *table;
static size_t table_count;

static int any;                         /* a row was printed */
static int last_port = -1;              /* bare answers before this one */
static const char *last_name;

void
set_form(enum form to)
{
	form = to;
}

int
is_bare(void)
{
	return form == PORT_FORM || form == NAME_FORM;
}

int
has_answer(const row *r)
{
	return form == PORT_FORM ? r->port >= 0
	     : form == NAME_FORM ? r->name != NULL : 1;
}

/* ---- Rows ---------------------------------------------------------------- */

static void
keep_for_table(const row *r)
{
	table = grow(table, table_count, sizeof *table);
	table[table_count++] = *r;
}

static void
print_bare(const row *r)
{
	if (!has_answer(r))
		return;
	if (form == PORT_FORM && r->port != last_port) {
		printf("%d\n", r->port);
		last_port = r->port;
	}
	if (form == NAME_FORM && (!last_name || strcmp(r->name, last_name))) {
		put_text(r->name, stdout);
		putchar('\n');
		last_name = r->name;
	}
}

void
put_row(const row *r)
{
	if (form == TABLE_FORM)
		keep_for_table(r);
	else if (form == LONG_FORM)
		print_long(r);
	else if (form == JSON_FORM)
		print_json(r);
	else if (is_bare())
		print_bare(r);
	else {
		if (!any)
			print_tsv_heading();
		print_tsv(r);
	}
	any = 1;
}

void
put_port_row(const row *r)
{
	char *ports = column_of(r, PORT);

	if (form == TABLE_FORM)
		puts(ports);
	else
		put_row(r);
	free(ports);
}

void
end_answer(int none)
{
	last_port = -1;
	last_name = NULL;
	if (none && is_bare())
		putchar('\n');
}

/* ---- The end ------------------------------------------------------------- */

static void
end_table(void)
{
	print_table(table, table_count);
	free(table);
	table_count = 0;
	table = NULL;
}

int
flush_output(void)
{
	end_table();
	fflush(stderr);
	return !fflush(stdout) && !ferror(stdout);
}

int
finish_output(void)
{
	end_table();
	errno = 0;
	if (flush_output())
		return 0;
	complain("standard output", errno ? strerror(errno) : "write error");
	return FAILED;
}
