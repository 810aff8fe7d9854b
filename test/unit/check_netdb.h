/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef CHECK_NETDB_H
#define CHECK_NETDB_H

#include "check_main.h"
#include "ianaport.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <stdio.h>
#include <string.h>

#define TEXT_SIZE 96

/* An entry in words: "http 80/tcp www www-http", or "-" for none. A port that
 * is not one in network byte order shows. */
static inline const char *
entry_text(const struct servent *e, char *text)
{
	int n;

	if (!e)
		return strcpy(text, "-");
	n = snprintf(text, TEXT_SIZE, "%s %d/%s", e->s_name,
		     e->s_port & ~0xffff ? e->s_port
		     : ntohs((uint16_t)e->s_port), e->s_proto);
	for (char **alias = e->s_aliases; *alias && n < TEXT_SIZE; alias++)
		n += snprintf(text + n, TEXT_SIZE - (size_t)n, " %s", *alias);
	return text;
}

#define TEXT(entry) entry_text(entry, (char[TEXT_SIZE]){ 0 })

#define ENOUGH 1024             /* for every entry, says ianaport.h */

/* A question to one of the three calls. */
struct question {
	enum { NAME, PORT, NEXT } of;
	const char *name;
	int port;               /* network order */
	const char *proto;
};

static inline int
ask(const struct question *q, struct servent *entry, char *buf, size_t size,
    struct servent **result)
{
	static struct servent stray;

	*result = &stray;       /* is to be overwritten */
	switch (q->of) {
	case NAME:
		return iana_getservbyname_r(q->name, q->proto, entry, buf, size,
					    result);
	case PORT:
		return iana_getservbyport_r(q->port, q->proto, entry, buf, size,
					    result);
	default:
		return iana_getservent_r(entry, buf, size, result);
	}
}

#endif
