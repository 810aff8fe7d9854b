/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/*
 * Calls for worst.py. `worst BLOB` makes every call with every argument, and
 * prints for each call its slowest argument and the nanoseconds, the best of
 * some tries. `worst BLOB CALL ARGUMENT...` opens the blob and makes these
 * calls once, each in counted(), for callgrind to count.
 */

#include "ianaport.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define TRIES 5
#define CAP 255                 /* services on a port, or of a name */

static unsigned char *blob;
static size_t size;
static struct iana_registry *registry;
static struct iana_service s, out[CAP];
static struct servent entry, *result;
static char buf[1 << 17];
static int any;

/* ---- Calls with a port --------------------------------------------------- */

static void
name_of(uint32_t port)
{
	iana_name_of(registry, (int)port, IANA_PROTO_NONE);
}

static void
format_port(uint32_t port)
{
	iana_format_port(registry, (int)port, IANA_PROTO_NONE, buf, sizeof buf);
}

static void
services_on(uint32_t port)
{
	iana_services_on(registry, (int)port, IANA_PROTO_ANY, out, CAP);
}

static void
port_status(uint32_t port)
{
	iana_port_status(registry, (int)port, IANA_PROTO_ANY);
}

static void
nameless_on(uint32_t port)
{
	iana_nameless_on(registry, (int)port, IANA_PROTO_ANY, out);
}

static void
status_text(uint32_t port)
{
	iana_port_status_text(registry, (int)port, 132);
}

static void
entry_on(uint32_t port)
{
	iana_registry_getservbyport_r(registry, htons((uint16_t)port), NULL,
				      &entry, buf, sizeof buf, &result);
}

static void
next_entry_from(uint32_t port)
{
	uint32_t cursor = port << 15 | 0x7fff;

	iana_registry_getservent_r(registry, &cursor, &entry, buf, sizeof buf,
				   &result);
}

static void
next_from(uint32_t port)
{
	uint32_t cursor = port << 15 | 0x7fff;

	iana_service_next(registry, &cursor, &s);
}

/* ---- Calls with a service ------------------------------------------------ */

static void
service_next(uint32_t cursor)
{
	iana_service_next(registry, &cursor, &s);
}

static void
next_entry(uint32_t cursor)
{
	iana_registry_getservent_r(registry, &cursor, &entry, buf, sizeof buf,
				   &result);
}

/* The others are about the service before the cursor, which is in s. */
static void
port_of(uint32_t cursor)
{
	(void)cursor;
	iana_port_of(registry, s.name, 33);
}

static void
resolve(uint32_t cursor)
{
	(void)cursor;
	any = 33;
	iana_resolve(registry, s.name, &any);
}

static void
services_named(uint32_t cursor)
{
	(void)cursor;
	iana_services_named(registry, s.name, IANA_PROTO_ANY, out, CAP);
}

static void
entry_named(uint32_t cursor)
{
	(void)cursor;
	iana_registry_getservbyname_r(registry, s.name, NULL, &entry, buf,
				      sizeof buf, &result);
}

static void
alias_of(uint32_t cursor)
{
	(void)cursor;
	iana_service_alias_of(&s, out);
}

static void
note(uint32_t cursor)
{
	(void)cursor;
	iana_service_note(&s);
}

static void
open_blob(uint32_t unused)
{
	(void)unused;
	int error = iana_registry_open_memory(blob, size, &registry);

	if (error) {
		fprintf(stderr, "worst: %s\n", iana_strerror(error));
		exit(EXIT_FAILURE);
	}
}

static struct kind {
	const char *name;
	void (*call)(uint32_t argument);
	int of_service;
	double worst;
	uint32_t argument;
} kinds[] = {
	{ .name = "open", .call = open_blob },
#define ON_PORT(call) { #call, call, 0, 0, 0 }
	ON_PORT(name_of), ON_PORT(format_port), ON_PORT(services_on),
	ON_PORT(port_status), ON_PORT(nameless_on), ON_PORT(status_text),
	ON_PORT(entry_on), ON_PORT(next_entry_from), ON_PORT(next_from),
#define OF_SERVICE(call) { #call, call, 1, 0, 0 }
	OF_SERVICE(service_next), OF_SERVICE(next_entry), OF_SERVICE(port_of),
	OF_SERVICE(resolve), OF_SERVICE(services_named),
	OF_SERVICE(entry_named), OF_SERVICE(alias_of), OF_SERVICE(note),
};
#define KINDS (sizeof kinds / sizeof *kinds)

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

/* The service after a cursor is in s, and stays there. */
static void
measure(struct kind *kind, uint32_t argument)
{
	struct iana_service kept = s;
	double best = 1e99;

	for (int i = 0; i < TRIES && best > kind->worst; i++) {
		double start = now();
		kind->call(argument);
		double took = now() - start;
		best = took < best ? took : best;
		s = kept;
	}
	if (best <= kind->worst)
		return;
	kind->worst = best;
	kind->argument = argument;
}

static void
measure_all(void)
{
	uint32_t cursor = 0, before = 0;

	for (struct kind *k = kinds + 1; k < kinds + KINDS; k++)
		for (uint32_t port = 0; port < 65536 && !k->of_service; port++)
			measure(k, port);
	for (; iana_service_next(registry, &cursor, &s); before = cursor)
		for (struct kind *k = kinds + 1; k < kinds + KINDS; k++)
			if (k->of_service)
				measure(k, before);
}

static volatile unsigned calls;

/* What callgrind counts. It is not static, so that it keeps its name. */
void
counted(void (*call)(uint32_t), uint32_t argument);
__attribute__((noinline)) void
counted(void (*call)(uint32_t), uint32_t argument)
{
	call(argument);
	calls++;                        /* after it, so it is no tail call */
}

static void
count(const char *name, uint32_t argument)
{
	uint32_t cursor = argument;

	for (const struct kind *k = kinds; k < kinds + KINDS; k++) {
		if (strcmp(k->name, name))
			continue;
		if (k->of_service)
			iana_service_next(registry, &cursor, &s);
		counted(k->call, argument);
		calls++;
	}
}

static void
read_blob(const char *path)
{
	FILE *f = fopen(path, "rb");

	if (!f || fseek(f, 0, SEEK_END)) {
		perror(path);
		exit(EXIT_FAILURE);
	}
	size = (size_t)ftell(f);
	rewind(f);
	blob = malloc(size);
	if (!blob || fread(blob, 1, size, f) != size) {
		perror(path);
		exit(EXIT_FAILURE);
	}
	fclose(f);
}

int
main(int argc, char **argv)
{
	if (argc < 2)
		return 2;
	read_blob(argv[1]);
	if (argc > 2) {
		count("open", 0);
		for (int i = 2; i + 1 < argc; i += 2)
			count(argv[i],
			      (uint32_t)strtoul(argv[i + 1], NULL, 10));
		return calls != (unsigned)argc / 2 * 2;
	}
	open_blob(0);
	measure_all();
	for (int i = 0; i < TRIES; i++) {
		iana_registry_close(registry);
		double start = now(), took;
		open_blob(0);
		took = now() - start;
		if (!i || took < kinds->worst)
			kinds->worst = took;
	}
	for (const struct kind *k = kinds; k < kinds + KINDS; k++)
		printf("%s %lu %.0f\n", k->name, (unsigned long)k->argument,
		       k->worst);
	return 0;
}
