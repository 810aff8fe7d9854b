/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* Wants 64-bit offsets into files, by what AC_SYS_LARGEFILE writes to config.h.
 * With a header in front of that, off_t has 32 bits on a 32-bit machine. */

#define _FILE_OFFSET_BITS 64    /* the whole config.h */
#include <netdb.h>
#include <sys/types.h>

_Static_assert(sizeof(off_t) == 8, "off_t has 32 bits");

int
is_here(void)
{
	return getservbyname("raid-am", "tcp") != 0;
}
