/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* getaddrinfo() and getnameinfo() over glibc: what needs no services file. */

#include "check_main.h"
#include "ianaport-netdb.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/un.h>

#define DCCP 33
#define SCTP 132
#define UDPLITE 136
#define HOST "192.0.2.1"
#define TEXT_SIZE 512

typedef int
getaddrinfo_call(const char *host, const char *service,
		 const struct addrinfo *hints, struct addrinfo **res);
typedef int
getnameinfo_call(const struct sockaddr *sa, socklen_t salen,
		 char *host, socklen_t hostlen,
		 char *serv, socklen_t servlen, int flags);

static struct addrinfo unset;   /* what *res points to before a call */

/* What glibc takes in the place of hints that are NULL. */
static const struct addrinfo of_null = {
	.ai_flags = AI_V4MAPPED | AI_ADDRCONFIG
};

/* ---- Answers in words ---------------------------------------------------- */

static const char *
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

static const char *
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
static void
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
static char *
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
static const char *
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

static void
assert_answer(const char *host, const char *service,
	      const struct addrinfo *hints, const char *expected)
{
	const char *answer = ask(iana_getaddrinfo, host, service, hints);

	ck_assert_msg(!strcmp(answer, expected), "%s %s: %s, not %s",
		      host ? host : "NULL", service ? service : "NULL", answer,
		      expected);
}

static void
assert_answer_of_libc(const char *host, const char *service,
		      const struct addrinfo *hints)
{
	char expected[TEXT_SIZE];

	strcpy(expected, ask(getaddrinfo, host, service, hints));
	assert_answer(host, service, hints, expected);
}

/* The answer that gives this to each address of libc's. */
static const char *
with_every_address(const char *host, struct addrinfo hints, const char *answer)
{
	static char text[TEXT_SIZE];
	char address[INET6_ADDRSTRLEN], port[6];
	struct addrinfo *list;
	size_t n = 0;

	hints.ai_socktype = SOCK_STREAM;

	int error = getaddrinfo(host, "9", &hints, &list);

	if (error)
		return error_text(error);
	for (struct addrinfo *ai = list; ai; ai = ai->ai_next) {
		read_element(ai, address, port);
		n += (size_t)sprintf(text + n, "%s%s%s", n ? ", " : "", address,
				     answer);
	}
	freeaddrinfo(list);
	return text;
}

/* ---- Services ------------------------------------------------------------ */

static const struct service {
	const char *name, *answer;
} services[] = {
	{ "https", " tcp 443 udp 443 sctp 443 seqpacket 443" },
	{ "discard", " tcp 9 udp 9 dccp 9 sctp 9 seqpacket 9" },
	{ "telnet", " tcp 23 udp 23" },
	{ "imap", " tcp 143" },
	{ "comsat", " udp 512" },
	{ "itu-bicc-stc", " sctp 3097 seqpacket 3097" },
	{ "m3ua", " tcp 2905 sctp 2905 seqpacket 2905" },
	{ "dtn-bundle", " tcp 4556 udp 4556 dccp 4556" },
	/* different ports */
	{ "raid-am", " tcp 2013 udp 2007" },
	{ "http-alt", " tcp 8080 udp 591" },
	/* aliases */
	{ "www", " tcp 80 udp 80" },
	{ "cl/1", " tcp 172 udp 172" },
	{ "smtps", " tcp 465" },
	{ "whois", " tcp 43" },
	/* conventional names */
	{ "webmin", " tcp 10000" },
	{ "syslog", " tcp 514 udp 514" },
	{ "nfs", " tcp 2049 udp 2049 sctp 2049 seqpacket 2049" },
	/* any case */
	{ "HTTPS", " tcp 443 udp 443 sctp 443 seqpacket 443" },
	{ "wEbMin", " tcp 10000" },
	{ "ethernet/IP-1", " tcp 2222 udp 2222" }
};

