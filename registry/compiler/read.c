/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/*
 * The registry's XML, streamed through libxml2's SAX interface: it calls back
 * with the parser standing on the element at hand, so that every line number is
 * exact, however long the file. Each record and each other child of the root
 * becomes one line of the snapshot while it is read.
 */

#include "records.h"
#include "messages.h"
#include "prose.h"
#include "snapshot.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libxml/parser.h>
#include <libxml/SAX2.h>

#define NAMESPACE "http://www.iana.org/assignments"
#define ID "service-names-port-numbers"

/* Depths: the root, its children, a record's fields. Deeper is markup within a
 * text: br, xref, paragraph. */
enum { ROOT = 1, CHILD = 2, FIELD = 3 };

struct reader {
	struct records *out;
	xmlParserCtxtPtr parser;
	int depth;
	bool dropping;          /* inside the people table */
	bool in_record;
	struct record record;
	struct field *field;    /* where the text goes, or NULL */
	struct prose prose;     /* that text */
	struct snapshot snapshot;
};

static const struct {
	const char *name;
	size_t at;              /* in struct record */
} fields[] = {
	{ "name", offsetof(struct record, name) },
	{ "protocol", offsetof(struct record, protocol) },
	{ "number", offsetof(struct record, number) },
	{ "description", offsetof(struct record, description) },
	{ "note", offsetof(struct record, note) },
	{ "assignee", offsetof(struct record, assignee) },
	{ "sc", offsetof(struct record, service_code) },
	{ "unauthorized", offsetof(struct record, unauthorized) },
};

static unsigned
line_of(const struct reader *r)
{
	return (unsigned)xmlSAX2GetLineNumber(r->parser);
}

static void
start_root(struct reader *r, const char *name, int count,
	   const xmlChar **attributes)
{
	if (strcmp(name, "registry"))
		fail_at(r->out->file, line_of(r),
			"the root is <%s>, not <registry>", name);
	char *id = attribute(count, attributes, "id");
	if (!id || strcmp(id, ID))
		fail_at(r->out->file, line_of(r), "this is not the registry "
			"with the id \"" ID "\"");
	free(id);
}

/* What follows is text of a field, behind what it has. */
static void
start_text(struct reader *r, struct field *field)
{
	field->line = line_of(r);
	r->field = field;
	r->prose = (struct prose){
		.is_list = field == &r->record.assignee
			|| field == &r->record.contact
			|| field == &r->record.reference,
	};
	if (field->text)
		text_add(&r->prose.text, field->text, strlen(field->text));
	free((void *)field->text);
}

static void
end_text(struct reader *r)
{
	text_add(&r->prose.text, "", 0);
	r->field->text = r->prose.text.data;
	r->field = NULL;
}

static void
capture(struct reader *r, struct field *field, const char *name)
{
	if (field->text)
		fail_at(r->out->file, line_of(r), "a second <%s> in the %s of "
			"line %u", name, r->in_record ? "record" : "registry",
			r->in_record ? r->record.line : 1);
	start_text(r, field);
}

/* Records of a nested registry would be lost; anything else that is not a
 * record can only be commentary. */
static void
check_child(const struct reader *r, const char *name)
{
	static const char *const known[] = {
		"title", "category", "updated", "xref", "expert", "note",
		"record", "footnote", "people",
	};

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (!strcmp(known[i], name))
			return;
	if (!strcmp(name, "registry"))
		fail_at(r->out->file, line_of(r),
			"a registry within the registry");
	warn_at(r->out->file, line_of(r), "unknown element <%s>, kept in the "
		"snapshot only", name);
}

/* How long a date is, "2026-08-17" or the start of one; 0 if it is none. */
static size_t
date_length(const char *date)
{
	static const char form[] = "0000-00-00";
	size_t i = 0;

	while (form[i] && (form[i] == '0' ? date[i] >= '0' && date[i] <= '9'
			   : date[i] == form[i]))
		i++;
	return date[i] ? 0 : i;
}

/* A date of a record; some have no day. */
static const char *
date_of(const struct reader *r, int count, const xmlChar **attributes,
	const char *name)
{
	const char *date = attribute(count, attributes, name);
	size_t length = date ? date_length(date) : 0;

	if (date && *date && length != strlen("2026-08")
	    && length != strlen("2026-08-17"))
		warn_at(r->out->file, line_of(r), "<record>: %s \"%s\" is not "
			"a date", name, date);
	return date;
}

