/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* The calls of <netdb.h>: the enumeration and its cursor. */

#include "check_netdb.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <sys/wait.h>
#include <unistd.h>

#define MANY 20000              /* more than there are entries */
#define TOO_SMALL 8             /* for the smallest entry */
#define THREADS 8
#define ROUNDS 20

typedef char list[MANY][TEXT_SIZE];

/* The next entry in words, by the reentrant call. */
static const char *
next_text(char *text)
{
	struct servent entry, *result;
	char buf[ENOUGH];
	int rc = ask(&(struct question){ .of = NEXT }, &entry, buf, sizeof buf,
		     &result);

	ck_assert_int_eq(rc, result ? 0 : ENOENT);
	return entry_text(result, text);
}

#define NEXT_TEXT() next_text((char[TEXT_SIZE]){ 0 })

/* The whole enumeration, one thread's; returns how many entries it has. */
static size_t
enumerate(list texts)
{
	const struct servent *e;
	size_t n = 0;

	iana_setservent(0);
	for (; (e = iana_getservent()); n++) {
		ck_assert_uint_lt(n, MANY);
		ck_assert_ptr_nonnull(e->s_aliases);
		entry_text(e, texts[n]);
	}
	iana_setservent(0);
	return n;
}

/* ---- From the first entry to the last ------------------------------------ */

/* The first test: with CK_FORK=no it is what finds the cursor untouched. */
START_TEST(cursor_untouched_is_first_entry)
{
	ck_assert_str_eq(TEXT(iana_getservent()), "tcpmux 1/tcp");
	ck_assert_str_eq(NEXT_TEXT(), "tcpmux 1/udp");
}
END_TEST

/* One entry for each port of each service that is no alias. */
START_TEST(enumeration_services_are_expanded)
{
	static list texts;
	struct iana_service s;
	uint32_t cursor = 0;
	size_t expected = 0, x11 = 0, n = enumerate(texts);

	while (iana_service_next(NULL, &cursor, &s))
		if (s.port >= 0 && s.proto != IANA_PROTO_NONE
		    && !(s.flags & IANA_ALIAS))
			expected += (size_t)(s.last_port - s.port + 1);
	ck_assert_uint_eq(n, expected);
	for (size_t i = 0; i < n; i++) {
		x11 += !strncmp(texts[i], "x11 ", 4);
		ck_assert(strncmp(texts[i], "www ", 4));
		ck_assert(strncmp(texts[i], "boe-cms ", 8));
		ck_assert(strncmp(texts[i], "rdp ", 4));
	}
	ck_assert_uint_eq(x11, 2 * 64);
}
END_TEST

START_TEST(enumeration_at_end_is_enoent_again_and_again)
{
	struct servent entry, *result;

	while (iana_getservent())
		;
	for (int i = 0; i < 3; i++) {
		ck_assert_str_eq(NEXT_TEXT(), "-");
		ck_assert_int_eq(ask(&(struct question){ .of = NEXT }, &entry,
				     NULL, 0, &result), ENOENT);
		ck_assert_ptr_null(result);
		ck_assert_ptr_null(iana_getservent());
	}
	iana_setservent(0);
	ck_assert_str_eq(NEXT_TEXT(), "tcpmux 1/tcp");
}
END_TEST

START_TEST(cursor_setservent_rewinds)
{
	for (int stayopen = 0; stayopen < 2; stayopen++) {
		iana_setservent(stayopen);
		ck_assert_str_eq(NEXT_TEXT(), "tcpmux 1/tcp");
		ck_assert_str_eq(NEXT_TEXT(), "tcpmux 1/udp");
	}
}
END_TEST

START_TEST(cursor_endservent_rewinds)
{
	iana_setservent(0);
	iana_getservent();
	iana_endservent();
	ck_assert_str_eq(NEXT_TEXT(), "tcpmux 1/tcp");
}
END_TEST

START_TEST(cursor_plain_and_r_share_it)
{
	static list texts;
	size_t n = enumerate(texts);

	for (size_t i = 0; i < n; i++)
		ck_assert_str_eq(i % 3 ? NEXT_TEXT() : TEXT(iana_getservent()),
				 texts[i]);
	ck_assert_str_eq(NEXT_TEXT(), "-");
}
END_TEST

