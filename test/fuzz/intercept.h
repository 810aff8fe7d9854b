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

#define exit fuzz_exit
#define fopen fuzz_fopen

#endif
