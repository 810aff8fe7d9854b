/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* ianaport export: the registry in formats of other programs. */

#include "tool.h"
#include "every.h"
#include "export.h"
#include "row.h"
#include "terminal.h"
#include "text.h"
#include "format/printable.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FORMAT_OPTION = 512 };

void
put_date(void)
{
	printf("# IANA's service names and port numbers of %s, ianaport %s\n",
	       iana_registry_updated(registry), iana_version());
}

/* Whether a name can be a word in a line where "#" starts a comment. */
static int
is_one_word(const char *name)
{
	return !*iap_end_of_name((const unsigned char *)name)
	    && !strpbrk(name, " #");
}

/* A site's name may be in any encoding, and is to be read back as the site has
 * it. A terminal gets a text. */
static void
put_name(const char *name)
{
	if (is_terminal())
		put_text(name, stdout);
	else
		fputs(name, stdout);
}

/* ---- services(5) --------------------------------------------------------- */

static void
put_aliases(const struct iana_service *s)
{
	size_t count, position = 0;
	struct iana_service *on = services_on(s->port, s->proto, &count);
	const struct iana_service *alias;

	while ((alias = next_alias(s, on, count, &position)))
		if (is_one_word(alias->name)) {
			putchar(' ');
			put_name(alias->name);
		}
	free(on);
}

/* The service that answers first comes first, and a range has a line for each
 * port. So every reader of the file gives the library's answers, unless a name
 * or a port has several local services. */
static void
export_services(void)
{
	size_t count;
	struct iana_service *all = every_service(registry, &count);

	put_date();
	for (size_t i = 0; i < count; i++) {
		const struct iana_service *s = &all[i];
		if (s->flags & IANA_ALIAS || s->port < 0
		    || s->proto == IANA_PROTO_NONE || !is_one_word(s->name))
			continue;
		for (int port = s->port; port <= s->last_port; port++) {
			put_name(s->name);
			printf("\t%d/%s", port, iana_proto_name(s->proto));
			put_aliases(s);
			putchar('\n');
		}
	}
	free(all);
}

/* ---- A name for each port ------------------------------------------------ */

static void
put_comment(const char *description)
{
	if (*description) {
		fputs("\t# ", stdout);
		put_text(description, stdout);
	}
	putchar('\n');
}

/* Name, port and protocol, and what a program has between them and a comment.
 * It wants one name a port, and knows the first protocols. */
static void
export_ports(int known, const char *between)
{
	struct iana_service s;

	put_date();
	for (int port = 0; port <= 65535; port++)
		for (int i = 0; i < known; i++) {
			if (!iana_services_on(registry, port, protocols[i], &s,
					      1) || !is_one_word(s.name))
				continue;
			put_name(s.name);
			printf("\t%d/%s%s", port,
			       iana_proto_name(protocols[i]), between);
			put_comment(iana_service_description(&s));
		}
}

static void
export_wireshark(void)
{
	export_ports(PROTOCOLS, "");
}

/* nmap counts how often a port is open, which the registry does not know. It
 * has no dccp, which is the last. */
static void
export_nmap(void)
{
	export_ports(PROTOCOLS - 1, "\t0.000000");
}

/* ---- The command --------------------------------------------------------- */

static int format;

static void
set_option(int code, const char *value)
{
	static const char *const formats[] = {
		"services", "csv", "json", "nftables", "wireshark", "nmap",
		NULL
	};

	(void)code;
	format = choose(value, formats);
}

static int
run(int count, char **operands)
{
	static void (*const exports[])(void) = {
		export_services, export_csv, export_json, export_nftables,
		export_wireshark, export_nmap
	};

	if (count)
		wrong_usage(operands[0], "unexpected operand");
	exports[format]();
	return ALL_FOUND;
}

static const struct option options[] = {
	{ "format", required_argument, NULL, FORMAT_OPTION },
	{ NULL, 0, NULL, 0 }
};

const struct command export_command = { "export",
"usage: ianaport export [OPTION]...\n"
"Prints the registry in a format of another program.\n"
"  --format services    for /etc/services; the default\n"
"           csv         IANA's own columns\n"
"           json        all columns of every service\n"
"           nftables    defines such as $tcp_https\n"
"           wireshark   for its file services\n"
"           nmap        for its file nmap-services\n"
"  -r, --registry FILE  export another registry\n",
	options, set_option, run, 0
};
