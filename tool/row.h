/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef ROW_H
#define ROW_H

/* A row of an answer: a service, or ports that no service has. Its name is then
 * NULL. */

#include "ianaport.h"

#include <stddef.h>

typedef struct iana_service row;

enum column {
	NAME, PORT, PROTOCOL, ALIASES, ALIAS_ORIGINS, RANGE, STATUS, ORIGIN,
	DESCRIPTION, ASSIGNEE, CONTACT, REGISTERED, MODIFIED, REFERENCE,
	SERVICE_CODE, UNAUTHORIZED, NOTE, COLUMNS
};

extern const char *const column_names[COLUMNS];

/* The content of a column, to be freed with free(3); "" if it has none. */
char *
column_of(const row *r, enum column column);

/* Port and protocol in one, for free(3): "443/tcp", "6000-6063/udp", "6400/-",
 * "-/tcp", "-"; "443" for ports of any protocol. */
char *
place_of(const row *r);

/* "nfsd", "conventional", "nfsd*", "nfsd (conventional)" */
enum aspect { NAMES, ORIGINS, MARKED_NAMES, NAMES_AND_ORIGINS };

/* Aliases in one text, for free(3). */
char *
aliases_of(const row *r, enum aspect aspect, const char *between);

/* Status of a row; IANA_STATUS_INVALID if it has no port. */
enum iana_status
status_of(const row *r);

/* Whether the registry says the same of two ports that no service has. */
int
is_same_but_port(const row *a, const row *b);

/* The protocols in the order of look-ups, and behind them IANA_PROTO_NONE. */
enum { PROTOCOLS = 4, NO_PROTOCOL = PROTOCOLS };

extern const int protocols[PROTOCOLS + 1];

/* Where a service comes from. */
enum origin { FROM_IANA, CONVENTIONAL, LOCAL };

extern const char *const origin_names[];

enum origin
origin_of(const struct iana_service *service);

/* All services on a port, for free(3). */
struct iana_service *
services_on(int port, int proto, size_t *count);

/* Finds the next alias of a service among those on its port; NULL at the end.
 * The position starts with 0. */
const struct iana_service *
next_alias(const struct iana_service *of, const struct iana_service *on,
	   size_t count, size_t *position);

#endif
