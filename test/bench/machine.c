/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* Where the numbers are from. */

#define _GNU_SOURCE
#include "bench.h"

#include <gnu/libc-version.h>
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>

static const char *
processor(void)
{
	static char line[256];
	FILE *file = fopen("/proc/cpuinfo", "r");
	const char *name = NULL;

	while (file && !name && fgets(line, sizeof line, file))
		if (!strncmp(line, "model name", 10))
			name = strchr(line, ':');
	if (file)
		fclose(file);
	if (!name)
		return "unknown processor";
	line[strcspn(line, "\n\"\\")] = '\0';
	return name + 2;
}

const char *
machine(void)
{
	static char text[512];
	struct utsname u = { .sysname = "" };

	uname(&u);
	snprintf(text, sizeof text, "%s, %s %s %s, glibc %s, "
#ifdef __clang__
		 "%s",
#else
		 "gcc %s",
#endif
		 processor(), u.sysname, u.release, u.machine,
		 gnu_get_libc_version(), __VERSION__);
	return text;
}
