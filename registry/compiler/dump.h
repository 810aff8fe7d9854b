/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef DUMP_H
#define DUMP_H

#include "registry.h"

void
dump(struct text *out, const struct registry *registry);

#endif
