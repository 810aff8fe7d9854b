/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* The calls that most programs need. */

#include "check_main.h"
#include "ianaport.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#define MEGABYTE 1000000
#define GUARD '\x5a'

static const int unknown_protos[] = {
	IANA_PROTO_UNKNOWN, 1, 5, 255, 256, 256 + 6, 65536 + 17, INT_MIN,
	INT_MIN + 6, INT_MAX
};
static const int bad_ports[] = {
	-1, -443, 65536, 70000, 65536 + 443, INT_MIN, INT_MIN + 443, INT_MAX
};

/* Texts that are neither a name nor a number. A few differ from a name only in
 * the bit of upper and lower case, or only in the highest bit. */
static const char *const bad_texts[] = {
	NULL, "", " ", "/", "-", "80a", "+80", "-80", " 80", "80 ", "80\n",
	"0x50", "1e2", "8O", "65536", "99999", "000080", "4294967376",
	"\xef\xbc\x98\xef\xbc\x90", "https ", " https", "https\n", "htt",
	"httpss", "http-", "\xe8ttps", "http\xf3", "http\ralt", "x\x11\x11",
	"cl\x0f" "1", "acmaint\x7f" "dbd", "rdp", "dccp-ping"
};

/* A text of n bytes on the heap, with nothing behind its NUL. */
static char *
repeated(char c, size_t n)
{
	char *text = malloc(n + 1);

	ck_assert_ptr_nonnull(text);
	memset(text, c, n);
	text[n] = '\0';
	return text;
}

/* ---- iana_port_of -------------------------------------------------------- */

static const struct {
	const char *name;
	int proto, port;
} ports[] = {
	{ "https", 0, 443 }, { "https", 6, 443 }, { "https", 17, 443 },
	{ "https", 132, 443 }, { "https", 33, -1 }, { "HTTPS", 0, 443 },
	{ "hTtPs", 6, 443 }, { "IMAP", 6, 143 }, { "x11", 0, 6000 },
	{ "X11", 17, 6000 }, { "x11", 132, -1 }, { "boe-cms", 0, 6400 },
	{ "boe-cms", 6, -1 }, { "boe-cms", 17, -1 }, { "flex-lm", 0, 27000 },
	{ "http-alt", 0, 8080 },
	{ "http-alt", 6, 8080 }, { "http-alt", 17, 591 }, { "cl/1", 0, 172 },
	{ "914C/G", 17, 211 }, { "ethernet/ip-1", 0, 2222 },
	{ "discard", 33, 9 }, { "syslog", 0, 514 }, { "syslog", 6, 514 },
	{ "www", 0, 80 }, { "whois", 6, 43 }, { "whois", 17, -1 },
	{ "nfs", 0, 2049 }, { "smtps", 0, 465 }, { "spamd", 0, 783 },
	{ "l2tp", 17, 1701 }, { "cplscrambler-al", 6, 1088 },
	{ "cplscrambler-al2", 6, -1 }, { "ph", 0, 481 }, { "p", 0, -1 },
	{ "443", 0, -1 }, { "80", 6, -1 }, { "https/tcp", 0, -1 }
};

START_TEST(port_of_known_name_is_registered)
{
	for (size_t i = 0; i < LENGTH(ports); i++) {
		int port = iana_port_of(NULL, ports[i].name, ports[i].proto);
		ck_assert_msg(port == ports[i].port, "%s, %d: %d",
			      ports[i].name, ports[i].proto, port);
	}
}
END_TEST

START_TEST(port_of_bad_text_misses)
{
	for (size_t i = 0; i < LENGTH(bad_texts); i++) {
		ck_assert_int_eq(iana_port_of(NULL, bad_texts[i], 0), -1);
		ck_assert_int_eq(iana_port_of(NULL, bad_texts[i], 6), -1);
	}
}
END_TEST

