/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/*
 * The shim for LD_PRELOAD: libc's calls by their own names, over the embedded
 * library. What the registry does not know is asked of the next definition,
 * mostly libc's, so that no local name is lost. Enumeration is ours alone: a
 * union would have to say everything twice that both know.
 */

/* This file defines libc's, also where it is compiled with the names replaced,
 * as part of a program that is. */
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
#include "netdb/addrinfo.h"

#include <dlfcn.h>

/* Asked for each time: who comes here has time, and we need no state for it.
 * libc is always behind us, so that there is always one. */
#define NEXT(call) (__extension__ (__typeof__(&call))dlsym(RTLD_NEXT, #call))

/* Built with glibc, the shim loads under musl as well, which has not this. */
extern const char *
gnu_get_libc_version(void) __attribute__((weak));

struct servent *
getservbyname(const char *name, const char *proto)
{
	struct servent *found = iana_getservbyname(name, proto);

	return found ? found : NEXT(getservbyname)(name, proto);
}

struct servent *
getservbyport(int port, const char *proto)
{
	struct servent *found = iana_getservbyport(port, proto);

	return found ? found : NEXT(getservbyport)(port, proto);
}

int
getservbyname_r(const char *name, const char *proto,
		struct servent *result_buf, char *buf, size_t buflen,
		struct servent **result)
{
	int error = iana_getservbyname_r(name, proto, result_buf, buf, buflen,
					 result);

	return error || *result ? error
		: NEXT(getservbyname_r)(name, proto, result_buf, buf, buflen,
					result);
}

int
getservbyport_r(int port, const char *proto,
		struct servent *result_buf, char *buf, size_t buflen,
		struct servent **result)
{
	int error = iana_getservbyport_r(port, proto, result_buf, buf, buflen,
					 result);

	return error || *result ? error
		: NEXT(getservbyport_r)(port, proto, result_buf, buf, buflen,
					result);
}

struct servent *
getservent(void)
{
	return iana_getservent();
}

int
getservent_r(struct servent *result_buf, char *buf, size_t buflen,
	     struct servent **result)
{
	return iana_getservent_r(result_buf, buf, buflen, result);
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
	int error = iap_getaddrinfo(NULL, NEXT(getaddrinfo), is_glibc, host,
				    service, hints, res);

	return error != EAI_SERVICE ? error
		: NEXT(getaddrinfo)(host, service, hints, res);
}

int
getnameinfo(const struct sockaddr *sa, socklen_t salen,
	    char *host, socklen_t hostlen,
	    char *serv, socklen_t servlen, int flags)
{
	return iap_getnameinfo(NULL, NEXT(getnameinfo), 0, sa, salen,
			       host, hostlen, serv, servlen, flags);
}
