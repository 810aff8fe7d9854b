/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef IANAPORT_NETDB_H
#define IANAPORT_NETDB_H

/*
 * What needs <netdb.h>: getaddrinfo(3) and getnameinfo(3) with the service
 * names of libianaport, and the names of libc for what is here and in
 * ianaport.h. Before this header, or with -D, define
 *
 *   IANA_REPLACE_GETSERV      for getservbyname, getservbyport, getservent,
 *                             their _r forms, setservent and endservent,
 *   IANA_REPLACE_GETADDRINFO  for getaddrinfo and getnameinfo,
 *
 * and those names mean the iana_ functions in the code that follows. Nothing
 * in a program needs to change:
 *
 *   cc -include ianaport-netdb.h -DIANA_REPLACE_GETSERV \
 *      -DIANA_REPLACE_GETADDRINFO program.c -lianaport
 *
 * A program that defines _GNU_SOURCE or the like before its first #include then
 * needs that as a -D too, because this header comes before that line; with the
 * same value, which mostly is none: -D_GNU_SOURCE=
 */

#include "ianaport.h"

#if defined _WIN32
#  include <winsock2.h>
#  include <ws2tcpip.h>
#else
#  include <netdb.h>
#  include <sys/socket.h>
#endif

#ifdef __cplusplus
extern "C" {
#endif

struct addrinfo;                /* a strict -std=c11 has only the name */

/**
 * getaddrinfo(3): addresses of a host, with the port of a service.
 *
 * The registry answers a service name, for the socket types and protocols that
 * hints ask for; libc does all else: the host, a service that is a number, ""
 * or NULL, AI_NUMERICSERV, flags, families. No name is looked up in
 * /etc/services.
 *
 * @host     as for getaddrinfo(3)
 * @service  service name in any case, such as "https", or what libc accepts
 * @hints    as for getaddrinfo(3). With neither ai_socktype nor ai_protocol
 *           each address is given for every protocol that has the service:
 *           tcp, udp, dccp, sctp as stream and as sequenced packets. musl has
 *           room for two, so that there only the first two of these come.
 *           With either, the first of these that fits counts, whether it has
 *           the service or not, as in glibc.
 * @res      receives a list that libc's freeaddrinfo() frees; left alone on
 *           failure
 *
 * Returns 0 or an EAI_ code for gai_strerror(); EAI_SERVICE where the registry
 * has no such service for what was asked. A host is not looked up in vain.
 * Ports are in network byte order in the addresses. Allocates, and calls libc:
 * thread-safe as that is, not async-signal-safe. Tried with glibc and musl.
 */
IANA_API int
iana_getaddrinfo(const char *host, const char *service,
		 const struct addrinfo *hints, struct addrinfo **res);

/**
 * getnameinfo(3): names of the host and the service of an address.
 *
 * The registry answers for the service, by tcp, or by udp with NI_DGRAM; libc
 * does all else. A port without a name is written as a number.
 *
 * @sa, @salen      an address, its port in network byte order
 * @host, @hostlen  receives the host's name; as for getnameinfo(3)
 * @serv, @servlen  receives the service's name or number; 16 bytes are enough
 * @flags           NI_...; NI_NUMERICSERV asks for the number
 *
 * Returns 0 or an EAI_ code; EAI_OVERFLOW where a buffer is too small. Threads
 * and signals as for iana_getaddrinfo().
 */
IANA_API int
iana_getnameinfo(const struct sockaddr *sa, socklen_t salen,
		 char *host, socklen_t hostlen,
		 char *serv, socklen_t servlen, int flags);

#ifdef __cplusplus
}
#endif

#ifdef IANA_REPLACE_GETSERV
#  define getservbyname iana_getservbyname
#  define getservbyport iana_getservbyport
#  define getservent iana_getservent
#  define setservent iana_setservent
#  define endservent iana_endservent
#  define getservbyname_r iana_getservbyname_r
#  define getservbyport_r iana_getservbyport_r
#  define getservent_r iana_getservent_r
#endif

#ifdef IANA_REPLACE_GETADDRINFO
#  define getaddrinfo iana_getaddrinfo
#  define getnameinfo iana_getnameinfo
#endif

#endif
