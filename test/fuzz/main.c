/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* usage: fuzz_NAME FILE|DIRECTORY...: has the fuzzer try each file, and all in
 * the directories. */

#include "fuzz.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>

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
	printf("%s: %zu bytes\n", path, size);
	fflush(stdout);
	LLVMFuzzerTestOneInput(data, size);
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
