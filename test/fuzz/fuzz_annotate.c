/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/*
 * What annotate gets. It says the same however the text comes, and finds the
 * same ports many bytes at a time and one by one. The first byte chooses
 * options, the next two how many bytes come before the text, and the fourth is
 * the seed of the cuts.
 */

#include "command.h"
#include "fuzz.h"
#include "../../tool/port_text.h"

#include <string.h>

/* ---- Ports of a line ----------------------------------------------------- */

static const char *
fast_port(struct port_text *t, int *port)
{
	return next_port(t, port);
}

static void
fast_protocol(struct port_text *t)
{
	find_protocol(t);
}

#define ONE_BY_ONE
#define next_port slow_port
#define find_protocol slow_protocol
#include "../../tool/port_text.c"

/* The line has exactly the room that port_text.h asks for. */
static void
compare_ports(const char *text, size_t n)
{
	char *room = malloc(1 + n + PORT_TEXT_BEHIND), *line = room + 1;

	MUST(room);
	*room = '\n';
	memcpy(line, text, n);
	memset(line + n, '\n', PORT_TEXT_BEHIND);

	struct port_text fast = { line, line + n, line, 0, 0, line, 0 };
	struct port_text slow = fast;
	const char *start;

	do {
		int port = 0, its = 0;
		start = fast_port(&fast, &port);
		MUST(slow_port(&slow, &its) == start && its == port);
		fast_protocol(&fast);
		slow_protocol(&slow);
		MUST(fast.proto == slow.proto);
		MUST(!start || (port > 0 && port < 65536));
		MUST(!start || (start >= line && fast.at <= line + n));
	} while (start);
	free(room);
}

static void
compare_lines(const char *text, size_t size)
{
	while (size) {
		const char *end = memchr(text, '\n', size);
		size_t n = end ? (size_t)(end - text) : size;

		compare_ports(text, n);
		n += end ? 1 : 0;
		text += n;
		size -= n;
	}
}

/* ---- The whole filter ---------------------------------------------------- */

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *words[] = { "ianaport", "annotate", "--replace", NULL };

	if (size < 4)
		return 0;

	/* Few of them, or about as many as a line may have. */
	size_t before = data[1] | (size_t)(data[2] & 1) << 8;

	before = data[2] & 128 ? before + 65300 : before % 32;

	char *text = malloc(before + size - 4 + 1);

	MUST(text);
	memset(text, data[2] & 64 ? ' ' : 'x', before);
	memcpy(text + before, data + 4, size - 4);

	struct given input = { text, before + size - 4, 0 };
	int count = data[0] & 1 ? 3 : 2;

	words[count] = NULL;

	struct said whole = run_command_in_process(count, words, &input);

	input.cuts = data[3] * 2654435761u | 1;

	struct said cut = run_command_in_process(count, words, &input);

	MUST(!whole.status && !cut.status);
	MUST(whole.out_size == cut.out_size);
	MUST(!memcmp(whole.out, cut.out, cut.out_size));
	MUST(!cut.messages_size);
	compare_lines(text, input.size);
	free_said(&whole);
	free_said(&cut);
	free(text);
	return 0;
}
