// SPDX-License-Identifier: MIT
// SPDX-FileCopyrightText: The libianaport authors

// The same in C++, by an address.

#include "config.h"

#include <arpa/inet.h>
#include <cstdio>
#include <netdb.h>
#include <sys/socket.h>

int
main()
{
	int port = -1;
#ifdef HAVE_GETADDRINFO
	addrinfo *list;

	if (!::getaddrinfo("192.0.2.1", "raid-am", nullptr, &list)) {
		port = ntohs(((sockaddr_in *)list->ai_addr)->sin_port);
		freeaddrinfo(list);
	}
#endif
	std::printf("PORT %d\n", port);
}
