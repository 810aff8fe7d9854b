/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#include "xml.h"
#include "messages.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <libxml/parser.h>
#include <libxml/SAX2.h>

unsigned
xml_line(const struct xml *xml)
{
	return (unsigned)xmlSAX2GetLineNumber(xml->parser);
}

static void
on_start(void *data, const xmlChar *local, const xmlChar *prefix,
	 const xmlChar *uri, int namespaces, const xmlChar **namespace,
	 int attribute_count, int defaulted, const xmlChar **attributes)
{
	struct xml *xml = data;

	(void)prefix, (void)namespaces, (void)namespace, (void)defaulted;
	xml->depth++;
	xml->start(xml, (const char *)local, (const char *)uri,
		   attribute_count, attributes);
}

static void
on_end(void *data, const xmlChar *local, const xmlChar *prefix,
       const xmlChar *uri)
{
	struct xml *xml = data;

	(void)prefix, (void)uri;
	xml->end(xml, (const char *)local);
	xml->depth--;
}

static void
on_text(void *data, const xmlChar *chars, int size)
{
	struct xml *xml = data;

	xml->text(xml, (const char *)chars, size);
}

/* A document type could declare entities; no registry has one. */
static void
on_doctype(void *data, const xmlChar *name, const xmlChar *external,
	   const xmlChar *system)
{
	const struct xml *xml = data;

	(void)name, (void)external, (void)system;
	fail_at(xml->file, xml_line(xml), "a document type is not accepted");
}

#if LIBXML_VERSION >= 21200
typedef const xmlError *error_pointer;
#else
typedef xmlErrorPtr error_pointer;
#endif

static void
on_error(void *data, error_pointer error)
{
	const struct xml *xml = data;
	size_t size = error->message ? strcspn(error->message, "\n") : 0;
	unsigned line = (unsigned)error->line;

	if (error->code == XML_ERR_NO_MEMORY)
		fail_at(xml->file, 0, "out of memory");
	/* Each libxml2 has other words for it, and another code. */
	if (xml->at_end && xml->depth)
		fail_at(xml->file, line, "XML: the file ends early");
	fail_at(xml->file, line, "XML: %.*s", (int)size,
		error->message ? error->message : "");
}

static void
parse(struct xml *xml, FILE *input)
{
	char buffer[65536];
	size_t size;

	while ((size = fread(buffer, 1, sizeof buffer, input)) > 0)
		xmlParseChunk(xml->parser, buffer, (int)size, 0);
	if (ferror(input))
		fail_at(xml->file, 0, "%s", strerror(errno));
	xml->at_end = true;
	xmlParseChunk(xml->parser, "", 0, 1);
}

void
read_xml(struct xml *xml)
{
	xmlSAXHandler sax = {
		.initialized = XML_SAX2_MAGIC,
		.internalSubset = on_doctype,
		.startElementNs = on_start,
		.endElementNs = on_end,
		.characters = on_text,
		.cdataBlock = on_text,
		.ignorableWhitespace = on_text,
		.serror = on_error,
	};
	int options = XML_PARSE_NONET | XML_PARSE_BIG_LINES;
	FILE *input = fopen(xml->file, "rb");

	if (!input)
		fail_at(xml->file, 0, "%s", strerror(errno));

	xmlParserCtxtPtr parser = xmlCreatePushParserCtxt(&sax, xml, NULL, 0,
							  xml->file);

	if (!parser)
		fail_at(xml->file, 0, "out of memory");
#if LIBXML_VERSION >= 21300
	options |= XML_PARSE_NO_XXE;
#endif
	xmlCtxtUseOptions(parser, options);
	xml->parser = parser;
	parse(xml, input);
	if (!parser->wellFormed)
		fail_at(xml->file, xml_line(xml), "XML: not well-formed");
	xml->last_line = xml_line(xml);
	xmlFreeParserCtxt(parser);
	xmlCleanupParser();
	fclose(input);
}
