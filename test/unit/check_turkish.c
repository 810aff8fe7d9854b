/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* In a Turkish locale, I is not the upper case of i. Names do not care. */

#include "check_services.h"

#include <ctype.h>
#include <netdb.h>
#include <string.h>

/* As ASCII has it. */
static char
to_case(char c, int upper)
{
	if (upper)
		return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Upper case in the first characters, and lower case in the others. */
static void
spell(char *to, const char *name, size_t upper)
{
	for (size_t i = 0; i <= strlen(name); i++)
		to[i] = to_case(name[i], i < upper);
}

static void
assert_found(const char *text, const struct iana_service *first)
{
	struct iana_service found;
	struct servent entry, *result;
	char buf[1024];

	ck_assert(iana_services_named(NULL, text, 0, &found, 1));
	ck_assert_msg(is_same(&found, first), "%s", text);
	if (first->port < 0)
		return;
	ck_assert_int_eq(iana_port_of(NULL, text, 0), first->port);
	ck_assert_int_eq(iana_resolve(NULL, text, NULL), first->port);
	if (first->proto == IANA_PROTO_NONE)
		return;
	iana_getservbyname_r(text, NULL, &entry, buf, sizeof buf, &result);
	ck_assert_msg(result, "%s", text);
}

START_TEST(every_name_is_found_in_each_case)
{
	struct iana_service service, first;
	uint32_t cursor = 0;
	char text[256];

	ck_assert_msg(setlocale(LC_ALL, "tr_TR.UTF-8"), "no such locale");
	ck_assert(tolower('I') == 'I');
	while (iana_service_next(NULL, &cursor, &service)) {
		iana_services_named(NULL, service.name, 0, &first, 1);
		for (size_t i = 0; i <= strlen(service.name); i++) {
			spell(text, service.name, i);
			assert_found(text, &first);
		}
	}
}
END_TEST

int
main(void)
{
	const TTest *const tests[] = { every_name_is_found_in_each_case };

	return run_tests("turkish", tests, LENGTH(tests));
}
