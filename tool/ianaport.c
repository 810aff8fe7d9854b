/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* ianaport: what the registry has on names and ports, a line a service, or all
 * that it says of each. */

#include "ianaport.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAME, PORT, ALIASES, RANGE, STATUS, COLUMNS };

struct row {
	char *column[COLUMNS];
	struct iana_service service;    /* its name is NULL for a port alone */
};

static struct row *rows;
static size_t row_count;
static struct iana_registry *registry;  /* NULL: the one that is built in */

static void *
checked(void *p)
{
	if (!p) {
		fputs("ianaport: out of memory\n", stderr);
		exit(EXIT_FAILURE);
	}
	return p;
}

static struct row *
add_row(void)
{
	rows = checked(realloc(rows, (row_count + 1) * sizeof *rows));
	return &rows[row_count++];
}

static char *
copy(const char *s)
{
	return checked(strdup(s));
}

/* "443/tcp", "6000-6063/udp", "6400/-", "-/tcp"; "443" for any protocol */
static char *
print_port(int first, int last, const char *proto)
{
	char text[40];
	int n = first < 0 ? snprintf(text, sizeof text, "-")
		: first < last ? snprintf(text, sizeof text, "%d-%d", first,
					  last)
		: snprintf(text, sizeof text, "%d", first);

	if (proto)
		snprintf(text + n, sizeof text - (size_t)n, "/%s", proto);
	return copy(text);
}

/* ---- Services ------------------------------------------------------------ */

struct list {
	struct iana_service *service;
	size_t count;
};

static struct list
services_named(const char *name, int proto)
{
	struct list l = { NULL, iana_services_named(registry, name, proto,
						    NULL, 0) };

	l.service = checked(calloc(l.count + 1, sizeof *l.service));
	iana_services_named(registry, name, proto, l.service, l.count);
	return l;
}

static struct list
services_on(int port, int proto)
{
	struct list l = { NULL, iana_services_on(registry, port, proto, NULL,
						 0) };

	l.service = checked(calloc(l.count + 1, sizeof *l.service));
	iana_services_on(registry, port, proto, l.service, l.count);
	return l;
}

/* The aliases of a service, separated by commas, or "-". */
static char *
aliases_of(const struct iana_service *s)
{
	struct list on = services_on(s->port, s->proto);
	size_t size = 2;

	for (size_t i = 0; i < on.count; i++)
		size += strlen(on.service[i].name) + 1;

	char *text = checked(calloc(size, 1));

	for (size_t i = 0; i < on.count; i++) {
		struct iana_service head;
		if (!iana_service_alias_of(&on.service[i], &head)
		    || head.record != s->record)
			continue;
		if (*text)
			strcat(text, ",");
		strcat(text, on.service[i].name);
	}
	free(on.service);
	return *text ? text : strcpy(text, "-");
}

static void
add_service(const struct iana_service *s)
{
	const char *proto = iana_proto_name(s->proto);
	int has_port = s->port >= 0;
	struct row *row = add_row();

	row->column[NAME] = copy(s->name);
	row->column[PORT] = print_port(s->port, s->last_port,
				       proto || !has_port ? proto : "-");
	row->column[ALIASES] = has_port ? aliases_of(s) : copy("-");
	row->column[RANGE] = copy(has_port
		? iana_range_name(iana_port_range(s->port)) : "-");
	row->column[STATUS] = copy(has_port
		? iana_status_name(iana_port_status(registry, s->port, s->proto))
		: "-");
	row->service = *s;
}

/* A line for each service, aliases in the line of what they stand for. */
static void
add_list(struct list l)
{
	uint32_t *done = checked(calloc(l.count + 1, sizeof *done));
	size_t n = 0;

	for (size_t i = 0; i < l.count; i++) {
		struct iana_service s = l.service[i];
		size_t j = 0;
		iana_service_alias_of(&l.service[i], &s);
		while (j < n && done[j] != s.record)
			j++;
		if (j < n)
			continue;
		done[n++] = s.record;
		add_service(&s);
	}
	free(done);
	free(l.service);
}

static void
add_port_without_service(int port, int proto)
{
	struct row *row = add_row();

	row->column[NAME] = copy("-");
	row->column[PORT] = print_port(port, port, iana_proto_name(proto));
	row->column[ALIASES] = copy("-");
	row->column[RANGE] = copy(iana_range_name(iana_port_range(port)));
	row->column[STATUS] = copy(iana_status_name(
		iana_port_status(registry, port, proto)));
	row->service = (struct iana_service){ .port = port, .proto = proto };
}

/* ---- Queries ------------------------------------------------------------- */

/* As iana_resolve() reads a text, but for every service that it means. */
static struct list
services_of_name(const char *query)
{
	const char *slash = strrchr(query, '/');
	int proto = slash ? iana_proto_number(slash + 1) : -1;
	struct list l = services_named(query, 0);

	if (l.count || proto < 0)
		return l;
	free(l.service);

	char *name = copy(query);

	name[slash - query] = '\0';
	l = services_named(name, proto);
	free(name);
	return l;
}

