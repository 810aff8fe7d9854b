/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef REGISTRY_H
#define REGISTRY_H

/*
 * The compiler's stages and what passes between them:
 *
 *   read.c          the registry's XML -> struct records, and the snapshot
 *   rules.c         records -> struct registry: checked, what everything means
 *   conventional.c  conventional names -> more services in it
 *   overlay.c       a site's own files -> more services in it
 *   order.c         the order of its services, by name and by port
 *   dump.c          registry -> text
 *   entries.c       services -> entries, each a record of the blob
 *   slots.c         names -> hash table
 *   pack.c          all that -> the blob
 *   details.c       what else the records say -> the details
 *
 * syntax.c knows what single fields mean, lines.c reads services(5) files,
 * text.c holds buffers and messages, and compile.c is the command.
 */

#include "text.h"
#include "format/bytes.h"
#include "format/classes.h"
#include "format/layout.h"
#include "format/names.h"
#include "format/protocols.h"

#include <stdbool.h>

#define PORTS 65536
#define NO_HEAD SIZE_MAX

/* Where its element starts, and its text, white space folded. */
struct field {
	const char *text;       /* NULL where the record has no such element */
	unsigned line;
};

/* A record as the XML has it. */
struct record {
	unsigned line;
	struct field name, protocol, number, description, note;
	struct field assignee, contact, reference, service_code, unauthorized;
	const char *registered, *modified;      /* dates, or NULL */
};

struct records {
	const char *file;
	struct field updated;   /* "2026-08-17" */
	struct record *record;
	size_t count;
	struct text snapshot;
};

/* A named record, or a conventional name. */
struct service {
	const char *name;
	int first, last;        /* 0: no port */
	unsigned proto;         /* a bit number of enum iap_mask */
	unsigned flags;         /* enum iap_flags: alias, moved, added */
	size_t order;           /* in the registry */
	size_t head;            /* an alias: index of its service */
	const struct record *source;    /* NULL: the registry has it not */
};

/* A record without a name. */
struct row {
	int first, last;
	unsigned proto;
	enum iap_status status;
	const char *words;
	size_t order;
};

struct registry {
	const char *file;
	const char *updated;
	struct service *service;
	size_t services;
	struct row *row;        /* by port */
	size_t rows;
	/* What the registry's own rows say of each port for each of the four
	 * protocols; conventional names change nothing here. */
	unsigned char status[PORTS][4];
	bool registered[PORTS][4];      /* by a service with that protocol */
};

/* The header's u32s: what they are called, their offset in the blob, and where
 * they are in struct iap_layout. */
struct header_field {
	const char *name;
	size_t at, member;
};
extern const struct header_field header_fields[];
extern const size_t header_field_count;

uint32_t
header_value(const struct header_field *field, const struct iap_layout *l);

/* A compiled registry, and its details, if wanted, by themselves. The counts
 * bound what any libc entry of it needs. */
struct blob {
	struct text bytes, details;
	struct iap_layout layout;
	size_t most_aliases, most_string_bytes;
};

/* Read a registry; any fault ends the process with file and line. */
void
read_records(struct records *records, const char *file);

void
apply_rules(struct registry *registry, const struct records *records);

/* Merge a file of conventional names. */
void
read_conventional(struct registry *registry, const char *file);

/* Merge a file of a site; @lenient: warn of bad lines, and skip them. */
void
read_overlay(struct registry *registry, const char *file, bool lenient);

void
pack(struct blob *blob, const struct registry *registry, bool with_details);

/* The blob as a file, with its details. */
struct text
whole_file(const struct blob *blob);

void
dump(struct text *out, const struct registry *registry);

/* ---- Order --------------------------------------------------------------- */

/* A service on a port; PORTS stands for those that have none. */
struct spot {
	int port;
	size_t service;
};

/* Every service on each of its ports, in the order of enumeration. */
struct spot *
order_by_port(const struct registry *registry, size_t *count);

/* How many spots from this one on are of its port. */
size_t
spots_of_port(const struct spot *spot, const struct spot *end);

