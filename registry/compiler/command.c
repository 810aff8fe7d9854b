/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/*
 * ianaport-compile: the command. The stages, in their order:
 *
 *   read.c          the registry's XML -> struct records, and the snapshot, by
 *                   way of xml.c, gather.c, prose.c and snapshot.c
 *   rules.c         records -> struct registry: checked, what everything means
 *   conventional.c  conventional names -> more services in it
 *   overlay.c       a site's own files -> more services in it
 *   pack.c          registry -> the blob, by way of
 *     groups.c        services -> groups, each a record of the blob
 *     slots.c         names -> hash table
 *     pack_*.c        sections of the blob
 *   dump.c          registry -> text
 *   c_source.c      the blob -> C
 *   output.c        all of them -> files
 *
 * Each stage has a header of its name, which declares its result. registry.h is
 * the model that the middle stages share. order.c has the order of services,
 * syntax.c knows what single fields mean, and lines.c reads services(5) files.
 */

#include "c_source.h"
#include "conventional.h"
#include "dump.h"
#include "messages.h"
#include "output.h"
#include "overlay.h"
#include "rules.h"

#include "format/option.h"
#include "ianaport-version.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

enum { SNAPSHOT, DUMP, BLOB, C, DETAILS, HEADER, OUTPUTS };

static const char usage[] =
"usage: ianaport-compile [OPTION FILE]... REGISTRY.xml\n"
"  --conventional FILE  merge conventional names, in services(5) syntax\n"
"  --overlay FILE       merge a site's names, such as /etc/services\n"
"  --strict             refuse a registry with any slip\n"
"  --lenient            accept slips, and skip bad lines of overlays\n"
"  --no-details         leave out descriptions, references and the like\n"
"  --snapshot FILE      write the registry's records, one a line\n"
"  --dump FILE          write every service, range and status row as text\n"
"  --blob FILE          write the blob\n"
"  --c FILE             write the blob as a C array\n"
"  --details FILE       write the details as a C array\n"
"  --header FILE        write its layout as a C header\n"
"  --help, --version    print this, or the version\n";

struct command {
	const char *registry, *conventional;
	const char **overlay;
	size_t overlays;
	bool strict, lenient, no_details;
	struct output output[OUTPUTS];
};

static noreturn void
exit_usage(void)
{
	fputs(usage, stderr);
	exit(2);
}

static noreturn void
exit_help(void)
{
	fputs(usage, stdout);
	exit(0);
}

static noreturn void
exit_version(void)
{
	puts("ianaport-compile " IANA_VERSION);
	exit(0);
}

static void
add_overlay(struct command *command, const char *file)
{
	command->overlay = grow(command->overlay, command->overlays,
				sizeof *command->overlay);
	command->overlay[command->overlays++] = file;
}

enum {
	CONVENTIONAL = OUTPUTS, OVERLAY, STRICT, LENIENT, NO_DETAILS, HELP,
	VERSION
};

static const struct option options[] = {
	{ "snapshot", required_argument, NULL, SNAPSHOT },
	{ "dump", required_argument, NULL, DUMP },
	{ "blob", required_argument, NULL, BLOB },
	{ "c", required_argument, NULL, C },
	{ "details", required_argument, NULL, DETAILS },
	{ "header", required_argument, NULL, HEADER },
	{ "conventional", required_argument, NULL, CONVENTIONAL },
	{ "overlay", required_argument, NULL, OVERLAY },
	{ "strict", no_argument, NULL, STRICT },
	{ "lenient", no_argument, NULL, LENIENT },
	{ "no-details", no_argument, NULL, NO_DETAILS },
	{ "help", no_argument, NULL, HELP },
	{ "version", no_argument, NULL, VERSION },
	{ NULL, 0, NULL, 0 }
};

static void
take_option(struct command *command, int option, const char *argument)
{
	switch (option) {
	case CONVENTIONAL: command->conventional = argument; break;
	case OVERLAY: add_overlay(command, argument); break;
	case STRICT: command->strict = true; break;
	case LENIENT: command->lenient = true; break;
	case NO_DETAILS: command->no_details = true; break;
	case HELP: exit_help();
	case VERSION: exit_version();
	default: command->output[option].file = argument;
	}
}

static void
parse_arguments(struct command *command, int argc, char **argv)
{
	const char *why;
	char letter[3];
	int option;

	opterr = 0;
	while ((option = getopt_long(argc, argv, ":", options, NULL)) >= 0) {
		if ((why = iap_why_refused(option))) {
			say_at("ianaport-compile", 0, "%s: %s",
			       iap_refused_option(argv, options, letter), why);
			exit_usage();
		}
		take_option(command, option, optarg);
	}
	if (optind != argc - 1 || (command->strict && command->lenient)
	    || (command->no_details && command->output[DETAILS].file))
		exit_usage();
	command->registry = argv[optind];
}

/* A snapshot is for a developer, who should see a slip before it is kept. */
static bool
refuses_slips(const struct command *command)
{
	return command->strict
		|| (command->output[SNAPSHOT].file && !command->lenient);
}

/* Only outputs that are asked for are turned into text. */
static void
print_outputs(struct output *output, const struct registry *registry,
	      const struct blob *blob)
{
	if (output[BLOB].file)
		output[BLOB].text = whole_file(blob);
	if (output[DUMP].file)
		dump(&output[DUMP].text, registry);
	if (output[C].file)
		print_array(&output[C].text, registry, "iap_builtin",
			    &blob->bytes);
	if (output[DETAILS].file)
		print_array(&output[DETAILS].text, registry,
			    "iap_builtin_details", &blob->details);
	if (output[HEADER].file)
		print_layout(&output[HEADER].text, registry, blob);
}

int
main(int argc, char **argv)
{
	/* Static, because all that they hold is kept until the process ends. */
	static struct command command;
	static struct records records;
	static struct registry registry;
	static struct blob blob;

	setvbuf(stderr, NULL, _IOLBF, 0);       /* a message in one piece */
	parse_arguments(&command, argc, argv);
	check_outputs(command.output, OUTPUTS);
	refuse_slips(refuses_slips(&command));
	read_records(&records, command.registry);
	apply_rules(&registry, &records);
	if (command.conventional)
		read_conventional(&registry, command.conventional);
	for (size_t i = 0; i < command.overlays; i++)
		read_overlay(&registry, command.overlay[i], command.lenient);
	pack(&blob, &registry, !command.no_details);
	command.output[SNAPSHOT].text = records.snapshot;
	print_outputs(command.output, &registry, &blob);
	write_outputs(command.output, OUTPUTS);
	return 0;
}
