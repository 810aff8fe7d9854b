/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/*
 * The other way to replace libc's calls, which the tests compare with: macros
 * behind the declarations of libc, for which this file must be forced in before
 * the first line of a program, by -include. check_reasons.py and
 * check_project.py show what that breaks.
 */

#include <ianaport-netdb.h>

#define getservbyname iana_getservbyname
#define getservbyport iana_getservbyport
#define getservent iana_getservent
#define getservbyname_r iana_getservbyname_r
#define getservbyport_r iana_getservbyport_r
#define getservent_r iana_getservent_r
#define setservent iana_setservent
#define endservent iana_endservent
#define getaddrinfo iana_getaddrinfo
#define getnameinfo iana_getnameinfo
