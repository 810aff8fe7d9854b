/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* getaddrinfo() over glibc: what needs no services file. */

#include "check_addrinfo.h"

#define UDPLITE 136
#define HOST "192.0.2.1"

struct row {
	const char *host, *service;
	int flags, family, socktype;
	const char *answer;
};

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

static void
assert_rows(const struct row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct addrinfo hints = { .ai_flags = rows[i].flags,
					  .ai_family = rows[i].family,
					  .ai_socktype = rows[i].socktype };

		assert_answer(rows[i].host, rows[i].service, &hints,
			      rows[i].answer);
	}
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
	static const struct row rows[] = {
		{ HOST, "https", AI_NUMERICSERV, 0, 0, "EAI_NONAME" },
		{ NULL, "https", AI_NUMERICSERV, 0, 0, "EAI_NONAME" },
		{ HOST, "no-such-name", AI_NUMERICSERV, 0, 0, "EAI_NONAME" },
		{ HOST, "443", AI_NUMERICSERV, 0, 0,
		  HOST " tcp 443 udp 443 raw 443" }
	};

	assert_rows(rows, LENGTH(rows));
}
END_TEST

/* ---- Everything else ----------------------------------------------------- */

START_TEST(error_of_libc_comes_before_service)
{
	static const char *const kinds[] = {
		"discard", "imap", "no-such-name"
	};
	static const struct row rows[] = {
		{ HOST, NULL, 0x4000000, 0, 0, "EAI_BADFLAGS" },
		{ NULL, NULL, AI_CANONNAME, 0, 0, "EAI_BADFLAGS" },
		/* glibc: no host */
		{ "*", NULL, AI_CANONNAME, 0, 0, "EAI_BADFLAGS" },
		{ HOST, NULL, 0, AF_UNIX, 0, "EAI_FAMILY" },
		{ HOST, NULL, 0, 99, 0, "EAI_FAMILY" },
		{ NULL, NULL, 0, -1, 0, "EAI_FAMILY" },
		{ HOST, NULL, 0, AF_UNIX, SOCK_RDM, "EAI_FAMILY" },
		{ HOST, NULL, 0, 0, 77, "EAI_SOCKTYPE" }
	};

	for (size_t i = 0; i < LENGTH(rows); i++)
		for (size_t k = 0; k < LENGTH(kinds); k++) {
			struct row row = rows[i];

			row.service = kinds[k];
			assert_rows(&row, 1);
		}
}
END_TEST

START_TEST(error_of_service_comes_before_host)
{
	static const struct row rows[] = {
		{ "no.number", "no-such-name", AI_NUMERICHOST, 0, 0,
		  "EAI_SERVICE" },
		{ "no.number", "https", AI_NUMERICHOST, 0, 0, "EAI_NONAME" },
		{ "", "https", AI_NUMERICHOST, 0, 0, "EAI_NONAME" },
		{ HOST, "no-such-name", AI_NUMERICHOST, AF_INET6, 0,
		  "EAI_SERVICE" },
		{ HOST, "no-such-name", AI_CANONNAME, 0, 0, "EAI_SERVICE" }
	};
	static const struct addrinfo v6 = { .ai_family = AF_INET6,
					    .ai_flags = AI_NUMERICHOST };

	assert_rows(rows, LENGTH(rows));
	ck_assert_str_ne(ask(iana_getaddrinfo, HOST, "https", &v6),
			 "EAI_SERVICE");
}
END_TEST

START_TEST(canonname_stays_on_first)
{
	static const struct row rows[] = {
		{ HOST, "discard", AI_CANONNAME, 0, 0, "= " HOST " " HOST
		  " tcp 9 udp 9 dccp 9 sctp 9 seqpacket 9" },
		{ HOST, "imap", AI_CANONNAME, 0, 0,
		  "= " HOST " " HOST " tcp 143" },
		{ HOST, "comsat", AI_CANONNAME, 0, 0,
		  "= " HOST " " HOST " udp 512" },
		{ HOST, "discard", AI_CANONNAME, 0, SOCK_SEQPACKET,
		  "= " HOST " " HOST " seqpacket 9" }
	};

	assert_rows(rows, LENGTH(rows));
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
	};

	return run_tests("addrinfo", tests, LENGTH(tests));
}
