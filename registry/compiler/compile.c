/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/*
 * ianaport-compile: the command. All outputs are made in memory, then written
 * beside their places, and only then renamed, so that none is half written.
 */

#include "registry.h"

#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum output { SNAPSHOT, DUMP, BLOB, C, DETAILS, HEADER, OUTPUTS };

static struct {
	const char *file;
	struct text text;
	char *temporary;        /* while it exists */
} outputs[OUTPUTS];

static const char usage[] =
"usage: ianaport-compile [OPTION FILE]... REGISTRY.xml\n"
"  --conventional FILE  merge conventional names, in services(5) syntax\n"
"  --overlay FILE       merge a site's names, such as /etc/services\n"
"  --lenient            skip bad lines of overlays\n"
"  --no-details         leave out descriptions, references and the like\n"
"  --snapshot FILE      write the registry's records, one a line\n"
"  --dump FILE          write every service, range and status row as text\n"
"  --blob FILE          write the blob\n"
"  --c FILE             write the blob as a C array\n"
"  --details FILE       write the details as a C array\n"
"  --header FILE        write its layout as a C header\n";

/* ---- C sources ----------------------------------------------------------- */

static void
print_notice(struct text *out, const struct registry *registry)
{
	text_printf(out, "/* Written by ianaport-compile from IANA's Service "
		    "Name and Transport Protocol\n * Port Number Registry of "
		    "%s (CC0). Do not edit. */\n", registry->updated);
}

static void
print_array(struct text *out, const struct registry *registry,
	    const char *name, const struct text *array)
{
	const unsigned char *bytes = (const unsigned char *)array->data;

	print_notice(out, registry);
	text_printf(out, "#include \"builtin.h\"\n\n"
		    "const unsigned char %s[%zu] = {", name, array->size);
	for (size_t i = 0; i < array->size; i++)
		text_printf(out, "%s%u,", i % 20 ? "" : "\n", bytes[i]);
	text_printf(out, "\n};\n");
}

static void
declare_array(struct text *out, const char *name, const struct text *array)
{
	text_printf(out, "#if defined __GNUC__\n"
		    "__attribute__((visibility(\"hidden\")))\n#endif\n"
		    "extern const unsigned char %s[%zu];\n\n", name,
		    array->size);
}

static void
print_layout(struct text *out, const struct registry *registry,
	     const struct blob *blob)
{
	const struct iap_layout *l = &blob->layout;

	print_notice(out, registry);
	text_printf(out, "#ifndef IAP_BUILTIN_H\n#define IAP_BUILTIN_H\n\n"
		    "#include \"format/layout.h\"\n\n");
	declare_array(out, "iap_builtin", &blob->bytes);
	if (blob->details.size)
		declare_array(out, "iap_builtin_details", &blob->details);
	text_printf(out, "#define IAP_BUILTIN_LAYOUT { \\\n"
		    "\t.key = 0x%llxu, \\\n", (unsigned long long)l->key);
	for (size_t i = 0; i < header_field_count; i++)
		text_printf(out, "\t.%s = %u, \\\n", header_fields[i].name,
			    header_value(&header_fields[i], l));
	text_printf(out, "}\n#define IAP_BUILTIN_DETAILS %s\n\n"
		    "/* What the largest entry of the libc shapes "
		    "needs */\n#define IAP_BUILTIN_ALIASES %zu\n"
		    "#define IAP_BUILTIN_STRINGS %zu\n\n#endif\n",
		    blob->details.size ? "iap_builtin_details" : "NULL",
		    blob->most_aliases, blob->most_string_bytes);
}

/* ---- Files --------------------------------------------------------------- */

static void
remove_temporaries(void)
{
	for (int i = 0; i < OUTPUTS; i++)
		if (outputs[i].temporary)
			unlink(outputs[i].temporary);
}

static void
write_file(FILE *f, const char *file, const struct text *text)
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

/* Through a name beside it, or beside the file that it is a link to. */
static void
write_output(enum output i)
{
	const char *file = outputs[i].file;

	if (is_special(file)) {
		FILE *f = fopen(file, "ab");
		if (!f)
			fail_at(file, 0, "%s", strerror(errno));
		write_file(f, file, &outputs[i].text);
		return;
	}
	char *target = realpath(file, NULL);
	if (target)
		outputs[i].file = file = target;
	struct text name = { 0 };
	text_printf(&name, "%s.XXXXXX", file);
	int fd = mkstemp(name.data);
	if (fd < 0)
		fail_at(file, 0, "%s", strerror(errno));
	outputs[i].temporary = name.data;
	mode_t mask = umask(0);
	umask(mask);
	FILE *f = fdopen(fd, "wb");
	if (!f || fchmod(fd, 0666 & ~mask))
		fail_at(file, 0, "%s", strerror(errno));
	write_file(f, file, &outputs[i].text);
}

