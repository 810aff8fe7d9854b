/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef COMMAND_H
#define COMMAND_H

/* The command within the process of a fuzzer. */

#include <stddef.h>

struct given {
	const char *data;               /* standard input */
	size_t size;
	unsigned cuts;                  /* 0: one read gets all of it; else
					 * seed for how much each gets */
};

struct said {
	int status;
	char *out, *messages;           /* each ends with NUL; for free(3) */
	size_t out_size, messages_size;
};

/* Runs it with at most so many words, which stay as they are. */
enum { MOST_WORDS = 16 };
struct said
run_command_in_process(int count, char **words, const struct given *input);

void
free_said(struct said *said);

#endif
