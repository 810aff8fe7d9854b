/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef CHUNKS_H
#define CHUNKS_H

/*
 * Cases that leave out no port and no protocol. Eva follows each port on its
 * own, except in chunks of 64 that no record uses: such a chunk is one case.
 * So is each gap between the numbers of protocols.
 */

#include "lookup/blob.h"

#include "__fc_builtin.h"
#include <limits.h>

/* The built-in registry as a loaded one, which has a layout in memory. */
static const struct iana_registry loaded = {
	.blob = iap_builtin,
	.at = IAP_BUILTIN_LAYOUT,
};

static void
each_port(void (*ask)(int first, int last))
{
	const unsigned char *chunk = iap_builtin + iap_builtin_layout.chunks;

	//@ loop unroll 1024;
	for (int port = 0; port < 65536; port += 64, chunk += IAP_CHUNK_BYTES) {
		/* Not those in which the number of digits changes. */
		if (!iap_u64(chunk) && port / 64 != 1000 / 64
		    && port / 64 != 10000 / 64) {
			ask(port, port + 63);
			continue;
		}
		//@ loop unroll 64;
		for (int i = 0; i < 64; i++)
			ask(port + i, port + i);
	}
	ask(INT_MIN, -1);
	ask(65536, INT_MAX);
}

#endif
