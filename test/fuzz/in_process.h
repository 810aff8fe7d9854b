/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef IN_PROCESS_H
#define IN_PROCESS_H

/* Put in front of the command's files by -include: what they would end, read or
 * open, is for command.c. */

#include "ianaport.h"

#include <stdio.h>
#include <stdlib.h>
#include <stdnoreturn.h>
#include <unistd.h>

int
command_main(int argc, char **argv);
noreturn void
fuzz_exit(int status);
ssize_t
fuzz_read(int file, void *to, size_t size);
int
fuzz_open(const char *name, struct iana_registry **out);
int
fuzz_open_system(struct iana_registry **out);

extern FILE *fuzz_stderr;

#define main command_main
#define exit fuzz_exit
#define read fuzz_read
#define iana_registry_open fuzz_open
#define iana_registry_open_system fuzz_open_system
#define iana_registry_close(registry) ((void)(registry))
#undef stderr
#define stderr fuzz_stderr

#endif
