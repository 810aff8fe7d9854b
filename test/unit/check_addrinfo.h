/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef CHECK_ADDRINFO_H
#define CHECK_ADDRINFO_H

/* What getaddrinfo() and getnameinfo() answer, in words. */

#include "check_main.h"
#include "ianaport-netdb.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>

#define DCCP 33
#define SCTP 132
#define TEXT_SIZE 512

typedef int
getaddrinfo_call(const char *host, const char *service,
		 const struct addrinfo *hints, struct addrinfo **res);

static struct addrinfo unset;   /* what *res points to before a call */

/* What glibc takes in the place of hints that are NULL. */
static const struct addrinfo of_null = {
	.ai_flags = AI_V4MAPPED | AI_ADDRCONFIG
};

static inline const char *
error_text(int error)
{
	switch (error) {
	case EAI_BADFLAGS:
		return "EAI_BADFLAGS";
	case EAI_FAMILY:
		return "EAI_FAMILY";
	case EAI_MEMORY:
		return "EAI_MEMORY";
	case EAI_NONAME:
		return "EAI_NONAME";
	case EAI_OVERFLOW:
		return "EAI_OVERFLOW";
	case EAI_SERVICE:
		return "EAI_SERVICE";
	case EAI_SOCKTYPE:
		return "EAI_SOCKTYPE";
	}
	return gai_strerror(error);
}

static inline const char *
kind_text(const struct addrinfo *ai)
{
	static const struct {
		int socktype, proto;
		const char *text;
	} kinds[] = {
		{ SOCK_STREAM, IPPROTO_TCP, "tcp" },
		{ SOCK_DGRAM, IPPROTO_UDP, "udp" },
		{ SOCK_DCCP, DCCP, "dccp" },
		{ SOCK_STREAM, SCTP, "sctp" },
		{ SOCK_SEQPACKET, SCTP, "seqpacket" },
		{ SOCK_RAW, 0, "raw" }
	};

	for (size_t i = 0; i < LENGTH(kinds); i++)
		if (ai->ai_socktype == kinds[i].socktype
		    && ai->ai_protocol == kinds[i].proto)
			return kinds[i].text;
	return "?";
}

/* What libc reads in the address of an element. */
static inline void
read_element(const struct addrinfo *ai, char *host, char *port)
{
	ck_assert_int_eq(ai->ai_family, ai->ai_addr->sa_family);
	ck_assert_int_eq(getnameinfo(ai->ai_addr, ai->ai_addrlen,
				     host, INET6_ADDRSTRLEN, port, 6,
				     NI_NUMERICHOST | NI_NUMERICSERV), 0);
}

/* A list in words, "192.0.2.1 tcp 443 udp 443, ::1 tcp 443 udp 443", behind its
 * canonical name, "= name", which only the first element may have. Each element
 * has an address of its own. */
static inline char *
list_text(const struct addrinfo *ai, int flags)
{
	static char text[TEXT_SIZE];
	char last[INET6_ADDRSTRLEN] = "", host[sizeof last], port[6];
	size_t n = 0;

	for (const struct addrinfo *first = ai; ai; ai = ai->ai_next) {
		int is_first = ai == first;

		read_element(ai, host, port);
		ck_assert_int_eq(ai->ai_flags, flags);
		ck_assert(is_first || !ai->ai_canonname);
		ck_assert(!ai->ai_next
			  || ai->ai_next->ai_addr != ai->ai_addr);
		if (ai->ai_canonname)
			n += (size_t)sprintf(text, "= %s ", ai->ai_canonname);
		if (strcmp(host, last))
			n += (size_t)sprintf(text + n, "%s%s",
					     is_first ? "" : ", ", host);
		n += (size_t)sprintf(text + n, " %s %s", kind_text(ai), port);
		strcpy(last, host);
		ck_assert_uint_lt(n, TEXT_SIZE / 2);
	}
	return text;
}

/* What a call answers. One that fails leaves the result as it was. */
static inline const char *
ask(getaddrinfo_call *call, const char *host, const char *service,
    const struct addrinfo *hints)
{
	struct addrinfo *list = &unset;
	int error = call(host, service, hints, &list);

	if (error) {
		ck_assert_ptr_eq(list, &unset);
		return error_text(error);
	}

	char *text = list_text(list, (hints ? hints : &of_null)->ai_flags);

	freeaddrinfo(list);
	return text;
}

#endif