static void
die_of(int number)
{
	remove_temporaries();
	signal(number, SIG_DFL);
	raise(number);
}

static void
write_outputs(void)
{
	atexit(remove_temporaries);
	signal(SIGINT, die_of);
	signal(SIGTERM, die_of);
	signal(SIGXFSZ, SIG_IGN);       /* an error like a full disk */
	for (enum output i = 0; i < OUTPUTS; i++)
		if (outputs[i].file)
			write_output(i);
	for (int i = 0; i < OUTPUTS; i++) {
		if (!outputs[i].temporary)
			continue;
		if (rename(outputs[i].temporary, outputs[i].file))
			fail_at(outputs[i].file, 0, "%s", strerror(errno));
		free(outputs[i].temporary);
		outputs[i].temporary = NULL;
	}
}

/* ---- The command --------------------------------------------------------- */

static noreturn void
exit_usage(void)
{
	fputs(usage, stderr);
	exit(2);
}

struct inputs {
	const char *registry, *conventional;
	const char **overlay;
	size_t overlays;
	bool lenient, no_details;
};

static struct inputs
parse_arguments(int argc, char **argv)
{
	enum { CONVENTIONAL = OUTPUTS, OVERLAY, LENIENT, NO_DETAILS, HELP };
	static const struct option options[] = {
		{ "snapshot", required_argument, NULL, SNAPSHOT },
		{ "dump", required_argument, NULL, DUMP },
		{ "blob", required_argument, NULL, BLOB },
		{ "c", required_argument, NULL, C },
		{ "details", required_argument, NULL, DETAILS },
		{ "header", required_argument, NULL, HEADER },
		{ "conventional", required_argument, NULL, CONVENTIONAL },
		{ "overlay", required_argument, NULL, OVERLAY },
		{ "lenient", no_argument, NULL, LENIENT },
		{ "no-details", no_argument, NULL, NO_DETAILS },
		{ "help", no_argument, NULL, HELP },
		{ NULL, 0, NULL, 0 }
	};
	struct inputs in = { .registry = NULL };
	int c;

	while ((c = getopt_long(argc, argv, "", options, NULL)) >= 0) {
		if (c < OUTPUTS)
			outputs[c].file = optarg;
		else if (c == CONVENTIONAL)
			in.conventional = optarg;
		else if (c == OVERLAY) {
			in.overlay = grow(in.overlay, in.overlays,
					  sizeof *in.overlay);
			in.overlay[in.overlays++] = optarg;
		} else if (c == LENIENT)
			in.lenient = true;
		else if (c == NO_DETAILS)
			in.no_details = true;
		else if (c == HELP) {
			fputs(usage, stdout);
			exit(0);
		} else
			exit_usage();
	}
	if (optind != argc - 1 || (in.no_details && outputs[DETAILS].file))
		exit_usage();
	in.registry = argv[optind];
	return in;
}

int
main(int argc, char **argv)
{
	/* Static, for what they hold is kept until the process ends. */
	static struct records records;
	static struct registry registry;
	static struct blob blob;
	static struct inputs in;

	in = parse_arguments(argc, argv);
	read_records(&records, in.registry);
	apply_rules(&registry, &records);
	if (in.conventional)
		read_conventional(&registry, in.conventional);
	for (size_t i = 0; i < in.overlays; i++)
		read_overlay(&registry, in.overlay[i], in.lenient);
	pack(&blob, &registry, !in.no_details);
	outputs[SNAPSHOT].text = records.snapshot;
	if (outputs[BLOB].file)
		outputs[BLOB].text = whole_file(&blob);
	if (outputs[DUMP].file)
		dump(&outputs[DUMP].text, &registry);
	if (outputs[C].file)
		print_array(&outputs[C].text, &registry, "iap_builtin",
			    &blob.bytes);
	if (outputs[DETAILS].file)
		print_array(&outputs[DETAILS].text, &registry,
			    "iap_builtin_details", &blob.details);
	if (outputs[HEADER].file)
		print_layout(&outputs[HEADER].text, &registry, &blob);
	write_outputs();
	return 0;
}
