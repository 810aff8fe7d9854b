/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef IANAPORT_H
#define IANAPORT_H

/**
 * @file
 * Service names and port numbers of the IANA Service Name and Transport
 * Protocol Port Number Registry (RFC 6335), built in.
 *
 * These rules hold for every function:
 *
 * - Registry. A look-up takes the registry that it asks first. NULL is the
 *   registry that is built in.
 * - Results. A negative int, a NULL pointer and a count of 0 mean that there is
 *   nothing, or that it failed. A port that is not found is -1. What can fail
 *   for a reason returns 0, or a negative enum iana_error. A description that
 *   the registry does not give is "". The calls of <netdb.h> return what libc's
 *   do.
 * - Protocols. They are IP protocol numbers as in getaddrinfo(3): 6 tcp,
 *   17 udp, 33 dccp, 132 sctp. So IPPROTO_TCP works. Two more are
 *   IANA_PROTO_ANY and IANA_PROTO_NONE.
 * - Ports. They are ints in host byte order. There are two exceptions, as in
 *   <netdb.h>: struct servent, and the port that iana_getservbyport() and
 *   iana_getservbyport_r() take.
 * - Names. They compare without regard to ASCII case (RFC 6335, section 5.1),
 *   in every locale. Answers have the spelling of the registry.
 * - Order. If several services answer, these come first: the names of a site's
 *   own file; then names that the conventional names move to the front; then
 *   registered names; then names that the conventional names add. Names of a
 *   site's files stand in the order of their lines, as in services(5). Within
 *   each of the other three, the order is: lower port first, names without a
 *   port last; tcp, udp, sctp, dccp, none; the order of the registry. An alias
 *   never comes before the service that it stands for.
 *   iana_service_next() goes by port before anything else.
 * - Lifetime. Strings are constant and end with NUL. They live as long as their
 *   registry: until iana_registry_close(), or, for the built-in one, as long as
 *   the library is loaded. Only registries that were opened are to be closed;
 *   nothing else is to be freed.
 * - Threads and signals. Functions are reentrant and async-signal-safe. They do
 *   not allocate, lock or make a system call, and they write only where the
 *   caller says. Functions that do more say so under these words: opening and
 *   closing, the texts of errors, and the calls of <netdb.h> that have
 *   results or a cursor of their own.
 * - Arguments. Text may be NULL or "", of any length and content; ports and
 *   protocols may be any int. What cannot be in the registry is not found.
 *   Pointers through which a function writes must be valid, unless their size
 *   is 0 or their text says that NULL will do.
 *
 * Everything here has been available since version 0.1.
 */

#include "ianaport-version.h"

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined __GNUC__
#  define IANA_API __attribute__((visibility("default")))
#else
#  define IANA_API
#endif

struct servent;                 /* <netdb.h> */

/** A registry; NULL stands for the one that is built in. */
struct iana_registry;

/* ---- Names and numbers of protocols -------------------------------------- */

/** As an argument: every service, whatever its protocol, if any. */
#define IANA_PROTO_ANY 0

/** As an argument: the services for which the registry names no protocol. In a
 * struct iana_service: this is one of them. */
#define IANA_PROTO_NONE (-1)

/** What iana_proto_number() returns for a name that it does not know. No
 * look-up finds anything for it. */
#define IANA_PROTO_UNKNOWN (-2)

/**
 * Name of a protocol.
 *
 * @param proto  protocol
 * @return "tcp", "udp", "sctp" or "dccp"; NULL for any other number
 */
IANA_API const char *
iana_proto_name(int proto);

/**
 * Number of a protocol.
 *
 * @param name  name in lower case, compared byte for byte
 * @return 6 for "tcp", 17 for "udp", 132 for "sctp", 33 for "dccp"; otherwise
 *         IANA_PROTO_UNKNOWN
 */
IANA_API int
iana_proto_number(const char *name);

/* ---- Port of a service, name of a port ----------------------------------- */

/**
 * Port of a service.
 *
 * @param registry  where to look
 * @param name      service name, such as "https"
 * @param proto     protocol, or IANA_PROTO_ANY
 * @return port of the first service of that name that has one, the lowest port
 *         if it has a range; -1 if there is none
 */
IANA_API int
iana_port_of(const struct iana_registry *registry, const char *name, int proto);

/**
 * Name of the service on a port.
 *
 * @param registry  where to look
 * @param port      0 to 65535
 * @param proto     protocol, or IANA_PROTO_ANY
 * @return name of the first service on that port; NULL if there is none
 */
