/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* The lists of getaddrinfo() over a libc of our own, which answers with two
 * addresses in the order of one system or another. */

#include "check_addrinfo.h"
#include "netdb/addrinfo.h"

#define MOST 6

/* The kinds that systems give without hints, and the order of their lists.
 * FreeBSD sorts them with a function that does not say when two are equal. */
static const struct system {
	const char *name;
	enum { BY_ADDRESS, BY_KIND, MIXED } order;
	struct {
		int socktype, proto;
	} kinds[MOST];
} systems[] = {
	{ "glibc", BY_ADDRESS, { { SOCK_STREAM, IPPROTO_TCP },
				 { SOCK_DGRAM, IPPROTO_UDP },
				 { SOCK_RAW, 0 } } },
	{ "musl", BY_ADDRESS, { { SOCK_STREAM, IPPROTO_TCP },
				{ SOCK_DGRAM, IPPROTO_UDP } } },
	{ "bionic", BY_KIND, { { SOCK_DGRAM, IPPROTO_UDP },
			       { SOCK_STREAM, IPPROTO_TCP } } },
	{ "FreeBSD", BY_KIND, { { SOCK_DGRAM, IPPROTO_UDP },
				{ SOCK_STREAM, IPPROTO_TCP },
				{ SOCK_SEQPACKET, SCTP } } },
	{ "FreeBSD, sorted", MIXED, { { SOCK_DGRAM, IPPROTO_UDP },
				      { SOCK_STREAM, IPPROTO_TCP },
				      { SOCK_SEQPACKET, SCTP } } },
	{ "all", BY_KIND, { { SOCK_STREAM, IPPROTO_TCP },
			    { SOCK_DGRAM, IPPROTO_UDP }, { SOCK_STREAM, SCTP },
			    { SOCK_SEQPACKET, SCTP }, { SOCK_RAW, 0 } } },
	{ "more than all", BY_KIND,
	  { { SOCK_STREAM, IPPROTO_TCP }, { SOCK_DGRAM, IPPROTO_UDP },
	    { SOCK_STREAM, SCTP }, { SOCK_SEQPACKET, SCTP }, { SOCK_RAW, 0 },
	    { SOCK_RDM, 0 } } },
	{ "one", BY_ADDRESS, { { SOCK_STREAM, 0 } } },
	{ "local", BY_KIND, { { SOCK_DGRAM, 0 }, { SOCK_STREAM, 0 } } }
};

static const char *const hosts[] = { "192.0.2.1", "192.0.2.2" };
static const struct system *asked;

/* ---- A libc -------------------------------------------------------------- */

static struct addrinfo *
new_element(size_t host, size_t kind)
{
	struct addrinfo *ai = calloc(1, sizeof *ai
				     + sizeof(struct sockaddr_in));
	struct sockaddr_in *in = (void *)(ai + 1);

	in->sin_family = AF_INET;
	in->sin_port = htons(9);
	inet_pton(AF_INET, hosts[host], &in->sin_addr);
	*ai = (struct addrinfo){
		.ai_family = strcmp(asked->name, "local") ? AF_INET : AF_UNIX,
		.ai_socktype = asked->kinds[kind].socktype,
		.ai_protocol = asked->kinds[kind].proto,
		.ai_addr = (void *)in,
		.ai_addrlen = sizeof *in,
		.ai_canonname = strdup("two.example"),  /* musl: in each */
	};
	return ai;
}

int
getaddrinfo(const char *host, const char *service,
	    const struct addrinfo *hints, struct addrinfo **res)
{
	size_t kinds = 0;

	ck_assert_str_eq(host, "two.example");
	ck_assert_str_eq(service, "9");
	ck_assert_ptr_null(hints);
	while (kinds < MOST && asked->kinds[kinds].socktype)
		kinds++;
	for (size_t n = 0; n < 2 * kinds; n++) {
		size_t i = asked->order == MIXED ? (5 * n + 3) % (2 * kinds)
			: n;

		*res = asked->order == BY_ADDRESS
			? new_element(i / kinds, i % kinds)
			: new_element(i % 2, i / 2);
		res = &(*res)->ai_next;
	}
	return 0;
}

/* As in glibc, each element is one block with its address. */
void
freeaddrinfo(struct addrinfo *ai)
{
	for (struct addrinfo *next; ai; ai = next) {
		next = ai->ai_next;
		free(ai->ai_canonname);
		free(ai);
	}
}

/* ---- What programs get from it ------------------------------------------- */

static const struct system *
find_system(const char *name)
{
	const struct system *s = systems;

	while (strcmp(s->name, name))
		s++;
	return s;
}

static void
assert_answer(const char *service, const char *expected)
{
	struct addrinfo *list;
	char text[TEXT_SIZE] = "", host[INET6_ADDRSTRLEN], port[6];

	ck_assert_int_eq(iana_getaddrinfo("two.example", service, NULL, &list),
			 0);
	for (struct addrinfo *ai = list; ai; ai = ai->ai_next) {
		read_element(ai, host, port);
		sprintf(text + strlen(text), "%s%s %s %s",
			ai == list ? "" : ", ", host + strlen("192.0.2."),
			kind_text(ai), port);
	}
	freeaddrinfo(list);
	ck_assert_msg(!strcmp(text, expected), "%s %s: %s, not %s",
		      asked->name, service, text, expected);
}

