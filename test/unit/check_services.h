/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef CHECK_SERVICES_H
#define CHECK_SERVICES_H

#include "check_main.h"
#include "ianaport.h"

#define SOME 16                 /* more than any name or port has */

static inline int
is_same(const struct iana_service *a, const struct iana_service *b)
{
	return a->record == b->record && a->name == b->name
		&& a->registry == b->registry && a->flags == b->flags
		&& a->port == b->port && a->last_port == b->last_port
		&& a->proto == b->proto;
}

#endif
