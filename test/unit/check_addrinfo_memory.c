/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* The lists of getaddrinfo(): freed in parts, and when memory is short, which
 * a malloc() of our own sees to. */

#include "check_addrinfo.h"

/* Of one, two, three, four and five sockets, and of different ports. */
static const char *const names[] = {
	"imap", "comsat", "telnet", "m3ua", "https", "discard", "raid-am",
	"webmin"
};

static struct addrinfo *
list_of(const char *service)
{
	struct addrinfo *list = NULL;

	ck_assert_int_eq(iana_getaddrinfo(NULL, service, NULL, &list), 0);
	return list;
}

/* Free what stands before an element and what begins with it. */
static void
free_in_two(struct addrinfo *list, size_t before)
{
	struct addrinfo *last = list;

	while (--before)
		last = last->ai_next;

	struct addrinfo *rest = last->ai_next;

	last->ai_next = NULL;
	freeaddrinfo(list);
	freeaddrinfo(rest);
}

static void
free_one_by_one(struct addrinfo *list)
{
	struct addrinfo *next;

	for (; list; list = next) {
		next = list->ai_next;
		list->ai_next = NULL;
		freeaddrinfo(list);
	}
}

/* What the sanitizers and valgrind look at. */
START_TEST(list_in_parts_is_freed)
{
	for (size_t i = 0; i < LENGTH(names); i++) {
		struct addrinfo *list = list_of(names[i]);
		size_t length = 0;

		for (struct addrinfo *ai = list; ai; ai = ai->ai_next)
			length++;
		free_one_by_one(list);
		for (size_t before = 1; before < length; before++)
			free_in_two(list_of(names[i]), before);
	}
}
END_TEST

#ifndef __has_feature
#  define __has_feature(feature) 0
#endif
#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__ \
	|| __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#  define OWN_MALLOC 0          /* sanitizers have theirs */
#else
#  define OWN_MALLOC 1
#endif

#if OWN_MALLOC

extern void *__libc_malloc(size_t size);
extern void __libc_free(void *p);

/* While watching, until_failure counts down to the one allocation that fails,
 * and taken is what was allocated and is not free. Volatile, for libc's headers
 * promise that freeaddrinfo() calls nothing here. */
static volatile int watching, until_failure = -1;
static void *volatile taken[64];

static void
replace_in_taken(const void *old, void *new)
{
	size_t i = 0;

	while (i < LENGTH(taken) && taken[i] != old)
		i++;
	if (i < LENGTH(taken))
		taken[i] = new;
}

void *
malloc(size_t size)
{
	if (watching && until_failure >= 0 && until_failure-- == 0)
		return NULL;

	void *p = __libc_malloc(size);

	if (watching && p)
		replace_in_taken(NULL, p);
	return p;
}

void
free(void *p)
{
	if (watching && p)
		replace_in_taken(p, NULL);
	__libc_free(p);
}

/* Ask with one allocation failing, which libc may do without. Returns whether
 * there were so many. */
static int
fail_at(int nth, const char *service, const char *expected)
{
	static const struct addrinfo hints = { 0 };
	struct addrinfo *list = &unset;

	until_failure = nth;
	watching = 1;

	int error = iana_getaddrinfo(NULL, service, &hints, &list);

	watching = 0;
	ck_assert(!error == (list != &unset));
	if (error != EAI_MEMORY)
		ck_assert_str_eq(error ? error_text(error)
				 : list_text(list, 0), expected);
	watching = 1;
	if (!error)
		freeaddrinfo(list);
	watching = 0;
	for (size_t i = 0; i < LENGTH(taken); i++)
		ck_assert_ptr_null(taken[i]);
	return until_failure < 0;
}

/* NULL has two addresses, and libc gives each three elements. */
START_TEST(memory_short_at_any_time_is_eai_memory)
{
	static const struct addrinfo hints = { 0 };
	char expected[TEXT_SIZE];

	for (size_t i = 0; i < LENGTH(names); i++) {
		int nth = 0;

		strcpy(expected, ask(iana_getaddrinfo, NULL, names[i], &hints));
		while (fail_at(nth, names[i], expected))
			nth++;
		ck_assert_int_ge(nth, 6);
	}
}
END_TEST

#endif

int
main(void)
{
	const TTest *const tests[] = {
		list_in_parts_is_freed,
#if OWN_MALLOC
		memory_short_at_any_time_is_eai_memory,
#endif
	};

	return run_tests("addrinfo_memory", tests, LENGTH(tests));
}
