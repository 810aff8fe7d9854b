/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef IAP_NETDB_SERVENT_H
#define IAP_NETDB_SERVENT_H

/* Functions for the NSS module and the preload shim, which use a registry of
 * the host. They are in addition to the public functions that take a
 * registry. */

#include "lookup/blob.h"

#if IANA_NETDB

/* Where pointers may be in a caller's buffer. */
struct iap_aligned {
	char unaligned;
	char *pointer;
};
#define IAP_ALIGNMENT offsetof(struct iap_aligned, pointer)

/* An entry, as in getservent(3): a service that is not an alias, on one port,
 * for one protocol. */
struct iap_entry {
	const unsigned char *record;    /* NULL: there is none */
	int port;
	unsigned bit;
};

IAP_HIDDEN struct iap_entry
iap_entry_named(const struct iana_registry *reg, const char *name,
		const char *proto);

/* The port is in network byte order. */
IAP_HIDDEN struct iap_entry
iap_entry_on(const struct iana_registry *reg, int port, const char *proto);

/* The next entry of the process's enumeration. It is for one registry. */
IAP_HIDDEN struct iap_entry
iap_take_entry(const struct iana_registry *reg);

/* Copy an entry into the caller's buffer. Returns 0 or ERANGE. */
IAP_HIDDEN int
iap_write_entry(const struct iana_registry *reg, struct iap_entry e,
		struct servent *out, char *buf, size_t size);

/* Make an entry that points to the registry's strings, so it fits however large
 * it is. The vector of aliases is written where the caller says: at most all
 * other services of the port, and NULL. */
IAP_HIDDEN void
iap_point_at_entry(const struct iana_registry *reg, struct iap_entry e,
		   struct servent *out, char *aliases[IAP_MOST_ON_PORT]);

/* Like iana_getservent_r() and iana_setservent(). All calls in a process must
 * be for the same registry. */
IAP_HIDDEN int
iap_getservent_r(const struct iana_registry *reg, struct servent *result_buf,
		 char *buf, size_t buflen, struct servent **result);

#endif

#endif
