/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef PACK_RECORDS_H
#define PACK_RECORDS_H

/* The sections of the blob about services, except the hash table. */

#include "groups.h"

struct packed_records {
	unsigned cell;                  /* bytes of one */
	struct text records, chunks, places;
	size_t portless;                /* where those without a port start */
	size_t *place;                  /* of each group's record */
};

void
pack_records(struct packed_records *packed, struct groups *groups);
void
free_packed_records(struct packed_records *packed);

/* Whether those of tcp and udp that no service of the port has are reserved. */
bool
counterparts_reserved(const struct registry *registry, int port);

#endif