START_TEST(port_of_unknown_protocol_misses)
{
	for (size_t i = 0; i < LENGTH(unknown_protos); i++) {
		int proto = unknown_protos[i];
		ck_assert_int_eq(iana_port_of(NULL, "https", proto), -1);
		ck_assert_int_eq(iana_port_of(NULL, "boe-cms", proto), -1);
		ck_assert_int_eq(iana_port_of(NULL, NULL, proto), -1);
	}
	for (int proto = -512; proto < 512; proto++)
		if (proto != IANA_PROTO_ANY && !iana_proto_name(proto))
			ck_assert_int_eq(iana_port_of(NULL, "discard", proto),
					 -1);
}
END_TEST

/* A sanitizer sees what is read outside of the name. */
START_TEST(port_of_name_without_neighbours_is_same)
{
	static const char name[] = "cplscrambler-alx";

	for (size_t n = 0; n < sizeof name; n++) {
		char *copy = repeated('\0', n);
		memcpy(copy, name, n);
		ck_assert_int_eq(iana_port_of(NULL, copy, 0),
				 n == 15 ? 1088 : -1);
		free(copy);
	}
}
END_TEST

START_TEST(port_of_single_byte_misses)
{
	for (int c = 1; c < 256; c++) {
		char name[2] = { (char)c, '\0' };
		ck_assert_int_eq(iana_port_of(NULL, name, 0), -1);
	}
}
END_TEST

START_TEST(port_of_megabyte_misses)
{
	static const char bytes[] = { 'a', '9', '/', '-', '\x80', '\xff' };

	for (size_t i = 0; i < sizeof bytes; i++) {
		char *text = repeated(bytes[i], MEGABYTE);
		ck_assert_int_eq(iana_port_of(NULL, text, 0), -1);
		ck_assert_int_eq(iana_resolve(NULL, text, NULL), -1);
		memcpy(text + MEGABYTE - 4, "/tcp", 4);
		ck_assert_int_eq(iana_resolve(NULL, text, NULL), -1);
		free(text);
	}
}
END_TEST

/* ---- iana_name_of -------------------------------------------------------- */

static const struct {
	int port, proto;
	const char *name;       /* "": none */
} names[] = {
	{ 443, 0, "https" }, { 443, 6, "https" }, { 443, 132, "https" },
	{ 443, 33, "" }, { 80, 0, "http" }, { 80, 17, "http" },
	{ 1, 6, "tcpmux" }, { 5999, 6, "cvsup" }, { 6000, 0, "x11" },
	{ 6010, 6, "x11" }, { 6063, 17, "x11" }, { 6064, 6, "ndl-ahp-svc" },
	{ 6010, 132, "" }, { 8080, 0, "http-alt" }, { 514, 0, "shell" },
	{ 514, 17, "syslog" }, { 514, 33, "" }, { 465, 6, "submissions" },
	{ 465, 17, "igmpv3lite" }, { 783, 0, "spamd" }, { 783, 17, "" },
	{ 6400, 0, "boe-cms" }, { 6400, 6, "" }, { 27009, 0, "flex-lm" },
	{ 1701, 17, "l2tp" }, { 1701, 6, "l2f" }, { 2049, 0, "nfs" },
	{ 9, 33, "discard" }, { 49150, 6, "inspider" }, { 49151, 0, "" },
	{ 49152, 0, "" }, { 65535, 0, "" }, { 4, 0, "" }, { 0, 0, "" }
};

START_TEST(name_of_port_is_registered)
{
	for (size_t i = 0; i < LENGTH(names); i++) {
		const char *name = iana_name_of(NULL, names[i].port,
						names[i].proto);
		ck_assert_msg(!strcmp(name ? name : "", names[i].name),
			      "%d/%d: %s", names[i].port, names[i].proto,
			      name ? name : "none");
	}
}
END_TEST

START_TEST(name_of_bad_port_misses)
{
	for (size_t i = 0; i < LENGTH(bad_ports); i++) {
		ck_assert_ptr_null(iana_name_of(NULL, bad_ports[i], 0));
		ck_assert_ptr_null(iana_name_of(NULL, bad_ports[i], 6));
	}
}
END_TEST

START_TEST(name_of_unknown_protocol_misses)
{
	for (size_t i = 0; i < LENGTH(unknown_protos); i++)
		ck_assert_ptr_null(iana_name_of(NULL, 443, unknown_protos[i]));
}
END_TEST

