/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef QUERY_H
#define QUERY_H

/* What a person types for a service or a port. */

struct query {
	enum { NOTHING, A_NAME, PORTS, A_GLOB, OTHER_PROTOCOL } kind;
	char *text;                     /* of a name or glob, or of what was
					 * none; for free(3) */
	int first, last;                /* of ports */
	int proto;
};

/* Reads a query. Whatever it is, the text is to be freed. */
void
read_query(struct query *q, const char *text);

/* Number of a protocol, in any case of letters; or IANA_PROTO_UNKNOWN. */
int
read_protocol(const char *text, size_t n);

/* Reads "443", or "8000-8010"; returns 0 if a text is neither. */
int
read_ports(const char *text, int *first, int *last);

#endif
