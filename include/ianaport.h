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
 * - Registry. The first argument of a look-up is the registry to look in. NULL
 *   is the built-in registry.
 * - Results. A negative int, a NULL pointer and a count of 0 mean that nothing
 *   was found, or that the call failed. A port that is not found is -1. A
 *   function that can fail for several reasons returns 0 on success, and a
 *   negative enum iana_error on failure. A description that the registry does
 *   not give is "". The calls of <netdb.h> return what libc's calls return.
 * - Protocols. They are IP protocol numbers as in getaddrinfo(3): 6 tcp,
 *   17 udp, 33 dccp, 132 sctp. So IPPROTO_TCP works. Two more are
 *   IANA_PROTO_ANY and IANA_PROTO_NONE.
 * - Ports. They are ints in host byte order. Two are in network byte order, as
 *   in <netdb.h>: the port in a struct servent, and the port that
 *   iana_getservbyport() and its reentrant forms take.
 * - Names. ASCII case is ignored (RFC 6335, section 5.1), in every locale.
 *   Answers have the spelling of the registry.
 * - Order. If several services match, they come in four classes: the names of a
 *   site's own files; names that the conventional names move to the front;
 *   other registered names; names that the conventional names add. Within the
 *   first class, names come in the order of their lines, as in services(5).
 *   Within the others, the lower port comes first, and names without a port
 *   last; then the order is tcp, udp, sctp, dccp, none; then it is the order of
 *   the registry. Where a port was asked for, a range counts as that port. An
 *   alias never comes before the service that it stands for.
 *   iana_service_next() sorts by port before all this.
 * - Lifetime. Strings are constant and end with NUL. They are valid as long as
 *   their registry: until iana_registry_close(), or, for the built-in one, as
 *   long as the library is loaded. A program closes the registries that it
 *   opened, and frees nothing else.
 * - Threads and signals. Functions are reentrant and async-signal-safe. They do
 *   not allocate, lock or make a system call, and they write only where the
 *   caller says. Some functions are different, and their descriptions say how
 *   after the words "Threads and signals": those that open and close
 *   registries, those for texts of errors, and those calls of <netdb.h> that
 *   have results or a cursor of their own.
 * - Arguments. A text may be NULL or "", and may have any length and content.
 *   Ports and protocols may be any int. What cannot be in the registry is not
 *   found. A cursor may be any number, such as one that was made with another
 *   registry: the answer is an entry of this registry, or its end. The member
 *   record of a struct iana_service may be any number, too: the answer is a
 *   text of its registry, or "". A pointer through which a function writes
 *   must be valid. It may be NULL only if the size that goes with it is 0, or
 *   if its description allows NULL.
 *
 * Everything described here has been available since version 0.1.
 */

#include "ianaport-version.h"

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#ifndef IANA_API                /* a build of the library may define it */
#  define IANA_API
#endif

/** A registry; NULL stands for the one that is built in. */
struct iana_registry;

/* ---- Names and numbers of protocols -------------------------------------- */

/** As an argument: all services, with any protocol or none. */
#define IANA_PROTO_ANY 0

/** As an argument: only services for which the registry names no protocol. In a
 * struct iana_service: the service is one of those. */
#define IANA_PROTO_NONE (-1)

/** What iana_proto_number() returns for a name that it does not know. As an
 * argument, it finds nothing. */
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
 * @return port of the first service of that name that has a port; for a range,
 *         its lowest port; -1 if there is none
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
 * Port for a text that a user wrote: "https", "443", "https/tcp", "443/udp".
 *
 * The text is tried in three ways. First, the whole text is looked up as a
 * name, since some names have a slash, such as "cl/1". Second, it may be a
 * number: 1 to 5 digits, at most 65535, with no sign and no space. A number
 * need not be registered. Third, it may be a name or a number, a slash, and
 * "tcp", "udp", "sctp" or "dccp".
 *
 * @param registry        where to look
 * @param text            what the user wrote
 * @param[in,out] proto   in: the protocol that is wanted, such as
 *                        IANA_PROTO_ANY. out: the protocol of the service, or
 *                        the one in the text. Left unchanged if there is
 *                        neither, and on failure. NULL asks for any protocol.
 * @return port; -1 if there is none, or if *proto and the text name different
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
 * @param size      size of buf, in bytes; 16 are enough for the built-in
 *                  registry
 * @return length of the whole text without its NUL, like snprintf(3). At most
 *         size - 1 bytes of the text and a NUL are written. For a port outside
 *         0 to 65535, the text is empty and the result 0.
 */
