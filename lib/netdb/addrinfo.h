/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef IAP_NETDB_ADDRINFO_H
#define IAP_NETDB_ADDRINFO_H

/*
 * iana_getaddrinfo() and iana_getnameinfo(), with libc's functions as
 * arguments. The preload shim replaces the functions of those names, and has to
 * call the replaced ones.
 */

#include "lookup/blob.h"

#if IANA_NETDB

#include "ianaport-netdb.h"

typedef int
iap_libc_getaddrinfo(const char *host, const char *service,
		     const struct addrinfo *hints, struct addrinfo **res);
typedef int
iap_libc_getnameinfo(const struct sockaddr *sa, socklen_t salen,
		     char *host, socklen_t hostlen,
		     char *serv, socklen_t servlen, int flags);

/* @is_glibc: whether elements may be added to libc's list. glibc allocates and
 * frees each element by itself, together with its address. musl allocates the
 * whole list as one block. */
IAP_HIDDEN int
iap_getaddrinfo(const struct iana_registry *reg, iap_libc_getaddrinfo *libc,
		int is_glibc, const char *host, const char *service,
		const struct addrinfo *hints, struct addrinfo **res);

/* Whether a service is for libc, and the registry is not asked: a number, none,
 * or one that libc must refuse. */
IAP_HIDDEN int
iap_is_left_to_libc(const char *service, const struct addrinfo *hints);

/* The port whose name the registry is asked for, or -1. */
IAP_HIDDEN int
iap_port_to_name(const struct sockaddr *sa, socklen_t salen,
		 const char *serv, socklen_t servlen, int flags);

/* @unnamed: flags to add for a port that has no name in the registry. */
IAP_HIDDEN int
iap_getnameinfo(const struct iana_registry *reg, iap_libc_getnameinfo *libc,
		int unnamed, const struct sockaddr *sa, socklen_t salen,
		char *host, socklen_t hostlen,
		char *serv, socklen_t servlen, int flags);

#endif

#endif
