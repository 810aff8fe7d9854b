/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* The plain calls of <netdb.h>. They call the reentrant ones, and each thread
 * has its own storage for their results. */

#include "builtin.h"
#include "ianaport.h"

#include <netdb.h>
#include <stdalign.h>

struct result {
	struct servent entry;
	char buf[(IAP_BUILTIN_ALIASES + 1) * sizeof(char *) + alignof(char *)
		 + IAP_BUILTIN_STRINGS];
};

struct servent *
iana_getservbyname(const char *name, const char *proto)
{
	static _Thread_local struct result r;
	struct servent *found;

	iana_getservbyname_r(name, proto, &r.entry, r.buf, sizeof r.buf,
			     &found);
	return found;
}

struct servent *
iana_getservbyport(int port, const char *proto)
{
	static _Thread_local struct result r;
	struct servent *found;

	iana_getservbyport_r(port, proto, &r.entry, r.buf, sizeof r.buf,
			     &found);
	return found;
}

struct servent *
iana_getservent(void)
{
	static _Thread_local struct result r;
	struct servent *found;

	iana_getservent_r(&r.entry, r.buf, sizeof r.buf, &found);
	return found;
}
