/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef IAP_NETDB_SERVENT_H
#define IAP_NETDB_SERVENT_H

/* What NSS module and preload shim, which have a registry of the host, need
 * beside the public forms that take a registry. */

#include "lookup/blob.h"

#include <netdb.h>

/* An entry, in the sense of getservent(3): a service that is no alias, on a
 * port, for one protocol. */
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

/* The next one of the process's enumeration, which is for one registry. */
IAP_HIDDEN struct iap_entry
iap_take_entry(const struct iana_registry *reg);

/* An entry as its caller's own copy. Returns 0 or ERANGE. */
IAP_HIDDEN int
iap_write_entry(const struct iana_registry *reg, struct iap_entry e,
		struct servent *out, char *buf, size_t size);

/* An entry whose strings are those of the registry, so that it fits however
 * large it is. Its aliases are written where the caller says. */
IAP_HIDDEN void
iap_point_at_entry(const struct iana_registry *reg, struct iap_entry e,
		   struct servent *out, char *aliases[IAP_MOST_ON_PORT + 1]);

/* As iana_getservent_r() and iana_setservent(), for one registry a process. */
IAP_HIDDEN int
iap_getservent_r(const struct iana_registry *reg, struct servent *result_buf,
		 char *buf, size_t buflen, struct servent **result);

#endif
