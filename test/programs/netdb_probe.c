/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/*
 * usage: netdb_probe [THREADS] <SCRIPT
 *
 * A program that knows nothing of libianaport: it calls libc by its own names
 * and writes the answers, whoever gives them. A line of the script is a word of
 * commands[] and its arguments, with tabs between, "-" for NULL. So many
 * threads answer the whole script, all at once; one by one they are written.
 *
 * With PROBE_EARLY in the environment all that happens before main().
 */

#define _GNU_SOURCE             /* RTLD_DEFAULT */
#include <arpa/inet.h>
#include <dlfcn.h>
#include <errno.h>
#include <netdb.h>
#include <pthread.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define MOST_WORDS 8
#define MOST_THREADS 16
#define LARGEST 4096
#define ROOM (1 << 20)          /* for answers, where no more can be had */

/* A thread that answers the script, and what it has set for the _r calls. */
struct session {
	FILE *out;
	char *text;
	size_t length;
	size_t size;            /* of the buffer */
	int stale;              /* errno before the call */
	int confined;           /* no system call but read, write and exit */
};

static void
check(int ok, const char *what)
{
	if (ok)
		return;
	perror(what);
	_exit(1);
}

static const char *
null_or(const char *word)
{
	return strcmp(word, "-") ? word : NULL;
}

static int
network(const char *port)
{
	return htons((uint16_t)atoi(port));
}

/* ---- Entries ------------------------------------------------------------- */

static void
write_entry(struct session *s, const struct servent *e)
{
	const char *comma = "";

	if (!e) {
		fputs("-\n", s->out);
		return;
	}
	fprintf(s->out, "%s|%d|%s|", e->s_name, ntohs((uint16_t)e->s_port),
		e->s_proto);
	for (char **alias = e->s_aliases; *alias; alias++, comma = ",")
		fprintf(s->out, "%s%s", comma, *alias);
	fputc('\n', s->out);
}

static void
write_result(struct session *s, int error, const struct servent *e)
{
	if (error)
		fprintf(s->out, "error %d\n", error);
	else
		write_entry(s, e);
}

static void
by_name(struct session *s, char **word)
{
	write_entry(s, getservbyname(null_or(word[0]), null_or(word[1])));
}

static void
by_port(struct session *s, char **word)
{
	write_entry(s, getservbyport(network(word[0]), null_or(word[1])));
}

static void
by_name_r(struct session *s, char **word)
{
	struct servent entry, *result;
	char buf[LARGEST];

	errno = s->stale;
	int error = getservbyname_r(null_or(word[0]), null_or(word[1]), &entry,
				    buf, s->size, &result);

	write_result(s, error, result);
}

static void
by_port_r(struct session *s, char **word)
{
	struct servent entry, *result;
	char buf[LARGEST];

	errno = s->stale;
	int error = getservbyport_r(network(word[0]), null_or(word[1]), &entry,
				    buf, s->size, &result);

	write_result(s, error, result);
}

/* musl has none to link with. A shim brings it. */
static int
next_r(struct session *s)
{
	typedef int call(struct servent *, char *, size_t, struct servent **);
	call *ask = __extension__ (call *)dlsym(RTLD_DEFAULT, "getservent_r");
	struct servent entry, *result;
	char buf[LARGEST];
	int error = ask ? ask(&entry, buf, s->size, &result) : ENOSYS;

	write_result(s, error, error ? NULL : result);
	return !error;
}

static void
one_next_r(struct session *s, char **word)
{
	(void)word;
	next_r(s);
}

static void
all_next_r(struct session *s, char **word)
{
	(void)word;
	while (next_r(s))
		;
}

static void
one_next(struct session *s, char **word)
{
	(void)word;
	write_entry(s, getservent());
}

static void
all_next(struct session *s, char **word)
{
	const struct servent *e;

	(void)word;
	do
		write_entry(s, e = getservent());
	while (e);
}

static void
set_entries(struct session *s, char **word)
{
	(void)s;
	(void)word;
	setservent(0);
}

static void
end_entries(struct session *s, char **word)
{
	(void)s;
	(void)word;
	endservent();
}

/* ---- Addresses ----------------------------------------------------------- */

static void
write_address(struct session *s, const struct addrinfo *ai)
{
	char host[INET6_ADDRSTRLEN] = "?";
	const void *address = ai->ai_addr;
	const struct sockaddr_in *in = address;
	const struct sockaddr_in6 *in6 = address;

	inet_ntop(ai->ai_family, ai->ai_family == AF_INET6
		  ? (const void *)&in6->sin6_addr : &in->sin_addr,
		  host, sizeof host);
	fprintf(s->out, "%s#%d/%d/%d ", host, ntohs(in->sin_port),
		ai->ai_socktype, ai->ai_protocol);
}

