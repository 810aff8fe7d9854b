/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef TOOL_SYSTEM_H
#define TOOL_SYSTEM_H

#include "ianaport.h"

/* Use the host's registry, if none was named; NULL is the built-in one. */
void
use_system_registry(struct iana_registry **registry);

/* The version, which registry is used, and why not the other. */
void
print_versions(const struct iana_registry *registry);

#endif
