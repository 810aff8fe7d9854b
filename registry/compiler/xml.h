/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef XML_H
#define XML_H

/*
 * The contents of an XML file, one thing after the other. libxml2 calls back
 * while its parser is at the element in question: so every line number is
 * exact, however long the file is. No other file knows of libxml2.
 */

#include <stdbool.h>

struct xml {
	const char *file;
	void *parser;
	int depth;              /* of the element at hand; the root's is 1 */
	bool at_end;            /* the file has no more */
	unsigned last_line;     /* where it ended */

	/* @uri: of the namespace, or NULL; @attributes: five pointers for each,
	 * as snapshot.h has them. */
	void (*start)(struct xml *xml, const char *name, const char *uri,
		      int count, const unsigned char **attributes);
	void (*end)(struct xml *xml, const char *name);
	/* The parser stands behind it. */
	void (*text)(struct xml *xml, const char *text, int size);
};

/* Any fault ends the process with file and line. */
void
read_xml(struct xml *xml);

/* The line that the parser stands on. */
unsigned
xml_line(const struct xml *xml);

#endif