START_TEST(no_kind_is_lost_or_doubled)
{
	static const struct {
		const char *system, *service, *answer;
	} rows[] = {
		{ "glibc", "telnet",
		  "1 tcp 23, 1 udp 23, 2 tcp 23, 2 udp 23" },
		{ "glibc", "imap", "1 tcp 143, 2 tcp 143" },
		{ "glibc", "comsat", "1 udp 512, 2 udp 512" },
		{ "glibc", "m3ua",
		  "1 tcp 2905, 1 sctp 2905, 1 seqpacket 2905, "
		  "2 tcp 2905, 2 sctp 2905, 2 seqpacket 2905" },
		{ "glibc", "https",
		  "1 tcp 443, 1 udp 443, 1 sctp 443, 1 seqpacket 443, "
		  "2 tcp 443, 2 udp 443, 2 sctp 443, 2 seqpacket 443" },
		{ "musl", "telnet",
		  "1 tcp 23, 1 udp 23, 2 tcp 23, 2 udp 23" },
		{ "musl", "discard", "1 tcp 9, 1 udp 9, 2 tcp 9, 2 udp 9" },
		{ "bionic", "telnet",
		  "1 tcp 23, 2 tcp 23, 1 udp 23, 2 udp 23" },
		{ "bionic", "imap", "1 tcp 143, 2 tcp 143" },
		{ "bionic", "comsat", "1 udp 512, 2 udp 512" },
		{ "bionic", "raid-am",
		  "1 tcp 2013, 2 tcp 2013, 1 udp 2007, 2 udp 2007" },
		{ "FreeBSD", "telnet",
		  "1 tcp 23, 2 tcp 23, 1 udp 23, 2 udp 23" },
		{ "FreeBSD", "m3ua",
		  "1 tcp 2905, 2 tcp 2905, 1 sctp 2905, 2 sctp 2905, "
		  "1 seqpacket 2905, 2 seqpacket 2905" },
		{ "FreeBSD, sorted", "telnet",
		  "2 tcp 23, 1 tcp 23, 2 udp 23, 1 udp 23" },
		{ "FreeBSD, sorted", "imap", "2 tcp 143, 1 tcp 143" },
		{ "all", "https",
		  "1 tcp 443, 2 tcp 443, 1 udp 443, 2 udp 443, "
		  "1 sctp 443, 2 sctp 443, 1 seqpacket 443, 2 seqpacket 443" },
		{ "all", "discard",
		  "1 tcp 9, 2 tcp 9, 1 udp 9, 2 udp 9, 1 dccp 9, 2 dccp 9, "
		  "1 sctp 9, 2 sctp 9, 1 seqpacket 9, 2 seqpacket 9" },
		{ "more than all", "imap", "1 tcp 143, 2 tcp 143" },
		{ "one", "telnet", "1 tcp 23, 2 tcp 23" }
	};

	for (size_t i = 0; i < LENGTH(rows); i++) {
		asked = find_system(rows[i].system);
		assert_answer(rows[i].service, rows[i].answer);
	}
}
END_TEST

START_TEST(address_without_port_is_left_alone)
{
	struct addrinfo *list;
	size_t n = 0;

	asked = find_system("local");
	ck_assert_int_eq(iana_getaddrinfo("two.example", "imap", NULL, &list),
			 0);
	for (struct addrinfo *ai = list; ai; ai = ai->ai_next, n++) {
		ck_assert_int_eq(ai->ai_socktype,
				 n < 2 ? SOCK_DGRAM : SOCK_STREAM);
		ck_assert_int_eq(ai->ai_protocol, 0);
	}
	ck_assert_uint_eq(n, 4);
	freeaddrinfo(list);
}
END_TEST

static int
plain_libc(const char *host, const char *service,
	   const struct addrinfo *hints, struct addrinfo **res)
{
	ck_assert_int_eq(hints->ai_flags, 0);
	ck_assert_int_eq(hints->ai_family, AF_UNSPEC);
	ck_assert_int_eq(hints->ai_socktype, SOCK_STREAM);
	ck_assert_int_eq(hints->ai_protocol, IPPROTO_TCP);
	return getaddrinfo(host, service, NULL, res);
}

START_TEST(other_libc_is_asked_for_one_kind)
{
	struct addrinfo *list;

	asked = find_system("one");
	ck_assert_int_eq(iap_getaddrinfo(NULL, plain_libc, 0, "two.example",
					 "imap", NULL, &list), 0);
	freeaddrinfo(list);
}
END_TEST

int
main(void)
{
	const TTest *const tests[] = {
		no_kind_is_lost_or_doubled,
		address_without_port_is_left_alone,
		other_libc_is_asked_for_one_kind,
	};

	return run_tests("addrinfo_order", tests, LENGTH(tests));
}
