/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef IAP_CHECK_H
#define IAP_CHECK_H

/* State that the parts of validation share. */

#include "lookup/blob.h"
#include "format/printable.h"

/* What is known about a place in the records. */
enum iap_known {
	IAP_K_STARTS = 1,               /* a record starts there */
	IAP_K_COPY = 2,                 /* it is a copy */
	IAP_K_CHAINED = 4               /* it is in the chain of its name */
};

struct iap_check {
	const struct iana_registry *reg;
	uint32_t places;
	uint32_t originals, chained;    /* how many */
	unsigned char *known;           /* of each place */
	unsigned char *pilots;          /* of buckets that have names */
};

static inline int
iap_is_original(const struct iap_check *c, uint32_t place)
{
	return (c->known[place] & (IAP_K_STARTS | IAP_K_COPY)) == IAP_K_STARTS;
}

static inline int
iap_is_zero(const unsigned char *p, size_t size)
{
	while (size && !p[size - 1])
		size--;
	return !size;
}

/* The bytes of x that are not printable ASCII have 0x80 in the result. No sum
 * carries into the next byte. */
static inline uint64_t
iap_not_plain(uint64_t x)
{
	uint64_t low = x & 0x7f * IAP_ONES;

	return (x | ~(low + 0x60 * IAP_ONES) | (low + IAP_ONES))
		& 0x80 * IAP_ONES;
}

/* iap_end_of_text(), if 8 bytes can be read from each byte of the text. It
 * takes a third of the instructions. */
static inline const unsigned char *
iap_skip_text(const unsigned char *s)
{
	for (;;) {
		uint64_t bad;
		while (!(bad = iap_not_plain(iap_u64(s))))
			s += 8;
		s += iap_lowest_bit_of(bad) / 8;
		size_t n = iap_printable(s);
		if (!n)
			return s;
		do
			s += n;
		while (*s >= 0x80 && (n = iap_printable(s)));
	}
}

/* iap_end_of_name(), in the same way. */
static inline const unsigned char *
iap_skip_name(const unsigned char *s)
{
	while (iap_is_other_encoding(*(s = iap_skip_text(s))))
		s++;
	return s;
}

#define IAP_TRY(call) \
	do { int error_ = (call); if (error_) return error_; } while (0)

/* Check the details, of that size. All records must be known by then. */
IAP_HIDDEN int
iap_check_details(const struct iap_check *c, size_t size);

#endif
