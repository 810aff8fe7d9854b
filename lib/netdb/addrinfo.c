/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/*
 * getaddrinfo(3) and getnameinfo(3). libc is called with a number instead of
 * the service, and then its result is changed to what the caller wants.
 */

#include "addrinfo.h"

#include <stdlib.h>
#include <string.h>

#if IANA_NETDB

/* ---- Names to addresses -------------------------------------------------- */

enum { DCCP = 33, SCTP = 132 };         /* not every system names them */

/* The kinds in which an address can be asked for, in the order of glibc. */
static const struct kind {
	int socktype, proto;
} kinds[] = {
	{ SOCK_STREAM, IPPROTO_TCP },
	{ SOCK_DGRAM, IPPROTO_UDP },
	{ SOCK_DCCP, DCCP },
	{ SOCK_STREAM, SCTP },
	{ SOCK_SEQPACKET, SCTP },
};
#define KINDS (sizeof kinds / sizeof *kinds)

/* Any port number will do: the ports are set afterwards. */
static const char any_number[] = "9";

struct endpoint {
	struct kind kind;
	int port;
};

/* glibc treats this as NULL, for the host and for the service. */
static const char nothing[] = "*";

int
iap_is_left_to_libc(const char *service, const struct addrinfo *hints)
{
	char *end;

	if (!service || !strcmp(service, nothing)
	    || (hints && hints->ai_flags & AI_NUMERICSERV))
		return 1;
	strtoul(service, &end, 10);
	return !*end;
}

static int
is_specific(const struct addrinfo *hints)
{
	return hints && (hints->ai_socktype || hints->ai_protocol);
}

static int
fits(const struct addrinfo *hints, struct kind kind)
{
	if (hints && hints->ai_socktype && hints->ai_socktype != kind.socktype)
		return 0;
	return !hints || !hints->ai_protocol
		|| hints->ai_protocol == kind.proto;
}

/* The endpoints of a service. Without specific hints, all kinds are tried. With
 * specific hints, only the first kind that fits them is tried, whether or not
 * it has the service. Returns the number of endpoints. */
static size_t
find_endpoints(const struct iana_registry *reg, const char *service,
	       const struct addrinfo *hints, struct endpoint out[KINDS])
{
	size_t n = 0;

	for (size_t i = 0; i < KINDS; i++) {
		if (!kinds[i].socktype /* GCOVR_EXCL_BR_LINE: without SCTP */
		    || !fits(hints, kinds[i]))
			continue;
		int port = iana_port_of(reg, service, kinds[i].proto);
		if (port >= 0)
			out[n++] = (struct endpoint){ kinds[i], port };
		if (is_specific(hints))
			break;
	}
	return n;
}

/* The error that libc returns for the hints, or otherwise EAI_SERVICE. */
static int
refuse(iap_libc_getaddrinfo *libc, const char *host,
       const struct addrinfo *hints)
{
	struct addrinfo without_host = { 0 }, *list;

	if (hints)
		without_host = *hints;
	if (host && strcmp(host, nothing))
		without_host.ai_flags &= ~AI_CANONNAME;

	int error = libc(NULL, any_number, &without_host, &list);

	if (error)
		return error;
	freeaddrinfo(list);
	return EAI_SERVICE;
}

/* Not a local socket, which FreeBSD gives for a host such as "/a/path". */
static int
has_port(const struct addrinfo *ai)
{
	return ai->ai_family == AF_INET || ai->ai_family == AF_INET6;
}

/* Where the kind of an element is among kinds; n if it is none of them. */
static size_t
index_of_kind(const struct addrinfo *ai, const struct kind *among, size_t n)
{
	size_t i = 0;

	while (i < n && (ai->ai_socktype != among[i].socktype
			 || ai->ai_protocol != among[i].proto))
		i++;
	return i;
}

/* The kinds in a list, as they first come, up to as many as we use. Returns
 * their number. */