static void
start_child(struct reader *r, const char *name, int count,
	    const xmlChar **attributes)
{
	check_child(r, name);
	r->dropping = !strcmp(name, "people");
	r->in_record = !strcmp(name, "record");
	r->record = (struct record){ .line = line_of(r) };
	r->snapshot.space = false;
	if (!strcmp(name, "updated"))
		capture(r, &r->out->updated, name);
	if (!r->in_record)
		return;
	r->record.registered = date_of(r, count, attributes, "date");
	r->record.modified = date_of(r, count, attributes, "updated");
}

static void
start_field(struct reader *r, const char *name)
{
	size_t i = 0;

	while (i < sizeof fields / sizeof *fields
	       && strcmp(fields[i].name, name))
		i++;
	if (i == sizeof fields / sizeof *fields)
		warn_at(r->out->file, line_of(r), "record of line %u: unknown "
			"field <%s>, kept in the snapshot only",
			r->record.line, name);
	else
		capture(r, (struct field *)(void *)((char *)&r->record
						    + fields[i].at), name);
}

/* Those references that stand in a record alone are its contact, if they are
 * persons, and its references. */
static void
start_reference(struct reader *r, int count, const xmlChar **attributes)
{
	char *type = attribute(count, attributes, "type");
	char *data = attribute(count, attributes, "data");

	if (r->prose.reference)
		fail_at(r->out->file, line_of(r), "<xref> within an <xref>");
	if (r->in_record && r->depth == FIELD)
		start_text(r, type && !strcmp(type, "person")
			   ? &r->record.contact : &r->record.reference);
	if (r->field)
		prose_start_reference(&r->prose, type, data);
	free(type);
	free(data);
}

static void
end_reference(struct reader *r)
{
	if (!prose_end_reference(&r->prose))
		warn_at(r->out->file, line_of(r), "<xref>: refers to nothing");
}

static void
check_namespace(const struct reader *r, const char *name, const xmlChar *uri)
{
	if (!uri || strcmp((const char *)uri, NAMESPACE))
		fail_at(r->out->file, line_of(r),
			"<%s> is not in the namespace " NAMESPACE, name);
}

static void
check_attributes(const struct reader *r, const char *name, int count,
		 const xmlChar **attributes)
{
	for (int i = 0; i < count; i++, attributes += 5)
		if (attributes[1])
			fail_at(r->out->file, line_of(r),
				"<%s>: attribute %s:%s is not of this registry",
				name, attributes[1], attributes[0]);
}

/* Whether an element at this depth has a text of its own; deeper ones are
 * markup in it. */
static bool
is_field(const struct reader *r, int depth)
{
	return depth == CHILD || (r->in_record && depth == FIELD);
}

/* An element below the root. */
static void
start_element(struct reader *r, const char *name, int count,
	      const xmlChar **attributes)
{
	bool is_reference = !strcmp(name, "xref");

	if (r->in_record && r->depth == FIELD && !is_reference)
		start_field(r, name);
	check_attributes(r, name, count, attributes);
	snapshot_start(&r->snapshot, name, count, attributes,
		       is_field(r, r->depth));
	if (is_reference)
		start_reference(r, count, attributes);
	else            /* a line break, or a paragraph, parts words */
		prose_space(&r->prose);
}

static void
on_start(void *data, const xmlChar *local, const xmlChar *prefix,
	 const xmlChar *uri, int namespaces, const xmlChar **namespace,
	 int attribute_count, int defaulted, const xmlChar **attributes)
{
	struct reader *r = data;
	const char *name = (const char *)local;

	(void)prefix, (void)namespaces, (void)namespace, (void)defaulted;
	check_namespace(r, name, uri);
	r->depth++;
	if (r->depth == ROOT)
		start_root(r, name, attribute_count, attributes);
	if (r->depth == CHILD)
		start_child(r, name, attribute_count, attributes);
	if (r->depth > ROOT && !r->dropping)
		start_element(r, name, attribute_count, attributes);
}

static void
end_child(struct reader *r)
{
	struct records *out = r->out;

	text_char(&out->snapshot, '\n');
	if (r->in_record) {
		out->record = grow(out->record, out->count,
				   sizeof *out->record);
		out->record[out->count++] = r->record;
	}
}

static void
check_date(struct reader *r, const struct field *updated)
{
	if (!updated->text
	    || date_length(updated->text) != strlen("2026-08-17"))
		fail_at(r->out->file, updated->text ? updated->line
			: line_of(r), "<updated>: \"%s\" is not a date",
			updated->text ? updated->text : "");
}

