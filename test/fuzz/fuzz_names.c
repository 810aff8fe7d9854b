/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* Conventional and local names, over a small registry. The first byte tells
 * which, and how strict the compiler is. */

#include "compile.h"

static const char xml[] =
"<registry xmlns='http://www.iana.org/assignments'"
" id='service-names-port-numbers'><updated>2026-01-01</updated>"
"<record><name>a</name><protocol>tcp</protocol><number>1</number></record>"
"<record><name>b</name><protocol>tcp</protocol><number>1</number>"
"<note>This entry is an alias to \"a\".</note></record>"
"<record><name>a</name><protocol>udp</protocol><number>2-9</number></record>"
"<record><name>c</name><protocol>udp</protocol><number>2-9</number>"
"<note>This entry is an alias to \"a\".</note></record>"
"<record><name>d</name><protocol>udp</protocol><number>5</number></record>"
"<record><name>e</name></record></registry>";

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (!size)
		return 0;
	inputs[0] = (struct input){ "xml", xml, sizeof xml - 1 };
	inputs[1] = (struct input){ *data & 1 ? "overlay" : "conventional",
				    data + 1, size - 1 };
	compile_inputs(*data & 2, false);
	return 0;
}
