/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* ianaport: what the registry has on names and ports, a line a service. */

#include "ianaport.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAME, PORT, ALIASES, RANGE, STATUS, COLUMNS };

struct row {
	char *column[COLUMNS];
};

static struct row *rows;
static size_t row_count;

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
	struct list l = { NULL, iana_services_named(NULL, name, proto, NULL,
						    0) };

	l.service = checked(calloc(l.count + 1, sizeof *l.service));
	iana_services_named(NULL, name, proto, l.service, l.count);
	return l;
}

static struct list
services_on(int port, int proto)
{
	struct list l = { NULL, iana_services_on(NULL, port, proto, NULL, 0) };

	l.service = checked(calloc(l.count + 1, sizeof *l.service));
	iana_services_on(NULL, port, proto, l.service, l.count);
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
		? iana_status_name(iana_port_status(NULL, s->port, s->proto))
		: "-");
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
		iana_port_status(NULL, port, proto)));
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

static int
ask(const char *query)
{
	struct list l = services_of_name(query);
	int proto = 0, port;

	if (!l.count && (port = iana_resolve(query, &proto)) >= 0) {
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

static void
print_rows(void)
{
	size_t width[COLUMNS] = { 0 };

	for (size_t i = 0; i < row_count; i++)
		for (int c = 0; c < COLUMNS; c++)
			if (strlen(rows[i].column[c]) > width[c])
				width[c] = strlen(rows[i].column[c]);
	for (size_t i = 0; i < row_count; i++)
		for (int c = 0; c < COLUMNS; c++) {
			if (c < STATUS)
				printf("%-*s  ", (int)width[c],
				       rows[i].column[c]);
			else
				printf("%s\n", rows[i].column[c]);
			free(rows[i].column[c]);
		}
	free(rows);
}

static int
print_usage(FILE *out)
{
	fputs("usage: ianaport QUERY...\n"
	      "QUERY is a service name or a port, with or without a protocol:"
	      " https, https/tcp, 443, 443/udp\n", out);
	return 2;
}

int
main(int argc, char **argv)
{
	int all = 1, first = 1;

	if (argc > 1 && !strcmp(argv[1], "--help"))
		return print_usage(stdout), 0;
	if (argc > 1 && !strcmp(argv[1], "--version")) {
		printf("ianaport %s, registry of %s\n", iana_version(),
		       iana_registry_updated(NULL));
		return 0;
	}
	if (argc > 1 && !strcmp(argv[1], "--"))
		first++;
	else if (argc > 1 && argv[1][0] == '-')
		return print_usage(stderr);
	if (first >= argc)
		return print_usage(stderr);
	for (int i = first; i < argc; i++)
		all &= ask(argv[i]);
	print_rows();
	if (fflush(stdout) || ferror(stdout)) {
		perror("ianaport");
		return EXIT_FAILURE;
	}
	return all ? 0 : 1;
}
