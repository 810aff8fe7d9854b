/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* For Frama-C's Eva: enumeration from every cursor, which has 32 bits. */

#include "ianaport.h"
#include "ianaport-netdb.h"
#include "chunks.h"
#include "lookup/services.h"

/* As in by_port.c, which has every size. */
enum { START = 0x1000, BYTES = 96 };

/* The highest bit of a cursor. */
static const uint32_t portless = 0x80000000u;

static void
next_entry(uint32_t cursor, size_t size)
{
	struct servent entry, *result;

	iana_registry_getservent_r(NULL, &cursor, &entry,
				   (char *)(START + BYTES - size), size,
				   &result);
}

static void
next_service(uint32_t cursor)
{
	struct iana_service out, head;

	if (iana_service_next(NULL, &cursor, &out))
		iana_service_alias_of(&out, &head);
}

/* Cursors between two: for entries, the highest bit has no meaning. */
static void
ask_between(uint32_t first, uint32_t last)
{
	uint32_t cursor = (uint32_t)Frama_C_interval((int)first, (int)last);

	next_service(cursor);
	next_entry(cursor, BYTES);
	next_entry(cursor + portless, BYTES);
	next_entry(cursor, 20);
}

/* Whatever number a cursor has, the next service is that of all numbers from
 * the order of one service on to that of the next one. */
static void
ask(int first, int last)
{
	const unsigned char *records
		= iap_find_port(NULL, Frama_C_interval(first, last));
	uint32_t order = 0, next = 0;
	unsigned bit;

	if (first < 0 || last > 65535)
		return;
	while (records
	       && iap_next_service(NULL, records, IAP_ANY, 0, &next, &bit)) {
		ask_between(iap_cursor(first, order),
			    iap_cursor(first, next - 1));
		order = next;
	}
	ask_between(iap_cursor(first, order), iap_cursor(last, 0x7fff));
}

/* The last case is that of the words behind the records. */
static void
ask_portless(void)
{
	uint32_t words = (iap_builtin_layout.end - iap_builtin_layout.portless)
		/ 2;

	//@ loop unroll 100;
	for (uint32_t word = 0; word < words; word++)
		next_service(portless + word);
	next_service(portless
		     + (uint32_t)Frama_C_interval((int)words, INT_MAX));
}

/* All of it, in one thread. */
static void
enumerate(void)
{
	char *buf = (char *)START;
	struct servent entry, *result;

	iana_setservent(0);
	//@ loop unroll 1000;
	while (!iana_getservent_r(&entry, buf, BYTES, &result))
		;
	iana_endservent();
}

int
main(void)
{
	each_port(ask);
	ask_portless();
	enumerate();
	return 0;
}