IANA_API size_t
iana_format_port(const struct iana_registry *registry, int port, int proto,
		 char *buf, size_t size);

/* ---- Services of a name, services on a port, all services ---------------- */

/* Bits of iana_service.flags: */
#define IANA_ALIAS 1u           /**< alias; see iana_service_alias_of() */
#define IANA_MOVED 2u           /**< moved to the front by conventional names */
#define IANA_ADDED 4u           /**< not in IANA's registry */
#define IANA_LOCAL 8u           /**< a site's own file has it */
#define IANA_MALFORMED 16u      /**< registered, and breaks a rule for names */

/**
 * A service: a named record of the registry, or a name that was added to it.
 * There is one for each combination of a name, a port or range, and a protocol.
 * This struct is final: later versions may add functions, and no members.
 */
struct iana_service {
	const char *name;       /**< as the registry spells it */
	const struct iana_registry *registry;   /**< where it was found */
	uint32_t record;        /**< identifies it there; opaque */
	uint32_t flags;         /**< IANA_ALIAS and so on */
	int port;               /**< -1 if it has none */
	int last_port;          /**< differs from port only for a range */
	int proto;              /**< IANA_PROTO_NONE if it has none */
};

/**
 * All services of a name, including those without a port.
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
 * All services on a port, including aliases and ranges that cover the port.
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
 * Enumerate every service: first by port, then those without a port.
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
 * @param service   a service that one of the functions above returned
 * @param[out] out  receives the service that the alias stands for, on the same
 *                  port and protocol
 * @return 1, or 0 if the service is not an alias
 */
IANA_API int
iana_service_alias_of(const struct iana_service *service,
		      struct iana_service *out);

/* ---- Details of a service ------------------------------------------------ */

/*
 * What the columns of IANA's page say about a service, in UTF-8. Each run of
 * white space is one space. The result is "" if the column is empty, if service
 * is NULL or has the flag IANA_ADDED, and if the build or the loaded registry
 * has no details.
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
 * References to what specifies the service, such as "[RFC3948][RFC7296]".
 *
 * @param service  a service whose registry is still open
 * @return references, or ""
 */
IANA_API const char *
iana_service_reference(const struct iana_service *service);

/**
 * Assignee, such as "[Jon_Postel]". If the registry names none, the contact is
 * returned.
 *
 * @param service  a service whose registry is still open
 * @return ids of IANA's table of people, or ""
 */
IANA_API const char *
iana_service_assignee(const struct iana_service *service);

/**
 * Contact, such as "[Jon_Postel]".
 *
 * @param service  a service whose registry is still open
 * @return ids of IANA's table of people, or ""
 */
IANA_API const char *
iana_service_contact(const struct iana_service *service);

/**
 * Date of the registration.
 *
 * @param service  a service whose registry is still open
 * @return a date, such as "2011-05-26" or, for some, "2007-11"; or ""
 */
IANA_API const char *
iana_service_registered(const struct iana_service *service);

/**
 * Date when the registration was last modified.
 *
 * @param service  a service whose registry is still open
 * @return a date, such as "2011-05-26" or, for some, "2007-11"; or ""
 */
IANA_API const char *
iana_service_modified(const struct iana_service *service);

/**
 * Assignment note. For a DNS-SD service, for example, it lists the TXT keys.
 *
 * @param service  a service whose registry is still open
 * @return note, or ""
 */
IANA_API const char *
iana_service_note(const struct iana_service *service);

/**
 * Known unauthorized use of the service's port.
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
 * @return range of the port
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
 * Status of a port in the registry. Conventional and local names do not count.
 *
 * @param registry  where to look
 * @param port      0 to 65535
 * @param proto     protocol. IANA_PROTO_ANY asks for the best status that the
 *                  port has for any protocol. With IANA_PROTO_NONE, the port is
 *                  assigned if a service without a protocol has it. Otherwise
 *                  the result is the worst status that the port has for tcp,
 *                  udp, sctp and dccp.
 * @return status of the port
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
 * The registry's own text for a port that no service has, such as "Unassigned",
 * "De-registered" or "any private mail system".
 *
 * @param registry  where to look
 * @param port      0 to 65535
 * @param proto     protocol. IANA_PROTO_ANY asks for the first protocol that
 *                  has the status which iana_port_status() returns for
 *                  IANA_PROTO_ANY.
 * @return text; "" for an assigned port, or if the registry or the build has no
 *         text
 */
