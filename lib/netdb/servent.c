/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* The reentrant calls of <netdb.h>. They use the same look-ups. */

#include "servent.h"
#include "lookup/search.h"
#include "lookup/services.h"

#include <errno.h>

#if IANA_NETDB

static const struct iap_entry none = { NULL, 0, 0 };

/* These calls are only for services that have a protocol. */
static unsigned
mask_of_name(const char *proto)
{
	return proto ? iap_mask_of_name(proto) : IAP_NAMED;
}

/* What follows is inline, so that the calls for the built-in registry have code
 * of their own in which every offset is a constant: one that served both took
 * 1.6 times as long by name. */

/* The first record for the protocol. format/layout.h states the order of
 * the records: no alias comes before its head. */
IAP_INLINE struct iap_entry
find_by_port(const struct iana_registry *reg, int net_port, const char *proto)
{
	/* Only the low 16 bits are a port, in network order. Where s_port is a
	 * short, as in winsock, it may be negative. */
	if (sizeof(iap_s_port) < sizeof net_port
	    && net_port == (iap_s_port)net_port)
		net_port &= 0xffff;
	if (net_port <= 0 || net_port > 0xffff)
		return none;

	int port = ntohs((uint16_t)net_port);
	unsigned mask = mask_of_name(proto);
	const unsigned char *r = iap_find_port(reg, port);

	while (r && !(iap_bits(r) & mask))
		r = iap_next_on_port(reg, r);
	if (!r)
		return none;

	unsigned bit = iap_lowest_bit(iap_bits(r) & mask);

	return (struct iap_entry){ r, port, bit };
}

IAP_INLINE struct iap_entry
find_by_name(const struct iana_registry *reg, const char *name,
	     const char *proto)
{
	unsigned mask = mask_of_name(proto);
	const unsigned char *r = NULL;

	if (name)
		r = reg ? iap_find_name(reg, name, strlen(name))
			: iap_find_builtin_name(name, strlen(name));
	while (r && (!(iap_bits(r) & mask) || !iap_port(r)))
		r = iap_next_of_name(reg, r);
	if (!r)
		return none;

	unsigned bit = iap_lowest_bit(iap_bits(r) & mask);
	int port = (int)iap_port(r);

	if (iap_bits(r) & IAP_EXTENDED)         /* it may be an alias */
		r = iap_head_of(reg, r);
	return (struct iap_entry){ r, port, bit };
}

/* The first entry from a cursor on. The cursor moves to it. Ports that share
 * their records are walked once if these have no entry. */
static struct iap_entry
find_from(const struct iana_registry *reg, uint32_t *cursor)
{
	uint32_t order = iap_cursor_order(*cursor);
	int start = iap_cursor_port(*cursor);
	int port = iap_used_port(reg, start);
	const unsigned char *before = NULL;

	if (port != start)
		order = 0;
	for (; port < 65536; port = iap_used_port(reg, port + 1), order = 0) {
		const unsigned char *first = iap_find_port(reg, port), *r;
		unsigned bit;
		r = first == before ? NULL
			: iap_next_service(reg, first, IAP_NAMED, IAP_ALIAS,
					   &order, &bit);
		if (r) {
			*cursor = iap_cursor(port, order);
			return (struct iap_entry){ r, port, bit };
		}
		before = order ? NULL : first;
	}
	return none;
}

/* ---- Writing an entry ---------------------------------------------------- */

/* A caller's buffer, and whether everything has fitted so far. */
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

/*
 * Copy a string. Usually it fits in a fixed number of bytes, all of which can
 * be read. If the buffer has room, all of them are copied: a memcpy() of a
 * constant size is two moves. A memcpy() of the exact size is a call, with
 * which getservbyname_r took 4 % more instructions. No more bytes are written
 * than are left. The bytes after the string are overwritten by the next string,
 * or never read.
 */
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

/* The next alias of an entry after r. *steps is the distance of r from the
 * entry's record. */
IAP_INLINE const unsigned char *
next_alias(const struct iana_registry *reg, struct iap_entry e,
	   const unsigned char *r, unsigned *steps)
{
	while ((r = iap_next_on_port(reg, r))) {
		++*steps;
		if (!(iap_bits(r) & IAP_EXTENDED)
		    || !(iap_bits(r) & 1u << e.bit))
			continue;
		struct iap_extra extra = iap_extra_of(reg, r);
		if (extra.flags & IAP_ALIAS && extra.steps == *steps)
			return r;
	}
	return NULL;
}

IAP_INLINE size_t
find_aliases(const struct iana_registry *reg, struct iap_entry e,
	     const unsigned char *found[IAP_MOST_ON_PORT])
{
	const unsigned char *r = e.record;
	unsigned steps = 0;
	size_t n = 0;

	while ((r = next_alias(reg, e, r, &steps)))
		found[n++] = r;
	return n;
}

IAP_INLINE char **
write_aliases(struct room *room, const struct iana_registry *reg,
	      struct iap_entry e)
{
	const unsigned char *found[IAP_MOST_ON_PORT];
	size_t n = find_aliases(reg, e, found);
	char **aliases = take(room, (n + 1) * sizeof *aliases);

	if (!aliases)
		return NULL;
	for (size_t i = 0; i < n; i++)
		aliases[i] = copy_name(room, found[i]);
	aliases[n] = NULL;
	return aliases;
}

IAP_INLINE int
write_entry(const struct iana_registry *reg, struct iap_entry e,
	    struct servent *out, char *buf, size_t size)
{
	struct room room = { buf, size, 0 };
	size_t unaligned = (uintptr_t)buf % IAP_ALIGNMENT;

