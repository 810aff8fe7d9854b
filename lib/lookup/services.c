/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* Whole services: by name, by port, and one after the other. */

#include "services.h"

#include <string.h>

/*
 * iana_service.record names a service for good: the place of its original
 * record, in units of 2 bytes, and the bit of its protocol.
 */
static uint32_t
record_of(const struct iana_registry *in, const unsigned char *record,
	  unsigned bit)
{
	size_t at = (size_t)(record - iap_blob(in)) - iap_at(in)->records;

	return (uint32_t)(at / 2) << 3 | bit;
}

static void
fill(struct iana_service *out, const struct iana_registry *in,
     const unsigned char *record, unsigned bit)
{
	struct iap_extra d = iap_extra_of(in, record);
	int port = (int)iap_port(record);

	if (d.original)
		record = iap_record(in, d.original);
	*out = (struct iana_service){
		.name = iap_name(record),
		.registry = in,
		.record = record_of(in, record, bit),
		.flags = d.flags & IAP_PUBLIC_FLAGS,
		.port = port ? port : -1,
		.last_port = port ? (int)d.last : -1,
		.proto = iap_proto_of(bit),
	};
}

size_t
iana_services_named(const struct iana_registry *in, const char *name,
		    int proto, struct iana_service *out, size_t cap)
{
	unsigned mask = iap_mask_of(proto);
	const unsigned char *r = name ? iap_find_name(in, name, strlen(name))
		: NULL;
	size_t n = 0;

	for (; r; r = iap_next_of_name(in, r))
		for (unsigned bit = 0; bit < IAP_PROTOCOLS; bit++) {
			if (!(iap_bits(r) & mask & 1u << bit))
				continue;
			if (n < cap)
				fill(&out[n], in, r, bit);
			n++;
		}
	return n;
}

static unsigned
class_of(const struct iana_registry *in, const unsigned char *record)
{
	return iap_class_of(iap_extra_of(in, record).flags);
}

const unsigned char *
iap_next_service(const struct iana_registry *in, const unsigned char *first,
		 unsigned mask, struct iap_position *at)
{
	for (; first && at->class < 4; at->class++, at->bit = 0)
		for (; at->bit < IAP_PROTOCOLS; at->bit++, at->index = 0) {
			unsigned bit = mask & 1u << at->bit, i = 0;
			const unsigned char *r = bit ? first : NULL;
			for (; r; r = iap_next_on_port(in, r), i++)
				if (i >= at->index && iap_bits(r) & bit
				    && class_of(in, r) == at->class) {
					at->index = i + 1;
					return r;
				}
		}
	return NULL;
}

const unsigned char *
iap_head_of(const struct iana_registry *in, const unsigned char *record)
{
	if (!(iap_bits(record) & IAP_EXTENDED))
		return record;

	struct iap_extra d = iap_extra_of(in, record);

	if (!(d.flags & IAP_ALIAS))
		return record;

	const unsigned char *head = iap_find_port(in, (int)iap_port(record));
	const unsigned char *ahead = head;

	while (d.steps--)
		ahead = iap_next_on_port(in, ahead);
	while (ahead != record) {
		ahead = iap_next_on_port(in, ahead);
		head = iap_next_on_port(in, head);
	}
	return head;
}

size_t
iana_services_on(const struct iana_registry *in, int port, int proto,
		 struct iana_service *out, size_t cap)
{
	const unsigned char *first = iap_find_port(in, port), *r;
	unsigned mask = iap_mask_of(proto);
	struct iap_position at = { 0, 0, 0 };
	size_t n = 0;

	while ((r = iap_next_service(in, first, mask, &at))) {
		if (n < cap)
			fill(&out[n], in, r, at.bit);
		n++;
	}
	return n;
}

/* ---- Enumeration --------------------------------------------------------- */

/*
 * A cursor is iap_cursor() while there are ports. Then each protocol has its
 * turn over all records without a port: 1, bit 3, place of the record in units
 * of 2 bytes, 28 bits.
 */
#define PORTLESS 0x80000000u

/* A range stands at its first port only. */
static int
has_start(const struct iana_registry *in, const unsigned char *record, int port)
{
	while (record && (int)iap_port(record) != port)
		record = iap_next_on_port(in, record);
	return record != NULL;
}

static int
next_with_port(const struct iana_registry *in,
	       uint32_t *cursor, struct iana_service *out)
{
	struct iap_position at = iap_position(*cursor);

	for (int port = iap_cursor_port(*cursor); port < 65536;
	     port++, at = (struct iap_position){ 0, 0, 0 }) {
		const unsigned char *first = iap_find_port(in, port), *r;
		if (!has_start(in, first, port))
			continue;
		while ((r = iap_next_service(in, first, IAP_ANY, &at))) {
			if ((int)iap_port(r) != port)
				continue;
			fill(out, in, r, at.bit);
			*cursor = iap_cursor(port, at);
			return 1;
		}
	}
	return 0;
}

static int
next_portless(const struct iana_registry *in,
	      uint32_t *cursor, struct iana_service *out)
{
	unsigned bit = *cursor >> 28 & 7;
	const unsigned char *start = iap_blob(in) + iap_at(in)->portless;
	const unsigned char *end = iap_blob(in) + iap_at(in)->end;
	size_t skip = 2 * (size_t)(*cursor & 0x0fffffff);

	if (skip > (size_t)(end - start))
		return 0;
	for (const unsigned char *r = start + skip; bit < IAP_PROTOCOLS;
	     bit++, r = start)
		while (r < end) {
			const unsigned char *next = iap_extra_of(in, r).next;
			if (iap_bits(r) & 1u << bit) {
				fill(out, in, r, bit);
				*cursor = PORTLESS | bit << 28
					| (uint32_t)((next - start) / 2);
				return 1;
			}
			r = next;
		}
	return 0;
}

int
iana_service_next(const struct iana_registry *in, uint32_t *cursor,
		  struct iana_service *out)
{
	if (!cursor || !out)
		return 0;
	if (!(*cursor & PORTLESS)) {
		if (next_with_port(in, cursor, out))
			return 1;
		*cursor = PORTLESS;
	}
	return next_portless(in, cursor, out);
}

/* ---- Aliases ------------------------------------------------------------- */

int
iana_service_alias_of(const struct iana_service *service,
		      struct iana_service *out)
{
	if (!service || !out || !(service->flags & IANA_ALIAS))
		return 0;

	const struct iana_registry *in = service->registry;
	const unsigned char *alias
		= iap_record_of_place(in, service->record >> 3);

	fill(out, in, iap_head_of(in, alias), service->record & 7);
	return 1;
}