IANA_API const char *
iana_name_of(const struct iana_registry *registry, int port, int proto);

/**
 * Port that a user means by a text: "https", "443", "https/tcp", "443/udp".
 *
 * First the whole text is looked up as a name: some have a slash, such as
 * "cl/1". Then it may be a number: 1 to 5 digits, at most 65535, neither sign
 * nor space. A number need not be registered. Last, what follows the last slash
 * may be "tcp", "udp", "sctp" or "dccp"; then the part before it is a name or a
 * number.
 *
 * @param registry        where to look
 * @param text            what the user wrote
 * @param[in,out] proto   in: the protocol that is wanted, such as
 *                        IANA_PROTO_ANY. out: the protocol of the service, or
 *                        the one in the text. Left alone for a number without
 *                        one, for a service without one, and on failure. May
 *                        be NULL, which asks for any.
 * @return port, or -1; also -1 where *proto and the text name different
 *         protocols
 */
IANA_API int
iana_resolve(const struct iana_registry *registry, const char *text,
	     int *proto);

/**
 * Write the name of the service on a port, or the number if there is none.
 *
 * @param registry  where to look
 * @param port      0 to 65535
 * @param proto     protocol, or IANA_PROTO_ANY
 * @param[out] buf  where to write; may be NULL if size is 0
 * @param size      of buf, in bytes; 16 are enough for the built-in registry
 * @return length of the whole text without its NUL, as snprintf(3) does; at
 *         most size - 1 bytes of it and a NUL were written. 0, with an empty
 *         text, for a port outside 0 to 65535
 */
IANA_API size_t
iana_format_port(const struct iana_registry *registry, int port, int proto,
		 char *buf, size_t size);

/* ---- Services of a name, services on a port, all services ---------------- */

/* Bits of iana_service.flags: */
#define IANA_ALIAS 1u           /**< another name; iana_service_alias_of() */
#define IANA_MOVED 2u           /**< moved to the front by conventional names */
#define IANA_ADDED 4u           /**< not in IANA's registry */
#define IANA_LOCAL 8u           /**< a site's own file has it */
#define IANA_MALFORMED 16u      /**< registered, but breaks a rule for names */

/**
 * A service: a named record of the registry, or a name that was added to it.
 * There is one for each name, number or range, and protocol. This struct is
 * final: what may come later are functions.
 */
struct iana_service {
	const char *name;       /**< as the registry spells it */
	const struct iana_registry *registry;   /**< where it was found */
	uint32_t record;        /**< which it is there; opaque */
	uint32_t flags;         /**< IANA_ALIAS and so on */
	int port;               /**< -1 if it has none */
	int last_port;          /**< differs from port for a range only */
	int proto;              /**< IANA_PROTO_NONE if none is named */
};

/**
 * All services of a name, those without a port included.
 *
 * @param registry  where to look
 * @param name      service name
 * @param proto     protocol, or IANA_PROTO_ANY
 * @param[out] out  receives the first cap of them; may be NULL if cap is 0
 * @param cap       how many fit there
 * @return how many there are, however small cap is
 */
IANA_API size_t
iana_services_named(const struct iana_registry *registry, const char *name,
		    int proto, struct iana_service *out, size_t cap);

/**
 * All services on a port: ranges that cover it and aliases included.
 *
 * @param registry  where to look
 * @param port      0 to 65535
 * @param proto     protocol, or IANA_PROTO_ANY
 * @param[out] out  receives the first cap of them; may be NULL if cap is 0
 * @param cap       how many fit there
 * @return how many there are, however small cap is
 */
IANA_API size_t
iana_services_on(const struct iana_registry *registry, int port, int proto,
		 struct iana_service *out, size_t cap);

/**
 * Enumerate every service: by port, then those without a port.
 *
 * @param registry         where to look
 * @param[in,out] cursor   the caller's position; start with 0, and let only
 *                         this function change it
 * @param[out] out         receives the next service
 * @return 1, or 0 at the end
 */
IANA_API int
iana_service_next(const struct iana_registry *registry, uint32_t *cursor,
		  struct iana_service *out);

/**
 * The service that an alias stands for.
 *
 * A service is an alias if a note in the registry calls it an alias or a
 * duplicate of another name on the same port and protocol. Conventional names
 * and a site's own file have aliases too.
 *
 * @param service   a service that one of the functions above gave
 * @param[out] out  receives the one that it stands for, on the same port and
 *                  protocol
 * @return 1, or 0 if the service is no alias
 */