IANA_API const char *
iana_port_status_text(const struct iana_registry *registry, int port,
		      int proto);

/**
 * The registry's own record of a port that no service has. Pass it to the
 * functions for details: some such records have a note, a date or a reference.
 * Its name is "". Its port and last_port are the first and the last port that
 * the record covers.
 *
 * @param registry  where to look
 * @param port      0 to 65535
 * @param proto     protocol, as for iana_port_status_text()
 * @param[out] out  receives the record
 * @return 1; 0 for an assigned port, or if the registry or the build has no
 *         such record
 */
IANA_API int
iana_nameless_on(const struct iana_registry *registry, int port, int proto,
		 struct iana_service *out);

/**
 * Whether a name is valid for a new service.
 *
 * RFC 6335, section 5.1 allows 1 to 15 letters, digits and hyphens. At least
 * one is a letter. No hyphen is at either end, and no two are adjacent. About a
 * hundred registered names are older than this rule, and break it.
 *
 * @param name  name
 * @return 1 or 0
 */
IANA_API int
iana_name_is_valid(const char *name);

#if IANA_NETDB

struct servent;                 /* <netdb.h> */

/* ---- The calls of <netdb.h> ---------------------------------------------- */

/*
 * Arguments and results are those of getservent(3). An entry has one port and
 * one protocol. A range has an entry for each of its ports. A service without a
 * port or without a protocol has no entry. An alias has no entry of its own: it
 * is in s_aliases of the entry of its service, and a look-up of the alias
 * returns that entry.
 *
 * Three calls return a pointer to an entry. Each of them has its own storage in
 * each thread. The next call of the same function in the same thread overwrites
 * it.
 *
 * The process has one cursor for iana_getservent() and iana_getservent_r().
 * Look-ups do not move it.
 *
 * Threads and signals. iana_getservbyname(), iana_getservbyport() and
 * iana_getservent() are thread-safe, and not async-signal-safe. If the library
 * was loaded with dlopen(3), their first call in a thread may allocate, and
 * glibc ends the process if there is no memory. On Windows that call allocates,
 * and returns NULL if there is no memory. The other calls are thread-safe and
 * async-signal-safe. The cursor is advanced atomically: threads that share it
 * get each entry once.
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
 *               and numbers with a bit set above the low 16 are not found. On
 *               Windows, a port is also found by the negative number that the
 *               short s_port of its entry is.
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
 * @param buflen           size of buf, in bytes; 1024 are enough for the
 *                         built-in registry
 * @param[out] result      result_buf, or NULL if there is no entry
 * @return 0, or an error number. The result is 0 also if there is no entry;
 *         *result is NULL then. errno is left alone.
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
 * @param buflen           size of buf, in bytes; 1024 are enough for the
 *                         built-in registry
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
 * @param buflen           size of buf, in bytes; 1024 are enough for the
 *                         built-in registry
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
 * The reentrant calls, for a program that loads a registry. ianaport-netdb.h
 * has two more such calls. The size that buf needs depends on the registry: on
 * ERANGE, double it and call again.
 */

/**
 * Entry of a name in a registry.
 *
 * @param registry         where to look
 * @param name             as for iana_getservbyname_r()
 * @param proto            as for iana_getservbyname_r()
 * @param[out] result_buf  receives the entry
 * @param[out] buf         receives its strings and vectors
 * @param buflen           size of buf, in bytes
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
 * @param buflen           size of buf, in bytes
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
 * @param buflen           size of buf, in bytes
 * @param[out] result      result_buf, or NULL if there is no entry
 * @return as iana_getservent_r()
 */
IANA_API int
iana_registry_getservent_r(const struct iana_registry *registry,
			   uint32_t *cursor, struct servent *result_buf,
			   char *buf, size_t buflen, struct servent **result);

#endif

/* ---- Registries that are loaded at run time ------------------------------ */

/*
 * A program can load other copies of the registry: newer ones, or ones with a
 * site's own names. ianaport-compile(1) writes them with --blob.
 *
 * The functions that load a registry check all of it. Whatever the file says,
 * no look-up then reads outside of the registry or takes long, and no two
 * contradict each other: what an enumeration yields is found by its name and on
 * each of its ports. No text has a control character, or one that changes the
 * direction of text. ianaport-blob(5) has the limits.
 */

