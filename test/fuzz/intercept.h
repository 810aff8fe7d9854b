/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef INTERCEPT_H
#define INTERCEPT_H

/* Put in front of the compiler's files by -include: what they would end, or
 * open, is for compile.h. */

#include <stdio.h>
#include <stdlib.h>
#include <stdnoreturn.h>

noreturn void
fuzz_exit(int status);
FILE *
fuzz_fopen(const char *name, const char *mode);

int
fuzz_fclose(FILE *file);

#define exit fuzz_exit
#define fopen fuzz_fopen
#define fclose fuzz_fclose
/* The headers of libxml2 declare these. */
#define xmlCreatePushParserCtxt fuzz_create_parser
#define xmlFreeParserCtxt fuzz_free_parser

#endif
