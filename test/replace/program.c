/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/*
 * A program that knows nothing of this library, in C and C++: it calls libc for
 * services and addresses, by name and by pointer. check_calls.py compiles it
 * with what ianaport-replace.pc says.
 */

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

typedef struct servent *by_name(const char *name, const char *proto);
typedef int to_list(const char *host, const char *service,
		    const struct addrinfo *hints, struct addrinfo **res);

static by_name *const name_call = getservbyname;
static to_list *const list_call = &getaddrinfo;

static void
put_entry(const struct servent *entry)
{
	if (entry)
		printf(" %s %d/%s", entry->s_name, ntohs((in_port_t)
							 entry->s_port),
		       entry->s_proto);
}

static void
put_list(const char *service, int socktype)
{
	struct addrinfo hints, *list;

	memset(&hints, 0, sizeof hints);
	hints.ai_socktype = socktype;
	if (list_call("192.0.2.1", service, &hints, &list))
		return;
	for (struct addrinfo *ai = list; ai; ai = ai->ai_next)
		printf(" %d", ai->ai_protocol);
	freeaddrinfo(list);
}

static void
put_reentrant(void)
{
	struct servent entry, *found;
	char buf[1024];

	getservbyname_r("raid-am", "udp", &entry, buf, sizeof buf, &found);
	put_entry(found);
	getservbyport_r(htons(2007), "udp", &entry, buf, sizeof buf, &found);
	put_entry(found);
#ifdef __GLIBC__                /* musl has no such call */
	getservent_r(&entry, buf, sizeof buf, &found);
	put_entry(found);
#endif
}

int
main(void)
{
	struct sockaddr_in address;
	char name[32] = "";

	put_entry(name_call("raid-am", "tcp"));
	put_entry(getservbyport(htons(2013), "tcp"));
	setservent(1);
	put_entry(getservent());
	endservent();
	put_reentrant();
	put_list("discard", 0);
	put_list("imap", 0);
	put_list("itu-bicc-stc", SOCK_SEQPACKET);
	memset(&address, 0, sizeof address);
	address.sin_family = AF_INET;
	address.sin_port = htons(2013);
	getnameinfo((const struct sockaddr *)&address, sizeof address, NULL, 0,
		    name, sizeof name, 0);
	printf(" %s\n", name);
	return 0;
}