IANA_API int
iana_service_alias_of(const struct iana_service *service,
		      struct iana_service *out);

/* ---- Details of a service ------------------------------------------------ */

/*
 * What the columns of IANA's page say of a service, in UTF-8, white space
 * folded. The result is "" where they say nothing, for a service that is NULL
 * or IANA_ADDED, and where the details were left out of the build or of the
 * loaded registry.
 */

/**
 * Description, such as "Network News Transfer Protocol".
 *
 * @param service  a service whose registry is still open
 * @return description, or ""
 */
IANA_API const char *
iana_service_description(const struct iana_service *service);

/**
 * What specifies it, such as "[RFC3948][RFC7296]".
 *
 * @param service  a service whose registry is still open
 * @return references, or ""
 */
IANA_API const char *
iana_service_reference(const struct iana_service *service);

/**
 * Whom it is assigned to, such as "[Jon_Postel]". Where the registry names
 * nobody, that is the contact.
 *
 * @param service  a service whose registry is still open
 * @return ids of IANA's table of people, or ""
 */
IANA_API const char *
iana_service_assignee(const struct iana_service *service);

/**
 * Whom to contact, such as "[Jon_Postel]".
 *
 * @param service  a service whose registry is still open
 * @return ids of IANA's table of people, or ""
 */
IANA_API const char *
iana_service_contact(const struct iana_service *service);

/**
 * When it was registered.
 *
 * @param service  a service whose registry is still open
 * @return a date, such as "2011-05-26" or, for some, "2007-11"; or ""
 */
IANA_API const char *
iana_service_registered(const struct iana_service *service);

/**
 * When its registration was last modified.
 *
 * @param service  a service whose registry is still open
 * @return a date, such as "2011-05-26" or, for some, "2007-11"; or ""
 */
IANA_API const char *
iana_service_modified(const struct iana_service *service);

/**
 * Assignment note. It has the TXT keys of a DNS-SD service, among others.
 *
 * @param service  a service whose registry is still open
 * @return note, or ""
 */
IANA_API const char *
iana_service_note(const struct iana_service *service);

/**
 * What is known of unauthorized use of its port.
 *
 * @param service  a service whose registry is still open
 * @return text, or ""
 */
IANA_API const char *
iana_service_unauthorized_use(const struct iana_service *service);

/**
 * Service Code of DCCP (RFC 4340, section 8.1.2).
 *
 * @param service  a service whose registry is still open
 * @return decimal number, or ""
 */
IANA_API const char *
iana_service_code(const struct iana_service *service);

/* ---- Port ranges and status ---------------------------------------------- */

#define IANA_SYSTEM_LAST 1023   /**< last of the System Ports */
#define IANA_USER_LAST 49151    /**< last of the User Ports */

/** Ranges of port numbers (RFC 6335, section 6). */
enum iana_range {
	IANA_RANGE_INVALID,     /**< not a port: outside 0 to 65535 */
	IANA_RANGE_SYSTEM,      /**< 0 to 1023, the Well Known Ports */
	IANA_RANGE_USER,        /**< 1024 to 49151, the Registered Ports */
	IANA_RANGE_DYNAMIC      /**< 49152 to 65535, Private, Ephemeral Ports */
};

/**
 * Range of a port.
 *
 * @param port  port
 * @return its range
 */
IANA_API enum iana_range
iana_port_range(int port);

/**
 * Name of a range.
 *
 * @param range  range
 * @return "System Ports", "User Ports", "Dynamic Ports"; otherwise "invalid"
 */
IANA_API const char *
iana_range_name(enum iana_range range);

/** Status of a port (RFC 6335, section 8), from the best to the worst. */
enum iana_status {
	IANA_STATUS_INVALID,    /**< not a port, or not a protocol */
	IANA_STATUS_ASSIGNED,   /**< a registered service has it */
	IANA_STATUS_RESERVED,   /**< held back by IANA */
	IANA_STATUS_UNASSIGNED, /**< free for assignment */
	IANA_STATUS_DYNAMIC     /**< never assigned */
};

/**
 * What the registry says of a port. Conventional and local names do not count.
 *
 * @param registry  where to look
 * @param port      0 to 65535
 * @param proto     protocol. IANA_PROTO_ANY asks for the best status that it
 *                  has for any. IANA_PROTO_NONE: assigned if a service without
 *                  a protocol has it, otherwise the worst that it has for tcp,
 *                  udp, sctp and dccp.
 * @return its status
 */
