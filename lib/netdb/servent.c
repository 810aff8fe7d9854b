/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* The reentrant calls of <netdb.h>, over the same look-ups. */

#include "lookup/services.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <stdalign.h>
#include <stdatomic.h>
#include <string.h>

/* These calls serve what has a protocol. */
#define SERVED (IAP_TCP | IAP_UDP | IAP_SCTP | IAP_DCCP)

/* An entry: a service that is no alias, on a port, for one protocol. */
struct entry {
	const unsigned char *record;    /* NULL: there is none */
	int port;
	unsigned bit;
};

static const struct entry none = { NULL, 0, 0 };

static unsigned
mask_of_name(const char *proto)
{
	return proto ? iap_mask_of_name(proto) : SERVED;
}

/* The next entry on a port that has a protocol in mask. */
static struct entry
next_entry(int port, unsigned mask, struct iap_position *at)
{
	const unsigned char *first = iap_find_port(IAP_BUILTIN, port), *r;

	do
		r = iap_next_service(IAP_BUILTIN, first, mask, at);
	while (r && iap_extra_of(IAP_BUILTIN, r).flags & IAP_ALIAS);
	return (struct entry){ r, port, at->bit };
}

/* The first record with a protocol in mask; format/layout.h has their order, in which
 * no alias stands before its head. */
static struct entry
find_by_port(int port, unsigned mask)
{
	const unsigned char *r = iap_find_port(IAP_BUILTIN, port);

	while (r && !(iap_bits(r) & mask))
		r = iap_next_on_port(IAP_BUILTIN, r);
	if (!r)
		return none;
	return (struct entry){ r, port, iap_lowest_bit(iap_bits(r) & mask) };
}

static struct entry
find_by_name(const char *name, unsigned mask)
{
	const unsigned char *r = NULL;

	if (name)
		r = iap_find_name(IAP_BUILTIN, name, strlen(name));
	while (r && (!(iap_bits(r) & mask) || !iap_port(r)))
		r = iap_next_of_name(IAP_BUILTIN, r);
	if (!r)
		return none;

	unsigned bit = iap_lowest_bit(iap_bits(r) & mask);

	return (struct entry){ iap_head_of(IAP_BUILTIN, r), (int)iap_port(r),
			       bit };
}

/* ---- Writing an entry ---------------------------------------------------- */

/* A caller's buffer, and whether everything fitted so far. */
struct room {
	char *at;
	size_t left;
	int full;
};

static void *
take(struct room *room, size_t size)
{
	char *start = room->at;

	if (room->full || size > room->left) {
		room->full = 1;
		return NULL;
	}
	if (size)               /* the buffer may be NULL */
		room->at += size;
	room->left -= size;
	return start;
}

/* A string that mostly stands in so many bytes: where there is room for all of
 * them they are copied, for a constant size costs less than the exact one. What
 * follows the string is overwritten, or left in the buffer. */
static inline char *
copy(struct room *room, const char *s, size_t within)
{
	size_t size = strlen(s) + 1, left = room->left;
	char *to = take(room, size);

	if (!to)
		return NULL;
	return size <= within && within <= left ? memcpy(to, s, within)
		: memcpy(to, s, size);
}

static char *
copy_name(struct room *room, const unsigned char *record)
{
	return copy(room, iap_name(record), IAP_PADDING);
}

/* The next alias of an entry behind r, which stands *steps behind it itself. */
static const unsigned char *
next_alias(struct entry e, const unsigned char *r, unsigned *steps)
{
	while ((r = iap_next_on_port(IAP_BUILTIN, r))) {
		++*steps;
		if (!(iap_bits(r) & IAP_EXTENDED)
		    || !(iap_bits(r) & 1u << e.bit))
			continue;
		struct iap_extra d = iap_extra_of(IAP_BUILTIN, r);
		if (d.flags & IAP_ALIAS && d.steps == *steps)
			return r;
	}
	return NULL;
}

static char **
write_aliases(struct room *room, struct entry e)
{
	/* There may be no alias at all, but no array of nothing. */
	const unsigned char *found[IAP_BUILTIN_ALIASES + 1], *r = e.record;
	unsigned steps = 0;
	size_t n = 0;

	while ((r = next_alias(e, r, &steps)))
		found[n++] = r;

	char **aliases = take(room, (n + 1) * sizeof *aliases);

	if (!aliases)
		return NULL;
	for (size_t i = 0; i < n; i++)
		aliases[i] = copy_name(room, found[i]);
	aliases[n] = NULL;
	return aliases;
}

static int
write_entry(struct entry e, struct servent *out, char *buf, size_t size)
{
	struct room room = { buf, size, 0 };
	size_t unaligned = (uintptr_t)buf % alignof(char *);

	take(&room, unaligned ? alignof(char *) - unaligned : 0);
	out->s_aliases = write_aliases(&room, e);
	out->s_name = copy_name(&room, e.record);
	out->s_proto = copy(&room, iap_proto_name(e.bit), IAP_PROTO_ROOM);
	out->s_port = htons((uint16_t)e.port);
	return room.full ? ERANGE : 0;
}

/* What all the _r calls return. */
static int
answer(struct entry e, struct servent *out, char *buf, size_t size,
       struct servent **result)
{
	int error = e.record ? write_entry(e, out, buf, size) : 0;

	*result = e.record && !error ? out : NULL;
	return error;
}

/* ---- The reentrant calls ------------------------------------------------- */

int
iana_getservbyname_r(const char *name, const char *proto,
		     struct servent *result_buf, char *buf, size_t buflen,
		     struct servent **result)
{
	return answer(find_by_name(name, mask_of_name(proto)),
		      result_buf, buf, buflen, result);
}

int
iana_getservbyport_r(int port, const char *proto, struct servent *result_buf,
		     char *buf, size_t buflen, struct servent **result)
{
	/* Only the low 16 bits are a port, in network order. */
	int valid = port > 0 && port <= 0xffff;

	return answer(valid ? find_by_port(ntohs((uint16_t)port),
					   mask_of_name(proto)) : none,
		      result_buf, buf, buflen, result);
}

/* Behind the last entry that was given out; see iap_cursor(). */
static _Atomic uint32_t cursor;

/* The first entry from a cursor on, which moves behind it, or to the end. */
static struct entry
entry_from(uint32_t *from)
{
	struct entry e = none;
	struct iap_position at = iap_position(*from);

	for (int port = iap_cursor_port(*from); port < 65536 && !e.record;
	     port++) {
		e = next_entry(port, SERVED, &at);
		*from = iap_cursor(port, at);
		at = (struct iap_position){ 0, 0, 0 };
	}
	return e;
}

int
iana_getservent_r(struct servent *result_buf, char *buf, size_t buflen,
		  struct servent **result)
{
	uint32_t old = atomic_load(&cursor), next;
	struct entry e;
	int error;

	do {
		next = old;
		e = entry_from(&next);
		error = answer(e, result_buf, buf, buflen, result);
	} while (!error && !atomic_compare_exchange_weak(&cursor, &old, next));
	return e.record ? error : ENOENT;
}

void
iana_setservent(int stayopen)
{
	(void)stayopen;
	atomic_store(&cursor, 0);
}

void
iana_endservent(void)
{
	atomic_store(&cursor, 0);
}
