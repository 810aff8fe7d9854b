/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/*
 * All outputs are written beside their places, and only then renamed, so that
 * none is half written.
 */

#include "output.h"
#include "messages.h"

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* For a signal's handler: a file of its own for each output, while it exists,
 * and what it is to replace. */
static struct temporary {
	char *file;             /* NULL: there is none */
	const char *target;
} *temporaries;
static size_t temporary_count;

static void
remove_temporaries(void)
{
	for (size_t i = 0; i < temporary_count; i++)
		if (temporaries[i].file)
			unlink(temporaries[i].file);
}

static void
die_of(int number)
{
	remove_temporaries();
	signal(number, SIG_DFL);
	raise(number);
}

static void
write_text(FILE *f, const char *file, const struct text *text)
{
	size_t size = fwrite(text->data, 1, text->size, f);

	if (size != text->size || fflush(f) || ferror(f) || fclose(f))
		fail_at(file, 0, "%s", strerror(errno));
}

/* Whether there is something that must not be replaced: a device, a pipe, or
 * what /dev/stdout leads to. */
static bool
is_special(const char *file)
{
	struct stat st;

	return !strcmp(file, "/dev/stdout") || !strcmp(file, "/dev/stderr")
		|| !strncmp(file, "/dev/fd/", 8)
		|| (!stat(file, &st) && !S_ISREG(st.st_mode));
}

static void
write_special(const struct output *output)
{
	FILE *f = fopen(output->file, "ab");

	if (!f)
		fail_at(output->file, 0, "%s", strerror(errno));
	write_text(f, output->file, &output->text);
}

/* Through a name beside it, or beside the file that it is a link to. */
static void
write_beside(const struct output *output, struct temporary *temporary)
{
	char *target = realpath(output->file, NULL);
	const char *file = target ? target : output->file;
	struct text name = { 0 };

	text_printf(&name, "%s.XXXXXX", file);
	int fd = mkstemp(name.data);
	if (fd < 0)
		fail_at(file, 0, "%s", strerror(errno));
	*temporary = (struct temporary){ name.data, file };
	mode_t mask = umask(0);
	umask(mask);
	FILE *f = fdopen(fd, "wb");
	if (!f || fchmod(fd, 0666 & ~mask))
		fail_at(file, 0, "%s", strerror(errno));
	write_text(f, file, &output->text);
}

static void
rename_all(void)
{
	for (size_t i = 0; i < temporary_count; i++) {
		struct temporary *t = &temporaries[i];
		if (!t->file)
			continue;
		if (rename(t->file, t->target))
			fail_at(t->target, 0, "%s", strerror(errno));
		t->file = NULL;
	}
}

void
write_outputs(const struct output *outputs, size_t count)
{
	temporaries = allocate(count, sizeof *temporaries);
	temporary_count = count;
	atexit(remove_temporaries);
	signal(SIGINT, die_of);
	signal(SIGTERM, die_of);
	signal(SIGXFSZ, SIG_IGN);       /* an error like a full disk */
	for (size_t i = 0; i < count; i++) {
		if (!outputs[i].file)
			continue;
		if (is_special(outputs[i].file))
			write_special(&outputs[i]);
		else
			write_beside(&outputs[i], &temporaries[i]);
	}
	rename_all();
}
