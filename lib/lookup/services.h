/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef IAP_SERVICES_H
#define IAP_SERVICES_H

#include "blob.h"
#include "format/classes.h"

/*
 * The order of a service among those of its port, from 1 on: local services
 * come record by record, and within each record protocol by protocol. Those of
 * another class come protocol by protocol, and within each protocol record by
 * record. @class is one of enum iap_class.
 */
static inline uint32_t
iap_order(unsigned class, unsigned index, unsigned bit)
{
	return (class << 12 | (class == IAP_CLASS_LOCAL ? index << 3 | bit
			       : bit << 9 | index)) + 1;
}

/* A cursor of an enumeration by port: 16 bits for the port, and 15 bits for the
 * order of the last service there. The highest bit is free. Whatever a cursor
 * is, it is a port and a number. */
static inline uint32_t
iap_cursor(int port, uint32_t order)
{
	return (uint32_t)port << 15 | order;
}

static inline int
iap_cursor_port(uint32_t cursor)
{
	return (int)(cursor >> 15 & 0xffff);
}

static inline uint32_t
iap_cursor_order(uint32_t cursor)
{
	return cursor & 0x7fff;
}

/*
 * On a port, the next service after *order that has a protocol in mask, and
 * none of the flags in skip. Returns its record, and stores its order and the
 * bit of its protocol; NULL at the end. @first is the first record of the port,
 * or NULL. The records are walked once.
 */
IAP_HIDDEN const unsigned char *
iap_next_service(const struct iana_registry *reg, const unsigned char *first,
		 unsigned mask, unsigned skip, uint32_t *order, unsigned *bit);

/* The record that an alias stands for on the same port, or the record itself if
 * it is not an alias. For a range, its first port is searched. NULL if that
 * port has no such record. */
IAP_HIDDEN const unsigned char *
iap_head_of(const struct iana_registry *reg, const unsigned char *record);

#endif
