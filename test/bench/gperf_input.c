/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/*
 * Writes gperf's input, `gperf_input -D` for names by pointer or `-P` for a
 * string pool: all names with a port. What is in C has a prefix, d or p, so
 * that one program can hold both.
 */

#include "table.h"

#include <stdio.h>
#include <string.h>

int
main(int argc, char **argv)
{
	int pool = argc == 2 && !strcmp(argv[1], "-P");
	struct table *t = table_read();

	printf("%%{\nstatic const struct value further[%zu] = {\n",
	       t->further_count);
	for (size_t i = 0; i < t->further_count; i++)
		printf("\t{ %d, %d },\n", t->further[i].port,
		       t->further[i].bits);
	printf("};\n%%}\nstruct gperf_name {\n\t%s;\n"
	       "\tunsigned short port, bits;\n};\n%%%%\n",
	       pool ? "int name" : "const char *name");
	for (size_t i = 0; i < t->name_count; i++)
		printf("%s, %d, %d\n", t->names[i].name,
		       t->names[i].value.port, t->names[i].value.bits);
	return 0;
}