/* HOST SERVICE [FAMILY SOCKTYPE PROTOCOL FLAGS] */
static void
addresses(struct session *s, char **word)
{
	struct addrinfo hints = { 0 }, *list;

	hints.ai_family = atoi(word[2]);
	hints.ai_socktype = atoi(word[3]);
	hints.ai_protocol = atoi(word[4]);
	hints.ai_flags = atoi(word[5]);

	int error = getaddrinfo(null_or(word[0]), null_or(word[1]),
				null_or(word[2]) ? &hints : NULL, &list);

	if (error) {
		fprintf(s->out, "EAI %d\n", error);
		return;
	}
	/* musl gives a name even if not asked. */
	if (hints.ai_flags & AI_CANONNAME)
		fprintf(s->out, "%s: ", list->ai_canonname);
	for (const struct addrinfo *ai = list; ai; ai = ai->ai_next)
		write_address(s, ai);
	fputc('\n', s->out);
	freeaddrinfo(list);
}

/* PORT FLAGS [SIZE] */
static void
names(struct session *s, char **word)
{
	struct sockaddr_in in = { 0 };
	char host[64], serv[64] = "";
	int size = null_or(word[2]) ? atoi(word[2]) : (int)sizeof serv;

	in.sin_family = AF_INET;
	in.sin_port = (in_port_t)network(word[0]);
	in.sin_addr.s_addr = htonl(INADDR_LOOPBACK);

	const void *address = &in;
	int error = getnameinfo(address, sizeof in, host, sizeof host, serv,
				(socklen_t)size,
				atoi(word[1]) | NI_NUMERICHOST);

	if (error)
		fprintf(s->out, "EAI %d\n", error);
	else
		fprintf(s->out, "%s %s\n", host, serv);
}

/* ---- Circumstances ------------------------------------------------------- */

static void
set_size(struct session *s, char **word)
{
	s->size = (size_t)atoi(word[0]);
}

static void
set_stale(struct session *s, char **word)
{
	s->stale = atoi(word[0]);
}

static void
enter_root(struct session *s, char **word)
{
	(void)s;
	check(!chroot(word[0]) && !chdir("/"), word[0]);
}

/* That many, or none. */
static void
limit_files(struct session *s, char **word)
{
	struct rlimit limit;

	(void)s;
	check(!getrlimit(RLIMIT_NOFILE, &limit), "RLIMIT_NOFILE");
	limit.rlim_cur = (rlim_t)atoi(word[0]);
	check(!setrlimit(RLIMIT_NOFILE, &limit), "RLIMIT_NOFILE");
}

static void *
look_up_cancelled(void *name)
{
	pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, NULL);
	pthread_cancel(pthread_self());
	pthread_setcancelstate(PTHREAD_CANCEL_ENABLE, NULL);
	getservbyname(name, NULL);
	return name;
}

/* A thread that is to end at the next cancellation point: NAME SOURCES. glibc
 * is told of the sources, because reading nsswitch.conf is such a point. */
static void
cancel_thread(struct session *s, char **word)
{
	typedef int call(const char *, const char *);
	call *configure = __extension__ (call *)dlsym(RTLD_DEFAULT,
						      "__nss_configure_lookup");
	pthread_t thread;
	void *result = NULL;

	check(configure && !configure("services", word[1]), word[1]);
	check(!pthread_create(&thread, NULL, look_up_cancelled, word[0])
	      && !pthread_join(thread, &result), "thread");
	fputs(result == PTHREAD_CANCELED ? "cancelled\n" : "not cancelled\n",
	      s->out);
}

static void
fail_to_load(struct session *s, char **word)
{
	(void)s;
	check(!dlopen(word[0], RTLD_NOW), word[0]);
}

static void
write_dlerror(struct session *s, char **word)
{
	(void)word;
	fputs(dlerror() ? "failed\n" : "-\n", s->out);
}

/* The answers need no memory from here on. */
static void
make_room(struct session *s)
{
	long at = ftell(s->out);

	check(at >= 0 && !fseek(s->out, ROOM, SEEK_CUR) &&
	      fputc('\0', s->out) == 0 && !fflush(s->out) &&
	      !fseek(s->out, at, SEEK_SET), "room");
}

static void
no_memory(struct session *s, char **word)
{
	const struct rlimit none = { 0, 0 };

	(void)word;
	make_room(s);
	check(!setrlimit(RLIMIT_AS, &none), "RLIMIT_AS");
}

/* "kill", or what errno another system call than these three gives. The filter
 * is written by hand: musl-gcc has no <linux/filter.h>. */
