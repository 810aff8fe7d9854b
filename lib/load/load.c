/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* Registries that are loaded at run time. */

#include "validate.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Takes over memory, also where it fails. */
static int
open_bytes(const void *data, size_t size, void *memory,
	   struct iana_registry **out)
{
	struct iana_registry *registry = calloc(1, sizeof *registry);
	int error = ENOMEM;

	if (registry) {
		registry->blob = data;
		registry->memory = memory;
		error = iap_validate(registry, size);
	} else {
		free(memory);
	}
	if (error) {
		iana_registry_close(registry);
		registry = NULL;
	}
	*out = registry;
	return error;
}

int
iana_registry_open_memory(const void *data, size_t size,
			  struct iana_registry **out)
{
	return open_bytes(data, size, NULL, out);
}

/* The whole of a file that should have so many bytes. */
static int
read_whole(int fd, unsigned char *to, size_t size)
{
	while (size) {
		ssize_t n = read(fd, to, size);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return n ? errno : IANA_E_SIZE;
		to += n;
		size -= (size_t)n;
	}
	return 0;
}

/* What says that it is no registry takes no memory. */
static int
read_file(int fd, unsigned char **bytes, size_t *size)
{
	unsigned char head[IAP_H_BYTES];
	size_t have = sizeof head;
	struct stat st;

	if (fstat(fd, &st))
		return errno;
	if (!S_ISREG(st.st_mode))
		return IANA_E_FILE;
	if ((uintmax_t)st.st_size > SIZE_MAX)
		return IANA_E_SIZE;
	*size = (size_t)st.st_size;
	if (have > *size)
		have = *size;

	int error = read_whole(fd, head, have);

	if (!error)
		error = iap_check_head(head, *size);
	if (error)
		return error;
	*bytes = malloc(*size);
	if (!*bytes)
		return ENOMEM;
	memcpy(*bytes, head, have);
	return read_whole(fd, *bytes + have, *size - have);
}

int
iana_registry_open(const char *path, struct iana_registry **out)
{
	unsigned char *bytes = NULL;
	size_t size = 0;

	*out = NULL;
	if (!path)
		return ENOENT;

	/* Without waiting for the other end of a FIFO, or becoming the
	 * terminal's process. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

	if (fd < 0)
		return errno;

	int error = read_file(fd, &bytes, &size);

	close(fd);
	if (!error)
		return open_bytes(bytes, size, bytes, out);
	free(bytes);
	return error;
}

void
iana_registry_close(struct iana_registry *registry)
{
	if (registry)
		free(registry->memory);
	free(registry);
}

const char *
iana_strerror(int error)
{
	switch (error) {
	case 0: return "no error";
	case IANA_E_FILE: return "not a regular file";
	case IANA_E_MAGIC: return "not a registry of libianaport";
	case IANA_E_VERSION:
		return "in a newer format than this libianaport knows";
	case IANA_E_SIZE: return "shorter or longer than it says";
	case IANA_E_CHECKSUM: return "does not match its checksum";
	case IANA_E_OFFSET: return "an offset leads to a wrong place";
	case IANA_E_COUNT: return "counts contradict each other";
	case IANA_E_ORDER: return "a table is not sorted";
	case IANA_E_CHAIN: return "a chain of records is broken";
	case IANA_E_STRING: return "a string is empty, too long or endless";
	case IANA_E_VALUE: return "a port, protocol, flag or date is impossible";
	}
	return error > 0 ? strerror(error) : "unknown error";
}
