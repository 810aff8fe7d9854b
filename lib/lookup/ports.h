/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef IAP_PORTS_H
#define IAP_PORTS_H

#include "blob.h"

/* The status of a port for each protocol, by its bit. */
struct iap_statuses {
	enum iana_status of[IAP_PROTOCOLS];
};

/* The port is valid. */
IAP_HIDDEN struct iap_statuses
iap_statuses_on(const struct iana_registry *reg, int port);

/* The first protocol in mask that has the best status. */
static inline unsigned
iap_best_bit(const struct iap_statuses *s, unsigned mask)
{
	unsigned best = iap_lowest_bit(mask);

	for (unsigned bit = best + 1; bit < IAP_PROTOCOLS; bit++)
		if (mask & 1u << bit && s->of[bit] < s->of[best])
			best = bit;
	return best;
}

#endif
