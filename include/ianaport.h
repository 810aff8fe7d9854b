/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef IANAPORT_H
#define IANAPORT_H

/*
 * libianaport: service names and port numbers out of the IANA Service Name
 * and Transport Protocol Port Number Registry (RFC 6335), built in.
 *
 * Conventions that hold for every function unless it says otherwise:
 *
 * Protocols are IP protocol numbers as in getaddrinfo(3): 6 tcp, 17 udp,
 *   33 dccp, 132 sctp, so that IPPROTO_TCP works. 0 stands for any protocol.
 * Ports are in host byte order, in an int. Only struct servent and the port
 *   argument of iana_getservbyport() and iana_getservbyport_r() are in network
 *   byte order, as in <netdb.h>.
 * Names compare without regard to ASCII case (RFC 6335, section 5.1), never by
 *   locale. Answers have the registered spelling.
 * Strings that are returned are constant, NUL-terminated and live as long as
 *   their registry; those of the built-in registry live as long as the library
 *   is loaded. Nothing is to be freed but registries that were opened.
 * Threads and signals: all functions are reentrant and async-signal-safe. They
 *   allocate nothing, take no lock, make no system call, and write only to
 *   memory that the caller gave them. The exceptions are the three plain calls,
 *   the cursor of the getservent(3) forms, and opening, closing and the texts
 *   of errors, and say so.
 * Bad arguments (NULL, "", text of any length and content, ports outside
 *   0..65535, unknown protocols) are answered like something unknown. Pointers
 *   to what a function writes must be valid, but where it says otherwise.
 * Order is the same everywhere. What a site's own file names comes first, then
 *   what the conventional names moved to the front, then what is registered,
 *   then what the conventional names add. Within each: by port, ports before
 *   none; tcp, udp, sctp, dccp, none; then as in the registry, or the site's
 *   file, but no alias before what it stands for. Enumeration takes the port
 *   first.
 * Everything here is available since version 0.1.
 */

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
struct iana_registry;           /* NULL stands for the built-in registry */

/* ---- The calls most programs need --------------------------------------- */

/**
 * The port of a service.
 *
 * @name   service name, such as "https"
 * @proto  protocol, or 0 for any
 *
 * Returns the port of the first service of that name which has one, the first
 * port if it has a range, or -1.
 */
IANA_API int
iana_port_of(const char *name, int proto);

/**
 * The name of the service on a port.
 *
 * @port   0..65535
 * @proto  protocol, or 0 for any
 *
 * Returns the name of the first service on that port, or NULL.
 */
IANA_API const char *
iana_name_of(int port, int proto);

/**
 * The port that a user means by a text: "https", "443", "https/tcp", "443/udp".
 *
 * The whole text is tried as a name first (some have a slash: "cl/1"). If there
 * is none, a suffix after the last slash, which must be exactly "tcp", "udp",
 * "sctp" or "dccp", is taken as the protocol and the rest as a name or number.
 * A number has 1 to 5 digits, no sign, no space, and is at most 65535; it need
 * not be registered.
 *
 * @text   what the user wrote
 * @proto  in: the protocol wanted, or 0 for any. out: the protocol that
 *         answered (0 if the registry names none for the service), unchanged
 *         for a bare number or a failure. May be NULL: any.
 *
 * Returns the port, or -1; also where *proto and the suffix are in conflict.
 */
IANA_API int
iana_resolve(const char *text, int *proto);

/**
 * Write the name of the service on a port, or the number where it has none.
 *
 * @port   0..65535
 * @proto  protocol, or 0 for any
 * @buf    where to write; may be NULL if size is 0
 * @size   of buf, in bytes; 16 are enough for the built-in registry
 *
 * Returns the length of the whole text without its NUL, as snprintf(3) does; at
 * most size - 1 bytes of it and a NUL were written. 0, and an empty text, for a
 * port outside 0..65535.
 */
IANA_API size_t
iana_format_port(int port, int proto, char *buf, size_t size);

