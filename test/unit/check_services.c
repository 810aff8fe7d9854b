/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* Whole services: by name and by port. */

#include "check_services.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

/* Two questions in one form: the services of a name, or else on a port. */
static size_t
find(const char *name, int port, int proto, struct iana_service *out,
     size_t cap)
{
	return name ? iana_services_named(NULL, name, proto, out, cap)
		: iana_services_on(NULL, port, proto, out, cap);
}

/* ---- In words ------------------------------------------------------------ */

/* "http 80/tcp", "x11 6000-6063/udp", "rdp -/-" */
static int
put_service(char *to, size_t size, const struct iana_service *s)
{
	const char *proto = s->proto == IANA_PROTO_NONE ? "-"
		: iana_proto_name(s->proto);
	char number[32] = "-";

	if (s->port >= 0)
		snprintf(number, sizeof number,
			 s->port < s->last_port ? "%d-%d" : "%d", s->port,
			 s->last_port);
	ck_assert_int_eq(s->port < 0, s->last_port < 0);
	return snprintf(to, size, "%s %s/%s", s->name, number, proto);
}

static void
assert_answer(const char *name, int port, int proto, const char *expected)
{
	struct iana_service some[SOME];
	size_t n = find(name, port, proto, some, SOME), length = 0;
	char text[1024] = "";

	ck_assert_uint_le(n, SOME);
	for (size_t i = 0; i < n; i++) {
		if (i)
			length += (size_t)sprintf(text + length, ", ");
		length += (size_t)put_service(text + length,
					      sizeof text - length, &some[i]);
	}
	ck_assert_msg(!strcmp(text, expected), "%s %d, %d: %s",
		      name ? name : "port", port, proto, text);
}

/* ---- By name and by port ------------------------------------------------- */

static const struct {
	const char *name;       /* NULL: on the port */
	int port, proto;
	const char *answer;
} questions[] = {
	{ "https", 0, 0, "https 443/tcp, https 443/udp, https 443/sctp, "
	  "https -/tcp" },
	{ "HTTPS", 0, 6, "https 443/tcp, https -/tcp" },
	{ "https", 0, 33, "" },
	{ "x11", 0, 17, "x11 6000-6063/udp" },
	{ "boe-cms", 0, 0, "boe-cms 6400/-" },
	{ "boe-cms", 0, 6, "" },
	{ "boe-cms", 0, IANA_PROTO_NONE, "boe-cms 6400/-" },
	{ "https", 0, IANA_PROTO_NONE, "" },
	{ "rdp", 0, IANA_PROTO_NONE, "rdp -/-, rdp -/-" },
	{ NULL, 6400, IANA_PROTO_NONE, "boe-cms 6400/-" },
	{ NULL, 80, IANA_PROTO_NONE, "" },
	{ "flex-lm", 0, 0, "flex-lm 27000-27009/-" },
	{ "rdp", 0, 0, "rdp -/-, rdp -/-" },
	{ "rdp", 0, 17, "" },
	{ "dccp-ping", 0, 33, "dccp-ping -/dccp" },
	{ "http-alt", 0, 0, "http-alt 8080/tcp, http-alt 591/tcp, "
	  "http-alt 591/udp, http-alt 8008/tcp, http-alt 8008/udp, "
	  "http-alt 8080/udp" },
	{ "syslog", 0, 0, "syslog 514/udp, syslog 514/tcp" },
	{ "Cl/1", 0, 17, "cl/1 172/udp" },
	{ "WWW", 0, 0, "www 80/tcp, www 80/udp" },
	{ NULL, 80, 6, "http 80/tcp, www 80/tcp, www-http 80/tcp" },
	{ NULL, 80, 0, "http 80/tcp, www 80/tcp, www-http 80/tcp, "
	  "http 80/udp, www 80/udp, www-http 80/udp, http 80/sctp" },
	{ NULL, 80, 33, "" },
	{ NULL, 6000, 6, "x11 6000-6063/tcp, x11-0 6000/tcp" },
	{ NULL, 6010, 0, "x11 6000-6063/tcp, x11 6000-6063/udp" },
	{ NULL, 6063, 17, "x11 6000-6063/udp" },
	{ NULL, 6064, 17, "ndl-ahp-svc 6064/udp" },
	{ NULL, 6400, 0, "boe-cms 6400/-" },
	{ NULL, 6400, 6, "" },
	{ NULL, 27009, 0, "flex-lm 27000-27009/-" },
	{ NULL, 514, 0, "shell 514/tcp, syslog 514/udp, cmd 514/tcp, "
	  "syslog 514/tcp" },
	{ NULL, 465, 0, "submissions 465/tcp, urd 465/tcp, "
	  "igmpv3lite 465/udp, smtps 465/tcp, ssmtp 465/tcp" },
	{ NULL, 3478, 17, "stun 3478/udp, turn 3478/udp, "
	  "stun-behavior 3478/udp" },
	{ NULL, 1701, 0, "l2tp 1701/udp, l2f 1701/tcp, l2tp 1701/tcp, "
	  "l2f 1701/udp" },
	/* bad arguments */
	{ "", 0, 0, "" }, { "443", 0, 0, "" }, { "https", 0, 1, "" },
	{ "https", 0, IANA_PROTO_UNKNOWN, "" }, { "https", 0, 256 + 6, "" },
	{ "\xe8ttps", 0, 0, "" }, { "httpshttpshttpshttps", 0, 0, "" },
	{ NULL, 0, 0, "" }, { NULL, -1, 0, "" }, { NULL, 70000, 0, "" },
	{ NULL, 65536 + 80, 6, "" }, { NULL, INT_MIN + 80, 6, "" },
	{ NULL, INT_MAX, 0, "" }, { NULL, 80, 256 + 6, "" },
	{ NULL, 80, IANA_PROTO_UNKNOWN, "" }, { NULL, 49151, 0, "" },
	{ NULL, 65535, 0, "" }
};

