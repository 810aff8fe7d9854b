/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef MARK_H
#define MARK_H

/* Where the variables of the command start and end: those with a value, and
 * those that are zero. See command.c. */

#include <stdint.h>

struct mark {
	uint64_t words[8];
};

extern struct mark data_before, data_behind, zeros_before, zeros_behind;

#endif
