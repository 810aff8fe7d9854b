/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/*
 * usage: oracle_ask [--registry FILE | --memory FILE] [QUESTIONS]
 *
 * Puts the questions of oracle.py, read from a file or standard input, to the
 * library, writes its answers in the same form and counts those that differ.
 * The form is described in oracle.py. With a registry's file, they are put to
 * the registry in that one, opened in both ways; or only in memory, where the
 * library knows no files.
 *
 * This runs on every platform, so it needs a C library and no more.
 */

#include "ianaport.h"

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SHOWN 20                /* differences printed */
#define MANY 256                /* more services than any name or port has */
#define ROOM 8192               /* for an entry with local names */
#define LENGTH(array) (sizeof(array) / sizeof *(array))

static const int protos[] = {
	IANA_PROTO_ANY, 6, 17, 33, 132, IANA_PROTO_NONE, 1, IANA_PROTO_UNKNOWN
};

/* The registries that questions are put to, and the one at hand. */
static struct source {
	struct iana_registry *registry;
	uint32_t cursor, entries;       /* of services, and of entries */
} sources[2], *from = sources;
static size_t source_count = 1; /* the built-in one */
static unsigned char *bytes;    /* that hold the one in memory */

static char got[1 << 16];       /* the answer; an overlong one is cut short */
static size_t got_length;
static char line[2 * sizeof got]; /* the question, and the answer expected */
static size_t asked;            /* calls that answered a question */

static void
#ifdef __GNUC__
__attribute__((format(printf, 1, 2)))
#endif
put(const char *format, ...)
{
	size_t room = sizeof got - got_length;
	va_list ap;
	int n;

	va_start(ap, format);
	n = vsnprintf(got + got_length, room, format, ap);
	va_end(ap);
	if (n > 0)
		got_length += (size_t)n < room ? (size_t)n : room - 1;
}

/* ---- Native calls -------------------------------------------------------- */

static int
same_service(const struct iana_service *a, const struct iana_service *b)
{
	return a->name == b->name && a->registry == b->registry &&
	       a->record == b->record && a->flags == b->flags &&
	       a->port == b->port && a->last_port == b->last_port &&
	       a->proto == b->proto;
}

/* The services of a name, or, where that is NULL, on a port. */
static size_t
find(const char *name, int port, int proto, struct iana_service *out,
     size_t cap)
{
	asked++;
	return name ? iana_services_named(from->registry, name, proto, out,
					  cap)
		    : iana_services_on(from->registry, port, proto, out, cap);
}

/* Whether an array of cap elements gets the first cap services and no more. */
static int
cap_is_kept(const char *name, int port, int proto,
	    const struct iana_service *all, size_t n, size_t cap)
{
	static const struct iana_service untouched = { .port = INT_MIN };
	struct iana_service some[MANY];

	some[cap] = untouched;
	if (find(name, port, proto, cap ? some : NULL, cap) != n)
		return 0;
	for (size_t i = 0; i < cap; i++)
		if (!same_service(&some[i], &all[i]))
			return 0;
	return same_service(&some[cap], &untouched);
}

/* Whether asking for its name gives the very same service, on any port of a
 * range. */
static int
is_of_its_name(const struct iana_service *s)
{
	struct iana_service all[MANY];
	size_t n = find(s->name, -1, s->proto, all, MANY);

	for (size_t i = 0; i < n && i < MANY; i++)
		if (same_service(&all[i], s))
			return 1;
	return 0;
}

static void
put_service(struct iana_service s)
{
	struct iana_service head;

	/* No alias has an alias for its head, so the bound is never met. */
	for (int depth = 0; depth < 4; depth++, s = head) {
		put("%s%s|%d|%d|%d|%u", depth ? ">" : "", s.name, s.port,
		    s.last_port, s.proto, (unsigned)s.flags);
		if (s.registry != from->registry || !is_of_its_name(&s))
			put("!record");
		asked++;
		if (!iana_service_alias_of(&s, &head))
			return;
	}
}

static void
put_details(const struct iana_service *s)
{
	static const char *(*const details[])(const struct iana_service *) = {
		iana_service_description, iana_service_reference,
		iana_service_assignee, iana_service_contact,
		iana_service_registered, iana_service_modified,
		iana_service_note, iana_service_unauthorized_use,
		iana_service_code
	};

	for (size_t i = 0; i < LENGTH(details); i++)
		put("|%s", details[i](s));
	asked += LENGTH(details);
}

