/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* getnameinfo() over glibc: what needs no services file. */

#include "check_addrinfo.h"

#include <sys/un.h>

typedef int
getnameinfo_call(const struct sockaddr *sa, socklen_t salen,
		 char *host, socklen_t hostlen,
		 char *serv, socklen_t servlen, int flags);

static struct sockaddr_in
ipv4(int port)
{
	return (struct sockaddr_in){
		.sin_family = AF_INET,
		.sin_port = htons((uint16_t)port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK)
	};
}

static struct sockaddr_in6
ipv6(int port)
{
	return (struct sockaddr_in6){
		.sin6_family = AF_INET6,
		.sin6_port = htons((uint16_t)port),
		.sin6_addr = in6addr_loopback
	};
}

START_TEST(nameinfo_of_port_is_first_service)
{
	static const struct {
		int port, flags;
		const char *answer;
	} rows[] = {
		{ 443, 0, "https" }, { 443, NI_DGRAM, "https" },
		{ 80, 0, "http" }, { 80, NI_DGRAM, "http" },
		{ 512, 0, "exec" }, { 512, NI_DGRAM, "biff" },
		{ 514, 0, "shell" }, { 514, NI_DGRAM, "syslog" },
		{ 2007, NI_DGRAM, "raid-am" }, { 2013, 0, "raid-am" },
		{ 465, 0, "submissions" }, { 2049, NI_DGRAM, "nfs" },
		{ 783, 0, "spamd" }, { 783, NI_DGRAM, "783" },
		{ 6010, 0, "x11" }, { 1088, 0, "cplscrambler-al" },
		{ 443, NI_NUMERICSERV, "443" },
		{ 443, NI_NUMERICSERV | NI_DGRAM, "443" },
		{ 65535, NI_NUMERICSERV, "65535" },
		/* without a name, or for sctp, dccp or no protocol only */
		{ 0, 0, "0" }, { 0, NI_DGRAM, "0" }, { 4, 0, "4" },
		{ 50000, 0, "50000" }, { 65535, NI_DGRAM, "65535" },
		{ 3097, 0, "3097" }, { 3097, NI_DGRAM, "3097" },
		{ 6400, 0, "6400" }
	};
	char host[INET6_ADDRSTRLEN], serv[16];

	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct sockaddr_in in = ipv4(rows[i].port);
		struct sockaddr_in6 in6 = ipv6(rows[i].port);
		int flags = rows[i].flags | NI_NUMERICHOST;

		ck_assert_int_eq(iana_getnameinfo((void *)&in, sizeof in,
						  host, sizeof host, serv,
						  sizeof serv, flags), 0);
		ck_assert_str_eq(host, "127.0.0.1");
		ck_assert_str_eq(serv, rows[i].answer);
		ck_assert_int_eq(iana_getnameinfo((void *)&in6, sizeof in6,
						  host, sizeof host, serv,
						  sizeof serv, flags), 0);
		ck_assert_str_eq(host, "::1");
		ck_assert_str_eq(serv, rows[i].answer);
	}
}
END_TEST

#define GUARD 32
#define POISON '\x5a'

static int
is_poison(const char *from, const char *to)
{
	while (from < to && *from == POISON)
		from++;
	return from == to;
}

/* A buffer of every size, with nothing written around it. */
static void
assert_every_size(int port, int flags, const char *answer)
{
	struct sockaddr_in in = ipv4(port);
	char arena[GUARD + 32 + GUARD], *serv = arena + GUARD, host[16];
	const size_t needed = strlen(answer) + 1;

	for (size_t size = 1; size <= 32; size++) {
		memset(arena, POISON, sizeof arena);
		int error = iana_getnameinfo((void *)&in, sizeof in, host,
					     sizeof host, serv,
					     (socklen_t)size,
					     flags | NI_NUMERICHOST);

		ck_assert_int_eq(error, size < needed ? EAI_OVERFLOW : 0);
		ck_assert(error || !strcmp(serv, answer));
		ck_assert(is_poison(arena, serv));
		ck_assert(is_poison(serv + size, arena + sizeof arena));
	}
}

START_TEST(nameinfo_of_every_size_stays_inside)
{
	assert_every_size(443, 0, "https");
	assert_every_size(443, NI_DGRAM, "https");
	assert_every_size(1088, 0, "cplscrambler-al");
	assert_every_size(443, NI_NUMERICSERV, "443");
	assert_every_size(50000, 0, "50000");
	assert_every_size(4, 0, "4");
}
END_TEST

