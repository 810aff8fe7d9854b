/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef PACK_DETAILS_H
#define PACK_DETAILS_H

#include "groups.h"

/* @place: of each group's record. */
void
pack_details(struct text *out, const struct groups *groups,
	     const size_t *place);

#endif