static size_t
find_kinds(const struct addrinfo *ai, struct kind out[KINDS])
{
	size_t n = 0;

	for (; ai && n < KINDS; ai = ai->ai_next)
		if (has_port(ai) && index_of_kind(ai, out, n) == n)
			out[n++] = (struct kind){ ai->ai_socktype,
						  ai->ai_protocol };
	return n;
}

static void
set_endpoint(struct addrinfo *ai, const struct endpoint *to)
{
	uint16_t port = htons((uint16_t)to->port);

	ai->ai_socktype = to->kind.socktype;
	ai->ai_protocol = to->kind.proto;
	if (ai->ai_family == AF_INET)
		((struct sockaddr_in *)(void *)ai->ai_addr)->sin_port = port;
	else
		((struct sockaddr_in6 *)(void *)ai->ai_addr)->sin6_port = port;
}

/* Free the element after one. */
static void
drop_behind(struct addrinfo *ai)
{
	struct addrinfo *dropped = ai->ai_next;

	ai->ai_next = dropped->ai_next;
	dropped->ai_next = NULL;
	freeaddrinfo(dropped);
}

/* Add elements after one, for the same address. Returns the last of them, or
 * NULL if there is no memory. */
static struct addrinfo *
add_behind(struct addrinfo *ai, const struct endpoint *endpoints, size_t n)
{
	size_t size = (size_t)ai->ai_addrlen;

	for (size_t i = 0; i < n; i++) {
		struct addrinfo *more = malloc(sizeof *more + size);
		if (!more)
			return NULL;
		*more = *ai;
		more->ai_addr = memcpy(more + 1, ai->ai_addr, size);
		more->ai_canonname = NULL;
		set_endpoint(more, &endpoints[i]);
		ai->ai_next = more;
		ai = more;
	}
	return ai;
}

/*
 * Give each address of libc's answer these endpoints, and no others. The kind
 * that comes first in the answer becomes the first endpoint wherever it is, and
 * so on: lists are grouped by address in glibc and musl, by kind in bionic, and
 * in FreeBSD they were sorted. Returns 0 if there was no memory. glibc gives a
 * raw socket in addition to tcp and udp. If that is missing, this is another
 * libc that claims to be glibc.
 */
static int
set_endpoints(struct addrinfo *ai, const struct endpoint *endpoints, size_t n,
	      int is_glibc)
{
	struct kind given[KINDS];
	size_t count = find_kinds(ai, given);
	struct addrinfo *kept = NULL;

	if (n > count && (!is_glibc || count < 3))
		n = count;
	for (; ai; ai = kept->ai_next) {
		size_t i = index_of_kind(ai, given, count);
		if (has_port(ai) && i >= n) {   /* not the first: its i is 0 */
			drop_behind(kept);
			continue;
		}
		kept = ai;
		if (!has_port(ai))
			continue;
		set_endpoint(ai, &endpoints[i]);
		if (i == count - 1)
			kept = add_behind(ai, endpoints + count, n - count);
		if (!kept)
			return 0;
	}
	return 1;
}

int
iap_getaddrinfo(const struct iana_registry *reg, iap_libc_getaddrinfo *libc,
		int is_glibc, const char *host, const char *service,
		const struct addrinfo *hints, struct addrinfo **res)
{
	struct endpoint endpoints[KINDS];
	struct addrinfo plain, *list;

	if (iap_is_left_to_libc(service, hints))
		return libc(host, service, hints, res);

	size_t n = find_endpoints(reg, service, hints, endpoints);

	if (!n)
		return refuse(libc, host, hints);
	/* Ask for a kind that every libc knows, so that each address has one
	 * element. If the program gave no hints, glibc gets none from us
	 * either, because it then sets flags of its own. Its extra elements are
	 * freed afterwards, which POSIX allows. An old musl cannot free a part
	 * of a list. */
	if (is_specific(hints) || (n == 1 && !is_glibc)) {
		plain = hints ? *hints : (struct addrinfo){ 0 };
		plain.ai_socktype = SOCK_STREAM;
		plain.ai_protocol = IPPROTO_TCP;
		hints = &plain;
	}

	int error = libc(host, any_number, hints, &list);

	if (error)
		return error;
	if (!set_endpoints(list, endpoints, n, is_glibc)) {
		freeaddrinfo(list);
		return EAI_MEMORY;
	}
	*res = list;
	return 0;
}