	take(&room, unaligned ? IAP_ALIGNMENT - unaligned : 0);
	out->s_aliases = write_aliases(&room, reg, e);
	out->s_name = copy_name(&room, e.record);
	out->s_proto = copy(&room, iap_proto_name(e.bit), IAP_PROTO_ROOM);
	out->s_port = (iap_s_port)htons((uint16_t)e.port);
	return room.full ? ERANGE : 0;
}

int
iap_write_entry(const struct iana_registry *reg, struct iap_entry e,
		struct servent *out, char *buf, size_t size)
{
	return write_entry(reg, e, out, buf, size);
}

void
iap_point_at_entry(const struct iana_registry *reg, struct iap_entry e,
		   struct servent *out, char *aliases[IAP_MOST_ON_PORT])
{
	const unsigned char *found[IAP_MOST_ON_PORT];
	size_t n = find_aliases(reg, e, found);

	for (size_t i = 0; i < n; i++)
		aliases[i] = (char *)iap_name(found[i]);
	aliases[n] = NULL;
	out->s_aliases = aliases;
	out->s_name = (char *)iap_name(e.record);
	out->s_proto = (char *)iap_proto_name(e.bit);
	out->s_port = (iap_s_port)htons((uint16_t)e.port);
}

/* The result of all _r calls. */
IAP_INLINE int
answer(const struct iana_registry *reg, struct iap_entry e, struct servent *out,
       char *buf, size_t size, struct servent **result)
{
	int error = e.record ? write_entry(reg, e, out, buf, size) : 0;

	*result = e.record && !error ? out : NULL;
	return error;
}

/* ---- Any registry -------------------------------------------------------- */

struct iap_entry
iap_entry_named(const struct iana_registry *reg, const char *name,
		const char *proto)
{
	return find_by_name(reg, name, proto);
}

struct iap_entry
iap_entry_on(const struct iana_registry *reg, int port, const char *proto)
{
	return find_by_port(reg, port, proto);
}

int
iana_registry_getservbyname_r(const struct iana_registry *reg,
			      const char *name, const char *proto,
			      struct servent *result_buf, char *buf,
			      size_t buflen, struct servent **result)
{
	if (!reg)
		return iana_getservbyname_r(name, proto, result_buf, buf,
					    buflen, result);
	return answer(reg, find_by_name(reg, name, proto),
		      result_buf, buf, buflen, result);
}

int
iana_registry_getservbyport_r(const struct iana_registry *reg,
			      int port, const char *proto,
			      struct servent *result_buf, char *buf,
			      size_t buflen, struct servent **result)
{
	if (!reg)
		return iana_getservbyport_r(port, proto, result_buf, buf,
					    buflen, result);
	return answer(reg, find_by_port(reg, port, proto),
		      result_buf, buf, buflen, result);
}

int
iana_registry_getservent_r(const struct iana_registry *reg, uint32_t *cursor,
			   struct servent *result_buf, char *buf,
			   size_t buflen, struct servent **result)
{
	uint32_t next = *cursor;
	struct iap_entry e = find_from(reg, &next);
	int error = answer(reg, e, result_buf, buf, buflen, result);

	if (!e.record)
		return ENOENT;
	if (!error)
		*cursor = next;
	return error;
}

/* ---- The built-in registry ----------------------------------------------- */

int
iana_getservbyname_r(const char *name, const char *proto,
		     struct servent *result_buf, char *buf, size_t buflen,
		     struct servent **result)
{
	return answer(IAP_BUILTIN, find_by_name(IAP_BUILTIN, name, proto),
		      result_buf, buf, buflen, result);
}

int
iana_getservbyport_r(int port, const char *proto, struct servent *result_buf,
		     char *buf, size_t buflen, struct servent **result)
{
	return answer(IAP_BUILTIN, find_by_port(IAP_BUILTIN, port, proto),
		      result_buf, buf, buflen, result);
}

/* The position after the last entry that was returned. */
static uintptr_t shared_cursor;

/*
 * First the entry is written, and then the cursor is moved. If another thread
 * has moved the cursor in between, this thread tries again from there. So each
 * entry is returned once, and ERANGE consumes none. No thread waits: if the
 * cursor was moved, another thread has its entry.
 */
int
iap_getservent_r(const struct iana_registry *reg, struct servent *result_buf,
		 char *buf, size_t buflen, struct servent **result)
{
	uintptr_t old = iap_load(&shared_cursor);
	uint32_t next;
	int error;

	do {
		next = (uint32_t)old;
		error = iana_registry_getservent_r(reg, &next, result_buf, buf,
						   buflen, result);
	} while (!error && !iap_swap_if(&shared_cursor, &old, next));
	return error;
}

int
iana_getservent_r(struct servent *result_buf, char *buf, size_t buflen,
		  struct servent **result)
{
	return iap_getservent_r(IAP_BUILTIN, result_buf, buf, buflen, result);
}

struct iap_entry
iap_take_entry(const struct iana_registry *reg)
{
	uintptr_t old = iap_load(&shared_cursor);
	uint32_t next;
	struct iap_entry e;

	do {
		next = (uint32_t)old;
		e = find_from(reg, &next);
	} while (e.record && !iap_swap_if(&shared_cursor, &old, next));
	return e;
}

void
iana_setservent(int stayopen)
{
	(void)stayopen;
	iap_store(&shared_cursor, 0);
}

void
iana_endservent(void)
{
	iap_store(&shared_cursor, 0);
}

#endif
