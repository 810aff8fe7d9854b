/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/*
 * The host's registry, read once a process.
 *
 * Other files are validated record by record. This one is not: it belongs to
 * root, and whoever can write it can replace the library as well. Its checksum
 * finds accidental damage, and ianaport-update(8) validated it before it put it
 * there.
 *
 * It is read, not mapped. If it were mapped, overwriting the file in place
 * would change the answers of running programs, or end them with SIGBUS.
 * Reading takes 0.05 ms more, once.
 */

#include "load.h"
#include "system.h"
#include "validate.h"

#include <errno.h>
#include <pthread.h>
#include <sys/mman.h>

/* The memory does not come from the program's malloc(). */
struct host {
	struct iana_registry registry;
	size_t size;                    /* of this struct and the bytes */
	unsigned char bytes[];
};

static struct host none;                /* no registry that can be used */

static struct host *
allocate_host(size_t bytes)
{
	size_t size = sizeof(struct host) + bytes;
	struct host *host = mmap(NULL, size, PROT_READ | PROT_WRITE,
				 IAP_MAP_FLAGS, -1, 0);

	if (host == MAP_FAILED)
		return NULL;
	host->size = size;
	return host;
}

static void
free_host(struct host *host)
{
	if (host != &none)
		munmap(host, host->size);
}

static int
is_usable(struct host *host, int fd, size_t read, size_t needed, size_t size)
{
	host->registry.blob = host->bytes;
	return !iap_read_whole(fd, host->bytes + read, needed - read)
		&& !iap_check_lookup_part(&host->registry, size)
		&& !iap_is_older(&host->registry);
}

/* What is used after a failure; if it was one of a system call, errno says why.
 * NULL if the reason passes: no descriptor, no memory, a signal, or a lease on
 * the file. */
static struct host *
after_failure(void)
{
	return errno == EMFILE || errno == ENFILE || errno == ENOMEM
		|| errno == EINTR || errno == EAGAIN ? NULL : &none;
}

/* The part of the file that look-ups need. No fault of the program changes it
 * later. */
static struct host *
read_host(int fd, size_t size)
{
	unsigned char head[IAP_H_BYTES];

	if (iap_read_whole(fd, head, sizeof head) || iap_check_head(head, size))
		return after_failure();

	size_t needed = iap_size_before_details(head, size);
	struct host *host = allocate_host(needed);

	if (!host)
		return after_failure();
	memcpy(host->bytes, head, sizeof head);
	if (is_usable(host, fd, sizeof head, needed, size)) {
		mprotect(host, host->size, PROT_READ);
		return host;
	}
	free_host(host);
	return after_failure();
}

/* NULL if the process or the system could not find out at this moment. */
static struct host *
load_host(void)
{
	uint64_t size;
	int fd = iap_open_system(&size);

	if (fd < 0)
		return after_failure();

	/* No registry is so large, and its struct host fits in a size_t. */
	struct host *host = size <= INT32_MAX
		? read_host(fd, (size_t)size) : &none;

	close(fd);
	return host;
}

/*
 * The program notices nothing. glibc calls a module with a lock held that no
 * thread would give back if it were cancelled here.
 */
static struct host *
load_unnoticed(void)
{
	int old_errno = errno, old_state;

	pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &old_state);
	errno = 0;

	struct host *host = load_host();

	pthread_setcancelstate(old_state, &old_state);
	errno = old_errno;
	return host;
}

/* If several threads make the first look-up at the same time, each of them
 * reads the file, and the first one that is done decides for all. No thread
 * waits. So a fork in between does no harm, and a signal handler may look
 * up. */
const struct iana_registry *
iap_system_registry(void)
{
	static uintptr_t chosen;        /* a struct host */
	uintptr_t host = iap_load(&chosen);

	if (!host) {
		struct host *loaded = load_unnoticed();
		if (!loaded)            /* and the next look-up tries again */
			return NULL;
		if (iap_swap_if(&chosen, &host, (uintptr_t)loaded))
			host = (uintptr_t)loaded;
		else
			free_host(loaded);
	}
	return host == (uintptr_t)&none ? NULL
		: &((const struct host *)host)->registry;
}
