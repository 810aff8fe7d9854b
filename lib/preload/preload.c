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
#include <errno.h>

/*
 * The next definition of a call. There always is one, because libc comes after
 * us. It is looked up when the shim is loaded: dlsym() waits for a thread that
 * is in dlopen(), which may wait for this one, and it clears what dlerror()
 * would say. Only constructors that run before ours come earlier.
 */
#define NEXT(call) (__extension__ (__typeof__(&call))next(NEXT_##call))

enum next {
	NEXT_getservbyname, NEXT_getservbyport,
	NEXT_getservbyname_r, NEXT_getservbyport_r,
	NEXT_getaddrinfo, NEXT_getnameinfo, NEXTS
};

static void *
next(enum next call)
{
	static const char *const names[NEXTS] = {
		"getservbyname", "getservbyport",
		"getservbyname_r", "getservbyport_r",
		"getaddrinfo", "getnameinfo",
	};
	static uintptr_t found[NEXTS];
	uintptr_t address = iap_load(&found[call]);

	if (!address) {
		address = (uintptr_t)dlsym(RTLD_NEXT, names[call]);
		iap_store(&found[call], address);
	}
	return (void *)address;
}

static void __attribute__((constructor))
find_all(void)
{
	for (enum next call = 0; call < NEXTS; call++)
		next(call);
}

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

/* Programs of glibc also read it in errno. */
static int
with_errno(int error)
{
	if (error)
		errno = error;
	return error;
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

	return error || *result ? with_errno(error)
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

	return error || *result ? with_errno(error)
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
	return with_errno(iap_getservent_r(iap_system_registry(), result_buf,
					   buf, buflen, result));
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
	if (iap_is_left_to_libc(service, hints))
		return NEXT(getaddrinfo)(host, service, hints, res);

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
	if (iap_port_to_name(sa, salen, serv, servlen, flags) < 0)
		return NEXT(getnameinfo)(sa, salen, host, hostlen,
					 serv, servlen, flags);
	return iap_getnameinfo(iap_system_registry(), NEXT(getnameinfo), 0,
			       sa, salen, host, hostlen, serv, servlen, flags);
}
