/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef COMPILE_H
#define COMPILE_H

/*
 * The compiler within the process of a fuzzer. It would end the process for bad
 * input; here its exit() leads back, and its fopen() opens what is in memory.
 * It leaves strings behind, and no more.
 */

#include <libxml/parser.h>

#include "fuzz.h"
#include "intercept.h"
#include "../blob/walk_netdb.h"
#include "conventional.h"
#include "dump.h"
#include "overlay.h"
#include "pack.h"
#include "rules.h"

#include <errno.h>
#include <setjmp.h>
#include <string.h>

/* By the names that the compiler is given; NULL at the end. */
static struct input {
	const char *name;
	const void *data;
	size_t size;
} inputs[4];

static size_t opened;           /* of them, so far */
static FILE *input;             /* NULL: it was closed */
static xmlParserCtxtPtr parser; /* NULL: it was freed */
static jmp_buf back;

noreturn void
fuzz_exit(int status)
{
	MUST(status == EXIT_FAILURE);
	longjmp(back, 1);
}

FILE *
fuzz_fopen(const char *name, const char *mode)
{
	const struct input *in = inputs;

	while (in->name && strcmp(in->name, name))
		in++;
	MUST(in->name);
	opened++;
	if (in->size)
		return input = fmemopen((void *)(uintptr_t)in->data, in->size,
					mode);
	errno = ENOENT;
	return NULL;
}

#undef fclose
#undef xmlCreatePushParserCtxt
#undef xmlFreeParserCtxt

int
fuzz_fclose(FILE *which)
{
	MUST(which == input);
	input = NULL;
	return fclose(which);
}

xmlParserCtxtPtr
fuzz_create_parser(xmlSAXHandlerPtr handler, void *data, const char *chunk,
		   int size, const char *name);

xmlParserCtxtPtr
fuzz_create_parser(xmlSAXHandlerPtr handler, void *data, const char *chunk,
		   int size, const char *name)
{
	return parser = xmlCreatePushParserCtxt(handler, data, chunk, size,
						name);
}

void
fuzz_free_parser(xmlParserCtxtPtr which);

void
fuzz_free_parser(xmlParserCtxtPtr which)
{
	parser = NULL;
	xmlFreeParserCtxt(which);
}

const char *
__asan_default_options(void);

const char *
__asan_default_options(void)
{
	return "detect_leaks=0";
}

/* What the compiler makes, the library accepts. */
static inline void
check_blob(const struct registry *registry, bool details)
{
	struct blob blob = { .layout = { 0 } };
	struct iana_registry *found;

	pack(&blob, registry, details);

	struct text file = whole_file(&blob);
	unsigned char *copy = exact_copy(file.data, file.size);
	int error = iana_registry_open_memory(copy, file.size, &found);

	if (error)
		fprintf(stderr, "the library says: %s\n",
			iana_strerror(error));
	MUST(!error);
	walk_services(found);
	walk_netdb(found);
	iana_registry_close(found);
	free(copy);
	free(file.data);
	free(blob.bytes.data);
	free(blob.details.data);
}

static inline void
compile_all(struct records *records, struct registry *registry, bool lenient,
	    bool details)
{
	struct text text = { 0 };

	read_records(records, "xml");
	apply_rules(registry, records);
	for (const struct input *in = inputs; in->name; in++) {
		if (!strcmp(in->name, "conventional"))
			read_conventional(registry, in->name);
		if (!strcmp(in->name, "overlay"))
			read_overlay(registry, in->name, lenient);
	}
	check_blob(registry, details);
	dump(&text, registry);
	free(text.data);
}

/* As the command, with the inputs that there are. */
static inline void
compile_inputs(bool lenient, bool details)
{
	static struct records records;
	static struct registry registry;

	memset(&records, 0, sizeof records);
	memset(&registry, 0, sizeof registry);
	opened = 0;
	if (!setjmp(back))
		compile_all(&records, &registry, lenient, details);
	MUST(opened);
	if (input)
		fuzz_fclose(input);
	if (parser)
		fuzz_free_parser(parser);
	free(records.snapshot.data);
	free(records.record);
	free(registry.service);
	free(registry.named.chain), free(registry.named.bucket);
	free(registry.same.chain), free(registry.same.bucket);
	free(registry.nameless);
}

#endif