/* libc's own may have another calling convention. */
static int
call_getaddrinfo(const char *host, const char *service,
		 const struct addrinfo *hints, struct addrinfo **res)
{
	return getaddrinfo(host, service, hints, res);
}

int
iana_registry_getaddrinfo(const struct iana_registry *reg, const char *host,
			  const char *service, const struct addrinfo *hints,
			  struct addrinfo **res)
{
	return iap_getaddrinfo(reg, call_getaddrinfo, IAP_GLIBC, host, service,
			       hints, res);
}

int
iana_getaddrinfo(const char *host, const char *service,
		 const struct addrinfo *hints, struct addrinfo **res)
{
	return iana_registry_getaddrinfo(NULL, host, service, hints, res);
}

/* ---- Addresses to names -------------------------------------------------- */

/* The port in an address, or -1 if it has none. In both kinds of address, the
 * port is within the size of the smaller kind. */
static int
port_in(const struct sockaddr *sa, socklen_t salen)
{
	const void *address = sa;

	if (!sa || (size_t)salen < sizeof(struct sockaddr_in))
		return -1;
	switch (sa->sa_family) {
	case AF_INET:
		return ntohs(((const struct sockaddr_in *)address)->sin_port);
	case AF_INET6:
		return ntohs(((const struct sockaddr_in6 *)address)->sin6_port);
	}
	return -1;
}

int
iap_port_to_name(const struct sockaddr *sa, socklen_t salen,
		 const char *serv, socklen_t servlen, int flags)
{
	return serv && servlen && !(flags & NI_NUMERICSERV)
		? port_in(sa, salen) : -1;
}

int
iap_getnameinfo(const struct iana_registry *reg, iap_libc_getnameinfo *libc,
		int unnamed, const struct sockaddr *sa, socklen_t salen,
		char *host, socklen_t hostlen,
		char *serv, socklen_t servlen, int flags)
{
	int port = iap_port_to_name(sa, salen, serv, servlen, flags);
	int proto = flags & NI_DGRAM ? IPPROTO_UDP : IPPROTO_TCP;
	const char *name = iana_name_of(reg, port, proto);
	char number[sizeof "65535"];

	if (!name)
		return libc(sa, salen, host, hostlen, serv, servlen,
			    flags | unnamed);

	int error = libc(sa, salen, host, hostlen, number, sizeof number,
			 flags | NI_NUMERICSERV);
	size_t size = strlen(name) + 1;

	if (error)
		return error;
	if (size > (size_t)servlen)
		return EAI_OVERFLOW;
	memcpy(serv, name, size);
	return 0;
}

/* The lengths of libc's own may have any unsigned type. */
static int
call_getnameinfo(const struct sockaddr *sa, socklen_t salen,
		 char *host, socklen_t hostlen,
		 char *serv, socklen_t servlen, int flags)
{
	return getnameinfo(sa, salen, host, (unsigned)hostlen,
			   serv, (unsigned)servlen, flags);
}

int
iana_registry_getnameinfo(const struct iana_registry *reg,
			  const struct sockaddr *sa, socklen_t salen,
			  char *host, socklen_t hostlen,
			  char *serv, socklen_t servlen, int flags)
{
	return iap_getnameinfo(reg, call_getnameinfo, NI_NUMERICSERV, sa, salen,
			       host, hostlen, serv, servlen, flags);
}

int
iana_getnameinfo(const struct sockaddr *sa, socklen_t salen,
		 char *host, socklen_t hostlen,
		 char *serv, socklen_t servlen, int flags)
{
	return iana_registry_getnameinfo(NULL, sa, salen, host, hostlen,
					 serv, servlen, flags);
}

#endif
