/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef OVERLAY_H
#define OVERLAY_H

#include "registry.h"

/* Merge a file of a site. @lenient: skip bad lines with a warning. */
void
read_overlay(struct registry *registry, const char *file, bool lenient);

#endif
