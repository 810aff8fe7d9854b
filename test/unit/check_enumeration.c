/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* Every service, one after the other, and the aliases among them. */

#include "check_services.h"

#include <limits.h>

#define REGISTERED 12809        /* registry/SOURCE */
#define FLAGS (IANA_ALIAS | IANA_MOVED | IANA_ADDED | IANA_LOCAL)

static struct iana_service all[2 * REGISTERED];
static size_t total;

static void
enumerate(void)
{
	uint32_t cursor = 0;

	for (total = 0; iana_service_next(NULL, &cursor, &all[total]); total++)
		ck_assert_uint_lt(total + 1, LENGTH(all));
}

START_TEST(next_all_registered_are_counted)
{
	size_t registered = 0;

	enumerate();
	for (size_t i = 0; i < total; i++)
		registered += !(all[i].flags & IANA_ADDED);
	ck_assert_uint_eq(registered, REGISTERED);
}
END_TEST

START_TEST(next_every_flag_is_known)
{
	enumerate();
	for (size_t i = 0; i < total; i++) {
		ck_assert_uint_eq(all[i].flags & ~FLAGS, 0);
		ck_assert_uint_eq(all[i].flags & IANA_LOCAL, 0);
		ck_assert_uint_ne(all[i].flags & (IANA_MOVED | IANA_ADDED),
				  IANA_MOVED | IANA_ADDED);
	}
}
END_TEST

/* Port, none last; moved, registered, added; tcp, udp, sctp, dccp, none. */
static int
order_of(const struct iana_service *s)
{
	static const int protos[] = { 6, 17, 132, 33, IANA_PROTO_NONE };
	int port = s->port < 0 ? 65536 : s->port;
	int class = s->flags & IANA_MOVED ? 0 : s->flags & IANA_ADDED ? 2 : 1;
	int proto = 0;

	while (protos[proto] != s->proto)
		ck_assert_int_lt(++proto, (int)LENGTH(protos));
	return (port * 3 + class) * (int)LENGTH(protos) + proto;
}

START_TEST(next_all_are_in_order)
{
	enumerate();
	ck_assert_str_eq(all[0].name, "tcpmux");
	for (size_t i = 1; i < total; i++)
		ck_assert_msg(order_of(&all[i - 1]) <= order_of(&all[i]),
			      "%s before %s", all[i - 1].name, all[i].name);
}
END_TEST

static int
compare_records(const void *a, const void *b)
{
	uint32_t x = ((const struct iana_service *)a)->record;
	uint32_t y = ((const struct iana_service *)b)->record;

	return (x > y) - (x < y);
}

START_TEST(next_every_record_is_unique)
{
	enumerate();
	qsort(all, total, sizeof *all, compare_records);
	for (size_t i = 1; i < total; i++)
		ck_assert_uint_lt(all[i - 1].record, all[i].record);
}
END_TEST

/* How many of n services are s; INT_MAX if one that is not has its record. */
static int
count_same(const struct iana_service *s, const struct iana_service *in,
	   size_t n)
{
	int count = 0;

	ck_assert_uint_le(n, SOME);
	for (size_t i = 0; i < n; i++)
		if (is_same(&in[i], s))
			count++;
		else if (in[i].record == s->record)
			return INT_MAX;
	return count;
}

/* By name and on each of its ports, a service is the one of the enumeration. */
START_TEST(next_every_service_is_found_as_same)
{
	struct iana_service some[SOME];

	enumerate();
	for (size_t i = 0; i < total; i++) {
		const struct iana_service *s = &all[i];
		size_t n = iana_services_named(NULL, s->name, s->proto, some,
					       SOME);
		ck_assert_msg(count_same(s, some, n) == 1, "%s", s->name);
		for (int port = s->port; port >= 0 && port <= s->last_port;
		     port++) {
			n = iana_services_on(NULL, port, s->proto, some, SOME);
			ck_assert_msg(count_same(s, some, n) == 1, "%s on %d",
				      s->name, port);
		}
	}
}
END_TEST

START_TEST(next_at_end_stays_there)
{
	struct iana_service s;
	uint32_t cursor = 0;

	while (iana_service_next(NULL, &cursor, &s))
		;
	for (int i = 0; i < 3; i++)
		ck_assert_int_eq(iana_service_next(NULL, &cursor, &s), 0);
}
END_TEST