IANA_API enum iana_status
iana_port_status(const struct iana_registry *registry, int port, int proto);

/**
 * Name of a status.
 *
 * @param status  status
 * @return "assigned", "reserved", "unassigned", "dynamic"; otherwise "invalid"
 */
IANA_API const char *
iana_status_name(enum iana_status status);

/**
 * The registry's own text on a port that no service has: "Unassigned",
 * "De-registered", "any private mail system".
 *
 * @param registry  where to look
 * @param port      0 to 65535
 * @param proto     protocol. IANA_PROTO_ANY asks for the first that has the
 *                  status which iana_port_status() then returns.
 * @return text; "" for an assigned port, and where the registry or the build
 *         has none
 */
IANA_API const char *
iana_port_status_text(const struct iana_registry *registry, int port,
		      int proto);

/**
 * The registry's own record of a port that no service has. The functions for
 * details take it: some such records have a note, a date or a reference. Its
 * name is "", and its port and last_port are the ports that it is for.
 *
 * @param registry  where to look
 * @param port      0 to 65535
 * @param proto     protocol, as for iana_port_status_text()
 * @param[out] out  receives the record
 * @return 1; 0 for an assigned port, and where the registry or the build has
 *         none
 */
IANA_API int
iana_nameless_on(const struct iana_registry *registry, int port, int proto,
		 struct iana_service *out);

/**
 * Whether a new service may have a name.
 *
 * RFC 6335, section 5.1 allows 1 to 15 letters, digits and hyphens; at least
 * one letter; no hyphen at either end, and no two in a row. About a hundred
 * registered names are older than that rule, and break it.
 *
 * @param name  name
 * @return 1 or 0
 */
IANA_API int
iana_name_is_valid(const char *name);

/* ---- The calls of <netdb.h> ---------------------------------------------- */

/*
 * Arguments and results are those of getservent(3). An entry has a port and a
 * protocol: a range has one entry for each port, and a service without a port
 * or without a protocol has none. Aliases are in s_aliases of their entry, and
 * asking for an alias answers with that entry.
 *
 * The three calls that return an entry have storage of their own in each
 * thread, which the same call in the same thread overwrites.
 *
 * The process has one cursor for iana_getservent() and iana_getservent_r().
 * Look-ups do not move it.
 *
 * Threads and signals. iana_getservbyname(), iana_getservbyport() and
 * iana_getservent() are thread-safe, and not async-signal-safe: if the library
 * was loaded with dlopen(3), the first call in a thread may allocate, and glibc
 * ends the process if there is no memory for it. The others are both. The
 * cursor is advanced atomically: threads that share it get each entry once.
 */

/**
 * Entry of a name.
 *
 * @param name   service name or alias
 * @param proto  "tcp", "udp", "sctp" or "dccp", byte for byte; NULL for any
 * @return entry in thread-local storage, or NULL
 */
IANA_API struct servent *
iana_getservbyname(const char *name, const char *proto);

/**
 * Entry of a port.
 *
 * @param port   port in network byte order. The whole int is compared: -1, 0
 *               and what has a bit above the low 16 are not found.
 * @param proto  "tcp", "udp", "sctp" or "dccp", byte for byte; NULL for any
 * @return entry in thread-local storage, or NULL
 */
IANA_API struct servent *
iana_getservbyport(int port, const char *proto);

/**
 * Next entry of the process's enumeration.
 *
 * @return entry in thread-local storage, or NULL at the end
 */
IANA_API struct servent *
iana_getservent(void);

/**
 * Start the process's enumeration again.
 *
 * @param stayopen  ignored: nothing is opened
 */
IANA_API void
iana_setservent(int stayopen);

/** Start the process's enumeration again. */
IANA_API void
iana_endservent(void);

/**
 * Entry of a name, reentrant, as glibc and LSB have it.
 *
 * @param name             service name or alias
 * @param proto            "tcp", "udp", "sctp" or "dccp", or NULL for any
 * @param[out] result_buf  receives the entry
 * @param[out] buf         receives its strings and vectors; any alignment
 * @param buflen           of buf, in bytes; 1024 are enough for the built-in
 *                         registry
 * @param[out] result      result_buf, or NULL if there is no entry
 * @return 0 for a hit and for a miss, which *result tells apart, or an error
 *         number. errno is left alone.
 * @retval ERANGE  buf is too small
 */
