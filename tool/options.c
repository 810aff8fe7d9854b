/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

#include "tool.h"
#include "output.h"
#include "query.h"
#include "system.h"
#include "format/option.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct iana_registry *registry;

static const struct command *current;

_Noreturn void
wrong_usage(const char *what, const char *why)
{
	complain(what, why);
	fprintf(stderr, "%.*s\n", (int)strcspn(current->help, "\n"),
		current->help);
	exit(WRONG_USAGE);
}

int
choose(const char *value, const char *const *words)
{
	for (int i = 0; words[i]; i++)
		if (!strcmp(value, words[i]))
			return i;
	wrong_usage(value, "not one of the choices");
}

int
choose_protocol(const char *value)
{
	int proto = read_protocol(value, strlen(value));

	if (proto <= 0)
		wrong_usage(value, "no such protocol");
	return proto;
}

enum iana_range
choose_range(const char *value)
{
	static const char *const ranges[] = {
		"system", "user", "dynamic", NULL
	};

	return IANA_RANGE_SYSTEM + (unsigned)choose(value, ranges);
}

void
open_registry(const char *file, struct iana_registry **opened)
{
	int error = iana_registry_open(file, opened);

	if (error) {
		complain(file, iana_strerror(error));
		exit(FAILED);
	}
}

/* ---- Options that all commands have -------------------------------------- */

static const struct option common[] = {
	{ "registry", required_argument, NULL, 'r' },
	{ "help", no_argument, NULL, 'h' },
	{ "version", no_argument, NULL, 'V' },
	{ "long", no_argument, NULL, 'l' },
	{ "json", no_argument, NULL, JSON_OPTION },
	{ "tsv", no_argument, NULL, TSV_OPTION },
	{ "port", no_argument, NULL, PORT_OPTION },
	{ "name", no_argument, NULL, NAME_OPTION },
};

static int version_wanted;

static void
set_option(int code, const char *value)
{
	switch (code) {
	case 'r':
		iana_registry_close(registry);
		open_registry(value, &registry);
		break;
	case 'V':
		version_wanted = 1;
		break;
	case 'h':
		fputs(current->help, stdout);
		exit(finish_output());
	case 'l':
		set_form(LONG_FORM);
		break;
	case JSON_OPTION:
		set_form(JSON_FORM);
		break;
	case TSV_OPTION:
		set_form(TSV_FORM);
		break;
	case PORT_OPTION:
		set_form(PORT_FORM);
		break;
	case NAME_OPTION:
		set_form(NAME_FORM);
		break;
	default:
		current->option(code, value);
	}
}

/* Common options and those of a command, with zeros at the end. */
static const struct option *
all_options(const struct option *own)
{
	static struct option all[32];
	size_t n = sizeof common / sizeof *common;

	memcpy(all, common, sizeof common);
	for (const struct option *o = own; o && o->name; o++)
		all[n++] = *o;
	return all;
}

/* The forms of the output are for rows. */
static _Noreturn void
wrong_form(int code)
{
	char word[16];

	for (const struct option *o = common;; o++)
		if (o->val == code) {
			snprintf(word, sizeof word, "--%s", o->name);
			wrong_usage(word, "not for this subcommand");
		}
}

/* Whether an option is one of those that choose the form of the output. */
static int
is_form(int code)
{
	return code == 'l' || (code >= JSON_OPTION && code <= NAME_OPTION);
}

static void
parse_options(int argc, char **argv)
{
	const struct option *options = all_options(current->options);
	const char *why;
	char letter[3];
	int code;

	while ((code = getopt_long(argc, argv, ":hlr:V", options, NULL)) >= 0)
		if ((why = iap_why_refused(code)))
			wrong_usage(iap_refused_option(argv, options, letter),
				    why);
		else if (is_form(code) && !current->has_forms)
			wrong_form(code);
		else
			set_option(code, optarg);
}

int
first_operand(int argc, char **argv)
{
	const struct option *options = all_options(NULL);
	int at;

	opterr = 0;
	while (getopt_long(argc, argv, "+:hlr:V", options, NULL) >= 0)
		;
	at = optind;
	optind = 0;             /* libc starts again */
	return at < argc && strcmp(argv[at - 1], "--") ? at : 0;
}

int
run_command(const struct command *command, int argc, char **argv)
{
	current = command;
	parse_options(argc, argv);
	use_system_registry(&registry);
	if (version_wanted) {
		print_versions(registry);
		return ALL_FOUND;
	}
	return command->run(argc - optind, argv + optind);
}