START_TEST(next_two_cursors_are_independent)
{
	struct iana_service a, b;
	uint32_t slow = 0, fast = 0;

	while (iana_service_next(NULL, &fast, &b)) {
		ck_assert_int_eq(iana_service_next(NULL, &slow, &a), 1);
		ck_assert(is_same(&a, &b));
	}
	ck_assert_int_eq(iana_service_next(NULL, &slow, &a), 0);
}
END_TEST

START_TEST(next_null_is_end)
{
	struct iana_service s;
	uint32_t cursor = 0;

	ck_assert_int_eq(iana_service_next(NULL, NULL, &s), 0);
	ck_assert_int_eq(iana_service_next(NULL, &cursor, NULL), 0);
	ck_assert_int_eq(iana_service_next(NULL, &cursor, &s), 1);
	ck_assert_str_eq(s.name, "tcpmux");
}
END_TEST

/* ---- Aliases ------------------------------------------------------------- */

static void
assert_alias(const char *name, int proto, const char *head)
{
	struct iana_service s, of = { .name = "" }, same;

	ck_assert_uint_ge(iana_services_named(NULL, name, proto, &s, 1), 1);
	ck_assert_int_eq(iana_service_alias_of(&s, &of), *head != '\0');
	ck_assert_str_eq(of.name, head);
	if (!*head)
		return;
	iana_services_named(NULL, head, proto, &same, 1);
	ck_assert(is_same(&of, &same));
}

START_TEST(alias_of_known_name_is_head)
{
	static const struct {
		const char *name;
		int proto;
		const char *head;       /* "": no alias */
	} rows[] = {
		{ "www", 6, "http" }, { "www", 17, "http" },
		{ "www-http", 6, "http" }, { "whois", 6, "nicname" },
		{ "smtps", 6, "submissions" }, { "ssmtp", 6, "submissions" },
		{ "portmapper", 17, "sunrpc" }, { "rpcbind", 6, "sunrpc" },
		{ "cl/1", 6, "cl-1" }, { "914c/g", 17, "914c-g" },
		{ "EtherNet/IP-1", 6, "EtherNet-IP-1" },
		{ "syslog", 6, "" }, { "syslog", 17, "" }, { "http", 6, "" },
		{ "nicname", 6, "" }, { "turn", 6, "" }, { "urd", 6, "" },
		{ "rdp", 0, "" }, { "x11", 6, "" }
	};

	for (size_t i = 0; i < LENGTH(rows); i++)
		assert_alias(rows[i].name, rows[i].proto, rows[i].head);
}
END_TEST

START_TEST(alias_of_every_alias_is_on_its_port)
{
	enumerate();
	for (size_t i = 0; i < total; i++) {
		const struct iana_service *s = &all[i];
		struct iana_service of = *s;
		int alias = iana_service_alias_of(s, &of);
		ck_assert_int_eq(alias, (s->flags & IANA_ALIAS) != 0);
		ck_assert_int_eq(alias, of.record != s->record);
		ck_assert_uint_eq(of.flags & IANA_ALIAS, 0);
		ck_assert_int_eq(of.port, s->port);
		ck_assert_int_eq(of.proto, s->proto);
	}
}
END_TEST

START_TEST(alias_of_null_is_none)
{
	struct iana_service www, of;

	iana_services_named(NULL, "www", 6, &www, 1);
	ck_assert_int_eq(iana_service_alias_of(NULL, &of), 0);
	ck_assert_int_eq(iana_service_alias_of(&www, NULL), 0);
	ck_assert_int_eq(iana_service_alias_of(NULL, NULL), 0);
}
END_TEST

int
main(void)
{
	const TTest *const tests[] = {
		next_all_registered_are_counted,
		next_every_flag_is_known,
		next_all_are_in_order,
		next_every_record_is_unique,
		next_every_service_is_found_as_same,
		next_at_end_stays_there,
		next_two_cursors_are_independent,
		next_null_is_end,
		alias_of_known_name_is_head,
		alias_of_every_alias_is_on_its_port,
		alias_of_null_is_none,
	};

	return run_tests("enumeration", tests, LENGTH(tests));
}
