/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* For Frama-C's Eva: what is checked of a file before anything in it is
 * followed, with any bytes. */

#include "lookup/blob.h"
#include "load/validate.h"

#include "__fc_builtin.h"
#include <limits.h>
#include <stdlib.h>

enum { MOST = IAP_H_BYTES + 40 };

/* Any bytes, in an object of that size. */
static unsigned char *
any_bytes(size_t size)
{
	unsigned char *head = malloc(size);

	if (size)
		Frama_C_make_unknown((char *)head, size);
	return head;
}

/* Details that start there or, like first to last, nowhere in the file. */
static void
ask(size_t size, uint32_t first, uint32_t last)
{
	unsigned char *blob = any_bytes(size);
	struct iana_registry registry = { .blob = blob };
	uint32_t details = first;

	if (first != last)
		details = Frama_C_unsigned_int_interval(first, last);
	memcpy(blob + IAP_H_DETAILS, &details, sizeof details);
	iap_size_before_details(blob, size);
	iap_check_lookup_part(&registry, size);
	free(blob);
}

int
main(void)
{
	unsigned char *head = any_bytes(IAP_H_BYTES);

	iap_check_head(head, Frama_C_unsigned_long_interval(IAP_H_BYTES,
							    ULONG_MAX));
	free(head);

	//@ loop unroll 200;
	for (size_t size = 0; size < IAP_H_BYTES; size++) {
		head = any_bytes(size);
		iap_check_head(head, size);
		free(head);
	}
	//@ loop unroll 10;
	for (size_t size = IAP_H_BYTES; size <= MOST; size += 8) {
		ask(size, 0, IAP_H_BYTES - 1);
		ask(size, (uint32_t)size, UINT_MAX);
		//@ loop unroll 50;
		for (uint32_t at = IAP_H_BYTES; at < size; at++)
			ask(size, at, at);
	}
	return 0;
}
