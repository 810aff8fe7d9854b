/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef IAP_NAMES_H
#define IAP_NAMES_H

#include "bytes.h"
#include "layout.h"

/*
 * A name in two words, which together hold every byte of it: four loads
 * that overlap, so that no branch depends on the length but one for the few
 * names of less than four bytes. Names of one length are equal exactly when
 * their words are.
 */
struct iap_words {
	uint64_t a, b;
};

static inline struct iap_words
iap_words_of(const unsigned char *p, size_t n)
{
	if (n < 4)
		return (struct iap_words){ (uint64_t)p[0] << 16
			| (uint64_t)p[n >> 1] << 8 | p[n - 1], 0 };

	size_t t = n >> 3 << 2;         /* 4 from 8 bytes on, else 0 */
	const unsigned char *q = p + n - 4;

	return (struct iap_words){
		(uint64_t)iap_u32(p) << 32 | iap_u32(p + t),
		(uint64_t)iap_u32(q) << 32 | iap_u32(q - t) };
}

static inline unsigned char
iap_fold(unsigned char c)
{
	return c >= 'A' && c <= 'Z' ? c | 0x20 : c;
}

/* The bit that ASCII letters of either case differ in. Setting it everywhere
 * also makes a few pairs such as '[' and '{' equal: right for a hash, and for
 * a first comparison. */
#define IAP_CASE_BITS 0x2020202020202020u

static inline uint64_t
iap_hash(struct iap_words w, size_t n, uint64_t key)
{
	uint64_t a = ((w.a | IAP_CASE_BITS) ^ key) * 0x9e3779b97f4a7c15u;
	uint64_t b = ((w.b | IAP_CASE_BITS) + n) * 0xc2b2ae3d27d4eb4fu;
	uint64_t h = a ^ (b << 32 | b >> 32);

	h = (h ^ h >> 29) * 0xbf58476d1ce4e5b9u;
	return h ^ h >> 32;
}

/*
 * A name's hash chooses its bucket; the bucket's pilot was chosen so that all
 * names of the bucket get slots of their own (PTHash, Pibiri and Trani 2021).
 * The square makes the first buckets large and the last ones small: the large
 * ones are placed while there is room, and a pilot fits in a byte.
 */
static inline uint32_t
iap_bucket(uint64_t hash, uint32_t buckets)
{
	uint64_t u = hash & 0xffffffff;

	return (uint32_t)((u * u >> 32) * buckets >> 32);
}

static inline uint32_t
iap_slot(uint64_t hash, unsigned pilot, uint32_t slots)
{
	return (uint32_t)((hash * (2 * pilot + 1) >> 32) * slots >> 32);
}

#endif
