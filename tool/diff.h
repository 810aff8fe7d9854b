/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef DIFF_H
#define DIFF_H

/* What is different in two registries. */

#include "ianaport.h"

#include <stddef.h>

/* ---- Services: diff_services.c ------------------------------------------- */

/* Reassigned, renamed and respelled services have another name on the same
 * ports; moved ones have the same name on others. */
enum kind { SAME, REMOVED, REASSIGNED, RENAMED, RESPELLED, MOVED, ADDED };

struct change {
	enum kind kind;
	const struct iana_service *old, *new;   /* one of them may be NULL */
};

struct changes {
	struct change *all;             /* for free(3) */
	size_t count;
};

/* All old services, then those that were added. */
struct changes
compare_services(const struct iana_service *old, size_t old_count,
		 const struct iana_service *new, size_t new_count);

/* ---- Ports: diff_ports.c ------------------------------------------------- */

/* Ports with the same change. */
struct run {
	int first, last;
	const char *before, *after;
	unsigned protocols;             /* a bit for each */
};

struct runs {
	struct run *all;                /* for free(3) */
	size_t count;
};

/* What a registry has on a port, for one of the protocols or for none; NULL if
 * nothing. */
typedef const char *on_port(const struct iana_registry *in, int port, int i);

/* Runs of ports on which both registries have something, and it is not the
 * same. */
struct runs
compare_ports(const struct iana_registry *old, const struct iana_registry *new,
	      on_port *what);

/* "443/tcp,udp", "6000-6063/-"; for free(3) */
char *
place_of_run(const struct run *r);

/* ---- Details: diff_details.c --------------------------------------------- */

/* Whether a registry has any. */
int
has_details(const struct iana_registry *r);

/* Prints which details changed; returns how many did. */
size_t
print_changed_details(const struct iana_registry *old,
		      const struct iana_registry *new,
		      const struct changes *changes);

/* Port and protocol of a service, always with both parts: "-/-"; for free(3) */
char *
where(const struct iana_service *s);

#endif
