/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* The registry's XML. */

#include "compile.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	inputs[0] = (struct input){ "xml", data, size };
	compile_inputs(false, true);
	return 0;
}
