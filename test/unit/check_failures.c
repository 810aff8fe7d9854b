/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/*
 * Every allocation and system call of loading fails once: nothing is left
 * allocated or open, and errno says why. The functions of libc that the library
 * calls are those below. For them, a file of ours is the host's registry.
 *
 * usage: check_failures WHOLE OTHER LONG: the blob of what is built in, an
 * older one, and one with the names of data/long.overlay.
 */

#define _GNU_SOURCE             /* AT_EMPTY_PATH */
#undef _FORTIFY_SOURCE
#include "check_main.h"
#include "load/system.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef __has_feature
#  define __has_feature(x) 0
#endif
#if defined __SANITIZE_ADDRESS__ || __has_feature(address_sanitizer) \
	|| defined __SANITIZE_THREAD__ || __has_feature(thread_sanitizer)
#  define OWN_MALLOC 0          /* sanitizers have theirs */
#else
#  define OWN_MALLOC 1
#endif

static const char *whole, *other, *longer;
static const char *at_path;     /* what is at the path of the host's registry */

/* While watching, until_failure counts down to the one call that fails, with
 * this error; held is what is allocated or open. */
static volatile int watching, until_failure, held;
static int failure;
static off_t stated_size;       /* by fstat(), unless it is 0 */

/* What a signal handler gets that is called before a read, if it is to be. */
static int look_up_in_read;
static const struct iana_registry *in_handler;

static int
fails(void)
{
	if (!watching || until_failure-- != 0)
		return 0;
	errno = failure;
	return 1;
}

static void
hold(int by)
{
	if (watching)
		held += by;
}

#if OWN_MALLOC

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t n, size_t size);
extern void __libc_free(void *p);

void *
malloc(size_t size)
{
	if (fails())
		return NULL;
	hold(1);
	return __libc_malloc(size);
}

void *
calloc(size_t n, size_t size)
{
	if (fails())
		return NULL;
	hold(1);
	return __libc_calloc(n, size);
}

void
free(void *p)
{
	hold(p ? -1 : 0);
	__libc_free(p);
}

#endif

/* Two registries are mapped in a process at most. */
void *
mmap(void *at, size_t size, int access, int flags, int fd, off_t offset)
{
	static _Alignas(64) unsigned char memory[2][1 << 20];
	static int used;

	(void)at, (void)access, (void)flags, (void)fd, (void)offset;
	if (size > sizeof *memory)      /* no registry needs so much */
		exit(101);
	if (fails())
		return MAP_FAILED;
	hold(1);
	return memory[used++ % 2];
}

int
munmap(void *at, size_t size)
{
	memset(at, 0xff, size);
	hold(-1);
	return 0;
}

/* That page has other things, too. */
int
mprotect(void *at, size_t size, int access)
{
	(void)at, (void)size, (void)access;
	return 0;
}

int
open(const char *path, int flags, ...)
{
	if (watching && strcmp(path, iana_registry_system_path()) == 0)
		path = at_path;
	if (fails())
		return -1;

	int fd = openat(AT_FDCWD, path, flags, 0);

	hold(fd >= 0);
	return fd;
}

int
close(int fd)
{
	hold(-1);
	return dup2(STDIN_FILENO, fd) < 0 ? -1 : 0;
}

ssize_t
read(int fd, void *to, size_t size)
{
	struct iovec all = { to, size };

	if (look_up_in_read) {
		look_up_in_read = 0;
		in_handler = iap_system_registry();
	}
	return fails() ? -1 : readv(fd, &all, 1);
}

/* Whose the host's registry and its folder are, and which write permissions
 * they have. */
static struct owner {
	uid_t user;
	mode_t mode;
} of_file, of_folder;

static int
state(const struct owner *owner, int error, struct stat *st)
{
	if (watching) {
		st->st_uid = owner->user;
		st->st_mode &= ~(mode_t)(S_IWGRP | S_IWOTH);
		st->st_mode |= owner->mode;
		if (stated_size)
			st->st_size = stated_size;
	}
	return error;
}

int
fstat(int fd, struct stat *st)
{
	return fails() ? -1 : state(&of_file, fstatat(fd, "", st,
						      AT_EMPTY_PATH), st);
}

/* Of the folder, which need not exist. */
int
stat(const char *path, struct stat *st)
{
	return fails() ? -1 : state(&of_folder, fstatat(
		AT_FDCWD, watching ? "/" : path, st, 0), st);
}

/* ---- Each failure -------------------------------------------------------- */

