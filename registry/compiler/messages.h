/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef MESSAGES_H
#define MESSAGES_H

/* What the compiler says on standard error. */

#include <stdbool.h>
#include <stdnoreturn.h>

#if defined __GNUC__
#  define PRINTF(n) \
	__attribute__((format(printf, n, (n) + 1), nonnull(n)))
#else
#  define PRINTF(n)
#endif

/* All print "file:line: message"; line 0 is left out. */
void PRINTF(3)
warn_at(const char *file, unsigned line, const char *format, ...);
noreturn void PRINTF(3)
fail_at(const char *file, unsigned line, const char *format, ...);

/* A slip of the publisher's: a warning, or an error where no slips are
 * wanted. */
void PRINTF(3)
slip_at(const char *file, unsigned line, const char *format, ...);
void
refuse_slips(bool refuse);

#endif
