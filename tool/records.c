/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* The forms for programs: every column of a row, in a line. */

#include "json.h"
#include "output.h"
#include "text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The name of a column, as one word. */
static void
put_key(enum column c)
{
	for (const char *name = column_names[c]; *name; name++)
		putchar(*name == ' ' ? '_' : *name);
}

/* ---- JSON ---------------------------------------------------------------- */

void
put_json(const char *text)
{
	size_t n;

	putchar('"');
	for (; first_character(text, &n); text += n)
		if (*text == '"' || *text == '\\')
			printf("\\%c", *text);
		else if (*text == '<' && (text[1] == '/' || text[1] == '!'))
			fputs("\\u003c", stdout);     /* for HTML */
		else if (n > 1 || (*text >= ' ' && *text < 0x7f))
			fwrite(text, 1, n, stdout);
		else if (*text > 0)
			printf("\\u%04x", (unsigned char)*text);
		else                    /* a byte that is not UTF-8 */
			fputs("\\ufffd", stdout);
	putchar('"');
}

static void
put_json_or_null(const char *text)
{
	if (*text)
		put_json(text);
	else
		fputs("null", stdout);
}

static void
put_json_aliases(const row *r, int origins)
{
	size_t count = 0, position = 0;
	struct iana_service *on = services_on(r->port, r->proto, &count);
	const struct iana_service *alias;
	const char *between = "";

	putchar('[');
	while (r->name && (alias = next_alias(r, on, count, &position))) {
		fputs(between, stdout);
		put_json(origins ? origin_names[origin_of(alias)]
				 : alias->name);
		between = ",";
	}
	putchar(']');
	free(on);
}

void
print_json(const row *r)
{
	for (enum column c = NAME; c < COLUMNS; c++) {
		fputs(c ? ",\"" : "{\"", stdout);
		put_key(c);
		fputs("\":", stdout);
		if (c == ALIASES || c == ALIAS_ORIGINS) {
			put_json_aliases(r, c == ALIAS_ORIGINS);
		} else if (c != PORT) {
			char *text = column_of(r, c);
			put_json_or_null(text);
			free(text);
		} else if (r->port < 0) {
			fputs("null,\"last_port\":null", stdout);
		} else {
			printf("%d,\"last_port\":%d", r->port, r->last_port);
		}
	}
	puts("}");
}

/* ---- Values with tabs between them --------------------------------------- */

void
print_tsv_heading(void)
{
	for (enum column c = NAME; c < COLUMNS; c++) {
		put_key(c);
		putchar(c < NOTE ? '\t' : '\n');
	}
}

void
print_tsv(const row *r)
{
	for (enum column c = NAME; c < COLUMNS; c++) {
		char *text = column_of(r, c);
		put_text(text, stdout);
		putchar(c < NOTE ? '\t' : '\n');
		free(text);
	}
}
