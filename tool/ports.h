/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef PORTS_H
#define PORTS_H

/* Ways through the registry. Each calls back for each row, and counts the
 * services among them. Aliases are in the rows of what they stand for. */

#include "row.h"

typedef void put_row_to(const row *r);

/* Ports one after another: their services, each where its range starts, and
 * runs of ports that none has and that have all columns but the port in
 * common. */
size_t
walk_ports(int first, int last, int proto, put_row_to *put);

/* Services whose name, or an alias of it, fits a glob: by port, then those
 * without one. */
size_t
walk_names(const char *glob, int proto, put_row_to *put);

#endif
