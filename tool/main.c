/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* ianaport: prints what the registry says about names and ports. */

#include "tool.h"
#include "output.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

static const struct command *const commands[] = {
	&search_command, &free_command, &list_command,
	&annotate_command, &export_command, &diff_command, &map_command,
	&help_command,
};

/* Queries are the command without a name. A service with the name of a
 * subcommand can be looked up after "--", or after another query. */
const struct command *
find_command(const char *name)
{
	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
		if (!strcmp(commands[i]->name, name))
			return commands[i];
	return NULL;
}

/* Takes a subcommand out of the arguments, and leaves one less of them behind
 * the first. */
static const struct command *
take_command(int argc, char **argv)
{
	int at = first_operand(argc, argv);
	const struct command *command = at ? find_command(argv[at]) : NULL;

	for (; command && at; at--)
		argv[at] = argv[at - 1];
	return command;
}

int
main(int argc, char **argv)
{
	const struct command *command = take_command(argc, argv);
	int skipped = command ? 1 : 0;
	static char message[BUFSIZ];

	signal(SIGPIPE, SIG_DFL);       /* a reader that leaves is no error */
	setvbuf(stderr, message, _IOLBF, sizeof message);   /* one write each */
	if (!command)
		command = &query_command;

	int status = run_command(command, argc - skipped, argv + skipped);
	int end = finish_output();

	iana_registry_close(registry);
	return end ? end : status;
}
