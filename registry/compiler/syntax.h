/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef SYNTAX_H
#define SYNTAX_H

/* What the text of a single field means. */

#include "text.h"
#include "format/layout.h"

#include <stdbool.h>

#define NO_PROTOCOL 4           /* the bit number for none */

/* Bit number of a protocol's name, or -1. */
int
protocol_bit(const char *name);
const char *
protocol_name(unsigned bit);

/* NULL, or what is wrong with a name that the registry, or a site, has. */
const char *
name_fault(const char *name);
const char *
local_name_fault(const char *name);

/* As strcmp(), ASCII case folded. */
int
compare_names(const char *a, const char *b);

/* "80" or "6000-6063", within 0-65535 */
bool
parse_number(const char *s, int *first, int *last);

/* "80/tcp", "6000-6063/udp", "6400/-"; first -1 for none: "-/tcp", "-/-" */
void
print_port(struct text *out, int first, int last, unsigned proto);

/* What the description of a record without a name says; false for one that IANA
 * has not used so far, which is taken as reserved. */
bool
known_status(const char *description, enum iap_status *status);

/* The quoted name in a note that calls its record an alias or duplicate, or
 * NULL; to be freed. */
char *
alias_target(const char *note);

#endif
