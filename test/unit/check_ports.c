/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* Protocols, port ranges, the status of a port, syntax of names, provenance. */

#include "check_main.h"
#include "ianaport.h"

#include <limits.h>
#include <string.h>

static const int protos[] = { 6, 17, 132, 33 };

/* ---- Protocols ----------------------------------------------------------- */

START_TEST(proto_known_number_has_name)
{
	static const struct {
		int number;
		const char *name;
	} rows[] = {
		{ 6, "tcp" }, { 17, "udp" }, { 132, "sctp" }, { 33, "dccp" }
	};

	for (size_t i = 0; i < LENGTH(rows); i++) {
		ck_assert_pstr_eq(iana_proto_name(rows[i].number),
				  rows[i].name);
		ck_assert_int_eq(iana_proto_number(rows[i].name),
				 rows[i].number);
	}
}
END_TEST

START_TEST(proto_name_of_unknown_number_is_null)
{
	static const int numbers[] = {
		0, -1, 1, 5, 7, 58, 136, 255, 256, 256 + 6, 65536 + 17,
		INT_MIN, INT_MIN + 6, INT_MAX
	};

	for (size_t i = 0; i < LENGTH(numbers); i++)
		ck_assert_ptr_null(iana_proto_name(numbers[i]));
}
END_TEST

START_TEST(proto_number_of_unknown_name_finds_nothing)
{
	static const char *const names[] = {
		NULL, "", "TCP", "Udp", "tc", "tcpx", "tcp ", " tcp", "udplite",
		"ip", "icmp", "6", "any", "tcp/udp", "\xf4" "cp"
	};

	for (size_t i = 0; i < LENGTH(names); i++)
		ck_assert_int_eq(iana_proto_number(names[i]),
				 IANA_PROTO_UNKNOWN);
	ck_assert_int_eq(iana_port_of(NULL, "https", IANA_PROTO_UNKNOWN), -1);
	ck_assert_int_eq(iana_port_of(NULL, "boe-cms", IANA_PROTO_UNKNOWN), -1);
}
END_TEST

/* ---- Ranges -------------------------------------------------------------- */

START_TEST(range_bounds_are_rfc_6335)
{
	static const struct {
		int port;
		enum iana_range range;
	} rows[] = {
		{ INT_MIN, IANA_RANGE_INVALID }, { -1, IANA_RANGE_INVALID },
		{ 0, IANA_RANGE_SYSTEM }, { 1023, IANA_RANGE_SYSTEM },
		{ 1024, IANA_RANGE_USER }, { 49151, IANA_RANGE_USER },
		{ 49152, IANA_RANGE_DYNAMIC }, { 65535, IANA_RANGE_DYNAMIC },
		{ 65536, IANA_RANGE_INVALID },
		{ 65536 + 80, IANA_RANGE_INVALID },
		{ INT_MAX, IANA_RANGE_INVALID }
	};

	for (size_t i = 0; i < LENGTH(rows); i++)
		ck_assert_msg(iana_port_range(rows[i].port) == rows[i].range,
			      "%d", rows[i].port);
	ck_assert_int_eq(IANA_SYSTEM_LAST, 1023);
	ck_assert_int_eq(IANA_USER_LAST, 49151);
}
END_TEST

START_TEST(range_name_is_rfc_6335)
{
	ck_assert_str_eq(iana_range_name(IANA_RANGE_SYSTEM), "System Ports");
	ck_assert_str_eq(iana_range_name(IANA_RANGE_USER), "User Ports");
	ck_assert_str_eq(iana_range_name(IANA_RANGE_DYNAMIC), "Dynamic Ports");
	ck_assert_str_eq(iana_range_name(IANA_RANGE_INVALID), "invalid");
	ck_assert_str_eq(iana_range_name((enum iana_range)99), "invalid");
}
END_TEST

/* ---- Status -------------------------------------------------------------- */