static void
end_element(struct reader *r, const char *name, int depth)
{
	snapshot_end(&r->snapshot, name, is_field(r, depth));
	if (r->prose.reference && !strcmp(name, "xref"))
		end_reference(r);
	else
		prose_space(&r->prose);
	if (r->field && is_field(r, depth))
		end_text(r);
	if (depth == CHILD)
		end_child(r);
	r->in_record = r->in_record && depth > CHILD;
}

static void
on_end(void *data, const xmlChar *local, const xmlChar *prefix,
       const xmlChar *uri)
{
	struct reader *r = data;
	int depth = r->depth--;

	(void)prefix, (void)uri;
	if (r->dropping)
		r->dropping = depth != CHILD;
	else if (depth > ROOT)
		end_element(r, (const char *)local, depth);
}

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* The parser stands at the end of a text; some of its lines are behind p. */
static unsigned
line_within(const struct reader *r, const char *p, const char *end)
{
	unsigned line = line_of(r);

	for (; p < end; p++)
		line -= *p == '\n';
	return line;
}

static void
on_text(void *data, const xmlChar *chars, int size)
{
	struct reader *r = data;
	const char *s = (const char *)chars;

	if (r->dropping)
		return;
	for (int i = 0; i < size; i++) {
		if (is_space(s[i])) {
			r->snapshot.space = true;
			prose_space(&r->prose);
			continue;
		}
		if (r->depth < (r->in_record ? FIELD : CHILD))
			fail_at(r->out->file, line_within(r, s + i, s + size),
				"text outside of any field");
		snapshot_char(&r->snapshot, s[i]);
		if (r->field)
			prose_char(&r->prose, s[i]);
	}
}

/* A document type could declare entities; no registry has one. */
static void
on_doctype(void *data, const xmlChar *name, const xmlChar *external,
	   const xmlChar *system)
{
	struct reader *r = data;

	(void)name, (void)external, (void)system;
	fail_at(r->out->file, line_of(r), "a document type is not accepted");
}

#if LIBXML_VERSION >= 21200
typedef const xmlError *error_pointer;
#else
typedef xmlErrorPtr error_pointer;
#endif

static void
on_error(void *data, error_pointer error)
{
	struct reader *r = data;
	size_t size = error->message ? strcspn(error->message, "\n") : 0;
	unsigned line = error->line > 0 ? (unsigned)error->line : 1;

	/* libxml2 calls the end of a truncated file "extra content". */
	if (error->code == XML_ERR_DOCUMENT_END && r->depth)
		fail_at(r->out->file, line, "XML: the file ends early");
	fail_at(r->out->file, line, "XML: %.*s", (int)size,
		error->message ? error->message : "");
}

static void
parse(struct reader *r, FILE *input)
{
	char buffer[65536];
	size_t size;

	while ((size = fread(buffer, 1, sizeof buffer, input)) > 0)
		xmlParseChunk(r->parser, buffer, (int)size, 0);
	if (ferror(input))
		fail_at(r->out->file, 0, "%s", strerror(errno));
	xmlParseChunk(r->parser, "", 0, 1);
}

void
read_records(struct records *records, const char *file)
{
	struct reader r = {
		.out = records,
		.snapshot.out = &records->snapshot,
	};
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
	FILE *input = fopen(file, "rb");

	if (!input)
		fail_at(file, 0, "%s", strerror(errno));
	records->file = file;
	text_printf(&records->snapshot,
		    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		    "<registry xmlns=\"" NAMESPACE "\" id=\"" ID "\">\n");
	r.parser = xmlCreatePushParserCtxt(&sax, &r, NULL, 0, file);
	if (!r.parser)
		fail_at(file, 0, "out of memory");
#if LIBXML_VERSION >= 21300
	options |= XML_PARSE_NO_XXE;
#endif
	xmlCtxtUseOptions(r.parser, options);
	parse(&r, input);
	text_printf(&records->snapshot, "</registry>\n");
	if (!r.parser->wellFormed)
		fail_at(file, line_of(&r), "XML: not well-formed");
	check_date(&r, &records->updated);
	if (!records->count)
		fail_at(file, line_of(&r), "the registry has no records");
	xmlFreeParserCtxt(r.parser);
	xmlCleanupParser();
	fclose(input);
}