START_TEST(service_without_hints_gives_all_it_has)
{
	static const struct addrinfo empty = { 0 };

	for (size_t i = 0; i < LENGTH(services); i++) {
		const struct service *s = &services[i];

		assert_answer(HOST, s->name, &empty,
			      with_every_address(HOST, empty, s->answer));
		assert_answer(HOST, s->name, NULL,
			      with_every_address(HOST, of_null, s->answer));
	}
}
END_TEST

START_TEST(service_with_hints_gives_first_that_fits)
{
	static const struct {
		const char *name;
		int socktype, proto;
		const char *answer;
	} rows[] = {
		{ "https", SOCK_STREAM, 0, HOST " tcp 443" },
		{ "https", SOCK_DGRAM, 0, HOST " udp 443" },
		{ "https", SOCK_SEQPACKET, 0, HOST " seqpacket 443" },
		{ "https", 0, IPPROTO_TCP, HOST " tcp 443" },
		{ "https", 0, IPPROTO_UDP, HOST " udp 443" },
		{ "https", 0, SCTP, HOST " sctp 443" },
		{ "https", SOCK_STREAM, IPPROTO_TCP, HOST " tcp 443" },
		{ "https", SOCK_DGRAM, IPPROTO_UDP, HOST " udp 443" },
		{ "https", SOCK_STREAM, SCTP, HOST " sctp 443" },
		{ "https", SOCK_SEQPACKET, SCTP, HOST " seqpacket 443" },
		{ "discard", SOCK_DCCP, 0, HOST " dccp 9" },
		{ "discard", 0, DCCP, HOST " dccp 9" },
		{ "discard", SOCK_DCCP, DCCP, HOST " dccp 9" },
		{ "raid-am", SOCK_STREAM, 0, HOST " tcp 2013" },
		{ "raid-am", SOCK_DGRAM, 0, HOST " udp 2007" },
		{ "http-alt", 0, IPPROTO_UDP, HOST " udp 591" },
		{ "WWW", SOCK_DGRAM, 0, HOST " udp 80" },
		{ "itu-bicc-stc", SOCK_STREAM, SCTP, HOST " sctp 3097" },
		/* the first that fits does not have it */
		{ "https", SOCK_DCCP, 0, "EAI_SERVICE" },
		{ "https", 0, DCCP, "EAI_SERVICE" },
		{ "imap", SOCK_DGRAM, 0, "EAI_SERVICE" },
		{ "imap", 0, IPPROTO_UDP, "EAI_SERVICE" },
		{ "imap", 0, SCTP, "EAI_SERVICE" },
		{ "comsat", SOCK_STREAM, 0, "EAI_SERVICE" },
		{ "itu-bicc-stc", SOCK_STREAM, 0, "EAI_SERVICE" },
		{ "webmin", SOCK_DGRAM, 0, "EAI_SERVICE" },
		/* nothing fits */
		{ "https", SOCK_RAW, 0, "EAI_SERVICE" },
		{ "https", SOCK_RAW, IPPROTO_TCP, "EAI_SERVICE" },
		{ "https", 0, IPPROTO_ICMP, "EAI_SERVICE" },
		{ "https", 0, UDPLITE, "EAI_SERVICE" },
		{ "https", SOCK_DGRAM, UDPLITE, "EAI_SERVICE" },
		{ "https", SOCK_RDM, 0, "EAI_SOCKTYPE" },
		{ "https", SOCK_STREAM, IPPROTO_UDP, "EAI_SOCKTYPE" },
		{ "https", SOCK_DGRAM, IPPROTO_TCP, "EAI_SOCKTYPE" },
		{ "https", SOCK_STREAM | SOCK_CLOEXEC, 0, "EAI_SOCKTYPE" },
		{ "no-such-name", SOCK_RDM, 0, "EAI_SOCKTYPE" }
	};

	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct addrinfo hints = { .ai_socktype = rows[i].socktype,
					  .ai_protocol = rows[i].proto };

		assert_answer(HOST, rows[i].name, &hints, rows[i].answer);
	}
}
END_TEST

