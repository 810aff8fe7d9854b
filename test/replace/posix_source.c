/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* Strict C99 that asks for POSIX's calls. With a header in front of that,
 * struct addrinfo has no members. */

#define _POSIX_C_SOURCE 200112L
#include <arpa/inet.h>
#include <netdb.h>
#include <stdio.h>
#include <sys/socket.h>

int
main(void)
{
	struct addrinfo hints = { .ai_socktype = SOCK_STREAM }, *list;

	if (getaddrinfo("192.0.2.1", "raid-am", &hints, &list))
		return 1;
	printf("PORT %d\n",
	       ntohs(((struct sockaddr_in *)(void *)list->ai_addr)->sin_port));
	freeaddrinfo(list);
	return 0;
}
