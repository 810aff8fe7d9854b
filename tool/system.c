/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* Which registry the command asks. */

#include "system.h"

#include <stdio.h>

static enum { NAMED, USED, REFUSED } host;
static const char *reason;

void
use_system_registry(struct iana_registry **registry)
{
	if (*registry)
		return;

	int error = iana_registry_open_system(registry);

	host = error ? REFUSED : USED;
	reason = iana_strerror(error);
}

void
print_versions(const struct iana_registry *registry)
{
	const char *path = iana_registry_system_path();

	printf("ianaport %s, registry of %s\n", iana_version(),
	       iana_registry_updated(registry));
	if (host == USED)
		printf("%s: used; the built-in registry is of %s\n", path,
		       iana_registry_updated(NULL));
	else if (host == REFUSED)
		printf("%s: not used: %s\n", path, reason);
}
