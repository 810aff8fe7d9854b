/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

#include "tool.h"
#include "query.h"
#include "text.h"

#include <stdlib.h>
#include <string.h>

/* ---- Parts --------------------------------------------------------------- */

int
read_protocol(const char *text, size_t n)
{
	char name[8] = "";

	for (size_t i = 0; i < n && n < sizeof name; i++)
		name[i] = small(text[i]);
	return iana_proto_number(name);
}

/* Reads up to five digits; returns what follows them, or NULL. */
static const char *
read_port(const char *text, int *port)
{
	size_t digits = strspn(text, "0123456789");

	if (!digits || digits > 5)
		return NULL;
	*port = atoi(text);
	return *port <= 65535 ? text + digits : NULL;
}

int
read_ports(const char *text, int *first, int *last)
{
	const char *end = read_port(text, first);

	*last = *first;
	if (end && *end == '-')
		end = read_port(end + 1, last);
	return end && !*end && *first <= *last;
}

/* The protocol is known. */
static int
read_bare(struct query *q, const char *text)
{
	if (iana_services_named(registry, text, q->proto, NULL, 0))
		q->kind = A_NAME;
	else if (read_ports(text, &q->first, &q->last))
		q->kind = PORTS;
	else
		return 0;
	memmove(q->text, text, strlen(text) + 1);
	return 1;
}

/* ---- Forms --------------------------------------------------------------- */

/* Cuts "/tcp" off the end, or "/-" as the table has it, or "tcp/" off the
 * start. */
static void
cut_protocol(struct query *q, char *text)
{
	char *slash = strrchr(text, '/');
	int proto = slash ? read_protocol(slash + 1, strlen(slash + 1)) : 0;

	if (slash && !strcmp(slash, "/-"))
		proto = IANA_PROTO_NONE;
	if (proto > 0 || proto == IANA_PROTO_NONE) {
		q->proto = proto;
		*slash = '\0';
		return;
	}
	slash = strchr(text, '/');
	proto = slash ? read_protocol(text, (size_t)(slash - text)) : 0;
	if (proto > 0) {
		q->proto = proto;
		memmove(text, slash + 1, strlen(slash + 1) + 1);
	}
}

/* Where a form says what is a name or port, keeps no more than that: a hint is
 * about it. */
static int
read_part(struct query *q, const char *text)
{
	if (read_bare(q, text))
		return 1;
	memmove(q->text, text, strlen(text) + 1);
	return 0;
}

/* "_https._tcp", with or without a domain behind it (RFC 6763, section 7) */
static int
read_dns_sd(struct query *q, char *text)
{
	char *label = *text == '_' ? strstr(text, "._") : NULL;
	int proto;

	if (!label)
		return 0;
	proto = read_protocol(label + 2, strcspn(label + 2, "."));
	if (proto <= 0)
		return 0;
	q->proto = proto;
	*label = '\0';
	return read_part(q, text + 1);
}

/* The port after the host: "example.org:443", "[::1]:443", ":443". A further
 * colon belongs to an address without a port. */
static char *
port_of_host(char *text)
{
	char *colon = strrchr(text, ':');

	if (!colon || (*text != '[' && strchr(text, ':') != colon)
	    || (*text == '[' && colon[-1] != ']'))
		return NULL;
	return colon + 1;
}

static int
read_host(struct query *q, char *text)
{
	char *port = port_of_host(text);
	int proto;

	if (!port)
		return 0;
	proto = read_protocol(text, (size_t)(port - 1 - text));
	if (proto > 0)
		q->proto = proto;
	/* "mailto:joe@example.org" has no port behind its colon. */
	return strpbrk(port, "./@*?[") ? read_bare(q, port)
				       : read_part(q, port);
}

/* The port of a URL, or otherwise its scheme. The scheme may be a protocol. */
static int
read_url(struct query *q, char *text, char *host)
{
	char *user, *port;
	int proto = read_protocol(text, (size_t)(host - text));

	*host = '\0';
	host += strlen("://");
	host[strcspn(host, "/?#")] = '\0';
	user = strrchr(host, '@');
	if (user)
		host = user + 1;
	if (proto > 0)
		q->proto = proto;
	port = port_of_host(host);
	return read_part(q, port && *port ? port : text);
}

/* A name and the brackets of an address may look like a glob, which is tried
 * last. */
static int
read_glob(struct query *q, const char *text)
{
	if (!strpbrk(text, "*?["))
		return 0;
	q->kind = A_GLOB;
	return 1;
}

static int
read_forms(struct query *q, char *text)
{
	char *host = strstr(text, "://");

	if (host)
		return read_url(q, text, host);
	cut_protocol(q, text);
	return read_bare(q, text) || read_host(q, text)
	    || read_dns_sd(q, text) || read_glob(q, text);
}

/* Whether all is right but the protocol: "443/icmp", ":443/icmp", "icmp/443"
 * or "_https._icmp". */
static int
has_other_protocol(struct query *q, char *text)
{
	char *last = strrchr(text, '/'), *label = strstr(text, "._"), *port;

	if (last) {
		*last = '\0';
		port = port_of_host(text);
		if (read_bare(q, text) || (port && read_bare(q, port)))
			return 1;
		*last = '/';
		return read_bare(q, strchr(text, '/') + 1);
	}
	if (*text != '_' || !label)
		return 0;
	*label = '\0';
	return read_bare(q, text + 1);
}

void
read_query(struct query *q, const char *text)
{
	*q = (struct query){ NOTHING, checked(strdup(text)), 0, 0,
			     IANA_PROTO_ANY };
	if (iana_services_named(registry, text, IANA_PROTO_ANY, NULL, 0))
		q->kind = A_NAME;
	else if (!read_forms(q, q->text))
		q->kind = has_other_protocol(q, q->text) ? OTHER_PROTOCOL
							 : NOTHING;
}
