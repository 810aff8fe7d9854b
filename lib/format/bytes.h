/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef IAP_BYTES_H
#define IAP_BYTES_H

#include "format/platform.h"

#include <string.h>

static inline uint32_t
iap_u16(const unsigned char *p)
{
	return (uint32_t)p[0] | (uint32_t)p[1] << 8;
}

static inline uint32_t
iap_u24(const unsigned char *p)
{
	return iap_u16(p) | (uint32_t)p[2] << 16;
}

#if IAP_LITTLE_ENDIAN
static inline uint32_t
iap_u32(const unsigned char *p)
{
	uint32_t value;

	memcpy(&value, p, sizeof value);
	return value;
}

static inline uint64_t
iap_u64(const unsigned char *p)
{
	uint64_t value;

	memcpy(&value, p, sizeof value);
	return value;
}
#else
static inline uint32_t
iap_u32(const unsigned char *p)
{
	return iap_u16(p) | iap_u16(p + 2) << 16;
}

static inline uint64_t
iap_u64(const unsigned char *p)
{
	return (uint64_t)iap_u32(p) | (uint64_t)iap_u32(p + 4) << 32;
}
#endif

static inline uint64_t
iap_fnv(uint64_t h, uint64_t unit)
{
	return (h ^ unit) * 0x100000001b3u;
}

/* FNV-1a over units of 8 bytes. A change of any one unit changes the result.
 * Four sums take turns, so that no multiplication waits for the one before. */
static inline uint64_t
iap_checksum(const unsigned char *p, size_t size)
{
	const uint64_t basis = 0xcbf29ce484222325u;
	uint64_t h[4] = { basis, basis, basis, basis };

	for (; size >= 32; p += 32, size -= 32) {
		h[0] = iap_fnv(h[0], iap_u64(p));
		h[1] = iap_fnv(h[1], iap_u64(p + 8));
		h[2] = iap_fnv(h[2], iap_u64(p + 16));
		h[3] = iap_fnv(h[3], iap_u64(p + 24));
	}
	for (size_t i = 0; 8 * i + 8 <= size; i++)
		h[i] = iap_fnv(h[i], iap_u64(p + 8 * i));
	return iap_fnv(iap_fnv(iap_fnv(h[0], h[1]), h[2]), h[3]);
}

#endif