START_TEST(status_known_port_is_registered)
{
	static const struct {
		int port, proto;
		const char *status;
	} rows[] = {
		{ 80, 6, "assigned" }, { 80, 132, "assigned" },
		{ 80, 33, "unassigned" }, { 80, 0, "assigned" },
		{ 9, 33, "assigned" }, { 514, 6, "assigned" },
		{ 4, 6, "unassigned" }, { 4, 0, "unassigned" },
		{ 2, 6, "reserved" }, { 2, 132, "unassigned" },
		{ 2, 0, "reserved" }, { 0, 6, "reserved" },
		{ 0, 0, "reserved" }, { 24, 17, "reserved" },
		{ 270, 6, "reserved" }, { 270, 17, "assigned" },
		{ 270, 0, "assigned" }, { 3097, 0, "assigned" },
		/* ranges, and a record without protocol, hold for each */
		{ 6010, 6, "assigned" }, { 6010, 132, "unassigned" },
		{ 6400, 6, "assigned" }, { 6400, 33, "assigned" },
		{ 6400, 0, "assigned" }, { 27009, 17, "assigned" },
		/* rows of their own beat the one without protocol */
		{ 7775, 6, "assigned" }, { 7775, 17, "reserved" },
		{ 7775, 132, "unassigned" }, { 7775, 0, "assigned" },
		{ 7997, 6, "assigned" }, { 7997, 17, "reserved" },
		{ 7776, 6, "unassigned" },
		/* none: a service without one, or what holds for each */
		{ 6400, -1, "assigned" }, { 80, -1, "unassigned" },
		{ 9, -1, "assigned" }, { 7775, -1, "unassigned" },
		{ 1109, -1, "reserved" }, { 270, -1, "unassigned" },
		{ 49152, -1, "dynamic" }, { 70000, -1, "invalid" },
		/* wordings */
		{ 585, 6, "reserved" }, { 659, 17, "reserved" },
		{ 1783, 6, "reserved" }, { 9006, 6, "reserved" },
		{ 2825, 6, "reserved" }, { 1028, 6, "reserved" },
		{ 1008, 17, "reserved" }, { 1109, 132, "reserved" },
		/* where the ranges end */
		{ 49150, 6, "assigned" }, { 49150, 17, "reserved" },
		{ 49151, 6, "reserved" }, { 49151, 33, "reserved" },
		{ 49152, 6, "dynamic" }, { 49152, 0, "dynamic" },
		{ 65535, 132, "dynamic" },
		/* conventional names do not count */
		{ 783, 6, "unassigned" }, { 783, 0, "unassigned" },
		{ 10000, 6, "assigned" }, { 43, 6, "assigned" },
		/* bad arguments */
		{ -1, 0, "invalid" }, { 65536, 6, "invalid" },
		{ 70000, 0, "invalid" }, { 65536 + 80, 6, "invalid" },
		{ INT_MIN, 0, "invalid" }, { INT_MIN + 80, 6, "invalid" },
		{ INT_MAX, 0, "invalid" }, { 80, 1, "invalid" },
		{ 80, IANA_PROTO_UNKNOWN, "invalid" },
		{ 80, 256 + 6, "invalid" },
		{ 49152, 1, "invalid" }
	};

	for (size_t i = 0; i < LENGTH(rows); i++) {
		const char *status = iana_status_name(
			iana_port_status(NULL, rows[i].port, rows[i].proto));
		ck_assert_msg(!strcmp(status, rows[i].status), "%d/%d: %s",
			      rows[i].port, rows[i].proto, status);
	}
}
END_TEST

/* ---- Records without a name ---------------------------------------------- */

START_TEST(nameless_on_port_has_details)
{
	struct iana_service s;

	ck_assert_int_eq(iana_nameless_on(NULL, 585, 6, &s), 1);
	ck_assert_str_eq(s.name, "");
	ck_assert_int_eq(s.port, 585);
	ck_assert_int_eq(s.last_port, 585);
	ck_assert_int_eq(s.proto, IANA_PROTO_NONE);
	ck_assert_str_eq(iana_service_description(&s), "De-registered");
	ck_assert_str_eq(iana_service_note(&s),
			 "Use of 585 is not recommended, use 993 instead");
	ck_assert_str_eq(iana_service_modified(&s), "2006-04-25");
	ck_assert_str_eq(iana_service_contact(&s), "");
	ck_assert_int_eq(iana_service_alias_of(&s, &s), 0);
}
END_TEST

START_TEST(nameless_on_assigned_or_bad_port_is_none)
{
	static const struct {
		int port, proto;
	} none[] = {
		{ 80, 6 }, { 80, 0 }, { -1, 0 }, { 65536, 6 }, { 585, 1 },
		{ 585, IANA_PROTO_UNKNOWN }, { 60000, 0 }, { 60000, 6 }
	};
	struct iana_service s;

	for (size_t i = 0; i < LENGTH(none); i++)
		ck_assert_int_eq(iana_nameless_on(NULL, none[i].port,
						  none[i].proto, &s), 0);
}
END_TEST

/* The enumerators stand from the best to the worst. */
START_TEST(status_any_protocol_is_best_of_all)
{
	for (int port = 0; port < 65536; port++) {
		enum iana_status best = IANA_STATUS_DYNAMIC;
		for (size_t i = 0; i < LENGTH(protos); i++) {
			enum iana_status status
				= iana_port_status(NULL, port, protos[i]);
			ck_assert_int_eq(status == IANA_STATUS_DYNAMIC,
					 port > IANA_USER_LAST);
			best = status < best ? status : best;
		}
		ck_assert_int_eq(iana_port_status(NULL, port, 0), best);
	}
}
END_TEST

/* Whether a registered service has the port, for the protocol or for none. */
static int
is_registered(int port, int proto)
{
	struct iana_service some[16];
	size_t n = iana_services_on(NULL, port, 0, some, LENGTH(some));

	ck_assert_uint_le(n, LENGTH(some));
	for (size_t i = 0; i < n; i++)
		if (!(some[i].flags & (IANA_ADDED | IANA_LOCAL))
		    && (some[i].proto == proto
			|| some[i].proto == IANA_PROTO_NONE))
			return 1;
	return 0;
}

