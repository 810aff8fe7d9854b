/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/*
 * What a program is asked by others: a text that should be a service, ports,
 * protocols and sizes of buffers that are anything. The first six bytes are the
 * numbers: size 2, port 2, protocols 2; the rest is the text.
 */

#include "fuzz.h"
#include "ianaport-netdb.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <string.h>

#define CAP 4

struct query {
	size_t size;
	int port, proto;
	const char *proto_name, *text;
};

static int
is_port(int port)
{
	return port >= -1 && port <= 65535;
}

/* ---- Native calls -------------------------------------------------------- */

static void
ask_texts(const struct query *q)
{
	int proto = q->proto, port = iana_resolve(NULL, q->text, &proto);

	MUST(is_port(port));
	MUST(port >= 0 || proto == q->proto);
	MUST(!q->proto || proto == q->proto);
	MUST(is_port(iana_port_of(NULL, q->text, q->proto)));
	MUST(is_port(iana_resolve(NULL, q->text, NULL)));
	MUST(iana_proto_number(q->text) < 256);
	MUST(!iana_name_is_valid(q->text) || strlen(q->text) < 16);
}

static void
ask_services(const struct query *q)
{
	struct iana_service all[64], *few = malloc(CAP * sizeof *few);
	size_t n = iana_services_named(NULL, q->text, q->proto, all, 64);
	size_t cap = q->size % (CAP + 1);

	MUST(few && n <= 64);
	MUST(iana_services_named(NULL, q->text, q->proto, few, cap) == n);
	for (size_t i = 0; i < n; i++) {
		MUST(strlen(all[i].name) == strlen(q->text));
		MUST(!q->proto || all[i].proto == q->proto);
		MUST(*iana_service_description(&all[i]) || 1);
		MUST(i >= cap || few[i].record == all[i].record);
	}
	MUST(iana_services_on(NULL, q->port, q->proto, few, cap) <= 64);
	free(few);
}

static void
format_port(const struct query *q)
{
	char *buf = malloc(q->size);
	size_t n = iana_format_port(NULL, q->port, q->proto, buf, q->size);

	MUST(n < 16);
	MUST(!q->size || strlen(buf) == (n < q->size ? n : q->size - 1));
	free(buf);
}

/* ---- The calls of <netdb.h> ---------------------------------------------- */

/* A string with its end, or a vector, lies in the buffer. */
static void
check_inside(const struct query *q, const char *buf, const void *start,
	     size_t size)
{
	const char *p = start;

	MUST(p >= buf && size <= q->size && p - buf
	     <= (ptrdiff_t)(q->size - size));
}

static void
check_entry(const struct query *q, const char *buf, const struct servent *e)
{
	char **alias = e->s_aliases;

	check_inside(q, buf, e->s_name, strlen(e->s_name) + 1);
	check_inside(q, buf, e->s_proto, strlen(e->s_proto) + 1);
	check_inside(q, buf, alias, sizeof *alias);
	for (; *alias; alias++) {
		check_inside(q, buf, alias + 1, sizeof *alias);
		check_inside(q, buf, *alias, strlen(*alias) + 1);
	}
}

enum by { NAME, PORT, ORDER };

static int
get_entry(const struct query *q, enum by by, struct servent *entry, char *buf,
	  struct servent **result)
{
	switch (by) {
	case NAME:
		return iana_getservbyname_r(q->text, q->proto_name, entry, buf,
					    q->size, result);
	case PORT:
		return iana_getservbyport_r(q->port, q->proto_name, entry, buf,
					    q->size, result);
	case ORDER:
		break;
	}
	return iana_getservent_r(entry, buf, q->size, result);
}

static void
ask_netdb(const struct query *q, enum by by)
{
	struct servent entry, *result = (void *)&entry.s_port;
	char *buf = malloc(q->size);
	int error = get_entry(q, by, &entry, buf, &result);

	MUST(!error || !result);
	MUST(!error || (error == ERANGE && q->size < 1024)
	     || (error == ENOENT && by == ORDER));
	MUST(!result || result == &entry);
	if (result)
		check_entry(q, buf, result);
	free(buf);
}

/* libc is asked for no host. */
static void
ask_addresses(const struct query *q)
{
	struct addrinfo hints = { .ai_flags = AI_NUMERICHOST,
				  .ai_protocol = q->proto }, *list;
	struct sockaddr_in address = { .sin_family = AF_INET,
				       .sin_port = (in_port_t)q->port };
	char *buf = malloc(q->size);

	if (!iana_getaddrinfo("127.0.0.1", q->text, &hints, &list)) {
		MUST(list && list->ai_addrlen == sizeof address);
		freeaddrinfo(list);
	}
	if (!iana_getnameinfo((void *)&address, sizeof address, NULL, 0, buf,
			      (socklen_t)q->size, q->size % 2 ? NI_DGRAM : 0))
		MUST(!q->size || strlen(buf) < q->size);
	free(buf);
}

/* These have room of their own. */
static void
ask_plain(const struct query *q)
{
	struct servent *by_name = iana_getservbyname(q->text, q->proto_name);
	struct servent *by_port = iana_getservbyport(q->port, q->proto_name);
	struct servent *next;

	MUST(!by_name || *by_name->s_name);
	MUST(!by_port || by_port->s_port == q->port);
	if (q->size % 64 == 0)
		iana_setservent(q->port);
	next = iana_getservent();
	MUST(!next || (*next->s_name && next != by_name && next != by_port));
	if (!next)
		iana_endservent();
}

/* Any number has a text, or none. */
static void
ask_numbers(const struct query *q)
{
	int n = q->port;

	MUST(*iana_strerror(n) && *iana_range_name((enum iana_range)n)
	     && *iana_status_name((enum iana_status)n));
	MUST(!iana_proto_name(n) || iana_proto_number(iana_proto_name(n)) == n);
	MUST(*iana_range_name(iana_port_range(n)));
}

/* ---- All together -------------------------------------------------------- */

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const int protos[] = { 0, 6, 17, 33, 132, 1, -1, 262 };
	static const char *const names[] = { NULL, "tcp", "udp", "sctp",
					     "dccp", "", "TCP", "tcpx" };

	if (size < 6)
		return 0;

	char *text = calloc(size - 5, 1);

	MUST(text);
	memcpy(text, data + 6, size - 6);

	struct query q = {
		.size = data[0] | (data[1] & 7u) << 8,
		.port = (int)(data[2] | (unsigned)data[3] << 8)
			- (data[1] & 64 ? 65536 : 0),
		.proto = protos[data[4] % 8],
		.proto_name = data[5] & 128 ? text : names[data[5] % 8],
		.text = exact_copy(text, strlen(text) + 1),
	};

	ask_texts(&q);
	ask_services(&q);
	format_port(&q);
	ask_netdb(&q, NAME);
	ask_netdb(&q, PORT);
	ask_netdb(&q, ORDER);
	ask_plain(&q);
	if ((data[5] & 96) == 96)      /* libc takes a long time */
		ask_addresses(&q);
	ask_numbers(&q);
	free((void *)q.text);
	free(text);
	return 0;
}