START_TEST(services_known_question_in_order)
{
	for (size_t i = 0; i < LENGTH(questions); i++)
		assert_answer(questions[i].name, questions[i].port,
			      questions[i].proto, questions[i].answer);
}
END_TEST

START_TEST(services_named_null_is_none)
{
	struct iana_service some[SOME];

	ck_assert_uint_eq(iana_services_named(NULL, NULL, 0, some, SOME), 0);
	ck_assert_uint_eq(iana_services_named(NULL, NULL, 0, NULL, 0), 0);
}
END_TEST

/* The total is the same, and nothing is written behind the first cap. */
static void
assert_cap(const char *name, int port, int proto, size_t cap)
{
	struct iana_service some[SOME], few[SOME], untouched[SOME];
	size_t n = find(name, port, proto, some, SOME);
	size_t kept = n < cap ? n : cap;

	memset(untouched, 0x5a, sizeof untouched);
	memcpy(few, untouched, sizeof few);
	ck_assert_uint_eq(find(name, port, proto, cap ? few : NULL, cap), n);
	for (size_t i = 0; i < kept; i++)
		ck_assert(is_same(&few[i], &some[i]));
	ck_assert(!memcmp(few + kept, untouched,
			  (SOME - kept) * sizeof *few));
}

START_TEST(services_every_cap_is_kept)
{
	for (size_t i = 0; i < LENGTH(questions); i++)
		for (size_t cap = 0; cap < SOME; cap++)
			assert_cap(questions[i].name, questions[i].port,
				   questions[i].proto, cap);
}
END_TEST

START_TEST(services_named_twice_are_different_records)
{
	struct iana_service rdp[2];

	ck_assert_uint_eq(iana_services_named(NULL, "rdp", 0, rdp, 2), 2);
	ck_assert_uint_ne(rdp[0].record, rdp[1].record);
}
END_TEST

/* ---- Flags --------------------------------------------------------------- */

START_TEST(services_flags_tell_where_from)
{
	static const struct {
		const char *name;
		int proto;
		uint32_t flags;
	} rows[] = {
		{ "https", 6, 0 }, { "x11", 6, 0 }, { "rdp", 0, 0 },
		{ "www", 6, IANA_ALIAS }, { "www-http", 17, IANA_ALIAS },
		{ "cl/1", 6, IANA_ALIAS }, { "cl-1", 6, 0 },
		{ "nicname", 6, IANA_MOVED }, { "nicname", 17, 0 },
		{ "whois", 6, IANA_ADDED | IANA_ALIAS },
		{ "http-alt", 6, IANA_MOVED }, { "http-alt", 17, 0 },
		{ "submissions", 6, IANA_MOVED }, { "urd", 6, 0 },
		{ "smtps", 6, IANA_ADDED | IANA_ALIAS },
		{ "syslog", 17, 0 }, { "syslog", 6, IANA_ADDED },
		{ "spamd", 6, IANA_ADDED }
	};
	struct iana_service s;

	for (size_t i = 0; i < LENGTH(rows); i++) {
		ck_assert_uint_ge(iana_services_named(NULL, rows[i].name,
						      rows[i].proto, &s, 1), 1);
		ck_assert_msg(s.flags == rows[i].flags, "%s, %d: %u",
			      rows[i].name, rows[i].proto, (unsigned)s.flags);
	}
}
END_TEST

START_TEST(services_texts_of_null_are_empty)
{
	static const char *(*const texts[])(const struct iana_service *) = {
		iana_service_description, iana_service_reference,
		iana_service_assignee, iana_service_contact,
		iana_service_registered, iana_service_modified,
		iana_service_note, iana_service_unauthorized_use,
		iana_service_code,
	};

	for (size_t i = 0; i < LENGTH(texts); i++)
		ck_assert_str_eq(texts[i](NULL), "");
}
END_TEST

int
main(void)
{
	const TTest *const tests[] = {
		services_known_question_in_order,
		services_named_null_is_none,
		services_every_cap_is_kept,
		services_named_twice_are_different_records,
		services_flags_tell_where_from,
		services_texts_of_null_are_empty,
	};

	return run_tests("services", tests, LENGTH(tests));
}
