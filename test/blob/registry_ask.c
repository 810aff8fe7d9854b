/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/*
 * usage: registry_ask [next]
 *
 * Reads blobs from standard input, each with its size before it in 4 bytes, the
 * lowest first, and opens each in memory of exactly its size. Writes a line for
 * each: the error, or "ok", how many services there are, and the sum of all
 * answers; with "next" of an enumeration only.
 */

#include "walk.h"

#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#define SECONDS 30              /* a blob takes a hundredth of one */

static const char *
name_of(int error)
{
	switch (error) {
	case IANA_E_FILE: return "FILE";
	case IANA_E_MAGIC: return "MAGIC";
	case IANA_E_VERSION: return "VERSION";
	case IANA_E_SIZE: return "SIZE";
	case IANA_E_CHECKSUM: return "CHECKSUM";
	case IANA_E_OFFSET: return "OFFSET";
	case IANA_E_COUNT: return "COUNT";
	case IANA_E_ORDER: return "ORDER";
	case IANA_E_CHAIN: return "CHAIN";
	case IANA_E_STRING: return "STRING";
	case IANA_E_VALUE: return "VALUE";
	}
	return "unknown";
}

static void
ask(const unsigned char *data, size_t size, int only_next)
{
	struct iana_registry *registry;

	alarm(SECONDS);

	int error = iana_registry_open_memory(data, size, &registry);

	if (error) {
		puts(name_of(error));
	} else {
		struct walk w = only_next ? walk_next(registry)
			: walk_registry(registry);
		printf("ok %zu %016" PRIx64 "\n", w.services, w.sum);
	}
	iana_registry_close(registry);
}

/* The next blob, in memory of its own; NULL at the end. */
static unsigned char *
read_blob(size_t *size)
{
	unsigned char head[4], *data;

	if (fread(head, 1, sizeof head, stdin) != sizeof head)
		return NULL;
	*size = head[0] | (size_t)head[1] << 8 | (size_t)head[2] << 16
		| (size_t)head[3] << 24;
	data = malloc(*size);
	if (data && fread(data, 1, *size, stdin) == *size)
		return data;
	free(data);
	return NULL;
}

int
main(int argc, char **argv)
{
	unsigned char *data;
	size_t size;
	int only_next = argc > 1 && !strcmp(argv[1], "next");

	/* What was answered before a crash tells which blob it was. */
	setvbuf(stdout, NULL, _IOLBF, 0);
	while ((data = read_blob(&size))) {
		ask(data, size, only_next);
		free(data);
	}
	return !feof(stdin);
}
