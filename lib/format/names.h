/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef IAP_NAMES_H
#define IAP_NAMES_H

/* How names are folded and hashed, and how a name's slot is found. The
 * compiler, which fills the slots, and the reader share these functions. */

#include "bytes.h"
#include "layout.h"

#define IAP_ONES 0x0101010101010101u    /* times a byte: eight of them */

static inline unsigned char
iap_fold(unsigned char c)
{
	return c >= 'A' && c <= 'Z' ? c | 0x20 : c;
}

/*
 * The letters of a name of n bytes, 1 to IAP_HASHED: two numbers. Two names of
 * the same length are equal if and only if both numbers are equal.
 *
 * Four loads of four bytes overlap as needed to cover 4 to 15 bytes. Two of
 * them are the first and the last four bytes. With 8 bytes or more, t is 4, and
 * the other two are the four bytes after the first load and the four bytes
 * before the last one. With fewer bytes, t is 0, and they repeat the first two.
 * So no branch depends on the length. A copy to 16 zeroed bytes instead takes
 * 16 % more instructions for a look-up by name, and a loop over the bytes 84 %
 * more. Names of one to three bytes are few, and have a branch: four bytes of
 * them cannot be read. Their first, middle and last bytes are all their bytes.
 */
struct iap_letters {
	uint64_t front, back;
};

static inline struct iap_letters
iap_letters_of(const unsigned char *name, size_t n)
{
	if (n < 4)
		return (struct iap_letters){ (uint64_t)name[0] << 16
			| (uint64_t)name[n >> 1] << 8 | name[n - 1], 0 };

	size_t t = n >> 3 << 2;
	const unsigned char *last = name + n - 4;

	return (struct iap_letters){
		(uint64_t)iap_u32(name) << 32 | iap_u32(name + t),
		(uint64_t)iap_u32(last) << 32 | iap_u32(last - t) };
}

/* In the result, a byte is 0x80 if it is a letter in x, and 0 otherwise. No sum
 * carries into the next byte. */
static inline uint64_t
iap_find_letters(uint64_t x)
{
	uint64_t lower = (x & 0x7f * IAP_ONES) | 0x20 * IAP_ONES;

	return ~x & (lower + 0x1f * IAP_ONES) & ~(lower + 5 * IAP_ONES)
		& 0x80 * IAP_ONES;
}

/* The same for bytes outside of 0x21 to 0x7e. */
static inline uint64_t
iap_find_unprintable(uint64_t x)
{
	uint64_t low = x & 0x7f * IAP_ONES;

	return (x | ~(low + 0x5f * IAP_ONES) | (low + IAP_ONES))
		& 0x80 * IAP_ONES;
}

/*
 * Whether a name breaks a rule for all names of the registry, including those
 * that are older than RFC 6335: 1 to 15 printable ASCII characters, no space,
 * and at least one letter. No name is empty, but IANA has published names that
 * break the rule. A look-up asks this of every service that it gives: with a
 * loop over the characters, a look-up that gives 255 took 1.5 times as many
 * instructions.
 */
static inline int
iap_is_malformed(const char *name)
{
	size_t n = strlen(name);

	if (n > IAP_HASHED)
		return 1;

	struct iap_letters l = iap_letters_of((const unsigned char *)name, n);

	if (n < 4) {                    /* digits, which change nothing */
		l.front |= 0x3030303030000000u;
		l.back = l.front;
	}
	return iap_find_unprintable(l.front) || iap_find_unprintable(l.back)
		|| !(iap_find_letters(l.front) | iap_find_letters(l.back));
}

/* The bit in which lower and upper case of an ASCII letter differ. Setting it
 * in every byte also makes a few pairs such as '[' and '{' equal. That is good
 * enough for a hash, and for a first comparison. */
#define IAP_CASE_BITS 0x2020202020202020u

/*
 * Hash of a name, case ignored. Two odd multipliers spread each half over 64
 * bits. The upper bits of a product are mixed best, so one half is rotated by
 * 32 bits before the two are combined. A round of a finalizer follows. The
 * constants are well-known ones: 2^64 divided by the golden ratio (Knuth, TAOCP
 * volume 3, section 6.4), the second prime of xxHash64, and the first
 * multiplier of SplitMix64's finalizer, which is Stafford's "Mix13".
 * Correctness does not depend on them: the compiler searches for a key that
 * gives each name of a registry a slot of its own.
 */
static inline uint64_t
iap_hash(struct iap_letters l, size_t n, uint64_t key)
{
	uint64_t a = ((l.front | IAP_CASE_BITS) ^ key) * 0x9e3779b97f4a7c15u;
	uint64_t b = ((l.back | IAP_CASE_BITS) + n) * 0xc2b2ae3d27d4eb4fu;
	uint64_t h = a ^ (b << 32 | b >> 32);

	h = (h ^ h >> 29) * 0xbf58476d1ce4e5b9u;
	return h ^ h >> 32;
}

/*
 * A name's hash chooses its bucket; the bucket's pilot was chosen so that all
 * names of the bucket get slots of their own (Pibiri and Trani, "PTHash:
 * Revisiting FCH Minimal Perfect Hashing", SIGIR 2021).
 *
 * The square makes the first buckets large and the last ones small. The large
 * ones are placed first, while many slots are free, and so every pilot fits in
 * a byte. A product of two 32-bit numbers, shifted by 32, replaces a division:
 * it maps 0..2^32-1 evenly to 0..buckets-1.
 */
static inline uint32_t
iap_bucket(uint64_t hash, uint32_t buckets)
{
	uint64_t u = hash & 0xffffffff;

	return (uint32_t)((u * u >> 32) * buckets >> 32);
}

/* The multiplier is odd, so it has an inverse modulo 2^64. So different hashes
 * stay different with every pilot, and each pilot moves them to other slots. */
static inline uint32_t
iap_slot(uint64_t hash, unsigned pilot, uint32_t slots)
{
	return (uint32_t)((hash * (2 * pilot + 1) >> 32) * slots >> 32);
}

#endif
