/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* ianaport annotate: a filter that names the ports in a text. */

#include "tool.h"
#include "output.h"
#include "port_text.h"
#include "text.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A read gives no more than BLOCK. A line that is longer than LINE is taken in
 * pieces, which end at a space if they have one. */
enum { BLOCK = 1 << 17, LINE = 1 << 16, OUT = 1 << 16, REPLACE_OPTION = 512 };

static char room[1 + LINE + BLOCK + PORT_TEXT_BEHIND];
static char *const in = room + 1;
static char out[OUT];
static size_t in_size, out_size;

static int replace;

/* ---- Output -------------------------------------------------------------- */

static void
write_out(const char *p, size_t n)
{
	while (n) {
		ssize_t done = write(STDOUT_FILENO, p, n);
		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0) {
			complain("standard output", strerror(errno));
			exit(FAILED);
		}
		p += done;
		n -= (size_t)done;
	}
}

static void
flush(void)
{
	write_out(out, out_size);
	out_size = 0;
}

static void
put_plain(const char *p, size_t n)
{
	if (n > OUT - out_size)
		flush();
	if (n > OUT) {
		write_out(p, n);
		return;
	}
	memcpy(out + out_size, p, n);
	out_size += n;
}

/* A loaded registry may have odd names. */
static void
put_name(const char *name)
{
	size_t n = 0, bytes;

	while (name[n] > ' ' && name[n] < 0x7f)         /* nearly always all */
		n++;
	while (first_character(name + n, &bytes) == 1)
		n += bytes;
	put_plain(name, n);
	if (!name[n])
		return;

	char hex[8];

	put_plain(hex, (size_t)sprintf(hex, "\\x%02x",
				       (unsigned char)name[n]));
	put_name(name + n + 1);
}

/* ---- Lines --------------------------------------------------------------- */

/* Names the ports of a line. The byte after the line may be overwritten for a
 * while. */
static void
annotate(char *line, size_t n)
{
	struct port_text text = { line, line + n, line, IANA_PROTO_ANY, 0, line,
				  0 };
	const char *done = line, *start;
	char behind = line[n];
	int port;

	line[n] = '\n';
	while ((start = next_port(&text, &port))) {
		find_protocol(&text);

		const char *name = iana_name_of(registry, port, text.proto);
		const char *keep = replace ? start : text.at;

		if (!name)
			continue;
		put_plain(done, (size_t)(keep - done));
		put_plain("(", replace ? 0 : 1);
		put_name(name);
		put_plain(")", replace ? 0 : 1);
		done = text.at;
	}
	line[n] = behind;
	put_plain(done, (size_t)(line + n - done));
}

/* Bytes of the piece that a line with LINE bytes or more starts with. */
static size_t
piece_of(const char *line)
{
	size_t n = LINE;

	while (n && line[n - 1] != ' ')
		n--;
	return n ? n : LINE;
}

/* Bytes of a line, or of a piece, that can be annotated; 0 if more must be
 * read. */
static size_t
first_line(const char *p, size_t n)
{
	const char *newline = memchr(p, '\n', n < LINE ? n : LINE);

	if (newline)
		return (size_t)(newline - p) + 1;
	return n < LINE ? 0 : piece_of(p);
}

/* Handles all complete lines, and moves the rest to the front. */
static void
take_lines(int ended)
{
	char *p = in;
	size_t left = in_size, n;

	while (left && (n = first_line(p, left))) {
		annotate(p, n);
		p += n;
		left -= n;
	}
	if (ended && left) {
		annotate(p, left);
		left = 0;
	}
	memmove(in, p, left);
	in_size = left;
}

static int
run(int count, char **operands)
{
	ssize_t n;

	if (count)
		wrong_usage(operands[0], "unexpected operand");
	do {
		n = read(STDIN_FILENO, in + in_size, BLOCK);
		if (n < 0 && errno == EINTR)
			continue;
		if (n > 0)
			in_size += (size_t)n;
		take_lines(n <= 0);
		flush();
	} while (n > 0 || (n < 0 && errno == EINTR));
	if (n == 0)
		return ALL_FOUND;
	complain("standard input", strerror(errno));
	return FAILED;
}

static void
set_option(int code, const char *value)
{
	(void)code;
	(void)value;
	replace = 1;
}

static const struct option options[] = {
	{ "replace", no_argument, NULL, REPLACE_OPTION },
	{ NULL, 0, NULL, 0 }
};

const struct command annotate_command = { "annotate",
"usage: ianaport annotate [OPTION]... <TEXT\n"
"Copies standard input, and adds names to its ports: 10.0.0.1:443(https).\n"
"  --replace            replace the number by the name\n"
"  -r, --registry FILE  use another registry\n"
"A port comes after an address, as in 10.0.0.1:443, [::1]:22 or 10.0.0.1.443,\n"
"or after port, dport, sport, DPT or SPT. The first protocol in a line is the\n"
"protocol of its ports.\n",
	options, set_option, run, 0
};