/** Why a registry was refused. */
enum iana_error {
	IANA_E_FILE = -1,       /**< not a regular file */
	IANA_E_MAGIC = -2,      /**< not a registry */
	IANA_E_VERSION = -3,    /**< newer format than this library knows */
	IANA_E_SIZE = -4,       /**< shorter or longer than it says */
	IANA_E_CHECKSUM = -5,   /**< changed since it was written */
	IANA_E_OFFSET = -6,     /**< an offset points to a wrong place */
	IANA_E_COUNT = -7,      /**< counts contradict each other */
	IANA_E_ORDER = -8,      /**< a table is not sorted */
	IANA_E_CHAIN = -9,      /**< a chain of names or ports is broken */
	IANA_E_STRING = -10,    /**< a string is empty, too long, endless, or
                                     has what no terminal should get */
	IANA_E_VALUE = -11,     /**< an impossible port, protocol, flag, date */
	IANA_E_SYSTEM = -12,    /**< the system failed; errno says why */
	IANA_E_OWNER = -13,     /**< users other than root could change it */
	IANA_E_OLDER = -14      /**< older than the built-in one */
};

/**
 * Load a registry from a file, and check all of it.
 *
 * The file is read into memory and closed: later changes to it have no effect.
 * Directories, FIFOs and devices are refused. On bare metal, which has no
 * files, this function fails with IANA_E_SYSTEM, and errno is ENOSYS.
 *
 * Threads and signals. Thread-safe, and not async-signal-safe: this function
 * opens, reads and allocates. As open(2) and read(2) are, it is a cancellation
 * point; a thread that is cancelled in it loses a descriptor and memory.
 *
 * @param path      file
 * @param[out] out  receives the registry, for iana_registry_close(); NULL on
 *                  failure
 * @return 0, or one of enum iana_error. With IANA_E_SYSTEM, errno has the
 *         reason, such as ENOENT or ENOMEM.
 */
IANA_API int
iana_registry_open(const char *path, struct iana_registry **out);

/**
 * Load the registry of this host, which ianaport-update(8) keeps up to date,
 * and check all of it.
 *
 * It is the file that iana_registry_system_path() names. No environment
 * variable changes the path. The registry is refused if it is older than the
 * built-in one. It is also refused if users other than root could have changed
 * it or put it there: if the file or its folder belongs to another user, or is
 * writable by group or others. On every failure *out is NULL, which stands for
 * the built-in registry. So a program that wants the best available registry
 * need not look at the result.
 *
 * Systems whose files do not belong to root or another user, such as Windows
 * and WASI, cannot tell. There this function fails with IANA_E_SYSTEM, and
 * errno is ENOSYS.
 *
 * The library never calls this on behalf of a program. The NSS module, the
 * preload shim and the ianaport command load this registry.
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
 * Path of the registry of this host.
 *
 * @return path, such as "/var/lib/ianaport/registry"; it was fixed when the
 *         library was built
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
 * @param size      size of data, in bytes
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
 * @param registry  a registry from one of the functions above; NULL does
 *                  nothing
 */
IANA_API void
iana_registry_close(struct iana_registry *registry);

/**
 * Text for an error.
 *
 * Threads and signals. As strerror(3) for IANA_E_SYSTEM.
 *
 * @param error  what one of the functions above returned
 * @return text without a full stop; for IANA_E_SYSTEM, the text that
 *         strerror(3) has for errno
 */
IANA_API const char *
iana_strerror(int error);

/* ---- Date of a registry, version of the library -------------------------- */

/*
 * Macros have the version of the header: IANA_VERSION_MAJOR, IANA_VERSION_MINOR
 * and IANA_VERSION_PATCH are numbers, and IANA_VERSION is a string such as
 * "0.1.0". IANA_VERSION_NUMBER is one number to compare versions by: 102 for
 * version 0.1.2, 10000 for version 1.0.0.
 *
 * IANA_NETDB is 1 if the library has the calls of <netdb.h>, and 0 if it was
 * built without them.
 */

/**
 * Date of a registry, as IANA states it.
 *
 * @param registry  the registry
 * @return date, such as "2026-08-17"
 */
IANA_API const char *
iana_registry_updated(const struct iana_registry *registry);

/**
 * Version of the library. It may be newer than the header's version.
 *
 * @return version, such as "0.1.0"
 */
IANA_API const char *
iana_version(void);

#ifdef __cplusplus
}
#endif

#endif
