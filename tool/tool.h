/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef TOOL_H
#define TOOL_H

/* Declarations that the parts of the command share. */

#include "ianaport.h"

#include <getopt.h>
#include <stddef.h>

/* The exit status of the command. */
enum { ALL_FOUND, NOT_FOUND, WRONG_USAGE, FAILED };

/* A subcommand is a file that defines one of these. */
struct command {
	const char *name;
	const char *help;               /* its first line is the usage */
	/* What it knows beside the options that all have; ends with zeros. No
	 * option of it has a letter. */
	const struct option *options;
	void (*option)(int code, const char *value);
	/* Gets the operands alone, behind argv[0] and the options. */
	int (*run)(int count, char **operands);
	int has_forms;                  /* -l, --json and so on are for it */
};

extern const struct command query_command, search_command, free_command,
	list_command, annotate_command, export_command,
	diff_command, map_command, help_command;

/* A subcommand, or NULL if there is none of that name. */
const struct command *
find_command(const char *name);

/* Codes of options that are no letters. */
enum {
	PROTO_OPTION = 256, RANGE_OPTION, STATUS_OPTION, ORIGIN_OPTION,
	COUNT_OPTION, NEAR_OPTION, RUN_OPTION, LOCAL_OPTION,
	JSON_OPTION, TSV_OPTION, PORT_OPTION, NAME_OPTION
};

/* The registry that is asked; NULL is the one that is built in. */
extern struct iana_registry *registry;

/* ---- options.c ----------------------------------------------------------- */

/* Where the first operand is, behind common options; 0 if there is none, or if
 * "--" says that it is no subcommand. */
int
first_operand(int argc, char **argv);

/* Reads the options and runs the command. Returns the exit status. */
int
run_command(const struct command *command, int argc, char **argv);

/* Says "ianaport: WHAT: WHY" and how the command is used, and exits. */
_Noreturn void
wrong_usage(const char *what, const char *why);

/* The index of an option's value among these words. If it is none of them, the
 * usage is wrong. */
int
choose(const char *value, const char *const *words);

/* The same for a protocol, and a range. */
int
choose_protocol(const char *value);

enum iana_range
choose_range(const char *value);

/* Opens a registry, or says why not and exits. */
void
open_registry(const char *file, struct iana_registry **opened);

/* ---- message.c ----------------------------------------------------------- */

/* Says "ianaport: WHAT: WHY" on standard error. */
void
complain(const char *what, const char *why);

/* The result of malloc(3) and the like; ends the command if it is NULL. */
void *
checked(void *p);

/* Makes room for one more item of an array that only this function has made.
 * The room doubles when the count is a power of two. */
void *
grow(void *array, size_t count, size_t size);

#endif