static int
open_whole(struct iana_registry **out)
{
	return iana_registry_open(whole, out);
}

/* Have the nth call fail. Returns whether there were so many. */
static int
fail_at(int nth, int (*load)(struct iana_registry **))
{
	struct iana_registry *registry = NULL;

	held = 0;
	until_failure = nth;
	watching = 1;

	int error = load(&registry);

	watching = 0;
	if (until_failure >= 0) {
		ck_assert_int_eq(error, 0);
		iana_registry_close(registry);
		return 0;
	}
	ck_assert_int_eq(error, IANA_E_SYSTEM);
	ck_assert_int_eq(errno, failure);
	ck_assert_ptr_null(registry);
	ck_assert_int_eq(held, 0);
	return 1;
}

static void
fail_each(int (*load)(struct iana_registry **), int least)
{
	int nth = 0;

	failure = ENOMEM;
	while (fail_at(nth, load))
		nth++;
	ck_assert_int_ge(nth, least);
}

START_TEST(a_registry_from_a_file)
{
	fail_each(open_whole, OWN_MALLOC ? 8 : 4);
}
END_TEST

START_TEST(the_hosts_registry)
{
	at_path = whole;
	fail_each(iana_registry_open_system, OWN_MALLOC ? 10 : 6);
}
END_TEST

static int
open_system(const char *path)
{
	struct iana_registry *registry = NULL;

	at_path = path;
	held = 0;
	until_failure = -1;
	watching = 1;

	int error = iana_registry_open_system(&registry);

	iana_registry_close(registry);
	watching = 0;
	ck_assert_int_eq(!error, !!registry);
	ck_assert_int_eq(held, 0);
	return error;
}

START_TEST(the_hosts_registry_is_roots_alone)
{
	static const struct {
		struct owner file, folder;
		int error;
	} rows[] = {
		{ { 0, 0 }, { 0, 0 }, 0 }, { { 0, 0600 }, { 0, 0700 }, 0 },
		{ { 1, 0 }, { 0, 0 }, IANA_E_OWNER },
		{ { 0, S_IWGRP }, { 0, 0 }, IANA_E_OWNER },
		{ { 0, S_IWOTH }, { 0, 0 }, IANA_E_OWNER },
		{ { 0, 0 }, { 1, 0 }, IANA_E_OWNER },
		{ { 0, 0 }, { 0, S_IWGRP }, IANA_E_OWNER },
		{ { 0, 0 }, { 0, S_IWOTH }, IANA_E_OWNER },
	};

	for (size_t i = 0; i < LENGTH(rows); i++) {
		of_file = rows[i].file;
		of_folder = rows[i].folder;
		ck_assert_int_eq(open_system(whole), rows[i].error);
	}
	of_file = of_folder = rows[0].file;
}
END_TEST

START_TEST(the_hosts_registry_may_be_refused)
{
	ck_assert_int_eq(open_system("/dev/null/no-file"), IANA_E_SYSTEM);
	ck_assert_int_eq(errno, ENOTDIR);
	ck_assert_int_eq(open_system("/"), IANA_E_FILE);
	of_file.user = 1;       /* that it is none is found first */
	ck_assert_int_eq(open_system("/dev/null"), IANA_E_FILE);
	of_file.user = 0;
	ck_assert_int_eq(open_system("/proc/self/exe"), IANA_E_MAGIC);
	ck_assert_int_eq(open_system(other), IANA_E_OLDER);
}
END_TEST

/* A signal that interrupts a read is no failure. */
START_TEST(interrupted_reads_go_on)
{
	struct iana_registry *registry;
	struct stat st;

	failure = EINTR;
	fstatat(AT_FDCWD, whole, &st, 0);
	for (int nth = 0; nth < 8; nth++) {
		until_failure = nth;
		watching = 1;
		int error = iana_registry_open(whole, &registry);
		watching = 0;
		if (!error)
			iana_registry_close(registry);
		else
			ck_assert_int_eq(error, IANA_E_SYSTEM);
	}
}
END_TEST

enum { LARGE = 3 << 20 };

/* So many bytes of a file that says that it has so many, and no details. */
static void
write_large(size_t size, uint32_t stated)
{
	static unsigned char large[LARGE];
	FILE *f = fopen(whole, "rb");

	ck_assert(f && fread(large, 1, IAP_H_BYTES, f) == IAP_H_BYTES);
	fclose(f);
	for (int i = 0; i < 4; i++)
		large[IAP_H_SIZE + i] = (unsigned char)(stated >> 8 * i);
	memset(large + IAP_H_DETAILS, 0, 4);
	f = fopen("large", "wb");
	ck_assert(f && fwrite(large, 1, size, f) == size && !fclose(f));
}

