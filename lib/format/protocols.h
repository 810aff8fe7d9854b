/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef IAP_PROTOCOLS_H
#define IAP_PROTOCOLS_H

#include "layout.h"

#include <stdint.h>
#include <string.h>

/*
 * The one table of protocols: their bit in a mask (enum iap_mask), their name,
 * and their IP protocol number. Names have three or four letters.
 */
#define IAP_PROTOCOL_TABLE(P) \
	P(0, "tcp", 6) P(1, "udp", 17) P(2, "sctp", 132) P(3, "dccp", 33)

/* Numbers that are none: IANA_PROTO_ANY and IANA_PROTO_NONE of ianaport.h. */
#define IAP_NUMBER_ANY 0
#define IAP_NUMBER_NONE (-1)

/* The mask of all that are in the table. */
#define IAP_NAMED (IAP_TCP | IAP_UDP | IAP_SCTP | IAP_DCCP)

#define IAP_PROTO_ROOM 8                /* bytes in which a name stands */

/* Name of a bit below IAP_BIT_NONE. */
static inline const char *
iap_proto_name(unsigned bit)
{
#define IAP_NAME(bit, name, number) name,
	static const char names[][IAP_PROTO_ROOM] = {
		IAP_PROTOCOL_TABLE(IAP_NAME)
	};
#undef IAP_NAME

	return names[bit];
}

/* Protocol number of a bit; IAP_NUMBER_NONE for IAP_BIT_NONE. */
static inline int
iap_proto_of(unsigned bit)
{
#define IAP_NUMBER(bit, name, number) number,
	static const short numbers[] = {
		IAP_PROTOCOL_TABLE(IAP_NUMBER) IAP_NUMBER_NONE
	};
#undef IAP_NUMBER

	return numbers[bit];
}

/*
 * Mask of a protocol number: all bits for IAP_NUMBER_ANY, and 0 for an unknown
 * number.
 *
 * Every look-up calls this, and callers ask for tcp and udp in no predictable
 * order. So no branch depends on the protocol: with a switch, look-ups by port
 * with random protocols took 1.7 times as long, with only 2 % more
 * instructions. Each of the two tables has eight bytes and is in a register, so
 * no memory is read. The index is made from number + 1, which is 0 for
 * IAP_NUMBER_NONE. Bits 3 to 5 of nine times that sum choose the byte. They are
 * different for each of the six known numbers (0, 1, 7, 4, 5 and 6). The table
 * `numbers` tells which number a byte belongs to.
 */
static inline unsigned
iap_mask_of(int number)
{
#define IAP_SHIFT(plus1) ((plus1) * 9 & 0x38)
#define IAP_MASK(bit, name, number) \
	| (uint64_t)1 << (bit) << IAP_SHIFT((number) + 1u)
#define IAP_CHECK(bit, name, number) \
	| ((number) + (uint64_t)1) << IAP_SHIFT((number) + 1u)
	const uint64_t masks = (uint64_t)IAP_NONE << IAP_SHIFT(0u)
		| (uint64_t)IAP_ANY << IAP_SHIFT(1u)
		IAP_PROTOCOL_TABLE(IAP_MASK);
	const uint64_t numbers = (uint64_t)1 << IAP_SHIFT(1u)
		IAP_PROTOCOL_TABLE(IAP_CHECK);
	unsigned plus1 = (unsigned)number + 1, shift = IAP_SHIFT(plus1);
#undef IAP_CHECK
#undef IAP_MASK
#undef IAP_SHIFT

	return (numbers >> shift & 0xff) == plus1
		? (unsigned)(masks >> shift & 0xff) : 0;
}

/* Mask of a protocol's name, compared byte for byte; 0 if it is unknown. With
 * three bytes that are not NUL, four can be read: for "tcp", its NUL too. */
static inline unsigned
iap_mask_of_name(const char *name)
{
	if (!name[0] || !name[1] || !name[2])
		return 0;

#define IAP_MATCH(bit, text, number) | (unsigned)!memcmp(name, text, 4) << (bit)
	unsigned mask = 0 IAP_PROTOCOL_TABLE(IAP_MATCH);
#undef IAP_MATCH

	return name[3] && name[4] ? 0 : mask;
}

/*
 * The lowest bit of a mask that has one: 0 to IAP_BIT_NONE. The lowest power of
 * two, 1, 2, 4, 8 or 16, becomes its exponent: half of it is 0, 1, 2, 4 or 8,
 * and of these 4 is 1 too many and 8 is 4 too many. A loop takes as many
 * instructions, but nobody can foresee which protocol comes next: with it,
 * getservbyname_r took up to 1.6 times as long.
 */
static inline unsigned
iap_lowest_bit(unsigned mask)
{
	unsigned lowest = mask & -mask;

	return (lowest >> 1) - (lowest >> 3) - (lowest >> 4) * 2;
}

#endif