/* A number, with or without a protocol, is in no registry a name. */
static int
is_number(const char *query)
{
	size_t digits = strspn(query, "0123456789");

	return digits && (!query[digits] || query[digits] == '/');
}

static int
ask(const char *query)
{
	struct list l = services_of_name(query);
	int proto = 0, port = -1;

	if (!l.count && is_number(query))
		port = iana_resolve(registry, query, &proto);
	if (port >= 0) {
		free(l.service);
		l = services_on(port, proto);
		if (!l.count)
			add_port_without_service(port, proto);
	} else if (!l.count) {
		fprintf(stderr, "ianaport: %s: no such service or port\n",
			query);
	}

	int found = l.count > 0;

	add_list(l);
	return found;
}

/* ---- Output -------------------------------------------------------------- */

static void
print_table(void)
{
	size_t width[COLUMNS] = { 0 };

	for (size_t i = 0; i < row_count; i++)
		for (int c = 0; c < COLUMNS; c++)
			if (strlen(rows[i].column[c]) > width[c])
				width[c] = strlen(rows[i].column[c]);
	for (size_t i = 0; i < row_count; i++)
		for (int c = 0; c < COLUMNS; c++)
			if (c < STATUS)
				printf("%-*s  ", (int)width[c],
				       rows[i].column[c]);
			else
				printf("%s\n", rows[i].column[c]);
}

static void
print_detail(const char *what, const char *text)
{
	if (strcmp(text, "") && strcmp(text, "-"))
		printf("  %-12s  %s\n", what, text);
}

static void
print_row(const struct row *row)
{
	const struct iana_service *s = &row->service;

	printf("%s  %s\n", row->column[NAME], row->column[PORT]);
	print_detail("aliases", row->column[ALIASES]);
	print_detail("range", row->column[RANGE]);
	print_detail("status", row->column[STATUS]);
	if (!s->name) {
		print_detail("description",
			     iana_port_status_text(registry, s->port,
						   s->proto));
		return;
	}
	print_detail("description", iana_service_description(s));
	print_detail("assignee", iana_service_assignee(s));
	print_detail("contact", iana_service_contact(s));
	print_detail("registered", iana_service_registered(s));
	print_detail("modified", iana_service_modified(s));
	print_detail("reference", iana_service_reference(s));
	print_detail("service code", iana_service_code(s));
	print_detail("unauthorized", iana_service_unauthorized_use(s));
	print_detail("note", iana_service_note(s));
}

static void
free_rows(void)
{
	for (size_t i = 0; i < row_count; i++)
		for (int c = 0; c < COLUMNS; c++)
			free(rows[i].column[c]);
	free(rows);
}

/* ---- The command --------------------------------------------------------- */

static void
open_registry(const char *file)
{
	iana_registry_close(registry);

	int error = iana_registry_open(file, &registry);

	if (error) {
		fprintf(stderr, "ianaport: %s: %s\n", file,
			iana_strerror(error));
		exit(EXIT_FAILURE);
	}
}

static const char usage[] =
"usage: ianaport [OPTION]... QUERY...\n"
"QUERY is a service name or a port, with or without a protocol: https,"
" https/tcp,\n443, 443/udp\n"
"  -l, --long           print all that the registry says of each service\n"
"  -r, --registry FILE  ask a registry that ianaport-compile --blob made\n"
"      --version        print the version, and the date of the registry\n";

static int long_format, print_version;

/* Returns the index of the first query. */
static int
parse_options(int argc, char **argv)
{
	static const struct option options[] = {
		{ "long", no_argument, NULL, 'l' },
		{ "registry", required_argument, NULL, 'r' },
		{ "version", no_argument, NULL, 'v' },
		{ "help", no_argument, NULL, 'h' },
		{ NULL, 0, NULL, 0 }
	};
	int c;

	while ((c = getopt_long(argc, argv, "+lr:", options, NULL)) >= 0) {
		if (c == 'l') {
			long_format = 1;
		} else if (c == 'r') {
			open_registry(optarg);
		} else if (c == 'v') {
			print_version = 1;
		} else {
			fputs(usage, c == 'h' ? stdout : stderr);
			exit(c == 'h' ? EXIT_SUCCESS : 2);
		}
	}
	if (optind == argc && !print_version) {
		fputs(usage, stderr);
		exit(2);
	}
	return optind;
}

int
main(int argc, char **argv)
{
	int all = 1;

	for (int i = parse_options(argc, argv); i < argc; i++)
		all &= ask(argv[i]);
	if (print_version)
		printf("ianaport %s, registry of %s\n", iana_version(),
		       iana_registry_updated(registry));
	if (!long_format)
		print_table();
	for (size_t i = 0; long_format && i < row_count; i++)
		print_row(&rows[i]);
	free_rows();
	iana_registry_close(registry);
	if (fflush(stdout) || ferror(stdout)) {
		perror("ianaport");
		return EXIT_FAILURE;
	}
	return all ? 0 : 1;
}
