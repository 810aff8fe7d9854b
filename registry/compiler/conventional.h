/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef CONVENTIONAL_H
#define CONVENTIONAL_H

#include "registry.h"

/* Merge a file of conventional names. */
void
read_conventional(struct registry *registry, const char *file);

#endif
