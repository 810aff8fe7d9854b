/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* The calls of <netdb.h>: how the reentrant ones use a buffer. */

#include "check_netdb.h"

#include <stdalign.h>
#include <stddef.h>

#define GUARD 64
#define POISON '\x5a'

static const struct {
	struct question question;
	const char *answer;
} known[] = {
	{ { NAME, "https", 0, "tcp" }, "https 443/tcp" },
	{ { NAME, "www", 0, NULL }, "http 80/tcp www www-http" },
	{ { NAME, "RPCBIND", 0, "udp" }, "sunrpc 111/udp portmapper rpcbind" },
	{ { NAME, "cplscrambler-al", 0, "tcp" }, "cplscrambler-al 1088/tcp" },
	{ { NAME, "ssmtp", 0, NULL }, "submissions 465/tcp smtps ssmtp" },
	{ { NAME, "ph", 0, "udp" }, "ph 481/udp" },
	/* 514 in either byte order */
	{ { PORT, NULL, 0x0202, NULL }, "shell 514/tcp cmd" },
	{ { NEXT, NULL, 0, NULL }, "tcpmux 1/tcp" },
	{ { NEXT, NULL, 0, NULL }, "discard 9/dccp" },
	{ { NEXT, NULL, 0, NULL }, "http 80/udp www www-http" }
};

static alignas(max_align_t) char arena[GUARD + 8 + ENOUGH + GUARD];

static int
is_poison(const char *from, const char *to)
{
	while (from < to && *from == POISON)
		from++;
	return from == to;
}

static int
is_inside(const void *p, size_t size, const char *buf, size_t buflen)
{
	uintptr_t at = (uintptr_t)p, start = (uintptr_t)buf;

	return at >= start && at + size <= start + buflen;
}

/* All that an entry points to is in the buffer. */
static void
assert_inside(const struct servent *e, const char *buf, size_t size)
{
	size_t n = 0;

	ck_assert(is_inside(e->s_name, strlen(e->s_name) + 1, buf, size));
	ck_assert(is_inside(e->s_proto, strlen(e->s_proto) + 1, buf, size));
	for (; e->s_aliases[n]; n++)
		ck_assert(is_inside(e->s_aliases[n],
				    strlen(e->s_aliases[n]) + 1, buf, size));
	ck_assert(is_inside(e->s_aliases, (n + 1) * sizeof(char *), buf, size));
	ck_assert_uint_eq((uintptr_t)e->s_aliases % alignof(char *), 0);
}

/* Asks with longer and longer buffers until there is an answer. */
static void
assert_every_length(const struct question *q, char *buf, const char *expected)
{
	struct servent entry, *result;
	int rc = ERANGE;

	for (size_t size = 0; rc; size++) {
		memset(arena, POISON, sizeof arena);
		rc = ask(q, &entry, buf, size, &result);
		ck_assert(is_poison(arena, buf));
		ck_assert(is_poison(buf + size, arena + sizeof arena));
		ck_assert_int_eq(rc, result ? 0 : ERANGE);
		ck_assert_uint_lt(size, ENOUGH);
		if (!result)
			continue;
		ck_assert_ptr_eq(result, &entry);
		ck_assert_str_eq(TEXT(result), expected);
		assert_inside(result, buf, size);
	}
}

/* The entry is in the enumeration; make it the next one. */
static void
rewind_to(const char *answer)
{
	int before = 0;

	iana_setservent(0);
	while (strcmp(TEXT(iana_getservent()), answer))
		ck_assert_int_lt(before++, 65536);
	iana_setservent(0);
	while (before--)
		iana_getservent();
}

static void
assert_every_alignment(const struct question *q, const char *answer)
{
	for (size_t align = 0; align < 8; align++) {
		rewind_to(answer);
		assert_every_length(q, arena + GUARD + align, answer);
	}
}

START_TEST(r_every_length_and_alignment_stays_inside)
{
	for (size_t i = 0; i < LENGTH(known); i++)
		assert_every_alignment(&known[i].question, known[i].answer);
}
END_TEST

/* What an entry takes, without padding. */
static size_t
size_of(const struct servent *e)
{
	size_t size = strlen(e->s_name) + strlen(e->s_proto) + 2;

	for (char **alias = e->s_aliases; *alias; alias++)
		size += strlen(*alias) + 1 + sizeof *alias;
	return size + sizeof(char *);
}

START_TEST(r_largest_entry_stays_inside)
{
	const struct servent *e;
	char answer[TEXT_SIZE] = "";
	size_t largest = 0;

	iana_setservent(0);
	while ((e = iana_getservent()))
		if (size_of(e) > largest) {
			largest = size_of(e);
			entry_text(e, answer);
		}
	assert_every_alignment(&(struct question){ .of = NEXT }, answer);
}
END_TEST

START_TEST(r_hit_without_buffer_is_erange)
{
	struct servent entry, *result;

	for (size_t i = 0; i < LENGTH(known); i++) {
		ck_assert_int_eq(ask(&known[i].question, &entry, NULL, 0,
				     &result), ERANGE);
		ck_assert_ptr_null(result);
	}
}
END_TEST

START_TEST(r_miss_at_any_size_is_zero)
{
	static const struct question misses[] = {
		{ NAME, NULL, 0, NULL }, { NAME, "", 0, "tcp" },
		{ NAME, "80", 0, NULL }, { NAME, "https", 0, "" },
		{ NAME, "rdp", 0, NULL }, { NAME, "no-such-name", 0, "udp" },
		{ PORT, NULL, 0, NULL }, { PORT, NULL, -1, "tcp" },
		{ PORT, NULL, 0xffff, "udp" }
	};
	struct servent entry, *result;
	char buf[ENOUGH];

	for (size_t i = 0; i < LENGTH(misses); i++)
		for (size_t size = 0; size <= sizeof buf; size++) {
			ck_assert_int_eq(ask(&misses[i], &entry,
					     size ? buf : NULL, size, &result),
					 0);
			ck_assert_ptr_null(result);
		}
}
END_TEST

START_TEST(r_every_entry_fits_in_1024)
{
	struct servent entry, *result;
	size_t n = 0;
	int rc;

	iana_setservent(0);
	while (!(rc = iana_getservent_r(&entry, arena + 1, ENOUGH, &result))) {
		assert_inside(result, arena + 1, ENOUGH);
		n++;
	}
	ck_assert_int_eq(rc, ENOENT);
	ck_assert_uint_gt(n, 11000);
}
END_TEST

START_TEST(errno_every_outcome_is_left_alone)
{
	struct servent entry, *result;
	char buf[ENOUGH];

	errno = EILSEQ;
	for (size_t i = 0; i < LENGTH(known); i++) {
		ask(&known[i].question, &entry, buf, 1, &result);
		ask(&known[i].question, &entry, buf, sizeof buf, &result);
	}
	iana_getservbyname("https", "TCP");
	iana_getservbyname(NULL, NULL);
	iana_getservbyport(htons(443), "tcp");
	iana_getservbyport(-1, NULL);
	iana_setservent(0);
	while (iana_getservent())
		;
	iana_getservent_r(&entry, NULL, 0, &result);
	iana_endservent();
	ck_assert_int_eq(errno, EILSEQ);
}
END_TEST

int
main(void)
{
	const TTest *const tests[] = {
		r_every_length_and_alignment_stays_inside,
		r_largest_entry_stays_inside,
		r_hit_without_buffer_is_erange,
		r_miss_at_any_size_is_zero,
		r_every_entry_fits_in_1024,
		errno_every_outcome_is_left_alone,
	};

	return run_tests("buffer", tests, LENGTH(tests));
}