/* A host that is not there is not looked up. */
START_TEST(service_unknown_is_eai_service)
{
	static const char *const unknown[] = {
		"no-such-name", "no-such-name-of-more-than-15-bytes", "htt",
		"httpsx", " http", "http ", "https/tcp", "443/tcp", "443x",
		"80 ", "0x50", " ", "+", "-", "**", "\xe8ttp",
		/* no port, or no protocol */
		"rdp", "dccp-ping", "boe-cms"
	};
	static const char *const hosts[] = { NULL, HOST, "::1", "no.invalid" };

	for (size_t i = 0; i < LENGTH(unknown) * LENGTH(hosts) * 3; i++) {
		const struct addrinfo hints = {
			.ai_socktype = i % 3 == 1 ? SOCK_STREAM : 0
		};

		assert_answer(hosts[i / 3 % LENGTH(hosts)],
			      unknown[i / 3 / LENGTH(hosts)],
			      i % 3 ? &hints : NULL, "EAI_SERVICE");
	}
}
END_TEST

/* Numbers, and what stands for no service, are not ours. */
START_TEST(service_number_or_none_is_answered_by_libc)
{
	static const char *const texts[] = {
		"80", "+80", " 80", "080", "0", "9", "65535", "65536", "65616",
		"-1", "-80", "4294967376", "99999999999999999999", "", "*", NULL
	};
	static const int socktypes[] = { 0, SOCK_STREAM, SOCK_DGRAM, SOCK_RAW,
					 SOCK_SEQPACKET, SOCK_DCCP, SOCK_RDM };

	for (size_t i = 0; i < LENGTH(texts); i++) {
		assert_answer_of_libc(NULL, texts[i], NULL);
		assert_answer_of_libc(HOST, texts[i], NULL);
		for (size_t s = 0; s < LENGTH(socktypes); s++) {
			struct addrinfo hints = { .ai_socktype = socktypes[s] };

			assert_answer_of_libc(NULL, texts[i], &hints);
			assert_answer_of_libc(HOST, texts[i], &hints);
			hints.ai_flags = AI_NUMERICSERV;
			assert_answer_of_libc(HOST, texts[i], &hints);
		}
	}
}
END_TEST

START_TEST(numericserv_with_name_is_eai_noname)
{
	const struct addrinfo hints = { .ai_flags = AI_NUMERICSERV };

	assert_answer(HOST, "https", &hints, "EAI_NONAME");
	assert_answer(NULL, "https", &hints, "EAI_NONAME");
	assert_answer(HOST, "no-such-name", &hints, "EAI_NONAME");
	assert_answer(HOST, "443", &hints,
		      HOST " tcp 443 udp 443 raw 443");
}
END_TEST

/* ---- Everything else ----------------------------------------------------- */

static const char *const kinds_of_services[] = {
	"discard", "imap", "no-such-name"
};

START_TEST(error_of_libc_comes_before_service)
{
	static const struct {
		const char *host;
		struct addrinfo hints;
		const char *answer;
	} rows[] = {
		{ HOST, { .ai_flags = 0x4000000 }, "EAI_BADFLAGS" },
		{ NULL, { .ai_flags = AI_CANONNAME }, "EAI_BADFLAGS" },
		/* glibc: no host */
		{ "*", { .ai_flags = AI_CANONNAME }, "EAI_BADFLAGS" },
		{ HOST, { .ai_family = AF_UNIX }, "EAI_FAMILY" },
		{ HOST, { .ai_family = 99 }, "EAI_FAMILY" },
		{ NULL, { .ai_family = -1 }, "EAI_FAMILY" },
		{ HOST, { .ai_family = AF_UNIX, .ai_socktype = SOCK_RDM },
		  "EAI_FAMILY" },
		{ HOST, { .ai_socktype = 77 }, "EAI_SOCKTYPE" }
	};

	for (size_t i = 0; i < LENGTH(rows); i++)
		for (size_t k = 0; k < LENGTH(kinds_of_services); k++)
			assert_answer(rows[i].host, kinds_of_services[k],
				      &rows[i].hints, rows[i].answer);
}
END_TEST