/** Name of a protocol number: "tcp", "udp", "sctp", "dccp", or NULL. */
IANA_API const char *
iana_proto_name(int proto);

/** Number of a protocol name, compared byte for byte: 6, 17, 132, 33, or -1. */
IANA_API int
iana_proto_number(const char *name);

/* ---- Whole services ------------------------------------------------------ */

/** iana_service.flags */
#define IANA_ALIAS 1u           /* another name; iana_service_alias_of() */
#define IANA_MOVED 2u           /* moved to the front by conventional names */
#define IANA_ADDED 4u           /* not in IANA's registry */
#define IANA_LOCAL 8u           /* a site's own file has it */

/**
 * A service: a named record of the registry, or a conventional name. There is
 * one for each name, number or range, and protocol. The struct is final: what
 * may come later are accessor functions.
 */
struct iana_service {
	const char *name;                       /* registered spelling */
	const struct iana_registry *registry;   /* where it comes from */
	uint32_t record;                        /* which; opaque */
	uint32_t flags;                         /* IANA_ALIAS... */
	int port, last_port;    /* -1: has none; differ for a range only */
	int proto;              /* 0: the registry names none */
};

/**
 * All services of a name, those without a port included.
 *
 * @registry  NULL for the built-in one
 * @name      service name
 * @proto     protocol, or 0 for all, those for which none is named included
 * @out       receives the first cap services; may be NULL if cap is 0
 *
 * Returns how many there are, however small cap is.
 */
IANA_API size_t
iana_services_named(const struct iana_registry *registry, const char *name,
		    int proto, struct iana_service *out, size_t cap);

/**
 * All services on a port, as a range or alone, aliases too.
 *
 * Parameters and result as iana_services_named(); @port is 0..65535.
 */
IANA_API size_t
iana_services_on(const struct iana_registry *registry, int port, int proto,
		 struct iana_service *out, size_t cap);

/**
 * Enumerate every service: by port, then those without a port.
 *
 * @registry  NULL for the built-in one
 * @cursor    the caller's place in the enumeration; start with 0, and let only
 *            this function change it
 * @out       receives the service
 *
 * Returns 1, or 0 at the end.
 */
IANA_API int
iana_service_next(const struct iana_registry *registry, uint32_t *cursor,
		  struct iana_service *out);

/**
 * The service that an alias stands for.
 *
 * A service is an alias where a note in the registry calls it an alias or a
 * duplicate of another name on the same port and protocol, and where the
 * conventional names say so.
 *
 * @service  from one of the functions above
 * @out      receives the service, on the same port and protocol
 *
 * Returns 1, or 0 if the service is no alias.
 */
IANA_API int
iana_service_alias_of(const struct iana_service *service,
		      struct iana_service *out);

/* ---- Details of a service ------------------------------------------------ */

/*
 * What the columns of IANA's page say of a service, in UTF-8, white space
 * folded; "" where they say nothing, for IANA_ADDED names, for NULL, and where
 * details were left out of the build or the loaded registry.
 *
 * @service  from one of the functions above, its registry still open
 */

/** Such as "Network News Transfer Protocol". */
IANA_API const char *
iana_service_description(const struct iana_service *service);

/** What specifies it: "[RFC3948][RFC7296]". */
IANA_API const char *
iana_service_reference(const struct iana_service *service);

/** Ids of whom the service is assigned to: "[Jon_Postel]". Where the registry
 * names none, that is who is to be contacted. */
IANA_API const char *
iana_service_assignee(const struct iana_service *service);

/** Ids of whom to contact: "[Jon_Postel]". */
IANA_API const char *
iana_service_contact(const struct iana_service *service);

/** Date of the registration: "2011-05-26" or, for some, "2007-11". */
IANA_API const char *
iana_service_registered(const struct iana_service *service);

/** Date of the last modification, as above. */
IANA_API const char *
iana_service_modified(const struct iana_service *service);

