/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/*
 * usage: addrinfo_ask libc|ours
 *
 * Puts the questions of check_addrinfo.py, one a line of standard input, to
 * getaddrinfo() and getnameinfo(), libc's or ours, and writes all of each
 * answer in a line. Fields stand between tabs, and "~" is NULL:
 *
 *   A host service family socktype protocol flags    (or one "~" of hints)
 *   N address port salen flags hostlen servlen       (of buffers, or "~")
 */

#include "ianaport-netdb.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIELDS 7
#define ROOM 64                 /* the largest buffer asked for */

static int (*ask_addrinfo)(const char *, const char *, const struct addrinfo *,
			   struct addrinfo **);
static int (*ask_nameinfo)(const struct sockaddr *, socklen_t,
			   char *, socklen_t, char *, socklen_t, int);

static const char *
text_of(const char *field)
{
	return strcmp(field, "~") ? field : NULL;
}

/* ---- Addresses of a name ------------------------------------------------- */

static void
put_element(const struct addrinfo *ai)
{
	char host[ROOM] = "?", port[ROOM] = "?";

	getnameinfo(ai->ai_addr, ai->ai_addrlen, host, sizeof host, port,
		    sizeof port, NI_NUMERICHOST | NI_NUMERICSERV);
	printf(" [%d %d %d %s %s size %u flags %#x name %s]", ai->ai_family,
	       ai->ai_socktype, ai->ai_protocol, host, port,
	       (unsigned)ai->ai_addrlen, (unsigned)ai->ai_flags,
	       ai->ai_canonname ? ai->ai_canonname : "~");
}

static void
answer_addrinfo(char **field)
{
	struct addrinfo hints = { 0 }, unset, *list = &unset;
	int has_hints = text_of(field[3]) != NULL;

	if (has_hints) {
		hints.ai_family = atoi(field[3]);
		hints.ai_socktype = atoi(field[4]);
		hints.ai_protocol = atoi(field[5]);
		hints.ai_flags = atoi(field[6]);
	}

	int error = ask_addrinfo(text_of(field[1]), text_of(field[2]),
				 has_hints ? &hints : NULL, &list);

	printf("%d", error);
	if (error) {
		puts(list == &unset ? "" : " and a result");
		return;
	}
	for (const struct addrinfo *ai = list; ai; ai = ai->ai_next)
		put_element(ai);
	puts("");
	freeaddrinfo(list);
}

/* ---- Names of an address ------------------------------------------------- */

/* A socket address of AF_INET, AF_INET6, or AF_UNIX for what is neither. */
static void
make_address(const char *address, const char *port,
	     struct sockaddr_storage *to)
{
	struct sockaddr_in *in = (void *)to;
	struct sockaddr_in6 *in6 = (void *)to;
	in_port_t number = htons((uint16_t)atoi(port));

	memset(to, 0, sizeof *to);
	if (inet_pton(AF_INET, address, &in->sin_addr) == 1) {
		in->sin_family = AF_INET;
		in->sin_port = number;
	} else if (inet_pton(AF_INET6, address, &in6->sin6_addr) == 1) {
		in6->sin6_family = AF_INET6;
		in6->sin6_port = number;
	} else {
		to->ss_family = AF_UNIX;
		strcpy((char *)to + sizeof to->ss_family, address);
	}
}

/* A buffer, and what is around it: a call writes only within. */
static void
put_buffer(const char *buffer)
{
	for (const char *c = buffer; c < buffer + ROOM + 1; c++)
		putchar(*c ? *c : '|');
	putchar(' ');
}

/* Without a buffer it has a size all the same, which nothing may come of. */
static socklen_t
size_of(const char *length)
{
	return length ? (socklen_t)atoi(length) : ROOM;
}

static void
answer_nameinfo(char **field)
{
	struct sockaddr_storage address;
	char host[ROOM + 1], serv[ROOM + 1];
	const char *hostlen = text_of(field[5]), *servlen = text_of(field[6]);

	memset(host, '.', sizeof host);
	memset(serv, '.', sizeof serv);
	make_address(field[1], field[2], &address);
	printf("%d ", ask_nameinfo(text_of(field[1]) ? (void *)&address : NULL,
				   (socklen_t)atoi(field[3]),
				   hostlen ? host : NULL, size_of(hostlen),
				   servlen ? serv : NULL, size_of(servlen),
				   atoi(field[4])));
	put_buffer(host);
	put_buffer(serv);
	puts("");
}

/* ---- Questions ----------------------------------------------------------- */

static void
answer(char *line)
{
	char *field[FIELDS];
	size_t n = 0;

	line[strcspn(line, "\n")] = '\0';
	while (n < FIELDS) {
		field[n++] = line;
		line += strcspn(line, "\t");
		if (*line)
			*line++ = '\0';
	}
	if (*field[0] == 'A')
		answer_addrinfo(field);
	else
		answer_nameinfo(field);
}

int
main(int argc, char **argv)
{
	char line[1024];
	int ours = argc == 2 && !strcmp(argv[1], "ours");

	ask_addrinfo = ours ? iana_getaddrinfo : getaddrinfo;
	ask_nameinfo = ours ? iana_getnameinfo : getnameinfo;
	while (fgets(line, sizeof line, stdin))
		answer(line);
	return 0;
}
