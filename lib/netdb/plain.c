/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* The plain calls of <netdb.h>. They call the reentrant ones, and each thread
 * has its own storage for their results. */

#include "servent.h"

#if IANA_NETDB

struct result {
	struct servent entry;
	char buf[(IAP_BUILTIN_ALIASES + 1) * sizeof(char *) + IAP_ALIGNMENT
		 + IAP_BUILTIN_STRINGS];
};

/* For each call its own. */
struct results {
	struct result by_name, by_port, next;
};

/* NULL only where a thread's storage is allocated. */
static struct results *
results(void)
{
	IAP_PER_THREAD(struct results, r);

	return r;
}

struct servent *
iana_getservbyname(const char *name, const char *proto)
{
	struct results *r = results();
	struct servent *found = NULL;

	if (r)  /* GCOVR_EXCL_BR_LINE: see results() */
		iana_getservbyname_r(name, proto, &r->by_name.entry,
				     r->by_name.buf, sizeof r->by_name.buf,
				     &found);
	return found;
}

struct servent *
iana_getservbyport(int port, const char *proto)
{
	struct results *r = results();
	struct servent *found = NULL;

	if (r)  /* GCOVR_EXCL_BR_LINE: see results() */
		iana_getservbyport_r(port, proto, &r->by_port.entry,
				     r->by_port.buf, sizeof r->by_port.buf,
				     &found);
	return found;
}

struct servent *
iana_getservent(void)
{
	struct results *r = results();
	struct servent *found = NULL;

	if (r)  /* GCOVR_EXCL_BR_LINE: see results() */
		iana_getservent_r(&r->next.entry, r->next.buf,
				  sizeof r->next.buf, &found);
	return found;
}

#endif
