/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* ianaport map: all ports as one picture. */

#include "map.h"
#include "row.h"
#include "text.h"
#include "tool.h"

#include <stdio.h>

/* 256 rows of 256 ports, and a column for the words. */
enum { SIDE = 256, CELL = 4, MAP = SIDE * CELL, WORDS = MAP + 40, TOP = 44,
       WIDTH = WORDS + 290, HEIGHT = TOP + MAP + 16, LINE = 22 };

enum kind { SYSTEM, USER, NAMED, RESERVED, UNASSIGNED, DYNAMIC, KINDS };

static const struct {
	const char *class, *title;
} kinds[KINDS] = {
	[SYSTEM] = { "s", "assigned, a System Port" },
	[USER] = { "u", "assigned, a User Port" },
	[NAMED] = { "n", "used by a conventional or local name" },
	[RESERVED] = { "r", "reserved" },
	[UNASSIGNED] = { "f", "unassigned" },
	[DYNAMIC] = { "d", "dynamic, never assigned" },
};

/* Ports that most people have met. */
static const int known[] = {
	22, 25, 53, 80, 110, 123, 143, 179, 389, 443, 445, 993, 1883, 3306,
	3389, 5060, 5432, 5900, 6379, 8080
};

static const char style[] =
"<style>\n"
"svg{background:#fff;color:#1a1a1a;font:14px sans-serif}\n"
"text{fill:currentColor}.l{stroke:currentColor;stroke-width:.8;fill:none;"
"opacity:.55}\n"
".s{fill:#0b4f8a}.u{fill:#3d8fd1}.n{fill:#d98200}.r{fill:#7a5195}"
".f{fill:#e3e8ec}.d{fill:#cfd8c4}\n"
"@media(prefers-color-scheme:dark){svg{background:#14181c;color:#e8e8e8}"
".s{fill:#8cc8ff}.u{fill:#3579b5}.n{fill:#ffb347}.r{fill:#a97fc4}"
".f{fill:#2a3138}.d{fill:#37402f}}\n"
"</style>\n";

void
put_markup(const char *text)
{
	for (size_t n; first_character(text, &n); text += n)
		if (first_character(text, &n) != 1)
			printf("\\x%02x", (unsigned char)*text);
		else if (*text == '<')
			fputs("&lt;", stdout);
		else if (*text == '&')
			fputs("&amp;", stdout);
		else
			fwrite(text, 1, n, stdout);
}

/* ---- Ports --------------------------------------------------------------- */

static enum kind
kind_of(int port)
{
	int system = iana_port_range(port) == IANA_RANGE_SYSTEM;

	switch (iana_port_status(registry, port, IANA_PROTO_ANY)) {
	case IANA_STATUS_ASSIGNED:
		return system ? SYSTEM : USER;
	case IANA_STATUS_RESERVED:
		break;
	default:
		if (iana_name_of(registry, port, IANA_PROTO_ANY))
			return NAMED;
		return iana_port_range(port) == IANA_RANGE_DYNAMIC ? DYNAMIC
								   : UNASSIGNED;
	}
	return iana_name_of(registry, port, IANA_PROTO_ANY) ? NAMED : RESERVED;
}

/* The ports of a kind as one path, a piece for each run in a row. */
static void
print_kind(enum kind kind)
{
	printf("<path class=\"%s\" d=\"", kinds[kind].class);
	for (int port = 0, n; port <= 65535; port += n) {
		int left = SIDE - port % SIDE;
		for (n = 1; n < left && kind_of(port + n) == kind_of(port);)
			n++;
		if (kind_of(port) == kind)
			printf("M%d %dh%dv%dh-%dz", port % SIDE * CELL,
			       TOP + port / SIDE * CELL, n * CELL, CELL,
			       n * CELL);
	}
	puts("\"/>");
}

/* ---- Words --------------------------------------------------------------- */

static void
print_legend(void)
{
	for (int i = 0; i < KINDS; i++)
		printf("<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"14\""
		       " height=\"14\"/><text x=\"%d\" y=\"%d\">%s</text>\n",
		       kinds[i].class, WORDS, TOP + 500 + i * LINE, WORDS + 22,
		       TOP + 512 + i * LINE, kinds[i].title);
}

/* A line from a port to its name. */
static void
print_label(int port, int y)
{
	const char *name = iana_name_of(registry, port, IANA_PROTO_ANY);

	printf("<path class=\"l\" d=\"M%d %dL%d %dh8\"/>",
	       port % SIDE * CELL + CELL / 2,
	       TOP + port / SIDE * CELL + CELL / 2, MAP + 24, y);
	printf("<text x=\"%d\" y=\"%d\">%d ", WORDS, y + 5, port);
	put_markup(name ? name : "-");
	puts("</text>");
}

/* Where a range starts. */
static void
print_range(int first, const char *name)
{
	int y = TOP + first / SIDE * CELL;

	printf("<path class=\"l\" d=\"M0 %dh%d\"/>"
	       "<text x=\"%d\" y=\"%d\">%d: %s</text>\n", y, WORDS - 8, WORDS,
	       y + 5, first, name);
}

void
print_picture(void)
{
	size_t labels = sizeof known / sizeof *known;

	printf("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\""
	       " role=\"img\">\n<title>The 65,536 ports in IANA's registry of "
	       "%s</title>\n%s", WIDTH, HEIGHT, iana_registry_updated(registry),
	       style);
	printf("<text x=\"0\" y=\"26\">The 65,536 ports, 256 in a row, in "
	       "IANA's registry of %s</text>\n",
	       iana_registry_updated(registry));
	for (int kind = 0; kind < KINDS; kind++)
		print_kind((enum kind)kind);
	for (size_t i = 0; i < labels; i++)
		print_label(known[i], TOP + 8 + (int)i * LINE);
	print_legend();
	print_range(IANA_USER_LAST + 1, "Dynamic Ports");
	puts("</svg>");
}

/* ---- The command --------------------------------------------------------- */

enum { HTML_OPTION = 512 };

static int html;

static void
set_option(int code, const char *value)
{
	(void)code;
	(void)value;
	html = 1;
}

static int
run(int count, char **operands)
{
	if (count)
		wrong_usage(operands[0], "unexpected operand");
	if (html)
		print_page();
	else
		print_picture();
	return ALL_FOUND;
}

static const struct option options[] = {
	{ "html", no_argument, NULL, HTML_OPTION },
	{ NULL, 0, NULL, 0 }
};

const struct command map_command = { "map",
"usage: ianaport map [OPTION]... >FILE\n"
"Prints all 65,536 ports as one picture in SVG, with light and dark colours.\n"
"  --html               print a page with the picture and a search\n"
"  -r, --registry FILE  use another registry\n",
	options, set_option, run, 0
};