/* Error, host, and whether there is a service are as with libc, which may have
 * another name for that. Only so much of the address is there. */
static void
assert_as_libc(const void *sa, size_t salen, socklen_t hostlen,
	       socklen_t servlen, int flags)
{
	char host[2][64], serv[2][64];
	void *exact = sa ? memcpy(malloc(salen), sa, salen) : NULL;
	int error[2];

	memset(host, POISON, sizeof host);
	memset(serv, POISON, sizeof serv);
	for (int ours = 0; ours < 2; ours++) {
		getnameinfo_call *call = ours ? iana_getnameinfo : getnameinfo;

		error[ours] = call(exact, (socklen_t)salen, host[ours], hostlen,
				   serv[ours], servlen, flags);
	}
	ck_assert_str_eq(error_text(error[1]), error_text(error[0]));
	ck_assert(!memcmp(host[1], host[0], sizeof host[0]));
	ck_assert_int_eq(serv[1][0] == POISON, serv[0][0] == POISON);
	free(exact);
}

START_TEST(nameinfo_of_bad_address_is_as_with_libc)
{
	struct sockaddr_in in = ipv4(443), other = in;
	struct sockaddr_in6 in6 = ipv6(443);
	const struct sockaddr_un un = { AF_UNIX, "/a/path" };

	other.sin_family = 99;
	assert_as_libc(NULL, sizeof in, 64, 64, NI_NUMERICHOST);
	for (size_t size = 0; size <= sizeof in; size++) {
		assert_as_libc(&in, size, 64, 64, NI_NUMERICHOST);
		assert_as_libc(&other, size, 64, 64, NI_NUMERICHOST);
	}
	for (size_t size = 0; size <= sizeof in6; size++)
		assert_as_libc(&in6, size, 64, 64, NI_NUMERICHOST);
	for (size_t size = 0; size <= sizeof un; size++)
		assert_as_libc(&un, size, 64, 64, NI_NUMERICHOST);
	assert_as_libc(&in, sizeof in, 64, 64, 0x4000);
}
END_TEST

START_TEST(nameinfo_of_one_part_is_as_with_libc)
{
	static const int flags[] = { NI_NUMERICHOST, NI_NUMERICSERV,
				     NI_NAMEREQD, NI_NAMEREQD | NI_NUMERICHOST,
				     NI_DGRAM | NI_NUMERICHOST };
	struct sockaddr_in in = ipv4(443);

	for (size_t i = 0; i < LENGTH(flags); i++) {
		assert_as_libc(&in, sizeof in, 0, 64, flags[i]);
		assert_as_libc(&in, sizeof in, 64, 0, flags[i]);
		assert_as_libc(&in, sizeof in, 0, 0, flags[i]);
		assert_as_libc(&in, sizeof in, 64, 64, flags[i]);
		assert_as_libc(&in, sizeof in, 5, 64, flags[i]);
	}
}
END_TEST

START_TEST(nameinfo_without_buffer_is_part_not_asked_for)
{
	struct sockaddr_in in = ipv4(443);
	char name[16];

	ck_assert_int_eq(iana_getnameinfo((void *)&in, sizeof in, NULL, 16,
					  name, sizeof name, NI_NAMEREQD), 0);
	ck_assert_str_eq(name, "https");
	ck_assert_int_eq(iana_getnameinfo((void *)&in, sizeof in,
					  name, sizeof name, NULL, 16,
					  NI_NUMERICHOST), 0);
	ck_assert_str_eq(name, "127.0.0.1");
	ck_assert_int_eq(iana_getnameinfo((void *)&in, sizeof in, NULL, 16,
					  NULL, 16, 0), 0);
	ck_assert_int_eq(iana_getnameinfo((void *)&in, sizeof in, NULL, 16,
					  NULL, 16, NI_NAMEREQD), EAI_NONAME);
}
END_TEST

int
main(void)
{
	const TTest *const tests[] = {
		nameinfo_of_port_is_first_service,
		nameinfo_of_every_size_stays_inside,
		nameinfo_of_bad_address_is_as_with_libc,
		nameinfo_of_one_part_is_as_with_libc,
		nameinfo_without_buffer_is_part_not_asked_for,
	};

	return run_tests("nameinfo", tests, LENGTH(tests));
}
