/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef RULES_H
#define RULES_H

#include "registry.h"

/* What the records mean; any fault ends the process with file and line. */
void
apply_rules(struct registry *registry, const struct records *records);

#endif
