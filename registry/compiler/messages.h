/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef MESSAGES_H
#define MESSAGES_H

/* The compiler's messages, on standard error. */

#include "format/platform.h"

#include <stdbool.h>
#include <stdnoreturn.h>

/* All print "file:line: message"; line 0 is left out. */
void IAP_PRINTF(3)
warn_at(const char *file, unsigned line, const char *format, ...);
void IAP_PRINTF(3)
say_at(const char *file, unsigned line, const char *format, ...);
noreturn void IAP_PRINTF(3)
fail_at(const char *file, unsigned line, const char *format, ...);

/* A slip of the publisher: a warning, or an error if slips are refused. */
void IAP_PRINTF(3)
slip_at(const char *file, unsigned line, const char *format, ...);
void
refuse_slips(bool refuse);

#endif
