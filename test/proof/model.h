/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef MODEL_H
#define MODEL_H

/*
 * What Eva is told. The library is read with this header before it.
 *
 * One thread runs, so that plain accesses stand for atomic ones. memcmp() and
 * htons() have bodies, since Eva's contracts of them leave the result open. The
 * lowest bit is found as where the compiler has no function for that.
 */

#define __atomic_load_n(word, order) (*(word))
#define __atomic_store_n(word, value, order) (*(word) = (value))
#define __atomic_compare_exchange_n(word, old, value, weak, order, other) \
	(*(word) == *(old) ? (*(word) = (value), 1) : (*(old) = *(word), 0))

#include "format/platform.h"

#include "__fc_builtin.h"
#include <stdlib.h>
#include <string.h>

#undef IAP_LOWEST_BIT

static int
compare(const void *a, const void *b, size_t n)
{
	const unsigned char *p = a, *q = b;

	//@ loop unroll 8;
	for (size_t i = 0; i < n; i++)
		if (p[i] != q[i])
			return p[i] - q[i];
	return 0;
}
#define memcmp compare

static uint16_t
swapped(uint16_t x)
{
	return (uint16_t)((x & 0xff) * 256 + x / 256);
}
#undef htons
#undef ntohs
#define htons swapped
#define ntohs swapped

#ifdef ASKED

/*
 * For by_name.c. The hash of an unknown name may choose any slot. Eva keeps one
 * interval for all of them, and would lose which byte of a cell belongs to
 * which. So each slot is followed on its own, after iap_slot() was seen to stay
 * below their number. The same goes for a mask of protocols.
 *
 * An unknown byte may be 0, so the length of the asked name is stated.
 */

#include "format/names.h"
#include "format/protocols.h"

extern char asked[];
extern size_t asked_length;

static uint32_t
each_slot(uint64_t hash, unsigned pilot, uint32_t slots)
{
	uint32_t slot = iap_slot(hash, pilot, slots);

	//@ assert one_of_the_slots: slot < slots;
	//@ split slot;
	return slot;
}
#define iap_slot each_slot

static unsigned
each_lowest_bit(unsigned mask)
{
	//@ assert one_of_the_masks: mask < 32;
	//@ split mask;
	return iap_lowest_bit(mask);
}
#define iap_lowest_bit each_lowest_bit

static size_t
length(const char *text)
{
	return text == asked ? asked_length : strlen(text);
}
#define strlen length

#endif

#endif