/* ---- iana_resolve -------------------------------------------------------- */

static const struct {
	const char *text;
	int wanted, port, answered;
} resolved[] = {
	{ "https", 0, 443, 6 }, { "https", 17, 443, 17 },
	{ "https", 132, 443, 132 }, { "HTTPS/udp", 0, 443, 17 },
	{ "https/udp", 17, 443, 17 }, { "https/sctp", 0, 443, 132 },
	{ "discard/dccp", 0, 9, 33 }, { "x11/udp", 0, 6000, 17 },
	{ "http-alt", 0, 8080, 6 }, { "http-alt/udp", 0, 591, 17 },
	{ "syslog", 0, 514, 17 }, { "syslog/tcp", 0, 514, 6 },
	{ "boe-cms", 0, 6400, 0 }, { "cl/1", 0, 172, 6 },
	{ "cl/1", 17, 172, 17 }, { "CL/1/udp", 0, 172, 17 },
	{ "914c/g/tcp", 6, 211, 6 },
	/* numbers */
	{ "443", 0, 443, 0 }, { "443", 17, 443, 17 }, { "443", 33, 443, 33 },
	{ "443/udp", 0, 443, 17 }, { "443/dccp", 33, 443, 33 },
	{ "4/tcp", 0, 4, 6 }, { "0", 0, 0, 0 }, { "0/tcp", 0, 0, 6 },
	{ "00080", 0, 80, 0 }, { "00080/udp", 0, 80, 17 },
	{ "65535", 6, 65535, 6 }, { "65535/sctp", 0, 65535, 132 },
	/* conflicts */
	{ "443/udp", 6, -1, 6 }, { "https/udp", 6, -1, 6 },
	{ "443/tcp", 33, -1, 33 }, { "cl/1/udp", 6, -1, 6 },
	{ "cl/1", 132, -1, 132 }, { "https", 33, -1, 33 },
	{ "boe-cms", 6, -1, 6 },
	/* without a protocol: *proto stays */
	{ "boe-cms", IANA_PROTO_NONE, 6400, IANA_PROTO_NONE },
	{ "https", IANA_PROTO_NONE, -1, IANA_PROTO_NONE },
	{ "443", IANA_PROTO_NONE, 443, IANA_PROTO_NONE },
	{ "443/tcp", IANA_PROTO_NONE, -1, IANA_PROTO_NONE },
	/* neither */
	{ "https/dccp", 0, -1, 0 }, { "boe-cms/tcp", 0, -1, 0 },
	{ "whois/udp", 0, -1, 0 }, { "rdp/tcp", 0, -1, 0 },
	{ "65536/tcp", 0, -1, 0 }, { "+80/tcp", 0, -1, 0 },
	{ " 80/tcp", 0, -1, 0 }, { "443/", 0, -1, 0 }, { "/tcp", 0, -1, 0 },
	{ "443/TCP", 0, -1, 0 }, { "443/6", 0, -1, 0 },
	{ "443//tcp", 0, -1, 0 }, { "443/tcp/udp", 0, -1, 0 },
	{ "443/tcp ", 0, -1, 0 },
	{ "443/tcpx", 0, -1, 0 }, { "443/icmp", 0, -1, 0 },
	{ "https/", 0, -1, 0 }, { "tcp", 0, -1, 0 }
};

START_TEST(resolve_text_is_name_or_number)
{
	for (size_t i = 0; i < LENGTH(resolved); i++) {
		int proto = resolved[i].wanted;
		int port = iana_resolve(NULL, resolved[i].text, &proto);
		ck_assert_msg(port == resolved[i].port
			      && proto == resolved[i].answered,
			      "%s, %d: %d, %d", resolved[i].text,
			      resolved[i].wanted, port, proto);
	}
}
END_TEST

START_TEST(resolve_without_protocol_is_any)
{
	for (size_t i = 0; i < LENGTH(resolved); i++)
		if (!resolved[i].wanted)
			ck_assert_int_eq(iana_resolve(NULL, resolved[i].text,
						      NULL),
					 resolved[i].port);
}
END_TEST

