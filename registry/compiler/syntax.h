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

/* The mask of the protocols in a list, in upper or lower case: "TCP, udp". The
 * first word that is not a protocol is copied to *unknown, to be freed; if
 * there is none, *unknown is NULL. */
unsigned
parse_protocols(const char *list, char **unknown);

/* NULL, or which rule for all names of the registry a name breaks. */
const char *
name_fault(const char *name);
/* NULL, or why it cannot be kept as a name of the registry, or of a site. */
const char *
unfit_name(const char *name);
const char *
local_name_fault(const char *name);

/* "0.000330", as a third column of digits and a point */
bool
is_fraction(const char *s);

/* As strcmp(), ASCII case folded. */
int
compare_names(const char *a, const char *b);

/* "80" or "6000-6063", within 0-65535. A dash may be a longer one, with spaces
 * around it. */
bool
parse_number(const char *s, int *first, int *last);

/* The size of the no-break space at s: 2 bytes in UTF-8, or 0 if there is
 * none. */
size_t
no_break_space(const char *s);

/* "80/tcp", "6000-6063/udp", "6400/-"; first -1 for none: "-/tcp", "-/-" */
void
print_port(struct text *out, int first, int last, unsigned proto);

/* A name as in dumps: in quotes if it has a space or starts with a quote. */
void
print_name(struct text *out, const char *name);

/* The status that the description of a nameless record states. Returns false
 * for a description that IANA has not used so far; it is taken as reserved. */
bool
known_status(const char *description, enum iap_status *status);

/* The quoted name in a note that calls its record an alias or duplicate, or
 * NULL; to be freed. */
char *
alias_target(const char *note);

#endif
