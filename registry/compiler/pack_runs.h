/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef PACK_RUNS_H
#define PACK_RUNS_H

#include "registry.h"

/* @chunks: the section of that name, which tells where there are records. */
void
pack_runs(struct text *runs, const struct registry *registry,
	  const struct text *chunks);

#endif
