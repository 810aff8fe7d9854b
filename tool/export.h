/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef EXPORT_H
#define EXPORT_H

/* The formats of "ianaport export" that have files of their own, and what they
 * share. */

/* The comment that a file starts with. */
void
put_date(void);

void
export_csv(void);

void
export_json(void);

void
export_nftables(void);

#endif