START_TEST(error_of_service_comes_before_host)
{
	const struct addrinfo numeric = { .ai_flags = AI_NUMERICHOST },
		v6 = { .ai_family = AF_INET6, .ai_flags = AI_NUMERICHOST },
		canonical = { .ai_flags = AI_CANONNAME };

	assert_answer("no.number", "no-such-name", &numeric, "EAI_SERVICE");
	assert_answer("no.number", "https", &numeric, "EAI_NONAME");
	assert_answer("", "https", &numeric, "EAI_NONAME");
	assert_answer(HOST, "no-such-name", &v6, "EAI_SERVICE");
	ck_assert_str_ne(ask(iana_getaddrinfo, HOST, "https", &v6),
			 "EAI_SERVICE");
	assert_answer(HOST, "no-such-name", &canonical, "EAI_SERVICE");
}
END_TEST

START_TEST(canonname_stays_on_first)
{
	struct addrinfo hints = { .ai_flags = AI_CANONNAME };

	assert_answer(HOST, "discard", &hints, "= " HOST " " HOST
		      " tcp 9 udp 9 dccp 9 sctp 9 seqpacket 9");
	assert_answer(HOST, "imap", &hints, "= " HOST " " HOST " tcp 143");
	assert_answer(HOST, "comsat", &hints, "= " HOST " " HOST " udp 512");
	hints.ai_socktype = SOCK_SEQPACKET;
	assert_answer(HOST, "discard", &hints,
		      "= " HOST " " HOST " seqpacket 9");
}
END_TEST

/* NULL has two addresses where both families are wanted. */
START_TEST(addresses_are_those_of_libc)
{
	static const char *const hosts[] = { NULL, HOST, "2001:db8::1" };
	static const int flags[] = { 0, AI_PASSIVE, AI_NUMERICHOST,
				     AI_V4MAPPED | AI_ALL };
	static const int families[] = { AF_UNSPEC, AF_INET, AF_INET6 };

	for (size_t i = 0; i < 3 * LENGTH(flags) * 3; i++) {
		const char *host = hosts[i % 3];
		struct addrinfo hints = { .ai_flags = flags[i / 3 % 4],
					  .ai_family = families[i / 12] };

		for (size_t k = 0; k < LENGTH(services); k++)
			assert_answer(host, services[k].name, &hints,
				      with_every_address(host, hints,
							 services[k].answer));
	}
}
END_TEST

/* ---- Memory -------------------------------------------------------------- */

static struct addrinfo *
list_of(const char *service)
{
	struct addrinfo *list = NULL;

	ck_assert_int_eq(iana_getaddrinfo(NULL, service, NULL, &list), 0);
	return list;
}

/* Free what stands before an element and what begins with it. */
static void
free_in_two(struct addrinfo *list, size_t before)
{
	struct addrinfo *last = list;

	while (--before)
		last = last->ai_next;

	struct addrinfo *rest = last->ai_next;

	last->ai_next = NULL;
	freeaddrinfo(list);
	freeaddrinfo(rest);
}

static void
free_one_by_one(struct addrinfo *list)
{
	struct addrinfo *next;

	for (; list; list = next) {
		next = list->ai_next;
		list->ai_next = NULL;
		freeaddrinfo(list);
	}
}

/* What the sanitizers and valgrind look at. */
START_TEST(list_in_parts_is_freed)
{
	for (size_t i = 0; i < LENGTH(services); i++) {
		struct addrinfo *list = list_of(services[i].name);
		size_t length = 0;

		for (struct addrinfo *ai = list; ai; ai = ai->ai_next)
			length++;
		free_one_by_one(list);
		for (size_t before = 1; before < length; before++)
			free_in_two(list_of(services[i].name), before);
	}
}
END_TEST

