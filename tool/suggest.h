/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef SUGGEST_H
#define SUGGEST_H

/* Says that a query was not found and, with a name, what it may mean, that it
 * is a subcommand, or that the registry knows nothing of it. */
void
say_missing(const char *query, const char *name);

#endif
