/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* The calls of <netdb.h>: what the look-ups answer, and where. */

#include "check_netdb.h"

#include <limits.h>
#include <pthread.h>

/* Both forms of a look-up give this answer. */
static void
assert_answer(const struct question *q, const char *expected)
{
	struct servent entry, *result;
	char buf[ENOUGH];
	int rc = ask(q, &entry, buf, sizeof buf, &result);

	ck_assert_int_eq(rc, 0);
	ck_assert_msg(!strcmp(TEXT(result), expected), "%s %d %s: %s, not %s",
		      q->name ? q->name : "NULL", q->port,
		      q->proto ? q->proto : "NULL", TEXT(result), expected);
	ck_assert(!result || result == &entry);
	result = q->of == NAME ? iana_getservbyname(q->name, q->proto)
		: iana_getservbyport(q->port, q->proto);
	ck_assert_str_eq(TEXT(result), expected);
}

/* ---- By name ------------------------------------------------------------- */

START_TEST(byname_asked_is_entry)
{
	static const struct {
		const char *name, *proto, *answer;
	} rows[] = {
		{ "https", "tcp", "https 443/tcp" },
		{ "https", "udp", "https 443/udp" },
		{ "https", "sctp", "https 443/sctp" },
		{ "discard", "dccp", "discard 9/dccp" },
		{ "https", "dccp", "-" }, { "https", NULL, "https 443/tcp" },
		{ "HTTPS", "tcp", "https 443/tcp" },
		{ "hTtP", NULL, "http 80/tcp www www-http" },
		{ "syslog", NULL, "syslog 514/udp" },
		{ "syslog", "tcp", "syslog 514/tcp" },
		{ "http-alt", NULL, "http-alt 8080/tcp webcache" },
		{ "x11", "udp", "x11 6000/udp" },
		{ "nfs", NULL, "nfs 2049/tcp nfsd" },
		{ "turn", "tcp", "turn 3478/tcp" },
		/* an alias answers with its entry */
		{ "www", NULL, "http 80/tcp www www-http" },
		{ "WWW-HTTP", "udp", "http 80/udp www www-http" },
		{ "http", "sctp", "http 80/sctp" }, { "www", "sctp", "-" },
		{ "whois", "tcp", "nicname 43/tcp whois" },
		{ "nicname", NULL, "nicname 43/tcp whois" },
		{ "nicname", "udp", "nicname 43/udp" },
		{ "whois", "udp", "-" },
		{ "smtps", NULL, "submissions 465/tcp smtps ssmtp" },
		{ "urd", NULL, "urd 465/tcp" },
		{ "ethernet/ip-1", "udp",
		  "EtherNet-IP-1 2222/udp EtherNet/IP-1" },
		{ "cl-1", "udp", "cl-1 172/udp cl/1" },
		/* no port or no protocol */
		{ "rdp", NULL, "-" }, { "dccp-ping", "dccp", "-" },
		{ "boe-cms", NULL, "-" }, { "boe-cms", "tcp", "-" },
		/* not a protocol */
		{ "https", "", "-" }, { "https", "TCP", "-" },
		{ "https", "tcp ", "-" }, { "https", "6", "-" },
		/* not a name */
		{ NULL, NULL, "-" }, { NULL, "tcp", "-" }, { "", NULL, "-" },
		{ "80", "tcp", "-" }, { "443", NULL, "-" },
		{ " http", NULL, "-" }, { "http ", NULL, "-" },
		{ "htt", "tcp", "-" }, { "httpsx", NULL, "-" },
		{ "https/tcp", NULL, "-" }, { "\xe8ttp", NULL, "-" },
		{ "http\ralt", NULL, "-" },
		{ "no-such-name-of-more-than-15-bytes", "tcp", "-" }
	};

	for (size_t i = 0; i < LENGTH(rows); i++)
		assert_answer(&(struct question){ NAME, rows[i].name, 0,
						  rows[i].proto },
			      rows[i].answer);
}
END_TEST

/* ---- By port ------------------------------------------------------------- */

START_TEST(byport_asked_is_first_entry)
{
	static const struct {
		int port;
		const char *proto, *answer;
	} rows[] = {
		{ 80, NULL, "http 80/tcp www www-http" },
		{ 80, "udp", "http 80/udp www www-http" },
		{ 80, "sctp", "http 80/sctp" }, { 80, "dccp", "-" },
		{ 9, "dccp", "discard 9/dccp" },
		{ 514, NULL, "shell 514/tcp cmd" },
		{ 514, "udp", "syslog 514/udp" },
		{ 465, NULL, "submissions 465/tcp smtps ssmtp" },
		{ 111, "udp", "sunrpc 111/udp portmapper rpcbind" },
		{ 750, "udp", "kerberos-iv 750/udp kerberos4 kdc" },
		{ 750, "tcp", "rfile 750/tcp" },
		{ 783, "tcp", "spamd 783/tcp" }, { 783, "udp", "-" },
		{ 1701, NULL, "l2tp 1701/udp" },
		{ 1701, "tcp", "l2f 1701/tcp" },
		{ 3478, "udp", "stun 3478/udp" },
		{ 6010, NULL, "x11 6010/tcp" }, { 6063, "udp", "x11 6063/udp" },
		{ 6064, NULL, "ndl-ahp-svc 6064/tcp" },
		{ 6400, NULL, "-" }, { 6400, "tcp", "-" }, { 4, NULL, "-" },
		{ 0, NULL, "-" }, { 49152, NULL, "-" }, { 65535, "tcp", "-" },
		{ 80, "", "-" }, { 80, "TCP", "-" }, { 80, "tcp/udp", "-" }
	};

	for (size_t i = 0; i < LENGTH(rows); i++)
		assert_answer(&(struct question){ PORT, NULL,
						  htons((uint16_t)rows[i].port),
						  rows[i].proto },
			      rows[i].answer);
}
END_TEST

