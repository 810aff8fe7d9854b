/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/*
 * gperf's perfect hash. Compiled twice, over what it generates with names by
 * pointer and with a string pool: meson.build defines GPERF_FILE, GPERF_FIND
 * and GPERF_PORT_OF. Nothing else is here, for bytes.py measures the object.
 */

#include "peers.h"

#include <string.h>

#if defined __GNUC__
#  pragma GCC diagnostic push
#  pragma GCC diagnostic ignored "-Wconversion"
#  pragma GCC diagnostic ignored "-Wsign-conversion"
#  pragma GCC diagnostic ignored "-Wimplicit-fallthrough"
#  pragma GCC diagnostic ignored "-Wmissing-field-initializers"
#  pragma GCC diagnostic ignored "-Woverlength-strings"
#endif
#include GPERF_FILE
#if defined __GNUC__
#  pragma GCC diagnostic pop
#endif

int
GPERF_PORT_OF(const struct iana_registry *registry, const char *name,
	      int proto)
{
	(void)registry;
	unsigned mask = mask_of(proto);
	const struct gperf_name *found;

	if (!name || !mask)
		return -1;
	found = GPERF_FIND(name, strlen(name));
	if (!found)
		return -1;
	return value_port((struct value){ found->port, found->bits }, further,
			  mask);
}
