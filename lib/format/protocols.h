/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef IAP_PROTOCOLS_H
#define IAP_PROTOCOLS_H

#include "layout.h"

#include <string.h>

#define IAP_PROTO_ROOM 8                /* bytes that a name of one stands in */

static inline const char *
iap_proto_name(unsigned bit)
{
	static const char names[][IAP_PROTO_ROOM] = {
		"tcp", "udp", "sctp", "dccp"
	};

	return names[bit];
}

/* Mask of a protocol's name, compared byte for byte; 0 if there is none. Which
 * of tcp and udp it is cannot be foreseen, so that no branch depends on it. */
static inline unsigned
iap_mask_of_name(const char *name)
{
	if (!name[0] || !name[1] || !name[2])
		return 0;
	if (!name[3])
		return (unsigned)!memcmp(name, "tcp", 3)
			| (unsigned)!memcmp(name, "udp", 3) << 1;
	if (name[4])
		return 0;
	return (unsigned)!memcmp(name, "sctp", 4) << 2
		| (unsigned)!memcmp(name, "dccp", 4) << 3;
}

/* Number of the lowest bit of a mask that has one, as 1, 2, 4, 8, 16. */
static inline unsigned
iap_lowest_bit(unsigned mask)
{
	unsigned lowest = mask & -mask;

	return (lowest >> 1) - (lowest >> 3) - (lowest >> 4) * 2;
}

#endif