START_TEST(status_added_name_changes_nothing)
{
	struct iana_service s;
	uint32_t cursor = 0;
	int alone = 0;

	while (iana_service_next(NULL, &cursor, &s)) {
		if (!(s.flags & IANA_ADDED))
			continue;
		int expected = is_registered(s.port, s.proto);
		int assigned = iana_port_status(NULL, s.port, s.proto)
			== IANA_STATUS_ASSIGNED;
		ck_assert_msg(assigned == expected, "%s on %d", s.name, s.port);
		alone += !assigned;
	}
	ck_assert_int_ge(alone, 1);     /* spamd */
}
END_TEST

START_TEST(status_name_is_a_word)
{
	ck_assert_str_eq(iana_status_name(IANA_STATUS_ASSIGNED), "assigned");
	ck_assert_str_eq(iana_status_name(IANA_STATUS_RESERVED), "reserved");
	ck_assert_str_eq(iana_status_name(IANA_STATUS_UNASSIGNED),
			 "unassigned");
	ck_assert_str_eq(iana_status_name(IANA_STATUS_DYNAMIC), "dynamic");
	ck_assert_str_eq(iana_status_name(IANA_STATUS_INVALID), "invalid");
	ck_assert_str_eq(iana_status_name((enum iana_status)99), "invalid");
}
END_TEST

/* ---- Syntax of names ----------------------------------------------------- */

START_TEST(name_is_valid_by_rfc_6335)
{
	static const struct {
		const char *name;
		int valid;
	} rows[] = {
		{ "https", 1 }, { "HTTPS", 1 }, { "a", 1 }, { "Z", 1 },
		{ "a1", 1 }, { "1a", 1 }, { "1-a", 1 }, { "a-1", 1 },
		{ "a-b-c", 1 }, { "0-0-0-a-0-0-0", 1 },
		{ "abcdefghijklmno", 1 }, { "12345678901234a", 1 },
		{ "abcdefghijklmnop", 0 }, { "123456789012345a", 0 },
		{ NULL, 0 }, { "", 0 }, { "1", 0 }, { "443", 0 }, { "1-2", 0 },
		{ "-", 0 }, { "--", 0 }, { "-a", 0 }, { "a-", 0 },
		{ "a--b", 0 }, { "a-b--c", 0 }, { "a---b", 0 }, { "a_b", 0 },
		{ "a.b", 0 }, { "a+b", 0 }, { "a*", 0 }, { "cl/1", 0 },
		{ "a b", 0 }, { " a", 0 }, { "a\n", 0 }, { "a\x7f", 0 },
		{ "caf\xc3\xa9", 0 }, { "\xe1", 0 }, { "a\x80", 0 },
		/* neighbours of the letters and digits */
		{ "a@", 0 }, { "a[", 0 }, { "a`", 0 }, { "a{", 0 },
		{ "a/", 0 }, { "a:", 0 }
	};

	for (size_t i = 0; i < LENGTH(rows); i++)
		ck_assert_msg(iana_name_is_valid(rows[i].name) == rows[i].valid,
			      "%s", rows[i].name ? rows[i].name : "NULL");
}
END_TEST

START_TEST(name_is_valid_megabyte_is_not)
{
	size_t n = 1000000;
	char *name = malloc(n + 1);

	ck_assert_ptr_nonnull(name);
	memset(name, 'a', n);
	name[n] = '\0';
	ck_assert_int_eq(iana_name_is_valid(name), 0);
	free(name);
}
END_TEST

/* ---- Provenance ---------------------------------------------------------- */

START_TEST(version_built_is_projects)
{
	ck_assert_pstr_eq(iana_version(), VERSION);
}
END_TEST

START_TEST(registry_updated_builtin_is_date)
{
	const char *date = iana_registry_updated(NULL);

	ck_assert_ptr_nonnull(date);
	ck_assert_uint_eq(strlen(date), strlen("2026-08-17"));
	ck_assert_uint_eq(strspn(date, "0123456789"), 4);
	ck_assert_uint_eq(strspn(date + 5, "0123456789"), 2);
	ck_assert_uint_eq(strspn(date + 8, "0123456789"), 2);
	ck_assert(date[4] == '-' && date[7] == '-');
	ck_assert(atoi(date) >= 2026);
	ck_assert(atoi(date + 5) >= 1 && atoi(date + 5) <= 12);
	ck_assert(atoi(date + 8) >= 1 && atoi(date + 8) <= 31);
}
END_TEST

int
main(void)
{
	const TTest *const tests[] = {
		proto_known_number_has_name,
		proto_name_of_unknown_number_is_null,
		proto_number_of_unknown_name_finds_nothing,
		range_bounds_are_rfc_6335,
		range_name_is_rfc_6335,
		status_known_port_is_registered,
		nameless_on_port_has_details,
		nameless_on_assigned_or_bad_port_is_none,
		status_any_protocol_is_best_of_all,
		status_added_name_changes_nothing,
		status_name_is_a_word,
		name_is_valid_by_rfc_6335,
		name_is_valid_megabyte_is_not,
		version_built_is_projects,
		registry_updated_builtin_is_date,
	};

	return run_tests("ports", tests, LENGTH(tests));
}
