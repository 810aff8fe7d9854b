/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* ianaport help [SUBCOMMAND] */

#include "tool.h"

#include <stdio.h>

static int
run(int count, char **words)
{
	const struct command *of = count ? find_command(words[0])
					 : &help_command;

	if (count > 1)
		wrong_usage(words[1], "one subcommand is enough");
	if (!of)
		wrong_usage(words[0], "no such subcommand");
	fputs(of->help, stdout);
	return ALL_FOUND;
}

const struct command help_command = { "help",
"usage: ianaport help [SUBCOMMAND]\n"
"  search TEXT...   services by words of their description\n"
"  free             unassigned ports, to choose one from\n"
"  list             services, or ports of a status\n"
"  annotate         name the ports in a text\n"
"  export           for services(5), nftables, Wireshark, nmap; CSV and JSON\n"
"  diff OLD NEW     what changed between two registries\n"
"  map              all ports as a picture, or a page\n"
"  help             this text, or that of a subcommand\n"
"Without a subcommand, ianaport looks up services and ports: ianaport --help.\n"
"To look up a service with the name of a subcommand: ianaport -- search.\n",
	NULL, NULL, run, 0
};
