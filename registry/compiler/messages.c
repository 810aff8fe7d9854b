/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#include "messages.h"
#include "text.h"
#include "format/printable.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static bool slips_refused;

/* A message quotes what was read, and may go to a terminal. */
static void
print(const char *text)
{
	const unsigned char *s = (const unsigned char *)text;

	for (size_t n; *s; s += n ? n : 1)
		if ((n = iap_printable(s)))
			fwrite(s, 1, n, stderr);
		else
			fprintf(stderr, "\\x%02x", *s);
}

static void
message(const char *file, unsigned line, const char *kind, const char *format,
	va_list args)
{
	struct text text = { 0 };

	text_printf(&text, "%s:", file);
	if (line)
		text_printf(&text, "%u:", line);
	text_printf(&text, " %s", kind);
	text_vprintf(&text, format, args);
	print(text.data);
	fputc('\n', stderr);
	free(text.data);
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
say_at(const char *file, unsigned line, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	message(file, line, "", format, args);
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