static void
put_services(const char *name, int port, int proto)
{
	struct iana_service all[MANY];
	size_t n = find(name, port, proto, all, MANY);

	put("%lu:", (unsigned long)n);
	for (size_t i = 0; i < n && i < MANY; i++) {
		put("%s", i ? ";" : "");
		put_service(all[i]);
	}
	for (size_t cap = 0; (cap == 0 || cap < n) && cap < MANY; cap++)
		if (!cap_is_kept(name, port, proto, all, n, cap))
			put("!cap %lu", (unsigned long)cap);
}

static void
ask_services_named(const char *name)
{
	for (size_t i = 0; i < LENGTH(protos); i++) {
		put("%s", i ? " " : "");
		put_services(name, -1, protos[i]);
	}
}

/* The record of a port that no service has, where there is one. */
static void
put_nameless(int port, int proto)
{
	struct iana_service s;

	asked++;
	if (!iana_nameless_on(from->registry, port, proto, &s))
		return;
	put(":%d|%d|%d", s.port, s.last_port, s.proto);
	if (*s.name || s.flags || s.registry != from->registry)
		put("!service");
	put_details(&s);
}

static void
ask_services_on(int port)
{
	for (size_t i = 0; i < LENGTH(protos); i++) {
		put("%s", i ? " " : "");
		put_services(NULL, port, protos[i]);
		put(":%s:%s", iana_status_name(iana_port_status(
				from->registry, port, protos[i])),
		    iana_port_status_text(from->registry, port, protos[i]));
		put_nameless(port, protos[i]);
		asked += 2;
	}
}

/* What comes next does not depend on how many there were. */
static void
ask_next_service(int n)
{
	struct iana_service s;

	(void)n;
	asked++;
	if (!iana_service_next(from->registry, &from->cursor, &s)) {
		put("-");
		return;
	}
	put_service(s);
	put_details(&s);
}

static void
ask_date(const char *text)
{
	(void)text;
	put("%s", iana_registry_updated(from->registry));
	asked++;
}

static void
ask_resolve(const char *text)
{
	put("%s", iana_name_is_valid(text) ? "valid" : "odd");
	asked++;
	for (size_t i = 0; i < LENGTH(protos); i++) {
		int proto = protos[i];
		int port = iana_resolve(from->registry, text, &proto);

		put(" %d=%d/%d",
		    iana_port_of(from->registry, text, protos[i]), port, proto);
		asked += 2;
	}
}

static void
put_formatted(int port, int proto)
{
	char text[256] = "?", cut[4] = "xxx";
	size_t n = iana_format_port(from->registry, port, proto, text,
				    sizeof text);

	put("%lu=%s", (unsigned long)n, text);
	if (iana_format_port(from->registry, port, proto, cut, 3) != n ||
	    strncmp(cut, text, 2) != 0 || strlen(cut) != (n < 2 ? n : 2))
		put("!cut");
	asked += 2;
}

static void
ask_format(int port)
{
	put("%s", iana_range_name(iana_port_range(port)));
	asked++;
	for (size_t i = 0; i < LENGTH(protos); i++) {
		const char *name = iana_name_of(from->registry, port,
						protos[i]);

		put(" %s:", name ? name : "-");
		put_formatted(port, protos[i]);
		asked++;
	}
}

/* ---- The calls of <netdb.h> ---------------------------------------------- */

#if IANA_NETDB

#include <errno.h>
#ifdef _WIN32
#  include <winsock2.h>
#else
#  include <arpa/inet.h>
#  include <netdb.h>
#endif

static const char *const libc_protos[] = {
	NULL, "tcp", "udp", "sctp", "dccp", "", "TCP", "ddp"
};
static struct servent stray;    /* what *result points to before a call */

/* Whether an entry's port and protocol, given back, find them again. */
static int
is_on_its_port(const struct servent *e)
{
	struct servent mine, *result = NULL;
	char buf[ROOM];

	asked++;
	iana_registry_getservbyport_r(from->registry, e->s_port, e->s_proto,
				      &mine, buf, sizeof buf, &result);
	return result && result->s_port == e->s_port &&
	       strcmp(result->s_proto, e->s_proto) == 0;
}

static void
put_entry(const struct servent *e)
{
	asked++;
	if (!e) {
		put("-");
		return;
	}

	uint16_t net_port = (uint16_t)e->s_port;

	/* winsock's s_port is a short. */
	if (e->s_port != (sizeof e->s_port == 2 ? (int16_t)net_port : net_port)
	    || !is_on_its_port(e))
		put("!port ");
	put("%s|%d|%s|", e->s_name, ntohs(net_port), e->s_proto);
	for (char **alias = e->s_aliases; *alias; alias++)
		put("%s%s", alias == e->s_aliases ? "" : ",", *alias);
}

