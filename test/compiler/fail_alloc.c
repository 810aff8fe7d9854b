/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/*
 * A preloaded library: the Nth allocation of the process fails, where FAIL_AT
 * is N. Without it, or with 0, the number of allocations is written to file
 * descriptor 3 at the end: up to the last rename(2), since what measures the
 * coverage allocates later.
 */

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

void *
__libc_malloc(size_t size);
void *
__libc_calloc(size_t count, size_t size);
void *
__libc_realloc(void *memory, size_t size);

static unsigned long fail_at, count, renamed;

__attribute__((constructor)) static void
start(void)
{
	const char *n = getenv("FAIL_AT");

	fail_at = n ? strtoul(n, NULL, 10) : 0;
	count = 0;
}

__attribute__((destructor)) static void
end(void)
{
	if (!fail_at)
		dprintf(3, "%lu\n", renamed);
}

static int
fails(void)
{
	if (++count != fail_at)
		return 0;
	errno = ENOMEM;
	return 1;
}

void *
malloc(size_t size)
{
	return fails() ? NULL : __libc_malloc(size);
}

void *
calloc(size_t n, size_t size)
{
	return fails() ? NULL : __libc_calloc(n, size);
}

void *
realloc(void *memory, size_t size)
{
	return fails() ? NULL : __libc_realloc(memory, size);
}

int
rename(const char *old, const char *new)
{
	renamed = count;
	return renameat(AT_FDCWD, old, AT_FDCWD, new);
}