/* Services sorted by name; each name's in the order of look-ups. */
size_t *
order_by_name(const struct registry *registry);

/* Whether both are local, moved, registered or added. */
bool
same_class(const struct service *a, const struct service *b);

/* ---- Entries ------------------------------------------------------------- */

#define NO_ENTRY SIZE_MAX

/* What becomes a record, and copies of it within a range. */
struct entry {
	const struct service *first;    /* in the order of names */
	unsigned mask;
	size_t head;                    /* an alias: entry of its service */
	size_t next;                    /* of the same name, or NO_ENTRY */
};

struct entries {
	const struct registry *registry;
	size_t *by_name;
	struct spot *spot;
	size_t spots;
	struct entry *entry;
	size_t count;
	size_t *of;                     /* each service's entry */
	const char **name;              /* distinct names */
	size_t *first;                  /* each name's first entry */
	size_t names;
};

void
make_all_entries(struct entries *e, const struct registry *registry);
void
free_entries(struct entries *e);

/* The entries of one port in the order in which its services meet them;
 * returns how many. */
size_t
list_entries(const struct entries *e, const struct spot *spot, size_t count,
	     size_t *list);

/* ---- Details ------------------------------------------------------------- */

/* @place: of each entry's record. */
void
pack_details(struct text *out, const struct entries *e, const size_t *place);

/* ---- Slots --------------------------------------------------------------- */

/* Key and pilots that give each of the names, which differ by more than case, a
 * slot of its own. A slot holds the index of its name, or 0. */
struct slots {
	uint64_t key;
	uint32_t buckets, count;
	unsigned char *pilots;
	uint32_t *slots;
};
/* Whether the hash ignores all that two names differ in: "a[" and "a{". */
bool
are_alike(const char *a, const char *b);
void
choose_slots(struct slots *slots, const char *file, const char *const *names,
	     size_t count);

/* ---- Services (rules.c) -------------------------------------------------- */

struct service *
add_service(struct registry *registry);

/* The service of that name which covers a port for a protocol, or NULL. */
struct service *
find_service(const struct registry *registry, const char *name, int port,
	     unsigned proto);

/* ---- Lines of services(5) files ------------------------------------------ */

struct line {
	const char *file;
	unsigned number;
	int port;
	unsigned proto;
	const char **name;      /* the service, then aliases */
	size_t names;
};

/* What a kind of file means by its lines, and how strict it is. */
struct line_rules {
	void (*take)(struct registry *registry, const struct line *line);
	const char *(*name_fault)(const char *name);
	/* What is wrong with a line in this registry; may be NULL. */
	const char *(*line_fault)(const struct registry *registry,
				  const struct line *line);
	bool skip_unknown_protocols;    /* with a warning */
	bool lenient;                   /* skip any bad line with a warning */
};

void
read_lines(struct registry *registry, const char *file,
	   const struct line_rules *rules);

/* A service that a line adds; its names are kept. */
struct service *
add_line(struct registry *registry, const struct line *line, const char *name,
	 unsigned flags, size_t head);

/* ---- Syntax -------------------------------------------------------------- */

#define NO_PROTOCOL 4           /* the bit number for none */

/* Bit number of a protocol's name, or -1. */
int
protocol_bit(const char *name);
const char *
protocol_name(unsigned bit);

/* NULL, or what is wrong with a name that the registry, or a site, has. */
const char *
name_fault(const char *name);
const char *
local_name_fault(const char *name);

/* As strcmp(), ASCII case folded. */
int
compare_names(const char *a, const char *b);

/* "80" or "6000-6063", within 0-65535 */
bool
parse_number(const char *s, int *first, int *last);

/* "80/tcp", "6000-6063/udp", "6400/-"; first -1 for none: "-/tcp", "-/-" */
void
print_port(struct text *out, int first, int last, unsigned proto);

/* What the words of a nameless row say; false for words that IANA has not used
 * so far, which are taken as reserved. */
bool
known_status(const char *words, enum iap_status *status);

/* The quoted name in a note that calls its record an alias or duplicate, or
 * NULL; to be freed. */
char *
alias_target(const char *note);

#endif
