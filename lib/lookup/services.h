/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef IAP_SERVICES_H
#define IAP_SERVICES_H

#include "blob.h"

/* The position of a walk over the services of a port; it starts with zeros. */
struct iap_position {
	unsigned class;         /* enum iap_class */
	unsigned bit;           /* of the protocol */
	unsigned index;         /* of the record on its port */
};

/* A cursor of an enumeration by port: port 16, class 3, bit 3, index 9 bits.
 * The highest bit is free. */
static inline uint32_t
iap_cursor(int port, struct iap_position at)
{
	return (uint32_t)port << 15 | at.class << 12 | at.bit << 9 | at.index;
}

static inline int
iap_cursor_port(uint32_t cursor)
{
	return (int)(cursor >> 15 & 0xffff);
}

static inline struct iap_position
iap_position(uint32_t cursor)
{
	return (struct iap_position){ cursor >> 12 & 7, cursor >> 9 & 7,
				      cursor & 511 };
}

/*
 * The next service on a port that has a protocol in mask, in the order of
 * ianaport.h. Local services come first: record by record, and within each
 * record protocol by protocol. Then come the other classes, one after the
 * other; within each class it goes protocol by protocol, and within each
 * protocol record by record. Returns the record, and stores the protocol in
 * at->bit; NULL at the end. @first is the first record of the port, or NULL.
 */
IAP_HIDDEN const unsigned char *
iap_next_service(const struct iana_registry *reg, const unsigned char *first,
		 unsigned mask, struct iap_position *at);

/* The record that an alias stands for on the same port, or the record itself if
 * it is not an alias. For a range, its first port is searched. */
IAP_HIDDEN const unsigned char *
iap_head_of(const struct iana_registry *reg, const unsigned char *record);

#endif
