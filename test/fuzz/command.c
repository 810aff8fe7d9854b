/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/*
 * The command ends its process, and leaves much in its static variables. Here
 * its exit() leads back. Its objects are linked between before.c and behind.c,
 * so that all of its variables can be set to what they were.
 */

#include "command.h"
#include "fuzz.h"
#include "in_process.h"
#include "mark.h"

#include <errno.h>
#include <getopt.h>
#include <setjmp.h>
#include <string.h>

#undef exit
#undef read
#undef stderr
#undef iana_registry_open

FILE *fuzz_stderr;

static jmp_buf back;
static struct given left;

/* ---- What the command calls ---------------------------------------------- */

noreturn void
fuzz_exit(int status)
{
	longjmp(back, status + 1);
}

static size_t
next_cut(void)
{
	if (!left.cuts)
		return left.size;
	left.cuts = left.cuts * 1664525 + 1013904223;
	return 1 + (left.cuts >> 8) % (1u << (left.cuts >> 28));
}

/* Sometimes it is interrupted. */
ssize_t
fuzz_read(int file, void *to, size_t size)
{
	MUST(file == STDIN_FILENO);

	size_t n = next_cut();

	if (left.cuts % 64 > 60) {
		errno = EINTR;
		return -1;
	}
	n = n < left.size ? n : left.size;
	n = n < size ? n : size;
	memcpy(to, left.data, n);
	left.data += n;
	left.size -= n;
	return (ssize_t)n;
}

/* The seeds of the fuzzer of blobs, each loaded once. */
int
fuzz_open(const char *name, struct iana_registry **out)
{
	static const char *const names[] = {
		"details", "ranges", "services", "status", "wide"
	};
	static struct iana_registry *loaded[sizeof names / sizeof *names];
	char path[4096];

	*out = NULL;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (strcmp(name, names[i]))
			continue;
		snprintf(path, sizeof path, BLOBS "/fuzz-%s.blob", name);
		if (!loaded[i])
			MUST(!iana_registry_open(path, &loaded[i]));
		*out = loaded[i];
		return 0;
	}
	errno = ENOENT;
	return IANA_E_SYSTEM;
}

/* The built-in registry would take seconds to export. */
int
fuzz_open_system(struct iana_registry **out)
{
	return fuzz_open("details", out);
}

/* ---- Its variables ------------------------------------------------------- */

/* The sanitizer has guards between variables, which a memcpy() may not read. */
__attribute__((no_sanitize_address)) static void
copy_words(volatile uint64_t *to, const volatile uint64_t *from, size_t n)
{
	for (size_t i = 0; i < n; i++)
		to[i] = from[i];
}

/* What is between two marks is kept at the first call, and put back at the
 * others. */
static void
reset(struct mark *before, struct mark *behind, uint64_t **kept)
{
	uint64_t *start = before->words;
	size_t n = ((uintptr_t)behind - (uintptr_t)before) / sizeof *start;

	MUST((uintptr_t)behind > (uintptr_t)before);
	if (*kept) {
		copy_words(start, *kept, n);
		return;
	}
	*kept = malloc(n * sizeof **kept);
	MUST(*kept);
	copy_words(*kept, start, n);
}

static void
reset_all(void)
{
	static uint64_t *data, *zeros;

	reset(&data_before, &data_behind, &data);
	reset(&zeros_before, &zeros_behind, &zeros);
	optind = 0;
}

/* ---- Its output ---------------------------------------------------------- */

/* Standard output is a file from the first call on, for write(2). */
static void
open_outputs(void)
{
	FILE *out = tmpfile();

	fuzz_stderr = tmpfile();
	MUST(out && fuzz_stderr);
	MUST(dup2(fileno(out), STDOUT_FILENO) == STDOUT_FILENO);
	fclose(out);
}

static char *
take_output(FILE *from, size_t *size)
{
	int file = fileno(from);

	fflush(from);

	off_t end = lseek(file, 0, SEEK_END);

	*size = (size_t)end;

	char *text = malloc(*size + 1);

	MUST(text && pread(file, text, *size, 0) == end);
	text[*size] = '\0';
	rewind(from);
	MUST(!ftruncate(file, 0));
	return text;
}

struct said
run_command_in_process(int count, char **words, const struct given *input)
{
	struct said said;
	char *own[MOST_WORDS + 1] = { NULL };   /* it may change their order */

	MUST(count <= MOST_WORDS);
	memcpy(own, words, (size_t)count * sizeof *own);
	if (!fuzz_stderr)
		open_outputs();
	reset_all();
	left = *input;

	int status = setjmp(back);

	said.status = status ? status - 1 : command_main(count, own);
	said.out = take_output(stdout, &said.out_size);
	said.messages = take_output(fuzz_stderr, &said.messages_size);
	return said;
}

void
free_said(struct said *said)
{
	free(said->out);
	free(said->messages);
}