START_TEST(resolve_bad_text_misses)
{
	for (size_t i = 0; i < LENGTH(bad_texts); i++) {
		int proto = 6;
		ck_assert_int_eq(iana_resolve(NULL, bad_texts[i], NULL), -1);
		ck_assert_int_eq(iana_resolve(NULL, bad_texts[i], &proto), -1);
		ck_assert_int_eq(proto, 6);
	}
}
END_TEST

START_TEST(resolve_unknown_protocol_misses)
{
	static const char *const texts[] = {
		"https", "443", "443/tcp", "https/udp", "boe-cms", "", NULL
	};

	for (size_t i = 0; i < LENGTH(unknown_protos); i++)
		for (size_t j = 0; j < LENGTH(texts); j++) {
			int proto = unknown_protos[i];
			ck_assert_int_eq(iana_resolve(NULL, texts[j], &proto),
					 -1);
			ck_assert_int_eq(proto, unknown_protos[i]);
		}
}
END_TEST

/* ---- iana_format_port ---------------------------------------------------- */

static const struct {
	int port, proto;
	const char *text;
} formatted[] = {
	{ 443, 0, "https" }, { 443, 6, "https" }, { 443, 33, "443" },
	{ 443, 1, "443" }, { 443, -1, "443" }, { 443, 256 + 6, "443" },
	{ 6400, IANA_PROTO_NONE, "boe-cms" },
	{ 443, IANA_PROTO_UNKNOWN, "443" },
	{ 6010, 17, "x11" }, { 1088, 6, "cplscrambler-al" },
	{ 6400, 0, "boe-cms" }, { 6400, 6, "6400" }, { 4, 6, "4" },
	{ 0, 0, "0" }, { 49152, 0, "49152" }, { 65535, 17, "65535" },
	{ 60000, 0, "60000" }, { -1, 0, "" }, { 65536, 6, "" },
	{ 70000, 0, "" }, { INT_MIN, 0, "" }, { INT_MAX, 1, "" }
};

/* What snprintf() would leave in a buffer of that size, and nothing behind. */
static void
assert_format(size_t i, size_t size)
{
	char expected[24], buf[24];
	size_t n;

	memset(expected, GUARD, sizeof expected);
	memset(buf, GUARD, sizeof buf);
	if (size)
		snprintf(expected, size, "%s", formatted[i].text);
	n = iana_format_port(NULL, formatted[i].port, formatted[i].proto, buf,
			     size);
	ck_assert_uint_eq(n, strlen(formatted[i].text));
	ck_assert_msg(!memcmp(buf, expected, sizeof buf), "%d/%d, size %zu",
		      formatted[i].port, formatted[i].proto, size);
}

START_TEST(format_port_every_size_is_cut_as_by_snprintf)
{
	for (size_t i = 0; i < LENGTH(formatted); i++)
		for (size_t size = 0; size < 20; size++)
			assert_format(i, size);
}
END_TEST

START_TEST(format_port_without_buffer_is_length)
{
	ck_assert_uint_eq(iana_format_port(NULL, 443, 6, NULL, 0), 5);
	ck_assert_uint_eq(iana_format_port(NULL, 4711, 33, NULL, 0), 4);
	ck_assert_uint_eq(iana_format_port(NULL, -1, 0, NULL, 0), 0);
}
END_TEST

int
main(void)
{
	const TTest *const tests[] = {
		port_of_known_name_is_registered,
		port_of_bad_text_misses,
		port_of_unknown_protocol_misses,
		port_of_name_without_neighbours_is_same,
		port_of_single_byte_misses,
		port_of_megabyte_misses,
		name_of_port_is_registered,
		name_of_bad_port_misses,
		name_of_unknown_protocol_misses,
		resolve_text_is_name_or_number,
		resolve_without_protocol_is_any,
		resolve_bad_text_misses,
		resolve_unknown_protocol_misses,
		format_port_every_size_is_cut_as_by_snprintf,
		format_port_without_buffer_is_length,
	};

	return run_tests("lookup", tests, LENGTH(tests));
}
