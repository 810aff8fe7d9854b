/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

#include "mark.h"

struct mark data_before = { { 1 } }, zeros_before;