/* The outcome of an _r call that was to return `none` if there is no entry. */
static void
put_result(int rc, int none, const struct servent *mine,
	   const struct servent *result)
{
	if (rc != (result ? 0 : none))
		put("!returned %d ", rc);
	if (result && result != mine)
		put("!result");
	else
		put_entry(result);
}

/* Both forms have answered: leave one answer if they are the same. */
static void
merge(size_t first, size_t second)
{
	size_t n = second - first;

	if (got_length - second == n &&
	    memcmp(got + first, got + second, n) == 0)
		got_length = second;
}

/* The entry of a name, or, where that is NULL, on a port. */
static void
put_lookup(const char *name, int port, const char *proto)
{
	struct servent mine, *result = &stray;
	char buf[ROOM];
	size_t first = got_length, second;
	int rc;

	rc = name ? iana_registry_getservbyname_r(from->registry, name, proto,
						  &mine, buf, sizeof buf,
						  &result)
		  : iana_registry_getservbyport_r(from->registry, port, proto,
						  &mine, buf, sizeof buf,
						  &result);
	put_result(rc, 0, &mine, result);
	if (from->registry)
		return;
	second = got_length;
	put_entry(name ? iana_getservbyname(name, proto)
		       : iana_getservbyport(port, proto));
	merge(first, second);
	second = got_length;
	result = &stray;
	rc = name ? iana_getservbyname_r(name, proto, &mine, buf, sizeof buf,
					 &result)
		  : iana_getservbyport_r(port, proto, &mine, buf, sizeof buf,
					 &result);
	put_result(rc, 0, &mine, result);
	merge(first, second);
}

static void
put_lookups(const char *name, int port)
{
	for (size_t i = 0; i < LENGTH(libc_protos); i++) {
		put("%s", i ? " " : "");
		put_lookup(name, port, libc_protos[i]);
	}
}

static void
ask_entry_named(const char *name)
{
	put_lookups(name, 0);
}

static void
ask_entry_on(int port)
{
	put_lookups(NULL, htons((uint16_t)port));
}

static void
ask_entry_on_int(int port)
{
	put_lookups(NULL, port);
}

static void
ask_next_entry_r(int n)
{
	struct servent mine, *result = &stray;
	char buf[ROOM];

	(void)n;

	int rc = from->registry
		? iana_registry_getservent_r(from->registry, &from->entries,
					     &mine, buf, sizeof buf, &result)
		: iana_getservent_r(&mine, buf, sizeof buf, &result);

	put_result(rc, ENOENT, &mine, result);
}

static void
ask_next_entry(int n)
{
	if (from->registry)
		ask_next_entry_r(n);
	else
		put_entry(iana_getservent());
}

static void
ask_rewind(const char *how)
{
	from->entries = 0;
	if (strcmp(how, "setservent") == 0)
		iana_setservent(1);
	else
		iana_endservent();
	put("-");
}

#endif

/* ---- The lines ----------------------------------------------------------- */

static int
parse_int(const char *text, int *value)
{
	char *end;
	long n = strtol(text, &end, 10);

	*value = (int)n;
	return end != text && *end == '\0' && n >= INT_MIN && n <= INT_MAX;
}

/* A question by its word, with what stands behind it as text or as a number. */
static const struct question {
	const char *word;
	void (*of_text)(const char *text);
	void (*of_int)(int n);
} questions[] = {
	{ "date", ask_date, NULL },
	{ "next-service", NULL, ask_next_service },
	{ "services-named", ask_services_named, NULL },
	{ "services-on", NULL, ask_services_on },
	{ "resolve", ask_resolve, NULL },
	{ "format", NULL, ask_format },
#if IANA_NETDB
	{ "entry-named", ask_entry_named, NULL },
	{ "entry-on", NULL, ask_entry_on },
	{ "entry-on-int", NULL, ask_entry_on_int },
	{ "next-entry", NULL, ask_next_entry },
	{ "next-entry-r", NULL, ask_next_entry_r },
	{ "rewind", ask_rewind, NULL },
#endif
};

/* Returns 0 for a question that is not understood. */
static int
ask(const char *word, size_t length, const char *text)
{
	const struct question *q = questions;
	int n;

	while (strncmp(q->word, word, length) || q->word[length])
		if (++q == questions + LENGTH(questions))
			return 0;
	if (q->of_text)
		q->of_text(text);
	else if (parse_int(text, &n))
		q->of_int(n);
	else
		return 0;
	return 1;
}

