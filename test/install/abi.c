/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/*
 * What a program takes from the headers when it is compiled, written a second
 * time: the types of functions, the layout of structs, and numbers. Programs
 * must be compiled again if anything here has to change. This file does not
 * compile if a header says something else. check_library.py asks whether all is
 * here that is in the headers and in the library, and no more.
 */

#include "ianaport-netdb.h"

/* ---- Numbers ------------------------------------------------------------- */

#define NUMBER(name, number) _Static_assert(name == number, #name);

NUMBER(IANA_PROTO_ANY, 0)
NUMBER(IANA_PROTO_NONE, -1)
NUMBER(IANA_PROTO_UNKNOWN, -2)

NUMBER(IANA_ALIAS, 1)
NUMBER(IANA_MOVED, 2)
NUMBER(IANA_ADDED, 4)
NUMBER(IANA_LOCAL, 8)
NUMBER(IANA_MALFORMED, 16)

NUMBER(IANA_SYSTEM_LAST, 1023)
NUMBER(IANA_USER_LAST, 49151)

NUMBER(IANA_RANGE_INVALID, 0)
NUMBER(IANA_RANGE_SYSTEM, 1)
NUMBER(IANA_RANGE_USER, 2)
NUMBER(IANA_RANGE_DYNAMIC, 3)

NUMBER(IANA_STATUS_INVALID, 0)
NUMBER(IANA_STATUS_ASSIGNED, 1)
NUMBER(IANA_STATUS_RESERVED, 2)
NUMBER(IANA_STATUS_UNASSIGNED, 3)
NUMBER(IANA_STATUS_DYNAMIC, 4)

NUMBER(IANA_E_FILE, -1)
NUMBER(IANA_E_MAGIC, -2)
NUMBER(IANA_E_VERSION, -3)
NUMBER(IANA_E_SIZE, -4)
NUMBER(IANA_E_CHECKSUM, -5)
NUMBER(IANA_E_OFFSET, -6)
NUMBER(IANA_E_COUNT, -7)
NUMBER(IANA_E_ORDER, -8)
NUMBER(IANA_E_CHAIN, -9)
NUMBER(IANA_E_STRING, -10)
NUMBER(IANA_E_VALUE, -11)
NUMBER(IANA_E_SYSTEM, -12)
NUMBER(IANA_E_OWNER, -13)
NUMBER(IANA_E_OLDER, -14)

/* ---- Structs ------------------------------------------------------------- */

#define MEMBER(type, name, at) \
	_Static_assert(offsetof(struct iana_service, name) == at \
		       && _Generic(&((struct iana_service *)0)->name, \
				   type *: 1, default: 0), #name);
#define POINTER sizeof(void *)

typedef const struct iana_registry *registry;
typedef const struct iana_service *service;
typedef const char *text;

MEMBER(text, name, 0)
MEMBER(registry, registry, POINTER)
MEMBER(uint32_t, record, 2 * POINTER)
MEMBER(uint32_t, flags, 2 * POINTER + 4)
MEMBER(int, port, 2 * POINTER + 8)
MEMBER(int, last_port, 2 * POINTER + 12)
MEMBER(int, proto, 2 * POINTER + 16)
_Static_assert(sizeof(struct iana_service) ==
	       (2 * POINTER + 20 + POINTER - 1) / POINTER * POINTER, "size");

/* ---- Functions ----------------------------------------------------------- */

text iana_proto_name(int);
int iana_proto_number(text);

int iana_port_of(registry, text, int);
text iana_name_of(registry, int, int);
int iana_resolve(registry, text, int *);
size_t iana_format_port(registry, int, int, char *, size_t);

size_t iana_services_named(registry, text, int, struct iana_service *, size_t);
size_t iana_services_on(registry, int, int, struct iana_service *, size_t);
int iana_service_next(registry, uint32_t *, struct iana_service *);
int iana_service_alias_of(service, struct iana_service *);

text iana_service_description(service);
text iana_service_reference(service);
text iana_service_assignee(service);
text iana_service_contact(service);
text iana_service_registered(service);
text iana_service_modified(service);
text iana_service_note(service);
text iana_service_unauthorized_use(service);
text iana_service_code(service);

enum iana_range iana_port_range(int);
text iana_range_name(enum iana_range);
enum iana_status iana_port_status(registry, int, int);
text iana_status_name(enum iana_status);
text iana_port_status_text(registry, int, int);
int iana_nameless_on(registry, int, int, struct iana_service *);
int iana_name_is_valid(text);

struct servent *iana_getservbyname(text, text);
struct servent *iana_getservbyport(int, text);
struct servent *iana_getservent(void);
void iana_setservent(int);
void iana_endservent(void);
int iana_getservbyname_r(text, text, struct servent *, char *, size_t,
	struct servent **);
int iana_getservbyport_r(int, text, struct servent *, char *, size_t,
	struct servent **);
int iana_getservent_r(struct servent *, char *, size_t, struct servent **);
int iana_registry_getservbyname_r(registry, text, text, struct servent *,
	char *, size_t, struct servent **);
int iana_registry_getservbyport_r(registry, int, text, struct servent *, char *,
	size_t, struct servent **);
int iana_registry_getservent_r(registry, uint32_t *, struct servent *, char *,
	size_t, struct servent **);

int iana_getaddrinfo(text, text, const struct addrinfo *, struct addrinfo **);
int iana_getnameinfo(const struct sockaddr *, socklen_t, char *, socklen_t,
	char *, socklen_t, int);
int iana_registry_getaddrinfo(registry, text, text, const struct addrinfo *,
	struct addrinfo **);
int iana_registry_getnameinfo(registry, const struct sockaddr *, socklen_t,
	char *, socklen_t, char *, socklen_t, int);

int iana_registry_open(text, struct iana_registry **);
int iana_registry_open_system(struct iana_registry **);
text iana_registry_system_path(void);
int iana_registry_open_memory(const void *, size_t, struct iana_registry **);
void iana_registry_close(struct iana_registry *);
text iana_strerror(int);

text iana_registry_updated(registry);
text iana_version(void);
