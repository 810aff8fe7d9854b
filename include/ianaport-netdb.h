/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef IANAPORT_NETDB_H
#define IANAPORT_NETDB_H

/*
 * The functions that need <netdb.h>: getaddrinfo(3) and getnameinfo(3) with the
 * service names of libianaport. A program that calls libc's functions can call
 * these without this header: see ianaport-replace(7).
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

/* ---- Addresses, with the service names of IANA --------------------------- */

/*
 * Threads and signals. These functions call libc, and allocate: they are as
 * thread-safe as libc's, and not async-signal-safe.
 */

/**
 * getaddrinfo(3): addresses of a host, with the port of a service.
 *
 * The registry answers for service names, and for the socket types and
 * protocols that the hints ask for. libc does all else: the host; a service
 * that is a number, "" or NULL; AI_NUMERICSERV, the other flags, and families.
 * /etc/services is not read. If the registry does not have the service, the
 * host is not looked up.
 *
 * An address comes in up to five kinds: tcp, udp, dccp, sctp as a stream, and
 * sctp as sequenced packets. If the hints set neither ai_socktype nor
 * ai_protocol, each address comes once for each kind whose protocol has the
 * service. So "http" gives four elements for each address. musl's lists have
 * room for two elements for each address, so musl gives the first two kinds.
 * bionic, OpenBSD and others have so little room, too. The addresses and kinds
 * come in the order of libc's list. If the hints set a socket type or a
 * protocol, the first kind that fits them is chosen, as glibc does, whether or
 * not it has the service.
 *
 * This function has been tried with glibc and musl, and with winsock under
 * Wine. A program that uses winsock calls WSAStartup() first.
 *
 * @param host      as for getaddrinfo(3)
 * @param service   service name in upper or lower case, such as "https", or
 *                  anything else that libc accepts
 * @param hints     as for getaddrinfo(3)
 * @param[out] res  receives a list, to be freed with freeaddrinfo(); left alone
 *                  on failure. Ports in it are in network byte order.
 * @return 0, or an EAI_ code for gai_strerror(); EAI_SERVICE if the registry
 *         has no such service for the hints
 */
IANA_API int
iana_getaddrinfo(const char *host, const char *service,
		 const struct addrinfo *hints, struct addrinfo **res);

/**
 * getnameinfo(3): names of the host and the service of an address.
 *
 * The registry answers for the service: for udp if flags has NI_DGRAM,
 * otherwise for tcp. libc does all else. A port without a name is written as a
 * number.
 *
 * @param sa         an address; its port is in network byte order
 * @param salen      size of sa, in bytes
 * @param[out] host  receives the name of the host; as for getnameinfo(3)
 * @param hostlen    size of host, in bytes
 * @param[out] serv  receives the name or number of the service; may be NULL if
 *                   servlen is 0
 * @param servlen    size of serv, in bytes; 16 are enough for the built-in
 *                   registry
 * @param flags      as for getnameinfo(3), such as NI_NUMERICSERV for a number
 * @return 0, or an EAI_ code; EAI_OVERFLOW if a buffer is too small
 */
IANA_API int
iana_getnameinfo(const struct sockaddr *sa, socklen_t salen,
		 char *host, socklen_t hostlen,
		 char *serv, socklen_t servlen, int flags);

/**
 * The same as iana_getaddrinfo() for a registry that a program loaded.
 *
 * @param registry  where to look for the service
 * @param host      as for getaddrinfo(3)
 * @param service   as for iana_getaddrinfo()
 * @param hints     as for getaddrinfo(3)
 * @param[out] res  as for iana_getaddrinfo()
 * @return as iana_getaddrinfo()
 */
IANA_API int
iana_registry_getaddrinfo(const struct iana_registry *registry,
			  const char *host, const char *service,
			  const struct addrinfo *hints, struct addrinfo **res);

/**
 * The same as iana_getnameinfo() for a registry that a program loaded.
 *
 * @param registry   where to look for the service
 * @param sa         an address; its port is in network byte order
 * @param salen      size of sa, in bytes
 * @param[out] host  receives the name of the host
 * @param hostlen    size of host, in bytes
 * @param[out] serv  receives the name or number of the service
 * @param servlen    size of serv, in bytes
 * @param flags      as for iana_getnameinfo()
 * @return as iana_getnameinfo()
 */
IANA_API int
iana_registry_getnameinfo(const struct iana_registry *registry,
			  const struct sockaddr *sa, socklen_t salen,
			  char *host, socklen_t hostlen,
			  char *serv, socklen_t servlen, int flags);

#ifdef __cplusplus
}
#endif

#endif
