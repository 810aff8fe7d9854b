/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* Registries in memory. This needs no files, so every system has it. */

#include "load.h"
#include "validate.h"

#include <errno.h>
#include <stdlib.h>

int
iap_open_bytes(const void *data, size_t size, void *memory,
	       struct iana_registry **out)
{
	struct iana_registry *registry = calloc(1, sizeof *registry);

	*out = NULL;
	if (!registry) {
		free(memory);
		errno = ENOMEM;
		return IANA_E_SYSTEM;
	}
	registry->blob = data;
	registry->memory = memory;

	int error = iap_validate(registry, size);

	if (error)
		iana_registry_close(registry);
	else
		*out = registry;
	return error;
}

int
iana_registry_open_memory(const void *data, size_t size,
			  struct iana_registry **out)
{
	return iap_open_bytes(data, size, NULL, out);
}

void
iana_registry_close(struct iana_registry *registry)
{
	if (!registry)
		return;
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
	case IANA_E_STRING:
		return "a string is empty, too long, endless or unprintable";
	case IANA_E_VALUE:
		return "a port, protocol, flag or date is impossible";
	case IANA_E_SYSTEM: return strerror(errno);
	case IANA_E_OWNER: return "users other than root could change it";
	case IANA_E_OLDER: return "older than the built-in registry";
	}
	return "unknown error";
}
