/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* ianaport QUERY...: names, ports, ranges and globs. */

#include "tool.h"
#include "lines.h"
#include "output.h"
#include "ports.h"
#include "query.h"
#include "suggest.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- Answers ------------------------------------------------------------- */

/* Prints services, each of them or the first with a bare answer. Aliases are
 * in the line of what they stand for. */
static size_t
put_services(const struct iana_service *services, size_t count)
{
	size_t n = 0;

	for (size_t i = 0; i < count && !(n && is_bare()); i++) {
		struct iana_service s = services[i], head;
		if (iana_service_alias_of(&services[i], &head))
			s = head;
		if (!has_answer(&s))
			continue;
		put_row(&s);
		n++;
	}
	return n;
}

static size_t
answer_name(const struct query *q)
{
	struct iana_service few[16], *all = few;
	size_t n = iana_services_named(registry, q->text, q->proto, few, 16);

	if (n > 16) {
		all = checked(calloc(n, sizeof *all));
		iana_services_named(registry, q->text, q->proto, all, n);
	}
	n = put_services(all, n);
	if (all != few)
		free(all);
	return n;
}

/* A bare answer is that of a service. */
static void
put_answer(const row *r)
{
	if (r->name || !is_bare())
		put_row(r);
}

static size_t
answer_ports(const struct query *q)
{
	struct iana_service s;

	/* Asked by the million. */
	if (is_bare() && q->first == q->last)
		return put_services(&s, iana_services_on(registry, q->first,
							 q->proto, &s, 1) > 0);
	return walk_ports(q->first, q->last, q->proto, put_answer);
}

static size_t answered;

static void
put_answered(const row *r)
{
	if (!has_answer(r))
		return;
	put_row(r);
	answered++;
}

static size_t
answer_glob(const struct query *q)
{
	answered = 0;
	walk_names(q->text, q->proto, put_answered);
	return answered;
}

static size_t
answer(const struct query *q)
{
	switch (q->kind) {
	case A_NAME:
		return answer_name(q);
	case PORTS:
		return answer_ports(q);
	case A_GLOB:
		return answer_glob(q);
	default:
		return 0;
	}
}

/* ---- What was not found -------------------------------------------------- */

static void
put_nothing(const row *r)
{
	(void)r;
}

static int
fits(const char *glob, int proto)
{
	return walk_names(glob, proto, put_nothing) > 0;
}

/* Whether there are services, but none with what is asked for. */
static int
has_no_port(const struct query *q)
{
	return q->kind == A_NAME
	    || (q->kind == A_GLOB && fits(q->text, q->proto));
}

/* Whether only the protocol is wrong. For a glob, which may have a slash of its
 * own, only a walk tells: "htt*" fits, and "icmp" is in front or behind. */
static int
is_other_protocol(const struct query *q)
{
	char *slash = strrchr(q->text, '/');

	if (q->kind != A_GLOB || !slash)
		return q->kind == OTHER_PROTOCOL;
	if (fits(strchr(q->text, '/') + 1, IANA_PROTO_ANY))
		return 1;
	*slash = '\0';
	return fits(q->text, IANA_PROTO_ANY);
}

/* With hints, prints names that may have been meant. */
static void
say_why(const char *text, const struct query *q, int hints)
{
	if (has_no_port(q))
		complain(text, "has no port");
	else if (is_other_protocol(q))
		complain(text, "no such protocol");
	else
		say_missing(text, hints ? q->text : NULL);
}

/* Returns whether the query was answered. */
static int
ask(const char *text, int hints)
{
	struct query q;
	size_t n;

	read_query(&q, text);
	n = answer(&q);
	if (!n && q.kind != PORTS)
		say_why(text, &q, hints);
	end_answer(!n);
	free(q.text);
	return n > 0;
}

/* ---- Where queries come from --------------------------------------------- */

/* Each line is a query. Answers are written before it waits for more input. */
static int
ask_input(void)
{
	struct lines input = { .file = STDIN_FILENO };
	int all = 1, error, hints = isatty(STDIN_FILENO);
	char *line;

	while ((line = next_line(&input)))
		all &= ask(line, hints);
	error = input.error;
	free(input.text);
	if (!error)
		return all ? ALL_FOUND : NOT_FOUND;
	complain("standard input", strerror(error));
	return FAILED;
}

static int
run(int count, char **queries)
{
	int status = ALL_FOUND;

	if (!count && isatty(STDIN_FILENO))
		wrong_usage("QUERY", "missing operand");
	if (!count)
		return ask_input();
	for (int i = 0; i < count; i++) {
		int one = strcmp(queries[i], "-") ? !ask(queries[i], 1)
						  : ask_input();
		if (one > status)
			status = one;
	}
	return status;
}

const struct command query_command = { "", 
"usage: ianaport [OPTION]... QUERY...\n"
"       ianaport SUBCOMMAND [OPTION]... (\"ianaport help\" lists them)\n"
"Prints what IANA's registry says about services and ports. A QUERY is one of\n"
"  https   443   8000-8010   'http*'          any of them: https/tcp, TCP/443\n"
"  example.org:443   https://example.org   _https._tcp\n"
"  -       queries on standard input, one on each line; also without a QUERY\n"
"Behind an alias, * says that it is conventional, and + that it is local.\n"
"  -l, --long           all columns of each service, as a block\n"
"      --json, --tsv    all columns, for programs\n"
"      --port, --name   only the port, or only the name\n"
"  -r, --registry FILE  use a registry that ianaport-compile --blob made\n"
"  -h, --help           this text\n"
"  -V, --version        version, and date of the registry\n"
"  --                   queries follow, even \"ianaport -- search\"\n"
"Exit status: 0 all found, 1 something not found, 2 wrong usage, 3 failure\n",
	NULL, NULL, run, 1
};