#ifndef __has_feature
#  define __has_feature(feature) 0
#endif
#if defined __SANITIZE_ADDRESS__ || __has_feature(address_sanitizer)
#  define OWN_MALLOC 0          /* sanitizers have theirs */
#else
#  define OWN_MALLOC 1
#endif

#if OWN_MALLOC

extern void *__libc_malloc(size_t size);
extern void __libc_free(void *p);

/* While watching, until_failure counts down to the one allocation that fails,
 * and taken is what was allocated and is not free. Volatile, for libc's headers
 * promise that freeaddrinfo() calls nothing here. */
static volatile int watching, until_failure = -1;
static void *volatile taken[64];

static void
replace_in_taken(const void *old, void *new)
{
	size_t i = 0;

	while (i < LENGTH(taken) && taken[i] != old)
		i++;
	if (i < LENGTH(taken))
		taken[i] = new;
}

void *
malloc(size_t size)
{
	if (watching && until_failure >= 0 && until_failure-- == 0)
		return NULL;

	void *p = __libc_malloc(size);

	if (watching && p)
		replace_in_taken(NULL, p);
	return p;
}

void
free(void *p)
{
	if (watching && p)
		replace_in_taken(p, NULL);
	__libc_free(p);
}

/* Ask with one allocation failing, which libc may do without. Returns whether
 * there were so many. */
static int
fail_at(int nth, const char *service, const char *expected)
{
	static const struct addrinfo hints = { 0 };
	struct addrinfo *list = &unset;

	until_failure = nth;
	watching = 1;

	int error = iana_getaddrinfo(NULL, service, &hints, &list);

	watching = 0;
	ck_assert(!error == (list != &unset));
	if (error != EAI_MEMORY)
		ck_assert_str_eq(error ? error_text(error)
				 : list_text(list, 0), expected);
	watching = 1;
	if (!error)
		freeaddrinfo(list);
	watching = 0;
	for (size_t i = 0; i < LENGTH(taken); i++)
		ck_assert_ptr_null(taken[i]);
	return until_failure < 0;
}

/* NULL has two addresses, and libc gives each three elements. */
START_TEST(memory_short_at_any_time_is_eai_memory)
{
	static const struct addrinfo hints = { 0 };
	char expected[TEXT_SIZE];

	for (size_t k = 0; k < LENGTH(kinds_of_services); k++) {
		const char *service = kinds_of_services[k];
		int nth = 0;

		strcpy(expected, ask(iana_getaddrinfo, NULL, service, &hints));
		while (fail_at(nth, service, expected))
			nth++;
		ck_assert_int_ge(nth, 6);
	}
}
END_TEST

#endif

/* ---- Names of an address ------------------------------------------------- */

static struct sockaddr_in
ipv4(int port)
{
	return (struct sockaddr_in){
		.sin_family = AF_INET,
		.sin_port = htons((uint16_t)port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK)
	};
}

static struct sockaddr_in6
ipv6(int port)
{
	return (struct sockaddr_in6){
		.sin6_family = AF_INET6,
		.sin6_port = htons((uint16_t)port),
		.sin6_addr = in6addr_loopback
	};
}

