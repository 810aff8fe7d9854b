/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/*
 * The services files: the host's own, and the full registry in its place, in a
 * mount namespace that ends with the process that made it.
 */

#define _GNU_SOURCE
#include "libc.h"

#include "ianaport.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#define FILE_NAME "/etc/services"

/* What a process in a namespace hands back. */
struct outcome {
	int right;
	int permitted;
	struct result ours[2], its[2];
};

static int
write_services(const char *path)
{
	FILE *file = fopen(path, "w");
	struct servent e, *found;
	char buf[1024];

	if (!file)
		return 0;
	iana_setservent(0);
	while (!iana_getservent_r(&e, buf, sizeof buf, &found)) {
		fprintf(file, "%s\t%d/%s", e.s_name,
			ntohs((uint16_t)e.s_port), e.s_proto);
		for (char **alias = e.s_aliases; *alias; alias++)
			fprintf(file, " %s", *alias);
		fputc('\n', file);
	}
	return !fclose(file);
}

static int
put_in_place(const char *path)
{
	if (unshare(CLONE_NEWNS) && unshare(CLONE_NEWUSER | CLONE_NEWNS))
		return 0;
	return !mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL)
		&& !mount(path, FILE_NAME, NULL, MS_BIND, NULL);
}

/* Labels are constants, at the same place in parent and child. */
static void
in_namespace(const char *path, const struct libc_run *run,
	     struct outcome *outcome)
{
	int fds[2];
	pid_t child;

	if (pipe(fds) || (child = fork()) < 0)
		return;
	if (!child) {
		outcome->permitted = put_in_place(path);
		if (outcome->permitted)
			outcome->right = libc_measure(run, outcome->ours,
						      outcome->its);
		/* Less than PIPE_BUF, so it is written as a whole. */
		_exit(write(fds[1], outcome, sizeof *outcome) < 0);
	}
	close(fds[1]);
	if (read(fds[0], outcome, sizeof *outcome) != sizeof *outcome)
		outcome->permitted = 1;         /* it died: not right */
	close(fds[0]);
	waitpid(child, NULL, 0);
}

static int
measure_full(const struct libc_run *run, struct result *ours,
	     struct result *its)
{
	char path[] = "/tmp/ianaport-bench-XXXXXX";
	struct outcome o = { 1, 0, { ours[0], ours[1] }, { its[0], its[1] } };
	int fd = mkstemp(path);

	if (fd < 0 || !write_services(path))
		fail("no temporary file");
	in_namespace(path, run, &o);
	close(fd);
	unlink(path);
	for (int i = 0; i < 2; i++) {
		ours[i] = o.ours[i];
		its[i] = o.its[i];
		if (!o.permitted)
			its[i].skipped = "a mount namespace is not permitted";
	}
	return o.right;
}

int
measure_libc(size_t repetitions, int quick, struct libc_results *out)
{
	static const char *const labels[LIBC_PAIRS] = {
		"getservbyname_r, this host's file",
		"getservbyport_r, this host's file",
		"getservbyname_r, full registry",
		"getservbyport_r, full registry",
	};
	struct libc_run host = { repetitions, quick ? 256 : 1024, quick, 0 };
	struct libc_run full = { repetitions, quick ? 16 : 64, quick, 1 };

	for (int i = 0; i < LIBC_PAIRS; i++) {
		out->ours[i].label = i % 2 ? "iana_getservbyport_r"
			: "iana_getservbyname_r";
		out->its[i].label = labels[i];
		if (access(FILE_NAME, R_OK))
			out->its[i].skipped = "there is no " FILE_NAME;
	}
	if (out->its[0].skipped)
		return 1;
	return libc_measure(&host, &out->ours[HOST_BY_NAME],
			    &out->its[HOST_BY_NAME])
		&& measure_full(&full, &out->ours[FULL_BY_NAME],
				&out->its[FULL_BY_NAME]);
}
