/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* usage: system REGISTRY
 * What a system can do in its own way: the port of an entry, storage of each
 * thread, files in binary, and getaddrinfo(). For any system that has sockets;
 * it is built where Check is not. */

#define _DEFAULT_SOURCE         /* for the program itself, with -std=c99 */
#include "ianaport-netdb.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#if defined _WIN32
#  include <windows.h>
#else
#  include <arpa/inet.h>
#  include <netinet/in.h>
#  include <pthread.h>
#  include <unistd.h>
#endif

#define CHECK(holds) check(holds, #holds, __LINE__)

static void
check(int holds, const char *text, int line)
{
	if (holds)
		return;
	printf("line %d: not so: %s\n", line, text);
	exit(1);
}

static int
is_on(int port, const char *name)
{
	struct servent *found = iana_getservbyport(port, "tcp");

	return found ? !strcmp(found->s_name, name) : !name[0];
}

/* htons(443) is 0xbb01 or 0x01bb, and in a short that is below zero or not. */
static void
check_ports(void)
{
	struct servent entry, *found;
	char buf[1024];
	int is_short = sizeof entry.s_port == sizeof(short);

	CHECK(!iana_getservbyname_r("https", "tcp", &entry, buf, sizeof buf,
				    &found) && found == &entry);
	CHECK(is_on(entry.s_port, "https"));
	CHECK(is_on(htons(443), "https"));
	CHECK(is_on((short)htons(443), is_short || htons(443) == 443
		    ? "https" : ""));
	CHECK(is_on(htons(443) | 0x10000, ""));
	CHECK(is_on(htons(443) - 0x20000, ""));
	CHECK(is_on(0, ""));
	CHECK((uint16_t)entry.s_port == htons(443));
}

static struct servent *of_other_thread;

#if defined _WIN32
static DWORD WINAPI
#else
static void *
#endif
run_thread(void *unused)
{
	(void)unused;
	of_other_thread = iana_getservbyname("ssh", "tcp");
	CHECK(of_other_thread && !strcmp(of_other_thread->s_name, "ssh"));
	CHECK(of_other_thread == iana_getservbyname("smtp", "tcp"));
	return 0;
}

static void
check_threads(void)
{
	struct servent *mine = iana_getservbyname("http", "tcp");
	struct servent *by_port = iana_getservbyport(htons(53), "udp");
	struct servent *next = iana_getservent();

#if defined _WIN32
	HANDLE thread = CreateThread(NULL, 0, run_thread, NULL, 0, NULL);

	CHECK(thread && !WaitForSingleObject(thread, INFINITE));
	CloseHandle(thread);
#else
	pthread_t thread;

	CHECK(!pthread_create(&thread, NULL, run_thread, NULL));
	CHECK(!pthread_join(thread, NULL));
#endif
	CHECK(mine && of_other_thread != mine && !strcmp(mine->s_name, "http"));
	CHECK(by_port && !strcmp(by_port->s_name, "domain"));
	CHECK(next && !strcmp(next->s_name, "tcpmux"));
	CHECK(mine == iana_getservbyname("https", "tcp"));
}

static void
check_enumeration(void)
{
	struct servent *entry;
	long n = 0, ports = 0;

	iana_setservent(1);
	while ((entry = iana_getservent())) {
		n++;
		ports += ntohs((uint16_t)entry->s_port);
	}
	iana_endservent();
	printf("%ld entries, sum of ports %ld\n", n, ports);
	CHECK(iana_getservent() != NULL);
}

static void
check_files(const char *path)
{
	struct iana_registry *reg;
	int error = iana_registry_open(path, &reg);

	if (error)
		printf("%s: %s\n", path, iana_strerror(error));
	CHECK(!error && iana_port_of(reg, "https", IPPROTO_TCP) == 443);
	iana_registry_close(reg);
	CHECK(iana_registry_open("no/such/file", &reg) == IANA_E_SYSTEM
	      && errno == ENOENT && !reg);
	CHECK(iana_registry_open(".", &reg) && !reg);
	error = iana_registry_open_system(&reg);
	printf("the host's: %s\n", iana_strerror(error));
#if defined _WIN32
	CHECK(error == IANA_E_SYSTEM && errno == ENOSYS && !reg);
#endif
}

static void
check_addresses(void)
{
	struct addrinfo hints, *list = NULL;
	struct sockaddr_in in;
	char host[64], name[16];

	memset(&hints, 0, sizeof hints);
	hints.ai_flags = AI_NUMERICHOST;
	CHECK(!iana_getaddrinfo("192.0.2.1", "telnet", &hints, &list));
	CHECK(list->ai_socktype == SOCK_STREAM
	      && list->ai_protocol == IPPROTO_TCP);
	memcpy(&in, list->ai_addr, sizeof in);
	CHECK(in.sin_family == AF_INET && in.sin_port == htons(23));
	CHECK(!iana_getnameinfo(list->ai_addr, (socklen_t)list->ai_addrlen,
				host, sizeof host, name, sizeof name,
				NI_NUMERICHOST));
	CHECK(!strcmp(host, "192.0.2.1") && !strcmp(name, "telnet"));
	CHECK(iana_getnameinfo(list->ai_addr, (socklen_t)list->ai_addrlen,
			       host, sizeof host, name, 3, NI_NUMERICHOST));
	freeaddrinfo(list);
	hints.ai_socktype = SOCK_DGRAM;
	CHECK(iana_getaddrinfo("192.0.2.1", "imap", &hints, &list)
	      == EAI_SERVICE);
	CHECK(!iana_getaddrinfo("192.0.2.1", "443", &hints, &list));
	freeaddrinfo(list);
}

int
main(int argc, char **argv)
{
#if defined _WIN32
	WSADATA data;

	CHECK(!WSAStartup(MAKEWORD(2, 2), &data));
#endif
	CHECK(argc == 2);
	check_ports();
	check_threads();
	check_enumeration();
	check_files(argv[1]);
	check_addresses();
	puts("as it should be");
#if defined __dietlibc__        /* 0.34: exit() behind a thread may crash */
	fflush(stdout);
	_exit(0);
#endif
	return 0;
}