/* It is read in parts of a MiB, and only then is the checksum wrong. */
START_TEST(a_large_file_is_read_in_parts)
{
	struct iana_registry *registry;

	write_large(LARGE, LARGE);
	ck_assert_int_eq(iana_registry_open("large", &registry),
			 IANA_E_CHECKSUM);
	ck_assert_int_eq(remove("large"), 0);
}
END_TEST

/* It had its size when that was asked, and ends while it is read. */
START_TEST(a_file_that_is_cut_is_refused)
{
	struct iana_registry *registry;

	write_large(LARGE - 1, LARGE);
	held = 0;
	until_failure = -1;
	stated_size = LARGE;
	watching = 1;
	int error = iana_registry_open("large", &registry);
	watching = 0;
	stated_size = 0;
	ck_assert_int_eq(error, IANA_E_SIZE);
	ck_assert_ptr_null(registry);
	ck_assert_int_eq(held, 0);
	ck_assert_int_eq(remove("large"), 0);
}
END_TEST

/* ---- The host's registry in the module and the shim ---------------------- */

enum { MAP = 4 };               /* after open, fstat, stat, and read */

/* It is chosen once in a process, so ask in another one. */
static int
in_child(int (*ask)(int), int argument)
{
	pid_t child = fork();
	int status;

	ck_assert_int_ge(child, 0);
	if (!child) {
		errno = 123;
		held = 0;
		exit(ask(argument));
	}
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static const struct iana_registry *
watched_registry(int nth)
{
	until_failure = nth;
	watching = 1;

	const struct iana_registry *registry = iap_system_registry();

	watching = 0;
	return registry;
}

/* 1 if the host's is chosen, 2 for the built-in one, 3 for that after a
 * failure, and 5 if after a failure the next call chooses the host's. */
static int
choose(int nth)
{
	const struct iana_registry *registry = watched_registry(nth), *next;

	if (errno != 123 || held != (registry ? 1 : 0))
		return 100;
	watching = 1;
	next = iap_system_registry();
	watching = 0;
	if (registry)
		return next == registry && until_failure >= 0;
	return 2 + (until_failure < 0) + (next ? 2 : 0);
}

static int
chosen(int nth)
{
	return in_child(choose, nth);
}

START_TEST(host_with_a_failure_has_the_builtin_registry)
{
	int nth = 0;

	at_path = whole;
	failure = EIO;
	while (nth != MAP && chosen(nth) == 3)
		nth++;
	ck_assert_int_eq(nth, MAP);
	ck_assert_int_eq(chosen(MAP + 1), 3);
	ck_assert_int_eq(chosen(MAP + 2), 1);
}
END_TEST

/* A busy moment is not for ever. */
START_TEST(host_without_memory_or_descriptor_is_asked_again)
{
	static const int busy[] = { EMFILE, ENFILE, EINTR, EAGAIN, ENOMEM };

	at_path = whole;
	for (size_t i = 0; i < sizeof busy / sizeof *busy; i++) {
		failure = busy[i];
		ck_assert_int_eq(chosen(0), 5);
	}
	for (int nth = 1; nth <= MAP + 1; nth++)        /* no memory */
		ck_assert_int_eq(chosen(nth), 5);
}
END_TEST

/* A daemon has closed its standard input. */
START_TEST(a_registry_may_be_descriptor_0)
{
	struct iana_registry *registry;
	int input = dup(STDIN_FILENO);

	syscall(SYS_close, STDIN_FILENO);
	at_path = whole;
	ck_assert_int_eq(chosen(1000), 1);
	ck_assert_int_eq(open_system(whole), 0);
	syscall(SYS_close, STDIN_FILENO);
	ck_assert_int_eq(iana_registry_open(whole, &registry), 0);
	ck_assert_ptr_nonnull(registry);
	iana_registry_close(registry);
	dup2(input, STDIN_FILENO);
	syscall(SYS_close, input);
}
END_TEST

/* A signal handler looks up while the first look-up reads the file. Returns 1
 * if both have the host's, and 2 for the built-in one. */
static int
choose_twice(int nth)
{
	look_up_in_read = 1;

	const struct iana_registry *registry = watched_registry(nth);

	if (look_up_in_read || registry != in_handler
	    || iap_system_registry() != registry
	    || held != (registry ? 1 : 0)
	    || iana_port_of(registry, "https", 6) != 443)
		return 0;
	return registry ? 1 : 2;
}

START_TEST(host_that_is_loaded_twice_is_kept_once)
{
	at_path = whole;
	ck_assert_int_eq(in_child(choose_twice, -1), 1);
	at_path = other;        /* older */
	ck_assert_int_eq(in_child(choose_twice, -1), 2);
}
END_TEST

static int
is_entry(const struct servent *s, const char *name, int port, int aliases)
{
	char alias[64];

	if (!s || strcmp(s->s_name, name) || s->s_port != htons((uint16_t)port)
	    || strcmp(s->s_proto, "tcp"))
		return 0;
	for (int i = 0; i < aliases; i++) {
		snprintf(alias, sizeof alias, "alias-%d-of-the-%s", i, name);
		if (!s->s_aliases[i] || strcmp(s->s_aliases[i], alias))
			return 0;
	}
	return !s->s_aliases[aliases];
}

static int
is_called(int port, int flags, const char *name)
{
	struct sockaddr_in in = { .sin_family = AF_INET };
	char found[32];

	in.sin_port = htons((uint16_t)port);
	return !getnameinfo((const void *)&in, sizeof in, NULL, 0,
			    found, sizeof found, flags)
		&& !strcmp(found, name);
}

/* By functions of libc's names, which are the shim's in this program, too. */
static int
ask_shim(int nth)
{
	watched_registry(nth);
	return is_entry(getservbyname("long-entry", "tcp"), "long-entry",
			50002, 9)
		&& is_entry(getservbyport(htons(50003), NULL), "next-entry",
			    50003, 8)
		&& is_entry(getservbyname("https", NULL), "https", 443, 0)
		&& is_called(50002, 0, "long-entry")
		&& is_called(50002, NI_NUMERICSERV, "50002");
}

START_TEST(shim_has_room_for_any_entry)
{
	at_path = longer;
	ck_assert_int_eq(in_child(ask_shim, -1), 1);
}
END_TEST

/* The last byte that look-ups need, of a blob with details, differs. */
static void
copy_damaged(const char *from, const char *to)
{
	static unsigned char all[1 << 20];
	FILE *f = fopen(from, "rb");
	size_t size = f ? fread(all, 1, sizeof all, f) : 0, at = 0;

	fclose(f);
	for (size_t i = 4; i-- > 0; )
		at = at << 8 | all[IAP_H_DETAILS + i];
	ck_assert(at && at < size);
	all[at - 1] ^= 1;
	f = fopen(to, "wb");
	ck_assert(f && fwrite(all, 1, size, f) == size && !fclose(f));
}

START_TEST(host_with_a_bad_file_has_the_builtin_registry)
{
	at_path = "/dev/null/no-file";
	ck_assert_int_eq(chosen(-1), 3);
	at_path = other;        /* older */
	ck_assert_int_eq(chosen(1000), 2);
	at_path = whole;        /* larger than its head says, or than 4 GiB */
	stated_size = 4096;
	ck_assert_int_eq(chosen(1000), 2);
	stated_size = (off_t)1 << 33;
	ck_assert_int_eq(chosen(1000), 2);
	at_path = "large";      /* as its head says, and 2 GiB */
	stated_size = (off_t)1 << 31;
	write_large(LARGE, 1u << 31);
	ck_assert_int_eq(chosen(1000), 2);
	ck_assert_int_eq(remove(at_path), 0);
	stated_size = 0;
	at_path = "damaged";
	copy_damaged(whole, at_path);
	ck_assert_int_eq(chosen(1000), 2);
	ck_assert_int_eq(remove(at_path), 0);
}
END_TEST

int
main(int argc, char **argv)
{
	const TTest *const tests[] = {
		a_registry_from_a_file, the_hosts_registry,
		the_hosts_registry_is_roots_alone,
		the_hosts_registry_may_be_refused,
		a_registry_may_be_descriptor_0,
		interrupted_reads_go_on, a_large_file_is_read_in_parts,
		a_file_that_is_cut_is_refused,
		host_with_a_failure_has_the_builtin_registry,
		host_without_memory_or_descriptor_is_asked_again,
		host_that_is_loaded_twice_is_kept_once,
		shim_has_room_for_any_entry,
		host_with_a_bad_file_has_the_builtin_registry,
	};

	if (argc != 4)
		return EXIT_FAILURE;
	whole = argv[1];
	other = argv[2];
	longer = argv[3];
	return run_tests("failures", tests, LENGTH(tests));
}