/** The assignment note, TXT keys of DNS-SD among others. */
IANA_API const char *
iana_service_note(const struct iana_service *service);

/** What is known of unauthorized use of the port. */
IANA_API const char *
iana_service_unauthorized_use(const struct iana_service *service);

/** The Service Code of DCCP (RFC 4340, section 8.1.2), in decimal. */
IANA_API const char *
iana_service_service_code(const struct iana_service *service);

/* ---- Port ranges (RFC 6335, section 6) and status (section 8) ------------ */

#define IANA_SYSTEM_LAST 1023
#define IANA_USER_LAST   49151

enum iana_range {
	IANA_RANGE_INVALID,     /* not a port: outside 0..65535 */
	IANA_RANGE_SYSTEM,      /* 0..1023, the Well Known Ports */
	IANA_RANGE_USER,        /* 1024..49151, the Registered Ports */
	IANA_RANGE_DYNAMIC      /* 49152..65535, Private or Ephemeral Ports */
};

/** The range that a port belongs to. */
IANA_API enum iana_range
iana_port_range(int port);

/** "System Ports", "User Ports", "Dynamic Ports"; otherwise "invalid". */
IANA_API const char *
iana_range_name(enum iana_range range);

enum iana_status {
	IANA_STATUS_INVALID,    /* not a port, or not a protocol */
	IANA_STATUS_ASSIGNED,   /* a registered service has it */
	IANA_STATUS_RESERVED,   /* held back by IANA */
	IANA_STATUS_UNASSIGNED, /* free for assignment */
	IANA_STATUS_DYNAMIC     /* never assigned */
};

/**
 * What the registry says of a port. Conventional and local names do not count.
 *
 * @registry  NULL for the built-in one
 * @port      0..65535
 * @proto     protocol; 0 asks for the best of all: assigned before reserved
 *            before unassigned
 */
IANA_API enum iana_status
iana_port_status(const struct iana_registry *registry, int port, int proto);

/** "assigned", "reserved", "unassigned", "dynamic"; otherwise "invalid". */
IANA_API const char *
iana_status_name(enum iana_status status);

/**
 * The words of the registry for a port that no service has: "Unassigned",
 * "De-registered", "any private mail system".
 *
 * @registry  NULL for the built-in one
 * @port      0..65535
 * @proto     protocol; 0 asks for the first that has the status which
 *            iana_port_status() gives for 0
 *
 * Returns "" for an assigned port, where the registry has no words, and where
 * the details were left out.
 */
IANA_API const char *
iana_port_status_text(const struct iana_registry *registry, int port,
		      int proto);

/**
 * Whether a new service could have this name by RFC 6335, section 5.1: 1 to 15
 * letters, digits and hyphens, a letter at least, no hyphen at either end and
 * no two in a row. About a hundred registered names are older and do not.
 *
 * Returns 1 or 0.
 */
IANA_API int
iana_name_is_valid(const char *name);

/* ---- The calls of <netdb.h> ---------------------------------------------- */

/*
 * Arguments and results are those of getservent(3). An entry has a port and a
 * protocol: a range has one entry for each port, and a service without a port
 * or without a protocol has none. Aliases stand in their entry's s_aliases,
 * and asking for an alias answers with that entry.
 *
 * @port is in network byte order and compared as a whole int: -1, 0 and any
 * bit above the low 16 are unknown. @proto is "tcp", "udp", "sctp" or "dccp",
 * byte for byte, or NULL for any.
 *
 * The three plain calls return thread-local storage of their own, overwritten
 * by the same call in the same thread, or NULL. A thread's first call may
 * allocate that storage if the library was loaded with dlopen(3), so they are
 * thread-safe but not async-signal-safe.
 */
IANA_API struct servent *
iana_getservbyname(const char *name, const char *proto);
IANA_API struct servent *
iana_getservbyport(int port, const char *proto);
IANA_API struct servent *
iana_getservent(void);