START_TEST(nameinfo_of_port_is_first_service)
{
	static const struct {
		int port, flags;
		const char *answer;
	} rows[] = {
		{ 443, 0, "https" }, { 443, NI_DGRAM, "https" },
		{ 80, 0, "http" }, { 80, NI_DGRAM, "http" },
		{ 512, 0, "exec" }, { 512, NI_DGRAM, "biff" },
		{ 514, 0, "shell" }, { 514, NI_DGRAM, "syslog" },
		{ 2007, NI_DGRAM, "raid-am" }, { 2013, 0, "raid-am" },
		{ 465, 0, "submissions" }, { 2049, NI_DGRAM, "nfs" },
		{ 783, 0, "spamd" }, { 783, NI_DGRAM, "783" },
		{ 6010, 0, "x11" }, { 1088, 0, "cplscrambler-al" },
		{ 443, NI_NUMERICSERV, "443" },
		{ 443, NI_NUMERICSERV | NI_DGRAM, "443" },
		{ 65535, NI_NUMERICSERV, "65535" },
		/* without a name, or for sctp, dccp or no protocol only */
		{ 0, 0, "0" }, { 0, NI_DGRAM, "0" }, { 4, 0, "4" },
		{ 50000, 0, "50000" }, { 65535, NI_DGRAM, "65535" },
		{ 3097, 0, "3097" }, { 3097, NI_DGRAM, "3097" },
		{ 6400, 0, "6400" }
	};
	char host[INET6_ADDRSTRLEN], serv[16];

	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct sockaddr_in in = ipv4(rows[i].port);
		struct sockaddr_in6 in6 = ipv6(rows[i].port);
		int flags = rows[i].flags | NI_NUMERICHOST;

		ck_assert_int_eq(iana_getnameinfo((void *)&in, sizeof in,
						  host, sizeof host, serv,
						  sizeof serv, flags), 0);
		ck_assert_str_eq(host, "127.0.0.1");
		ck_assert_str_eq(serv, rows[i].answer);
		ck_assert_int_eq(iana_getnameinfo((void *)&in6, sizeof in6,
						  host, sizeof host, serv,
						  sizeof serv, flags), 0);
		ck_assert_str_eq(host, "::1");
		ck_assert_str_eq(serv, rows[i].answer);
	}
}
END_TEST

#define GUARD 32
#define POISON '\x5a'

static int
is_poison(const char *from, const char *to)
{
	while (from < to && *from == POISON)
		from++;
	return from == to;
}

/* A buffer of every size, with nothing written around it. */
static void
assert_every_size(int port, int flags, const char *answer)
{
	struct sockaddr_in in = ipv4(port);
	char arena[GUARD + 32 + GUARD], *serv = arena + GUARD, host[16];
	const size_t needed = strlen(answer) + 1;

	for (size_t size = 1; size <= 32; size++) {
		memset(arena, POISON, sizeof arena);
		int error = iana_getnameinfo((void *)&in, sizeof in, host,
					     sizeof host, serv,
					     (socklen_t)size,
					     flags | NI_NUMERICHOST);

		ck_assert_int_eq(error, size < needed ? EAI_OVERFLOW : 0);
		ck_assert(error || !strcmp(serv, answer));
		ck_assert(is_poison(arena, serv));
		ck_assert(is_poison(serv + size, arena + sizeof arena));
	}
}

START_TEST(nameinfo_of_every_size_stays_inside)
{
	assert_every_size(443, 0, "https");
	assert_every_size(443, NI_DGRAM, "https");
	assert_every_size(1088, 0, "cplscrambler-al");
	assert_every_size(443, NI_NUMERICSERV, "443");
	assert_every_size(50000, 0, "50000");
	assert_every_size(4, 0, "4");
}
END_TEST

/* Error, host, and whether there is a service are as with libc, which may have
 * another name for that. Only so much of the address is there. */
static void
assert_as_libc(const void *sa, size_t salen, socklen_t hostlen,
	       socklen_t servlen, int flags)
{
	char host[2][64], serv[2][64];
	void *exact = sa ? memcpy(malloc(salen), sa, salen) : NULL;
	int error[2];

	memset(host, POISON, sizeof host);
	memset(serv, POISON, sizeof serv);
	for (int ours = 0; ours < 2; ours++) {
		getnameinfo_call *call = ours ? iana_getnameinfo : getnameinfo;

		error[ours] = call(exact, (socklen_t)salen, host[ours], hostlen,
				   serv[ours], servlen, flags);
	}
	ck_assert_str_eq(error_text(error[1]), error_text(error[0]));
	ck_assert(!memcmp(host[1], host[0], sizeof host[0]));
	ck_assert_int_eq(serv[1][0] == POISON, serv[0][0] == POISON);
	free(exact);
}

