/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* For Frama-C's Eva: the look-ups by port, with every port, every protocol, and
 * buffers of every size that matters. */

#include "ianaport.h"
#include "ianaport-netdb.h"
#include "chunks.h"

/* proof.sh makes the bytes of the buffer valid, and no others, so that its
 * address is a number. The largest entry and name need less. */
enum { START = 0x1000, BYTES = 96 };

static void
ask_services(const struct iana_registry *reg, int port, int proto)
{
	struct iana_service out[2], head;
	size_t n = iana_services_on(reg, port, proto, out, 2);

	if (n)
		iana_service_alias_of(&out[0], &head);
	if (n > 1)
		iana_service_alias_of(&out[1], &head);
	iana_services_on(reg, port, proto, NULL, 0);
}

typedef void asker(const struct iana_registry *reg, int port, int proto);

static void
each_number(const struct iana_registry *reg, int port, asker *ask)
{
	ask(reg, port, IANA_PROTO_ANY);
	ask(reg, port, IANA_PROTO_NONE);
	ask(reg, port, 6);
	ask(reg, port, 17);
	ask(reg, port, 33);
	ask(reg, port, 132);
}

/* What is between the numbers. */
static void
each_gap(const struct iana_registry *reg, int port, asker *ask)
{
	ask(reg, port, Frama_C_interval(INT_MIN, -2));
	ask(reg, port, Frama_C_interval(1, 5));
	ask(reg, port, Frama_C_interval(7, 16));
	ask(reg, port, Frama_C_interval(18, 32));
	ask(reg, port, Frama_C_interval(34, 131));
	ask(reg, port, Frama_C_interval(133, INT_MAX));
}

static void
ask_status(const struct iana_registry *reg, int port, int proto)
{
	iana_port_status(reg, port, proto);
}

static void
ask_names(const struct iana_registry *reg, int port, int proto)
{
	char *end = (char *)(START + BYTES);

	iana_name_of(reg, port, proto);
	ask_services(reg, port, proto);
	iana_format_port(reg, port, proto, end - 4, 4);
	iana_format_port(reg, port, proto, end - 64, 64);
}

static int
ask_entry(const struct iana_registry *reg, int port, const char *proto,
	  size_t size)
{
	struct servent entry, *result;
	char *buf = (char *)(START + BYTES - size);

	return iana_registry_getservbyport_r(reg, htons((uint16_t)port), proto,
					     &entry, buf, size, &result);
}

/* From 0 on, until the entry fits and leaves 24 bytes. That is more than is
 * copied at once, and aligned. */
static void
ask_every_size(int port)
{
	int fit = 0;

	//@ loop unroll 97;
	for (size_t size = 0; size <= BYTES && fit <= 24; size++) {
		char *buf = (char *)(START + BYTES - size);
		fit += !ask_entry(NULL, port, NULL, size);
		iana_format_port(NULL, port, IANA_PROTO_ANY, buf, size);
	}
}

/* A port without records: no protocol is looked at, but for its status. */
static void
ask_unused(int port)
{
	each_number(NULL, port, ask_status);
	ask_names(NULL, port, Frama_C_interval(INT_MIN, INT_MAX));
	if (port >= 0 && port < 65536)
		ask_entry(NULL, port, NULL, BYTES);
}

static void
ask_used(const struct iana_registry *reg, int port)
{
	each_number(reg, port, ask_status);
	each_number(reg, port, ask_names);
	each_gap(reg, port, ask_names);
	ask_entry(reg, port, NULL, BYTES);
	ask_entry(reg, port, "tcp", BYTES);
	ask_entry(reg, port, "udp", BYTES);
	ask_entry(reg, port, "sctp", BYTES);
	ask_entry(reg, port, "dccp", BYTES);
	ask_entry(reg, port, "none", BYTES);
}

/* Ports that share their records differ in nothing that a size depends on. */
static void
ask(int first, int last)
{
	static const unsigned char *before;
	int port = Frama_C_interval(first, last);
	const unsigned char *record = iap_find_port(NULL, port);

	if (!record) {
		ask_unused(port);
		return;
	}
	ask_used(NULL, port);
	if (record != before) {
		ask_used(&loaded, port);
		ask_every_size(port);
	}
	before = record;
}

int
main(void)
{
	int any = Frama_C_interval(INT_MIN, INT_MAX);

	each_port(ask);
	each_gap(NULL, any, ask_status);
	iana_getservbyport_r(Frama_C_interval(INT_MIN, 0), NULL,
			     &(struct servent){ 0 }, NULL, 0,
			     &(struct servent *){ NULL });
	iana_getservbyport_r(Frama_C_interval(65536, INT_MAX), NULL,
			     &(struct servent){ 0 }, NULL, 0,
			     &(struct servent *){ NULL });
	iana_proto_name(any);
	iana_port_range(any);
	iana_range_name(any);
	iana_status_name(any);
	return 0;
}
