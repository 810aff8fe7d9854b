/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* The host's registry: one file, at a path that is fixed by the build. So no
 * environment variable decides what a set-uid program reads. */

#include "system.h"
#include "load.h"

#include <errno.h>

#ifndef IAP_SYSTEM_PATH
#  define IAP_SYSTEM_PATH "/var/lib/ianaport/registry"
#endif

const char *
iana_registry_system_path(void)
{
	return IAP_SYSTEM_PATH;
}

#if IAP_OWNERS

/* Whether it is root's, and group and others have no write permission. With an
 * access control list, the group's bits are the most that the list can
 * permit. */
static int
is_roots_alone(const struct stat *st)
{
	return st->st_uid == 0 && !(st->st_mode & (S_IWGRP | S_IWOTH));
}

/* The folder is checked too. Otherwise another user could put a file of root's
 * there that was meant for something else. The folders above do not matter for
 * that, and a group may own one of them: Debian lets staff write to
 * /var/local. */
static int
check_folder(void)
{
	char folder[] = IAP_SYSTEM_PATH;
	struct stat st;

	strrchr(folder, '/')[1] = '\0';
	if (stat(folder, &st))
		return IANA_E_SYSTEM;
	return is_roots_alone(&st) ? 0 : IANA_E_OWNER;
}

static int
check_owner(int fd, uint64_t *size)
{
	struct stat st;

	if (fstat(fd, &st))
		return IANA_E_SYSTEM;
	if (!S_ISREG(st.st_mode))
		return IANA_E_FILE;
	*size = (uint64_t)st.st_size;
	return is_roots_alone(&st) ? check_folder() : IANA_E_OWNER;
}

int
iap_open_system(uint64_t *size)
{
	int fd = iap_open_path(IAP_SYSTEM_PATH);

	if (fd < 0)
		return IANA_E_SYSTEM;

	int error = check_owner(fd, size);

	if (!error)
		return fd;
	close(fd);
	return error;
}

int
iap_is_older(const struct iana_registry *reg)
{
	return strcmp(iana_registry_updated(reg),
		      iana_registry_updated(IAP_BUILTIN)) < 0;
}

int
iana_registry_open_system(struct iana_registry **out)
{
	*out = NULL;

	uint64_t size;
	int fd = iap_open_system(&size);
	int error = fd < 0 ? fd : iap_open_fd(fd, out);

	if (error || !iap_is_older(*out))
		return error;
	iana_registry_close(*out);
	*out = NULL;
	return IANA_E_OLDER;
}

#else

/* Nothing tells who could have changed it, so it is not trusted. */
int
iana_registry_open_system(struct iana_registry **out)
{
	*out = NULL;
	errno = ENOSYS;
	return IANA_E_SYSTEM;
}

#endif
