/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/*
 * The first look-up of a process through the NSS module, in many threads at
 * once: one registry is chosen, for all of them. A file of ours is the host's
 * registry.
 *
 * usage: check_first WHOLE: the blob of what is built in.
 */

#include "check_main.h"
#include "load/system.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netdb.h>
#include <nss.h>
#include <pthread.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define THREADS 16
#define TURNS 40

static const char *whole;
static pthread_barrier_t start;

/* Instead of the library's, which ask for root's file. */
int
iap_open_system(uint64_t *size)
{
	int fd = open(whole, O_RDONLY);
	struct stat st;

	*size = fd < 0 || fstat(fd, &st) ? 0 : (uint64_t)st.st_size;
	return fd;
}

int
iap_is_older(const struct iana_registry *reg)
{
	(void)reg;
	return 0;
}

enum nss_status
_nss_ianaport_getservbyname_r(const char *name, const char *proto,
			      struct servent *result_buf, char *buf,
			      size_t buflen, int *errnop);

static void *
look_up_first(void *right)
{
	struct servent entry;
	char buf[256];
	int error;

	pthread_barrier_wait(&start);

	enum nss_status status = _nss_ianaport_getservbyname_r(
		"coap", "udp", &entry, buf, sizeof buf, &error);

	*(int *)right = status == NSS_STATUS_SUCCESS
		&& entry.s_port == htons(5683);
	return (void *)(uintptr_t)iap_system_registry();
}

/* Whether all threads got the same registry, which is that of the host. */
static int
all_chose_one(void)
{
	pthread_t thread[THREADS];
	int right[THREADS], good = 1;
	void *chosen;

	pthread_barrier_init(&start, NULL, THREADS);
	for (int i = 0; i < THREADS; i++)
		pthread_create(&thread[i], NULL, look_up_first, &right[i]);
	for (int i = 0; i < THREADS; i++) {
		pthread_join(thread[i], &chosen);
		good = good && right[i] && chosen
			&& chosen == (const void *)iap_system_registry();
	}
	return good;
}

/* Each process has one first look-up. */
START_TEST(first_lookup_in_threads)
{
	for (int i = 0; i < TURNS; i++) {
		pid_t child = fork();
		int status;
		if (!child)
			exit(all_chose_one() ? EXIT_SUCCESS : 100);
		ck_assert_int_eq(waitpid(child, &status, 0), child);
		ck_assert_int_eq(status, 0);
	}
}
END_TEST

int
main(int argc, char **argv)
{
	const TTest *const tests[] = { first_lookup_in_threads };

	if (argc != 2)
		return EXIT_FAILURE;
	whole = argv[1];
	return run_tests("first", tests, LENGTH(tests));
}
