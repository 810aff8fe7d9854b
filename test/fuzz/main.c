/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* usage: fuzz_NAME FILE|DIRECTORY...: has the fuzzer try each file, and all in
 * the directories. If it knows how inputs are made, some are made of each. */

#include "fuzz.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>

#define MUTANTS 200                     /* of each file */

#pragma weak LLVMFuzzerCustomMutator

/* Changes a byte. */
size_t
LLVMFuzzerMutate(uint8_t *data, size_t size, size_t most)
{
	static unsigned random = 1;

	random = random * 1664525 + 1013904223;
	if (size && most)
		data[(random >> 8) % size] ^= (uint8_t)(1 << (random >> 29));
	return size;
}

static void
try_mutants(const unsigned char *data, size_t size)
{
	size_t room = 2 * size + 4096;
	unsigned char *mutant = malloc(room);

	for (unsigned i = 0; mutant && i < MUTANTS; i++) {
		memcpy(mutant, data, size);
		LLVMFuzzerTestOneInput(mutant, LLVMFuzzerCustomMutator(
			mutant, size, room, i));
	}
	free(mutant);
}

static void
fail(const char *path)
{
	fprintf(stderr, "%s: %s\n", path, strerror(errno));
	exit(EXIT_FAILURE);
}

static void
try_file(const char *path)
{
	FILE *f = fopen(path, "rb");
	size_t room = 1 << 20;
	unsigned char *data = malloc(room);

	if (!f || !data)
		fail(path);

	size_t size = fread(data, 1, room, f);

	if (ferror(f) || size == room)
		fail(path);
	fclose(f);
	fprintf(stderr, "%s: %zu bytes\n", path, size);
	LLVMFuzzerTestOneInput(data, size);
	if (LLVMFuzzerCustomMutator)
		try_mutants(data, size);
	free(data);
}

static void
try_path(const char *path);

static void
try_all(DIR *directory, const char *path)
{
	struct dirent *entry;

	while ((entry = readdir(directory))) {
		char file[4096];
		if (entry->d_name[0] == '.')
			continue;
		snprintf(file, sizeof file, "%s/%s", path, entry->d_name);
		try_path(file);
	}
	closedir(directory);
}

static void
try_path(const char *path)
{
	DIR *directory = opendir(path);

	if (directory)
		try_all(directory, path);
	else
		try_file(path);
}

int
main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++)
		try_path(argv[i]);
	return argc < 2;
}