/**
 * Start the enumeration of iana_getservent() and iana_getservent_r() again.
 *
 * The process has one cursor, advanced atomically: threads that share it get
 * each entry once. Look-ups do not move it. @stayopen is ignored.
 */
IANA_API void
iana_setservent(int stayopen);
IANA_API void
iana_endservent(void);

/*
 * The reentrant forms, with the signature and results of glibc and LSB.
 *
 * @result_buf  receives the entry
 * @buf         receives its strings and vectors; any alignment
 * @buflen      of buf, in bytes; 1024 are enough for the built-in registry
 * @result      set to result_buf, or NULL if there is no entry
 *
 * Return 0 for a hit and for a miss, which *result tells apart; ERANGE if buf
 * is too small; iana_getservent_r() also ENOENT at the end. ERANGE consumes no
 * entry. errno is left alone.
 */
IANA_API int
iana_getservbyname_r(const char *name, const char *proto,
		     struct servent *result_buf, char *buf, size_t buflen,
		     struct servent **result);
IANA_API int
iana_getservbyport_r(int port, const char *proto,
		     struct servent *result_buf, char *buf, size_t buflen,
		     struct servent **result);
IANA_API int
iana_getservent_r(struct servent *result_buf, char *buf, size_t buflen,
		  struct servent **result);

/* ---- Registries loaded at run time --------------------------------------- */

/*
 * Other copies of the registry, newer ones or with a site's own names, as
 * ianaport-compile --blob writes them. They are for the functions that take a
 * registry; the others answer from the built-in one.
 */

/** Why a registry was refused. Other results of the functions below are 0, and
 * numbers of errno(3), which are positive. */
enum iana_error {
	IANA_E_FILE = -1,       /* not a regular file */
	IANA_E_MAGIC = -2,      /* not a registry */
	IANA_E_VERSION = -3,    /* in a newer format than this library's */
	IANA_E_SIZE = -4,       /* shorter or longer than it says */
	IANA_E_CHECKSUM = -5,   /* changed since it was written */
	IANA_E_OFFSET = -6,     /* something points to a wrong place */
	IANA_E_COUNT = -7,      /* numbers of things contradict each other */
	IANA_E_ORDER = -8,      /* something is not sorted */
	IANA_E_CHAIN = -9,      /* a chain of names, ports or aliases is broken */
	IANA_E_STRING = -10,    /* a string is empty, too long or has no end */
	IANA_E_VALUE = -11      /* a port, protocol, flag or date is impossible */
};

/**
 * Load a registry from a file into memory of its own, and check all of it.
 *
 * The file is opened read-only and closed on exec, then closed: what happens to
 * it later does no harm. Directories, FIFOs and devices are refused.
 *
 * @path  file
 * @out   receives the registry, for iana_registry_close(); NULL on failure
 *
 * Returns 0, one of enum iana_error, or a number of errno(3), such as ENOENT or
 * ENOMEM. Thread-safe, not async-signal-safe: allocates, opens.
 */
IANA_API int
iana_registry_open(const char *path, struct iana_registry **out);

/**
 * The same for a registry that is in memory: nothing is copied.
 *
 * @data  any alignment; must stay unchanged until iana_registry_close()
 * @size  in bytes
 */
IANA_API int
iana_registry_open_memory(const void *data, size_t size,
			  struct iana_registry **out);

/** Free a registry. What came from it is no longer valid. NULL: nothing. */
IANA_API void
iana_registry_close(struct iana_registry *registry);

/** What a result of the functions above means, in words. As strerror(3) for
 * positive numbers, with its limits for threads and signals. */
IANA_API const char *
iana_strerror(int error);

/** Date of the registry, as IANA states it: "2026-08-17". NULL: built-in. */
IANA_API const char *
iana_registry_updated(const struct iana_registry *registry);

/* ---- Provenance ---------------------------------------------------------- */

/** Version of the library: "0.1.0". */
IANA_API const char *
iana_version(void);

#ifdef __cplusplus
}
#endif

#endif
