/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/*
 * The shim for LD_PRELOAD. It defines libc's functions by their own names, and
 * contains the library. If the registry does not know a service, the next
 * definition is called, which is usually libc's. So no local name is lost. An
 * enumeration has only our entries: otherwise, entries that both have would
 * come twice. The registry is the host's, if there is one that can be used.
 */

/* This file defines libc's functions. It does so even if it is compiled with
 * the flags of ianaport-replace(7), as a part of a program. */
#undef getservbyname
#undef getservbyport
#undef getservent
#undef getservbyname_r
#undef getservbyport_r
#undef getservent_r
#undef setservent
#undef endservent
#undef getaddrinfo
#undef getnameinfo

#define _GNU_SOURCE             /* RTLD_NEXT */
#include "load/system.h"
#include "netdb/addrinfo.h"
#include "netdb/servent.h"

#include <dlfcn.h>

/* The next definition is looked up each time: a call that gets here is slow
 * anyway, and we need no state for it. There always is one, because libc comes
 * after us. */
#define NEXT(call) (__extension__ (__typeof__(&call))dlsym(RTLD_NEXT, #call))

/* A shim that was built with glibc also works with musl, which does not have
 * this. */
extern const char *
gnu_get_libc_version(void) __attribute__((weak));

/* Each thread's storage for each plain call. Nearly every entry fits. For a
 * site's few entries that do not, three calls share the room for aliases,
 * because thread-local storage takes space from the stack of every thread. */
struct result {
	struct servent entry;
	char buf[256];
};

static struct servent *
answer(struct result *r, const struct iana_registry *reg, struct iap_entry e)
{
	static IAP_THREAD_LOCAL char *aliases[IAP_MOST_ON_PORT];

	if (!e.record)
		return NULL;
	if (iap_write_entry(reg, e, &r->entry, r->buf, sizeof r->buf))
		iap_point_at_entry(reg, e, &r->entry, aliases);
	return &r->entry;
}

struct servent *
getservbyname(const char *name, const char *proto)
{
	static IAP_THREAD_LOCAL struct result r;
	const struct iana_registry *reg = iap_system_registry();
	struct servent *found = answer(&r, reg, iap_entry_named(reg, name,
								proto));

	return found ? found : NEXT(getservbyname)(name, proto);
}

struct servent *
getservbyport(int port, const char *proto)
{
	static IAP_THREAD_LOCAL struct result r;
	const struct iana_registry *reg = iap_system_registry();
	struct servent *found = answer(&r, reg, iap_entry_on(reg, port, proto));

	return found ? found : NEXT(getservbyport)(port, proto);
}

int
getservbyname_r(const char *name, const char *proto,
		struct servent *result_buf, char *buf, size_t buflen,
		struct servent **result)
{
	int error = iana_registry_getservbyname_r(iap_system_registry(), name,
						  proto, result_buf, buf,
						  buflen, result);

	return error || *result ? error
		: NEXT(getservbyname_r)(name, proto, result_buf, buf, buflen,
					result);
}

int
getservbyport_r(int port, const char *proto,
		struct servent *result_buf, char *buf, size_t buflen,
		struct servent **result)
{
	int error = iana_registry_getservbyport_r(iap_system_registry(), port,
						  proto, result_buf, buf,
						  buflen, result);

	return error || *result ? error
		: NEXT(getservbyport_r)(port, proto, result_buf, buf, buflen,
					result);
}

struct servent *
getservent(void)
{
	static IAP_THREAD_LOCAL struct result r;
	const struct iana_registry *reg = iap_system_registry();

	return answer(&r, reg, iap_take_entry(reg));
}

int
getservent_r(struct servent *result_buf, char *buf, size_t buflen,
	     struct servent **result)
{
	return iap_getservent_r(iap_system_registry(), result_buf, buf, buflen,
				result);
}

void
setservent(int stayopen)
{
	iana_setservent(stayopen);
}

void
endservent(void)
{
	iana_endservent();
}

int
getaddrinfo(const char *host, const char *service,
	    const struct addrinfo *hints, struct addrinfo **res)
{
	int is_glibc = gnu_get_libc_version != NULL;
	int error = iap_getaddrinfo(iap_system_registry(), NEXT(getaddrinfo),
				    is_glibc, host, service, hints, res);

	return error != EAI_SERVICE ? error
		: NEXT(getaddrinfo)(host, service, hints, res);
}

int
getnameinfo(const struct sockaddr *sa, socklen_t salen,
	    char *host, socklen_t hostlen,
	    char *serv, socklen_t servlen, int flags)
{
	return iap_getnameinfo(iap_system_registry(), NEXT(getnameinfo), 0,
			       sa, salen, host, hostlen, serv, servlen, flags);
}