/* Whether the answer of the source at hand differs; -1 for a bad question. */
static int
differs(const char *question, const char *expected, int show)
{
	const char *space = strchr(question, ' ');

	got_length = 0;
	got[0] = '\0';
	if (!space || !ask(question, (size_t)(space - question), space + 1))
		return -1;
	got[got_length] = '\0';
	if (strcmp(got, expected) == 0)
		return 0;
	if (show)
		fprintf(stderr, "%s\n  expected  %s\n  got       %s\n",
			question, expected, got);
	return 1;
}

/* A library without <netdb.h> is not asked these. */
static int
is_about_entries(const char *question)
{
	return strncmp(question, "entry-", 6) == 0 ||
	       strncmp(question, "next-entry", 10) == 0 ||
	       strncmp(question, "rewind ", 7) == 0;
}

/* Returns how many answers differ, or -1 for a bad line. */
static int
judge(int show)
{
	char *tab = strrchr(line, '\t');
	int wrong = 0;

	if (!tab)
		return -1;
	*tab = '\0';
	if (!IANA_NETDB && is_about_entries(line))
		return 0;
	for (from = sources; from < sources + source_count; from++) {
		int n = differs(line, tab + 1, show);
		if (n < 0)
			return -1;
		wrong += n;
	}
	return wrong;
}

/* Read a line, and take its end off. Returns 0 at the end of the input, and for
 * a line that is broken off, too long, or has a NUL. */
static int
next_line(FILE *in)
{
	if (!fgets(line, sizeof line, in))
		return 0;

	size_t n = strlen(line);

	if (n == 0 || line[n - 1] != '\n')
		return 0;
	line[n - 1] = '\0';
	return 1;
}

/* ---- Registries ---------------------------------------------------------- */

/* A file's bytes behind one that gives them an odd address, and up to the end
 * of the memory; NULL for none. */
static unsigned char *
read_behind_byte(const char *path, size_t *size)
{
	FILE *f = fopen(path, "rb");
	unsigned char *memory = NULL;
	long length;

	if (!f)
		return NULL;
	if (fseek(f, 0, SEEK_END) == 0 && (length = ftell(f)) > 0)
		memory = malloc((size_t)length + 1);
	if (memory) {
		rewind(f);
		*size = fread(memory + 1, 1, (size_t)length, f);
	}
	fclose(f);
	return memory;
}

static void
must_open(const char *path, int error)
{
	if (!error)
		return;
	fprintf(stderr, "oracle: %s: %s\n", path, iana_strerror(error));
	exit(2);
}

/* Put the questions to a file's registry, opened in each way, or in memory. */
static void
open_registries(const char *how, const char *path)
{
	size_t size = 0;

	source_count = 0;
	if (strcmp(how, "--registry") == 0)
		must_open(path, iana_registry_open(
				path, &sources[source_count++].registry));
	bytes = read_behind_byte(path, &size);
	must_open(path, bytes ? iana_registry_open_memory(
			bytes + 1, size, &sources[source_count++].registry)
		  : IANA_E_SYSTEM);
}

static void
close_registries(void)
{
	for (size_t i = 0; i < LENGTH(sources); i++)
		iana_registry_close(sources[i].registry);
	free(bytes);
}

/* Put all questions. Returns how many answers are wrong. */
static size_t
judge_all(FILE *in)
{
	size_t wrong = 0;
	int lines = 0, stated = -1;

	while (next_line(in) && strncmp(line, "end\t", 4) != 0) {
		int n = judge(wrong < SHOWN);

		lines++;
		if (n < 0) {
			fprintf(stderr, "oracle: line %d: not a question: %s\n",
				lines, line);
			exit(2);
		}
		wrong += (size_t)n;
	}
	if (strncmp(line, "end\t", 4) != 0 || !parse_int(line + 4, &stated) ||
	    stated != lines || getc(in) != EOF) {
		fprintf(stderr, "oracle: broken off after %d lines\n", lines);
		exit(2);
	}
	return wrong;
}

int
main(int argc, char **argv)
{
	FILE *in = stdin;

	if (argc > 2 && (strcmp(argv[1], "--registry") == 0 ||
			 strcmp(argv[1], "--memory") == 0)) {
		open_registries(argv[1], argv[2]);
		argc -= 2;
		argv += 2;
	}
	if (argc > 2) {
		fputs("usage: oracle_ask [--registry FILE | --memory FILE] "
		      "[QUESTIONS]\n", stderr);
		return 2;
	}
	if (argc == 2 && !(in = fopen(argv[1], "rb"))) {
		perror(argv[1]);
		return 2;
	}

	size_t wrong = judge_all(in);

	fclose(in);
	close_registries();
	printf("oracle: %lu questions, %lu wrong\n", (unsigned long)asked,
	       (unsigned long)wrong);
	return wrong > 0 || asked == 0;
}
