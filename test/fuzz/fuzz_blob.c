/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* A blob whose size and checksum are made right, so that what they hide from is
 * reached: whatever is accepted can be asked everything. */

#include "fuzz.h"
#include "../blob/walk_netdb.h"
#include "format/bytes.h"
#include "format/layout.h"

static void
put_le(unsigned char *to, uint64_t value, size_t bytes)
{
	for (size_t i = 0; i < bytes; i++)
		to[i] = (unsigned char)(value >> 8 * i);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	unsigned char *copy = exact_copy(data, size);
	struct iana_registry *registry;

	if (size >= IAP_H_BYTES) {
		put_le(copy + IAP_H_SIZE, size, 4);
		size_t end = iap_u32(copy + IAP_H_DETAILS);
		if (end < IAP_H_BYTES || end > size)
			end = size;
		put_le(copy + IAP_H_DETAILS_CHECKSUM,
		       iap_checksum(copy + end, size - end), 8);
		put_le(copy + IAP_H_CHECKSUM,
		       iap_checksum(copy + IAP_H_KEY, end - IAP_H_KEY), 8);
	}

	int error = iana_registry_open_memory(copy, size, &registry);

	MUST(!error == !!registry);
	if (registry) {
		walk_services(registry);
		walk_netdb(registry);
	}
	iana_registry_close(registry);
	free(copy);
	return 0;
}