static void
confine(struct session *s, char **word)
{
	enum { LOAD = 0x20, EQUAL = 0x15, RETURN = 0x06 };
	enum { ALLOW = 0x7fff0000, FAIL = 0x00050000 };
	const uint32_t kill = 0x80000000;
	struct instruction {
		uint16_t code;
		uint8_t yes, no;        /* how many to skip */
		uint32_t operand;
	} program[] = {
		{ LOAD, 0, 0, 0 },      /* the number of the system call */
		{ EQUAL, 4, 0, SYS_read }, { EQUAL, 3, 0, SYS_write },
		{ EQUAL, 2, 0, SYS_exit }, { EQUAL, 1, 0, SYS_exit_group },
		{ RETURN, 0, 0, strcmp(word[0], "kill")
				? FAIL | (uint32_t)atoi(word[0]) : kill },
		{ RETURN, 0, 0, ALLOW }
	};
	struct {
		unsigned short length;
		struct instruction *program;
	} filter = { sizeof program / sizeof *program, program };
	enum { MODE_FILTER = 2 };

	make_room(s);
	s->confined = 1;
	check(!prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) &&
	      !prctl(PR_SET_SECCOMP, MODE_FILTER, &filter), "seccomp");
}

/* From here on both answer: first the child, all of it, then the parent. */
static void
fork_here(struct session *s, char **word)
{
	pid_t child = fork();
	int status = 0;

	(void)s;
	(void)word;
	check(child >= 0, "fork");
	if (!child)
		return;
	check(waitpid(child, &status, 0) == child, "waitpid");
	if (status)
		fprintf(s->out, "child: status %d\n", status);
}

static void
which_libc(struct session *s, char **word)
{
	(void)word;
#ifdef __GLIBC__
	fputs("glibc\n", s->out);
#else
	fputs("musl\n", s->out);
#endif
}

/* ---- The script ---------------------------------------------------------- */

static const struct {
	const char *word;
	void (*run)(struct session *, char **arguments);
} commands[] = {
	{ "name", by_name }, { "name_r", by_name_r },
	{ "port", by_port }, { "port_r", by_port_r },
	{ "next", one_next }, { "next_r", one_next_r },
	{ "all", all_next }, { "all_r", all_next_r },
	{ "set", set_entries }, { "end", end_entries },
	{ "addresses", addresses }, { "names", names },
	{ "size", set_size }, { "errno", set_stale },
	{ "chroot", enter_root }, { "nofile", limit_files },
	{ "fork", fork_here }, { "cancelled", cancel_thread },
	{ "dlopen", fail_to_load }, { "dlerror", write_dlerror },
	{ "nomemory", no_memory }, { "seccomp", confine },
	{ "libc", which_libc }
};
#define COMMANDS (sizeof commands / sizeof *commands)

static char **script;
static pthread_barrier_t start;

static void
answer(struct session *s, const char *line)
{
	char copy[LARGEST], *rest = copy, *word[MOST_WORDS];
	static char none[] = "-";
	size_t i = 0;

	snprintf(copy, sizeof copy, "%s", line);
	for (size_t n = 0; n < MOST_WORDS; n++) {
		char *next = strsep(&rest, "\t");
		word[n] = next ? next : none;
	}
	while (i < COMMANDS && strcmp(commands[i].word, word[0]))
		i++;
	errno = EINVAL;
	check(i < COMMANDS, line);
	commands[i].run(s, word + 1);
}

/* stdio would ask the system about its file first. */
static void
write_and_exit(struct session *s)
{
	size_t done = 0;
	ssize_t n = 1;

	if (fflush(s->out))
		_exit(1);
	for (; done < s->length && n > 0; done += (size_t)n)
		n = write(STDOUT_FILENO, s->text + done, s->length - done);
	_exit(n <= 0);
}

static void *
answer_all(void *session)
{
	struct session *s = session;

	s->size = LARGEST;
	s->stale = 0;
	s->out = open_memstream(&s->text, &s->length);
	check(s->out != NULL, "open_memstream");
	pthread_barrier_wait(&start);
	for (char **line = script; *line; line++)
		answer(s, *line);
	if (s->confined)
		write_and_exit(s);
	fclose(s->out);
	return NULL;
}

static void
read_script(void)
{
	char line[LARGEST];
	size_t n = 0;

	for (;;) {
		script = realloc(script, (n + 1) * sizeof *script);
		check(script != NULL, "script");
		script[n] = NULL;
		if (!fgets(line, sizeof line, stdin))
			return;
		line[strcspn(line, "\n")] = '\0';
		script[n++] = strdup(line);
	}
}

static void
run(unsigned threads)
{
	static struct session session[MOST_THREADS];
	pthread_t thread[MOST_THREADS];

	read_script();
	check(threads && threads <= MOST_THREADS
	      && !pthread_barrier_init(&start, NULL, threads), "threads");
	for (unsigned i = 1; i < threads; i++)
		check(!pthread_create(&thread[i], NULL, answer_all,
				      &session[i]), "thread");
	answer_all(&session[0]);
	for (unsigned i = 0; i < threads; i++) {
		if (i)
			pthread_join(thread[i], NULL);
		fwrite(session[i].text, 1, session[i].length, stdout);
	}
	check(!fflush(stdout), "output");
}

static void __attribute__((constructor))
run_early(void)
{
	if (!getenv("PROBE_EARLY"))
		return;
	run(1);
	_exit(0);
}

int
main(int argc, char **argv)
{
	run(argc > 1 ? (unsigned)atoi(argv[1]) : 1);
	return 0;
}