IANA_API int
iana_getservbyname_r(const char *name, const char *proto,
		     struct servent *result_buf, char *buf, size_t buflen,
		     struct servent **result);

/**
 * Entry of a port, reentrant, as glibc and LSB have it.
 *
 * @param port             port in network byte order, as for
 *                         iana_getservbyport()
 * @param proto            "tcp", "udp", "sctp" or "dccp", or NULL for any
 * @param[out] result_buf  receives the entry
 * @param[out] buf         receives its strings and vectors; any alignment
 * @param buflen           of buf, in bytes; 1024 are enough for the built-in
 *                         registry
 * @param[out] result      result_buf, or NULL if there is no entry
 * @return as iana_getservbyname_r()
 * @retval ERANGE  buf is too small
 */
IANA_API int
iana_getservbyport_r(int port, const char *proto, struct servent *result_buf,
		     char *buf, size_t buflen, struct servent **result);

/**
 * Next entry of the process's enumeration, reentrant, as glibc has it.
 *
 * @param[out] result_buf  receives the entry
 * @param[out] buf         receives its strings and vectors; any alignment
 * @param buflen           of buf, in bytes; 1024 are enough for the built-in
 *                         registry
 * @param[out] result      result_buf, or NULL if there is no entry
 * @return 0, or an error number. errno is left alone.
 * @retval ENOENT  there are no more entries
 * @retval ERANGE  buf is too small; the same entry comes again
 */
IANA_API int
iana_getservent_r(struct servent *result_buf, char *buf, size_t buflen,
		  struct servent **result);

/* ---- The calls of <netdb.h>, for any registry ---------------------------- */

/*
 * The reentrant forms for a program that loads a registry. ianaport-netdb.h has
 * two more. The largest entry decides how large buf must be: double it on
 * ERANGE.
 */

/**
 * Entry of a name in a registry.
 *
 * @param registry         where to look
 * @param name             as for iana_getservbyname_r()
 * @param proto            as for iana_getservbyname_r()
 * @param[out] result_buf  receives the entry
 * @param[out] buf         receives its strings and vectors
 * @param buflen           of buf, in bytes
 * @param[out] result      result_buf, or NULL if there is no entry
 * @return as iana_getservbyname_r()
 */
IANA_API int
iana_registry_getservbyname_r(const struct iana_registry *registry,
			      const char *name, const char *proto,
			      struct servent *result_buf, char *buf,
			      size_t buflen, struct servent **result);

/**
 * Entry of a port in a registry.
 *
 * @param registry         where to look
 * @param port             port in network byte order, as for
 *                         iana_getservbyport_r()
 * @param proto            as for iana_getservbyport_r()
 * @param[out] result_buf  receives the entry
 * @param[out] buf         receives its strings and vectors
 * @param buflen           of buf, in bytes
 * @param[out] result      result_buf, or NULL if there is no entry
 * @return as iana_getservbyname_r()
 */
IANA_API int
iana_registry_getservbyport_r(const struct iana_registry *registry,
			      int port, const char *proto,
			      struct servent *result_buf, char *buf,
			      size_t buflen, struct servent **result);

/**
 * Next entry of a registry.
 *
 * @param registry         where to look
 * @param[in,out] cursor   the caller's position; start with 0, and let only
 *                         this function change it
 * @param[out] result_buf  receives the entry
 * @param[out] buf         receives its strings and vectors
 * @param buflen           of buf, in bytes
 * @param[out] result      result_buf, or NULL if there is no entry
 * @return as iana_getservent_r()
 */
IANA_API int
iana_registry_getservent_r(const struct iana_registry *registry,
			   uint32_t *cursor, struct servent *result_buf,
			   char *buf, size_t buflen, struct servent **result);

/* ---- Registries that are loaded at run time ------------------------------ */

/*
 * Other copies of the registry, newer ones or with a site's own names, as
 * ianaport-compile(1) writes them with --blob.
 */

