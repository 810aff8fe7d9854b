/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/*
 * The module that nsswitch.conf(5) calls "ianaport", for glibc's "services"
 * database. It contains the library, so the cursor is the module's own. glibc
 * has no header that declares the functions of a module. The registry is the
 * host's, if there is one that can be used.
 */

#include "load/system.h"
#include "netdb/servent.h"

#include <errno.h>
#include <netdb.h>
#include <nss.h>

/* "Not found" lets the next source answer; "unavailable" would be a lie. */
static enum nss_status
status_of(int error, const struct servent *found, int *errnop)
{
	if (found)
		return NSS_STATUS_SUCCESS;
	*errnop = error == ERANGE ? ERANGE : ENOENT;
	return error == ERANGE ? NSS_STATUS_TRYAGAIN : NSS_STATUS_NOTFOUND;
}

enum nss_status
_nss_ianaport_getservbyname_r(const char *name, const char *proto,
			      struct servent *result_buf, char *buf,
			      size_t buflen, int *errnop);
enum nss_status
_nss_ianaport_getservbyname_r(const char *name, const char *proto,
			      struct servent *result_buf, char *buf,
			      size_t buflen, int *errnop)
{
	struct servent *found;
	int error = iana_registry_getservbyname_r(iap_system_registry(), name,
						  proto, result_buf, buf,
						  buflen, &found);

	return status_of(error, found, errnop);
}

enum nss_status
_nss_ianaport_getservbyport_r(int port, const char *proto,
			      struct servent *result_buf, char *buf,
			      size_t buflen, int *errnop);
enum nss_status
_nss_ianaport_getservbyport_r(int port, const char *proto,
			      struct servent *result_buf, char *buf,
			      size_t buflen, int *errnop)
{
	struct servent *found;
	int error = iana_registry_getservbyport_r(iap_system_registry(), port,
						  proto, result_buf, buf,
						  buflen, &found);

	return status_of(error, found, errnop);
}

enum nss_status
_nss_ianaport_getservent_r(struct servent *result_buf, char *buf,
			   size_t buflen, int *errnop);
enum nss_status
_nss_ianaport_getservent_r(struct servent *result_buf, char *buf,
			   size_t buflen, int *errnop)
{
	struct servent *found;
	int error = iap_getservent_r(iap_system_registry(), result_buf, buf,
				     buflen, &found);

	return status_of(error, found, errnop);
}

enum nss_status
_nss_ianaport_setservent(int stayopen);
enum nss_status
_nss_ianaport_setservent(int stayopen)
{
	iana_setservent(stayopen);
	return NSS_STATUS_SUCCESS;
}

enum nss_status
_nss_ianaport_endservent(void);
enum nss_status
_nss_ianaport_endservent(void)
{
	iana_endservent();
	return NSS_STATUS_SUCCESS;
}
