/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* Registries in files. */

#include "load.h"
#include "validate.h"

#include <errno.h>
#include <stdlib.h>

#if IAP_FILES

int
iap_read_whole(int fd, unsigned char *to, size_t size)
{
	const unsigned most = 1u << 20; /* Windows reads an int's worth */

	while (size) {
		long n = read(fd, to, size < most ? (unsigned)size : most);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return n ? IANA_E_SYSTEM : IANA_E_SIZE;
		to += n;
		size -= (size_t)n;
	}
	return 0;
}

/* The head is read first: a file that is no registry takes no memory. */
static int
read_file(int fd, unsigned char **bytes, size_t *size)
{
	unsigned char head[IAP_H_BYTES];
	size_t have = sizeof head;
	struct stat st;

	if (fstat(fd, &st))
		return IANA_E_SYSTEM;
	if (!S_ISREG(st.st_mode))
		return IANA_E_FILE;
	if ((uintmax_t)st.st_size > SIZE_MAX)
		return IANA_E_SIZE;
	*size = (size_t)st.st_size;
	if (have > *size)
		have = *size;

	int error = iap_read_whole(fd, head, have);

	if (!error)
		error = iap_check_head(head, *size);
	if (error)
		return error;
	*bytes = malloc(*size);
	if (!*bytes)
		return IANA_E_SYSTEM;
	memcpy(*bytes, head, have);
	return iap_read_whole(fd, *bytes + have, *size - have);
}

/* O_NONBLOCK: opening a FIFO must not wait for its other end. O_NOCTTY: a
 * terminal must not become the controlling terminal of the process. */
int
iap_open_path(const char *path)
{
	return open(path, O_RDONLY | O_BINARY | O_CLOEXEC | O_NONBLOCK
		    | O_NOCTTY);
}

int
iana_registry_open(const char *path, struct iana_registry **out)
{
	*out = NULL;
	if (!path) {
		errno = ENOENT;
		return IANA_E_SYSTEM;
	}

	int fd = iap_open_path(path);

	return fd < 0 ? IANA_E_SYSTEM : iap_open_fd(fd, out);
}

int
iap_open_fd(int fd, struct iana_registry **out)
{
	unsigned char *bytes = NULL;
	size_t size = 0;
	int error = read_file(fd, &bytes, &size), system_error = errno;

	close(fd);
	if (!error)
		return iap_open_bytes(bytes, size, bytes, out);
	free(bytes);
	errno = system_error;
	return error;
}

#else

int
iana_registry_open(const char *path, struct iana_registry **out)
{
	(void)path;
	*out = NULL;
	errno = ENOSYS;
	return IANA_E_SYSTEM;
}

#endif