/** Why a registry was refused. */
enum iana_error {
	IANA_E_FILE = -1,       /**< not a regular file */
	IANA_E_MAGIC = -2,      /**< not a registry */
	IANA_E_VERSION = -3,    /**< in a newer format than this library's */
	IANA_E_SIZE = -4,       /**< shorter or longer than it says */
	IANA_E_CHECKSUM = -5,   /**< changed since it was written */
	IANA_E_OFFSET = -6,     /**< something points to a wrong place */
	IANA_E_COUNT = -7,      /**< numbers of things contradict each other */
	IANA_E_ORDER = -8,      /**< something is not sorted */
	IANA_E_CHAIN = -9,      /**< a chain of names or ports is broken */
	IANA_E_STRING = -10,    /**< a string is empty, too long or endless */
	IANA_E_VALUE = -11,     /**< an impossible port, protocol, flag, date */
	IANA_E_SYSTEM = -12,    /**< the system failed; errno says why */
	IANA_E_OWNER = -13,     /**< others than root could change it */
	IANA_E_OLDER = -14      /**< older than the built-in one */
};

/**
 * Load a registry from a file, and check all of it.
 *
 * The file is read into memory and closed: what happens to it later does no
 * harm. Directories, FIFOs and devices are refused.
 *
 * Threads and signals. Thread-safe, and not async-signal-safe: this function
 * opens, reads and allocates.
 *
 * @param path      file
 * @param[out] out  receives the registry, for iana_registry_close(); NULL on
 *                  failure
 * @return 0, or one of enum iana_error; with IANA_E_SYSTEM errno is ENOENT,
 *         ENOMEM or the like
 */
IANA_API int
iana_registry_open(const char *path, struct iana_registry **out);

/**
 * Load the registry of this host, which ianaport-update(8) keeps up to date, and
 * check all of it.
 *
 * It is the file that iana_registry_system_path() names, whatever the
 * environment says. It is refused if others than root could have changed it or
 * put it there, as the file or its folder belongs to somebody else, or group or
 * others may write to it; and if it is older than the built-in one. On every
 * failure *out is NULL, which stands for the built-in registry: a program that
 * only wants the best that there is need not look at the result.
 *
 * The library's own look-ups never do this for a program. The NSS module, the
 * preload shim and the ianaport command do.
 *
 * Threads and signals. As iana_registry_open().
 *
 * @param[out] out  receives the registry, for iana_registry_close(); NULL on
 *                  failure
 * @return as iana_registry_open(); also IANA_E_OWNER and IANA_E_OLDER
 */
IANA_API int
iana_registry_open_system(struct iana_registry **out);

/**
 * Where the registry of this host is.
 *
 * @return path, which was fixed when the library was built, such as
 *         "/var/lib/ianaport/registry"
 */
IANA_API const char *
iana_registry_system_path(void);

/**
 * Use a registry that is in memory, and check all of it. Nothing is copied.
 *
 * Threads and signals. Thread-safe, and not async-signal-safe: this function
 * allocates.
 *
 * @param data      the registry, at any alignment; must stay unchanged until
 *                  iana_registry_close()
 * @param size      of it, in bytes
 * @param[out] out  receives the registry; NULL on failure
 * @return as iana_registry_open()
 */
IANA_API int
iana_registry_open_memory(const void *data, size_t size,
			  struct iana_registry **out);

/**
 * Free a registry. Services and strings that came from it are no longer valid.
 *
 * Threads and signals. Thread-safe if no other thread uses the registry; not
 * async-signal-safe.
 *
 * @param registry  what one of the functions above gave; or NULL, for which
 *                  nothing is done
 */
IANA_API void
iana_registry_close(struct iana_registry *registry);

/**
 * What an error means.
 *
 * Threads and signals. As strerror(3) for IANA_E_SYSTEM.
 *
 * @param error  what one of the functions above returned
 * @return text without a full stop; for IANA_E_SYSTEM that of strerror(3) for
 *         errno
 */
IANA_API const char *
iana_strerror(int error);

/* ---- Date of a registry, version of the library -------------------------- */

/*
 * The header's own version is there when a program is compiled:
 * IANA_VERSION_MAJOR, IANA_VERSION_MINOR and IANA_VERSION_PATCH are numbers,
 * IANA_VERSION is a string such as "0.1.0", and IANA_VERSION_NUMBER is a number
 * that grows with them: 102 for version 0.1.2, 10000 for version 1.0.0.
 */

/**
 * Date of a registry, as IANA states it.
 *
 * @param registry  which
 * @return date, such as "2026-08-17"
 */
IANA_API const char *
iana_registry_updated(const struct iana_registry *registry);

/**
 * Version of the library, which may be newer than that of the header.
 *
 * @return version, such as "0.1.0"
 */
IANA_API const char *
iana_version(void);

#ifdef __cplusplus
}
#endif

#endif
