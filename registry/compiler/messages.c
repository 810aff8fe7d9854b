/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#include "messages.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static bool slips_refused;

static void
message(const char *file, unsigned line, const char *kind, const char *format,
	va_list args)
{
	fprintf(stderr, "%s:", file);
	if (line)
		fprintf(stderr, "%u:", line);
	fprintf(stderr, " %s", kind);
	vfprintf(stderr, format, args);
	fputc('\n', stderr);
}

void
warn_at(const char *file, unsigned line, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	message(file, line, "warning: ", format, args);
	va_end(args);
}

void
fail_at(const char *file, unsigned line, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	message(file, line, "", format, args);
	va_end(args);
	exit(EXIT_FAILURE);
}

void
slip_at(const char *file, unsigned line, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	message(file, line, slips_refused ? "" : "warning: ", format, args);
	va_end(args);
	if (slips_refused)
		exit(EXIT_FAILURE);
}

void
refuse_slips(bool refuse)
{
	slips_refused = refuse;
}
