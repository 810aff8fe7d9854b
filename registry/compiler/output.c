/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/*
 * All outputs are written to temporary files beside the files that they
 * replace. They are renamed only when all of them are complete. So no output is
 * ever half written.
 */

#include "output.h"
#include "messages.h"

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* For the signal handler: the temporary file of each output, while it exists,
 * and the file that it will replace. */
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

/* Whether the file must not be replaced: a device, a pipe, or the target of
 * /dev/stdout. */
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

/* ---- What an output replaces --------------------------------------------- */

/* A name in the directory of a file. */
static char *
beside(const char *file, const char *name)
{
	const char *slash = strrchr(file, '/');
	struct text path = { 0 };

	if (slash)
		text_add(&path, file, (size_t)(slash - file) + 1);
	text_printf(&path, "%s", name);
	return path.data;
}

/* The path of a missing file, with the true name of its directory if that
 * exists. */
static char *
name_new_file(const char *file)
{
	const char *slash = strrchr(file, '/');
	char *folder = slash ? beside(file, "") : copy_string(".", 1);
	char *directory = realpath(folder, NULL);
	struct text path = { 0 };

	free(folder);
	if (!directory)
		return copy_string(file, strlen(file));
	text_printf(&path, "%s%s%s", directory, directory[1] ? "/" : "",
		    slash ? slash + 1 : file);
	free(directory);
	return path.data;
}

/* The target of a link; NULL for anything else. */
static char *
target_of_link(const char *file)
{
	char link[PATH_MAX];
	ssize_t n = readlink(file, link, sizeof link - 1);

	if (n < 0)
		return NULL;
	link[n] = '\0';
	return *link == '/' ? copy_string(link, (size_t)n)
		: beside(file, link);
}

/* The file that a name stands for: the target of a link, even if it does not
 * exist yet. */
static char *
follow_links(const char *file)
{
	char *at = copy_string(file, strlen(file));

	for (int links = 0; links <= 40; links++) {     /* 40, as Linux does */
		char *path = realpath(at, NULL);
		char *next = path ? NULL : target_of_link(at);
		if (!path && !next)
			path = name_new_file(at);
		free(at);
		if (path)
			return path;
		at = next;
	}
	fail_at(file, 0, "%s", strerror(ELOOP));
}

void
check_outputs(struct output *outputs, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (!outputs[i].file)
			continue;
		outputs[i].target = is_special(outputs[i].file)
			? outputs[i].file : follow_links(outputs[i].file);
		for (size_t j = 0; j < i; j++)
			if (outputs[j].file
			    && !strcmp(outputs[i].target, outputs[j].target))
				fail_at(outputs[i].file, 0, "two outputs with "
					"this name");
	}
}

/* ---- Writing ------------------------------------------------------------- */

/* The new file gets the owner, group and mode of the old one. A user who may
 * not give files away keeps the new one, and it gets no rights of the old
 * owner. */
static int
set_mode(int fd, const char *target)
{
	struct stat st;
	mode_t mask = umask(0);

	umask(mask);
	if (stat(target, &st))
		return fchmod(fd, 0666 & ~mask);

	bool given = !fchown(fd, st.st_uid, st.st_gid)
		|| !fchown(fd, (uid_t)-1, st.st_gid);

	return fchmod(fd, st.st_mode & (given ? 0777 : 0707));
}

/* The name is recorded before the file exists, so no signal leaves a file
 * behind. */
static void
write_beside(const struct output *output, struct temporary *temporary)
{
	struct text name = { 0 };

	text_printf(&name, "%s.XXXXXX", output->target);
	*temporary = (struct temporary){ name.data, output->target };
	int fd = mkstemp(name.data);
	if (fd < 0) {
		temporary->file = NULL;
		fail_at(output->target, 0, "%s", strerror(errno));
	}
	FILE *f = fdopen(fd, "wb");
	if (!f || set_mode(fd, output->target))
		fail_at(output->target, 0, "%s", strerror(errno));
	write_text(f, output->target, &output->text);
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

		char *name = t->file;

		t->file = NULL;         /* a signal must not see it freed */
		free(name);
	}
}

/* A signal that is ignored, as under nohup(1), stays so. */
static void
catch_signals(void)
{
	static const int caught[] = { SIGHUP, SIGINT, SIGPIPE, SIGTERM };

	for (size_t i = 0; i < sizeof caught / sizeof *caught; i++)
		if (signal(caught[i], die_of) == SIG_IGN)
			signal(caught[i], SIG_IGN);
	signal(SIGXFSZ, SIG_IGN);       /* an error like a full disk */
}

void
write_outputs(const struct output *outputs, size_t count)
{
	temporaries = allocate(count, sizeof *temporaries);
	temporary_count = count;
	atexit(remove_temporaries);
	catch_signals();
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