START_TEST(cursor_lookups_do_not_move_it)
{
	static list texts;
	struct servent entry, *result;
	struct iana_service s;
	char buf[ENOUGH];
	uint32_t other = 0;

	enumerate(texts);
	for (size_t i = 0; i < 200; i++) {
		ck_assert_str_eq(NEXT_TEXT(), texts[i]);
		iana_getservbyname("https", NULL);
		iana_getservbyport(htons(22), "tcp");
		iana_getservbyname_r("no-such", NULL, &entry, buf, 0, &result);
		iana_getservbyport_r(htons(80), "udp", &entry, buf, sizeof buf,
				     &result);
		iana_service_next(NULL, &other, &s);
		iana_port_of(NULL, "x11", 6);
	}
}
END_TEST

START_TEST(cursor_erange_does_not_move_it)
{
	static list texts;
	struct servent entry, *result;
	char buf[ENOUGH];

	enumerate(texts);
	for (size_t i = 0; i < 200; i++) {
		for (size_t size = 0; size <= TOO_SMALL; size++)
			ck_assert_int_eq(iana_getservent_r(&entry, buf, size,
							   &result), ERANGE);
		ck_assert_str_eq(NEXT_TEXT(), texts[i]);
	}
}
END_TEST

/* ---- Processes and threads ----------------------------------------------- */

START_TEST(cursor_forked_child_has_its_own)
{
	static list texts;
	int status = -1, same = 1;

	enumerate(texts);
	for (size_t i = 0; i < 3; i++)
		iana_getservent();

	pid_t child = fork();
	if (!child) {
		for (size_t i = 3; i < 50; i++)
			same &= !strcmp(TEXT(iana_getservent()), texts[i]);
		iana_setservent(0);
		same &= !strcmp(TEXT(iana_getservent()), texts[0]);
		_exit(same ? 0 : 1);
	}
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert_int_eq(status, 0);
	ck_assert_str_eq(NEXT_TEXT(), texts[3]);
}
END_TEST

static list drained;
static atomic_size_t count;
static atomic_uint ready;

static void
note(const struct servent *e)
{
	size_t i = atomic_fetch_add(&count, 1);

	if (i < MANY)
		entry_text(e, drained[i]);
}

/* Even threads use the plain call. Odd ones use the other, after a buffer that
 * is too small. */
static void *
drain(void *plain)
{
	struct servent entry, *result, *e;
	char buf[ENOUGH];

	atomic_fetch_add(&ready, 1);
	while (atomic_load(&ready) < THREADS)
		sched_yield();
	if (plain)
		while ((e = iana_getservent()))
			note(e);
	else
		while (iana_getservent_r(&entry, buf, TOO_SMALL, &result)
		       == ERANGE)
			if (!iana_getservent_r(&entry, buf, sizeof buf,
					       &result))
				note(result);
	return NULL;
}

static void
drain_with_threads(void)
{
	pthread_t threads[THREADS];

	atomic_store(&count, 0);
	atomic_store(&ready, 0);
	iana_setservent(0);
	for (size_t i = 0; i < THREADS; i++)
		ck_assert_int_eq(pthread_create(&threads[i], NULL, drain,
						i % 2 ? &threads[i] : NULL), 0);
	for (size_t i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
}

static int
compare_texts(const void *a, const void *b)
{
	return strcmp(a, b);
}

START_TEST(cursor_eight_threads_get_each_entry_once)
{
	static list texts;
	size_t n = enumerate(texts);

	qsort(texts, n, sizeof *texts, compare_texts);
	for (int round = 0; round < ROUNDS; round++) {
		drain_with_threads();
		ck_assert_uint_eq(atomic_load(&count), n);
		qsort(drained, n, sizeof *drained, compare_texts);
		for (size_t i = 0; i < n; i++)
			ck_assert_msg(!strcmp(drained[i], texts[i]),
				      "%s, not %s", drained[i], texts[i]);
	}
}
END_TEST

int
main(void)
{
	const TTest *const tests[] = {
		cursor_untouched_is_first_entry,
		enumeration_services_are_expanded,
		enumeration_at_end_is_enoent_again_and_again,
		cursor_setservent_rewinds,
		cursor_endservent_rewinds,
		cursor_plain_and_r_share_it,
		cursor_lookups_do_not_move_it,
		cursor_erange_does_not_move_it,
		cursor_forked_child_has_its_own,
		cursor_eight_threads_get_each_entry_once,
	};

	return run_tests("cursor", tests, LENGTH(tests));
}
