/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* Logs from which port to which each connection goes, until SIGTERM. On
 * loopback, in several threads. */

/* cc daemon.c $(pkg-config --cflags --libs ianaport) -pthread */
#include <ianaport.h>

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#define THREADS 4

static int listener;
static in_port_t local;         /* its port, in network byte order */
static int stop[2];             /* a pipe; closed, it wakes every thread */

static void
fail(const char *what)
{
	perror(what);
	exit(EXIT_FAILURE);
}

/* setting: what a user wrote, such as "radan-http", "8088" or "0" */
static int
choose_port(const char *setting)
{
	int proto = IPPROTO_TCP, port = iana_resolve(NULL, setting, &proto);

	if (port >= 0)
		return port;
	fprintf(stderr, "%s: no such tcp service or port\n", setting);
	exit(EXIT_FAILURE);
}

/* Like "8088 (radan-http, User Ports, assigned)" */
static void
describe(in_port_t network_port, char *text, size_t size)
{
	/* This thread's own, until it calls iana_getservbyport() again. */
	struct servent *entry = iana_getservbyport(network_port, "tcp");
	int port = ntohs(network_port);

	snprintf(text, size, "%d (%s, %s, %s)", port,
		 entry ? entry->s_name : "-",
		 iana_range_name(iana_port_range(port)),
		 iana_status_name(iana_port_status(NULL, port, IPPROTO_TCP)));
}

static void
serve(int client, const struct sockaddr_in *peer)
{
	char host[INET_ADDRSTRLEN], from[64], to[64], line[256];

	inet_ntop(AF_INET, &peer->sin_addr, host, sizeof host);
	describe(peer->sin_port, from, sizeof from);
	describe(local, to, sizeof to);

	int length = snprintf(line, sizeof line, "%s port %s to port %s\n",
			      host, from, to);

	/* In one write, so that no other thread's line comes in between. */
	if (write(STDOUT_FILENO, line, (size_t)length) != length)
		fail("log");
	close(client);
}

static void *
work(void *unused)
{
	struct pollfd ready[] = { { listener, POLLIN, 0 },
				  { stop[0], POLLIN, 0 } };

	for (;;) {
		struct sockaddr_in peer;
		socklen_t size = sizeof peer;
		if (poll(ready, 2, -1) < 0)
			fail("poll");
		if (ready[1].revents)
			return unused;
		int client = accept(listener, (struct sockaddr *)&peer, &size);
		if (client >= 0)
			serve(client, &peer);
		else if (errno != EAGAIN && errno != ECONNABORTED)
			fail("accept");
	}
}

static void
listen_on(int port)
{
	struct sockaddr_in in = { .sin_family = AF_INET };
	struct sockaddr *address = (struct sockaddr *)&in;
	socklen_t size = sizeof in;
	int on = 1;
	char name[16];          /* enough for any registered name */

	in.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	in.sin_port = htons((uint16_t)port);
	iana_format_port(NULL, port, IPPROTO_TCP, name, sizeof name);
	listener = socket(AF_INET, SOCK_STREAM, 0);
	if (listener < 0 || fcntl(listener, F_SETFL, O_NONBLOCK)
	    || setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on)
	    || bind(listener, address, size) || listen(listener, SOMAXCONN)
	    || getsockname(listener, address, &size))
		fail(name);
	local = in.sin_port;
}

int
main(int argc, char **argv)
{
	pthread_t thread[THREADS];
	sigset_t ends;
	int signal;
	char port[64];

	if (argc != 2)
		return fprintf(stderr, "usage: %s PORT\n", argv[0]), 2;
	listen_on(choose_port(argv[1]));
	sigemptyset(&ends);
	sigaddset(&ends, SIGTERM);
	pthread_sigmask(SIG_BLOCK, &ends, NULL);        /* in all threads */
	if (pipe(stop))
		fail("pipe");
	describe(local, port, sizeof port);
	if (printf("listening on port %s\n", port) < 0 || fflush(stdout))
		fail("log");
	for (int i = 0; i < THREADS; i++)
		if ((errno = pthread_create(&thread[i], NULL, work, NULL)))
			fail("thread");

	sigwait(&ends, &signal);
	close(stop[1]);
	for (int i = 0; i < THREADS; i++)
		pthread_join(thread[i], NULL);
	return 0;
}