START_TEST(nameinfo_of_bad_address_is_as_with_libc)
{
	struct sockaddr_in in = ipv4(443), other = in;
	struct sockaddr_in6 in6 = ipv6(443);
	const struct sockaddr_un un = { AF_UNIX, "/a/path" };

	other.sin_family = 99;
	assert_as_libc(NULL, sizeof in, 64, 64, NI_NUMERICHOST);
	for (size_t size = 0; size <= sizeof in; size++) {
		assert_as_libc(&in, size, 64, 64, NI_NUMERICHOST);
		assert_as_libc(&other, size, 64, 64, NI_NUMERICHOST);
	}
	for (size_t size = 0; size <= sizeof in6; size++)
		assert_as_libc(&in6, size, 64, 64, NI_NUMERICHOST);
	for (size_t size = 0; size <= sizeof un; size++)
		assert_as_libc(&un, size, 64, 64, NI_NUMERICHOST);
	assert_as_libc(&in, sizeof in, 64, 64, 0x4000);
}
END_TEST

START_TEST(nameinfo_of_one_part_is_as_with_libc)
{
	static const int flags[] = { NI_NUMERICHOST, NI_NUMERICSERV,
				     NI_NAMEREQD, NI_NAMEREQD | NI_NUMERICHOST,
				     NI_DGRAM | NI_NUMERICHOST };
	struct sockaddr_in in = ipv4(443);

	for (size_t i = 0; i < LENGTH(flags); i++) {
		assert_as_libc(&in, sizeof in, 0, 64, flags[i]);
		assert_as_libc(&in, sizeof in, 64, 0, flags[i]);
		assert_as_libc(&in, sizeof in, 0, 0, flags[i]);
		assert_as_libc(&in, sizeof in, 64, 64, flags[i]);
		assert_as_libc(&in, sizeof in, 5, 64, flags[i]);
	}
}
END_TEST

START_TEST(nameinfo_without_buffer_is_part_not_asked_for)
{
	struct sockaddr_in in = ipv4(443);
	char name[16];

	ck_assert_int_eq(iana_getnameinfo((void *)&in, sizeof in, NULL, 16,
					  name, sizeof name, NI_NAMEREQD), 0);
	ck_assert_str_eq(name, "https");
	ck_assert_int_eq(iana_getnameinfo((void *)&in, sizeof in,
					  name, sizeof name, NULL, 16,
					  NI_NUMERICHOST), 0);
	ck_assert_str_eq(name, "127.0.0.1");
	ck_assert_int_eq(iana_getnameinfo((void *)&in, sizeof in, NULL, 16,
					  NULL, 16, 0), 0);
	ck_assert_int_eq(iana_getnameinfo((void *)&in, sizeof in, NULL, 16,
					  NULL, 16, NI_NAMEREQD), EAI_NONAME);
}
END_TEST

int
main(void)
{
	const TTest *const tests[] = {
		service_without_hints_gives_all_it_has,
		service_with_hints_gives_first_that_fits,
		service_unknown_is_eai_service,
		service_number_or_none_is_answered_by_libc,
		numericserv_with_name_is_eai_noname,
		error_of_libc_comes_before_service,
		error_of_service_comes_before_host,
		canonname_stays_on_first,
		addresses_are_those_of_libc,
		list_in_parts_is_freed,
#if OWN_MALLOC
		memory_short_at_any_time_is_eai_memory,
#endif
		nameinfo_of_port_is_first_service,
		nameinfo_of_every_size_stays_inside,
		nameinfo_of_bad_address_is_as_with_libc,
		nameinfo_of_one_part_is_as_with_libc,
		nameinfo_without_buffer_is_part_not_asked_for,
	};

	return run_tests("addrinfo", tests, LENGTH(tests));
}
