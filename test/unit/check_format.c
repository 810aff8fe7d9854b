/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* Names and characters, of which validation, look-ups and the compiler each
 * ask the same question. */

#include "check_main.h"
#include "format/names.h"
#include "format/printable.h"
#include "load/check.h"

#include <string.h>

static const unsigned char *
bytes_of(const char *text)
{
	return (const unsigned char *)text;
}

START_TEST(malformed_names)
{
	static const struct {
		const char *name;
		int is_malformed;
	} rows[] = {
		{ "a", 0 }, { "Z", 0 }, { "1", 1 }, { "-", 1 }, { "9p", 0 },
		{ "22-", 1 }, { "2.0", 1 }, { "a b", 1 }, { "a\x7f", 1 },
		{ "http", 0 }, { "1234", 1 }, { "12a4", 0 }, { "sp ce", 1 },
		{ "0123456", 1 }, { "01234567", 1 }, { "0123456z", 0 },
		{ "[\\]^_`{|}~@", 1 }, { "12345678901234", 1 },
		{ "1234567a9012345", 0 }, { "a23456789012345", 0 },
		{ "12345678901234Z", 0 }, { "spaceat8 b", 1 },
		{ "spaceat14-----\x1f", 1 }, { " paceat0-----", 1 },
		{ "seventh\xe9-----", 1 }, { "eighth---\xe9---", 1 },
		{ "fifteen-letters", 0 }, { "sixteen-letters-", 1 },
	};

	for (size_t i = 0; i < LENGTH(rows); i++)
		ck_assert_msg(iap_is_malformed(rows[i].name)
			      == rows[i].is_malformed, "%s", rows[i].name);
}
END_TEST

/* The first and the last of each kind of character, and what stands beside
 * them. */
START_TEST(printable_characters)
{
	static const struct {
		const char *text;
		size_t bytes;
	} rows[] = {
		{ "", 0 }, { "\x1f", 0 }, { " ", 1 }, { "~", 1 }, { "\x7f", 0 },
		{ "\x80", 0 }, { "\xbf", 0 }, { "\xc1\xbf", 0 },
		{ "\xc2\x80", 0 }, { "\xc2\x9f", 0 }, { "\xc2\xa0", 2 },
		{ "\xc2", 0 }, { "\xc3z", 0 }, { "\xdf\xbf", 2 },
		{ "\xd8\x9b", 2 }, { "\xd8\x9c", 0 }, { "\xd8\x9d", 2 },
		{ "\xe0\x9f\xbf", 0 }, { "\xe0\xa0\x80", 3 },
		{ "\xe2\x80\x8d", 3 }, { "\xe2\x80\x8e", 0 },
		{ "\xe2\x80\x8f", 0 }, { "\xe2\x80\x90", 3 },
		{ "\xe2\x80\xa7", 3 }, { "\xe2\x80\xa8", 0 },
		{ "\xe2\x80\xae", 0 }, { "\xe2\x80\xaf", 3 },
		{ "\xe2\x81\xa5", 3 }, { "\xe2\x81\xa6", 0 },
		{ "\xe2\x81\xa9", 0 }, { "\xe2\x81\xaa", 3 },
		{ "\xe2\x82", 0 }, { "\xed\x9f\xbf", 3 }, { "\xed\xa0\x80", 0 },
		{ "\xed\xbf\xbf", 0 }, { "\xee\x80\x80", 3 },
		{ "\xef\xbf\xbf", 3 }, { "\xf0\x8f\xbf\xbf", 0 },
		{ "\xf0\x90\x80\x80", 4 }, { "\xf4\x8f\xbf\xbf", 4 },
		{ "\xf4\x90\x80\x80", 0 }, { "\xf5\x80\x80\x80", 0 },
	};

	for (size_t i = 0; i < LENGTH(rows); i++)
		ck_assert_msg(iap_printable(bytes_of(rows[i].text))
			      == rows[i].bytes, "row %zu", i);
}
END_TEST

/* Where a text and a name stop, by both functions for each: those of
 * validation read eight bytes at a time. */
START_TEST(ends_of_texts_and_names)
{
	static const struct {
		const char *text;
		size_t text_end, name_end;
	} rows[] = {
		{ "", 0, 0 }, { "seven--", 7, 7 }, { "eight---", 8, 8 },
		{ "caf\xc3\xa9 au lait", 13, 13 }, { "\xc3\xa9\xc3\xa9", 4, 4 },
		{ "caf\xe9 au lait", 3, 12 }, { "\xc3\xa9\xe9-\xff", 2, 5 },
		{ "\xc3\xa9\x9b", 2, 2 }, { "escape \x1b[m", 7, 7 },
		{ "a\x80", 1, 1 }, { "a\x9f", 1, 1 }, { "a\xa0", 1, 2 },
	};

	for (size_t i = 0; i < LENGTH(rows); i++) {
		char room[64] = "";
		const unsigned char *s = bytes_of(room);
		strcpy(room, rows[i].text);
		ck_assert_ptr_eq(iap_end_of_text(s), s + rows[i].text_end);
		ck_assert_ptr_eq(iap_skip_text(s), s + rows[i].text_end);
		ck_assert_ptr_eq(iap_end_of_name(s), s + rows[i].name_end);
		ck_assert_ptr_eq(iap_skip_name(s), s + rows[i].name_end);
	}
}
END_TEST

int
main(void)
{
	const TTest *const tests[] = {
		malformed_names, printable_characters, ends_of_texts_and_names,
	};

	return run_tests("format", tests, LENGTH(tests));
}