START_TEST(byport_wide_int_misses)
{
	const int http = htons(80);
	const int ports[] = {
		-1, 0, INT_MIN, INT_MAX, 0x10000, 0x10000 | http,
		0x20000 | http, 0x1000000 | http, 0x40000000 | http,
		http - 0x10000, INT_MIN + http
	};

	for (size_t i = 0; i < LENGTH(ports); i++)
		assert_answer(&(struct question){ PORT, NULL, ports[i], NULL },
			      "-");
}
END_TEST

START_TEST(port_of_entry_is_in_network_order)
{
	const struct servent *https = iana_getservbyname("https", "tcp");

	ck_assert_ptr_nonnull(https);

	uint16_t port = (uint16_t)https->s_port;

	ck_assert_int_eq(https->s_port, port);
	ck_assert(!memcmp(&port, "\x01\xbb", 2));
	ck_assert_ptr_nonnull(iana_getservbyport(https->s_port, "tcp"));
}
END_TEST

/* ---- The plain calls' results -------------------------------------------- */

struct results {
	struct servent *name, *port, *next;
};

static struct results
ask_plain(const char *name, int port)
{
	return (struct results){ iana_getservbyname(name, NULL),
				 iana_getservbyport(htons((uint16_t)port),
						    NULL),
				 iana_getservent() };
}

START_TEST(plain_results_are_separate)
{
	iana_setservent(0);

	struct results r = ask_plain("https", 80);

	ck_assert_str_eq(TEXT(r.name), "https 443/tcp");
	ck_assert_str_eq(TEXT(r.port), "http 80/tcp www www-http");
	ck_assert_str_eq(TEXT(r.next), "tcpmux 1/tcp");
	iana_getservent();
	iana_getservbyport(htons(22), "udp");
	ck_assert_str_eq(TEXT(r.name), "https 443/tcp");
	iana_getservbyname("ssh", NULL);
	ck_assert_str_eq(TEXT(iana_getservent()), "rje 5/tcp");
}
END_TEST

START_TEST(plain_results_survive_r_calls)
{
	static const struct question questions[] = {
		{ NAME, "ssh", 0, NULL }, { NAME, "no-such-name", 0, NULL },
		{ PORT, NULL, 0x0101, NULL }, { PORT, NULL, -1, NULL },
		{ NEXT, NULL, 0, NULL }
	};
	struct servent entry, *result;
	char buf[ENOUGH];

	iana_setservent(0);

	struct results r = ask_plain("https", 80);

	for (size_t i = 0; i < LENGTH(questions); i++)
		for (size_t size = 0; size < sizeof buf; size++)
			ask(&questions[i], &entry, buf, size, &result);
	ck_assert_str_eq(TEXT(r.name), "https 443/tcp");
	ck_assert_str_eq(TEXT(r.port), "http 80/tcp www www-http");
	ck_assert_str_eq(TEXT(r.next), "tcpmux 1/tcp");
}
END_TEST

static void *
ask_in_thread(void *results)
{
	*(struct results *)results = ask_plain("ssh", 22);
	return NULL;
}

START_TEST(plain_results_of_threads_are_separate)
{
	struct results mine, other = { NULL, NULL, NULL };
	pthread_t thread;

	iana_setservent(0);
	mine = ask_plain("https", 80);
	ck_assert_int_eq(pthread_create(&thread, NULL, ask_in_thread, &other),
			 0);
	pthread_join(thread, NULL);
	ck_assert_ptr_nonnull(other.name);
	ck_assert_ptr_ne(mine.name, other.name);
	ck_assert_ptr_ne(mine.port, other.port);
	ck_assert_ptr_ne(mine.next, other.next);
	ck_assert_str_eq(TEXT(mine.name), "https 443/tcp");
	ck_assert_str_eq(TEXT(mine.port), "http 80/tcp www www-http");
	ck_assert_str_eq(TEXT(mine.next), "tcpmux 1/tcp");
}
END_TEST

int
main(void)
{
	const TTest *const tests[] = {
		byname_asked_is_entry,
		byport_asked_is_first_entry,
		byport_wide_int_misses,
		port_of_entry_is_in_network_order,
		plain_results_are_separate,
		plain_results_survive_r_calls,
		plain_results_of_threads_are_separate,
	};

	return run_tests("netdb", tests, LENGTH(tests));
}
