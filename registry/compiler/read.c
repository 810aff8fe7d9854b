/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/*
 * The registry's XML, streamed through libxml2's SAX interface: it calls back
 * with the parser standing on the element at hand, so that every line number is
 * exact, however long the file. Each record and each other child of the root
 * becomes one line of the snapshot while it is read.
 */

#include "records.h"
#include "gather.h"
#include "messages.h"
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
	const xmlChar **namespace;      /* of each element around, or NULL */
	bool dropping;                  /* inside the people table */
	bool in_record;
	bool in_text;                   /* prose is that of a field */
	bool at_end;                    /* the file has no more */
	struct record record;
	struct gathered gathered;
	struct text updated;
	struct prose prose;
	struct snapshot snapshot;
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

/* Records of a nested registry would be lost; anything else that is not a
 * record can only be commentary. */
static void
check_child(const struct reader *r, const char *name, bool foreign)
{
	static const char *const known[] = {
		"title", "category", "updated", "xref", "expert", "note",
		"record", "footnote", "people",
	};

	for (size_t i = 0; i < sizeof known / sizeof *known && !foreign; i++)
		if (!strcmp(known[i], name))
			return;
	if (!foreign && !strcmp(name, "registry"))
		fail_at(r->out->file, line_of(r),
			"a registry within the registry");
	if (foreign)
		slip_at(r->out->file, line_of(r), "unknown element <%s>, not "
			"in the namespace " NAMESPACE ", kept in the snapshot "
			"only", name);
	else
		warn_at(r->out->file, line_of(r), "unknown element <%s>, kept "
			"in the snapshot only", name);
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
start_updated(struct reader *r)
{
	if (r->out->updated.line)
		fail_at(r->out->file, line_of(r), "a second <updated>");
	r->out->updated.line = line_of(r);
	r->prose = (struct prose){ .text = &r->updated };
	r->in_text = true;
}

static void
start_child(struct reader *r, const char *name, int count,
	    const xmlChar **attributes, bool foreign)
{
	check_child(r, name, foreign);
	if (foreign)            /* whatever it is called */
		name = "";
	r->dropping = !strcmp(name, "people");
	r->in_record = !strcmp(name, "record");
	r->snapshot.space = false;
	if (!strcmp(name, "updated"))
		start_updated(r);
	if (!r->in_record)
		return;
	r->record = (struct record){ .line = line_of(r) };
	start_gathering(&r->gathered);
	r->record.registered = date_of(r, count, attributes, "date");
	r->record.modified = date_of(r, count, attributes, "updated");
}

static void
start_text(struct reader *r, enum field_name field)
{
	r->prose = gather(&r->gathered, field, line_of(r));
	r->in_text = true;
}

/* Two numbers, or two names, are not one of both; two notes, or protocols, are
 * two parts of one. */
static void
second_field(struct reader *r, enum field_name field, const char *name)
{
	if (field == NAME || field == NUMBER) {
		r->record.fault = field == NAME ? "name" : "number";
		r->record.fault_line = line_of(r);
	} else if (field != PROTOCOL) { /* a list of two has a message */
		slip_at(r->out->file, line_of(r), "record of line %u: a second "
			"<%s>, taken as more of the first", r->record.line,
			name);
	}
}

static void
start_field(struct reader *r, const char *name, bool foreign)
{
	enum field_name field = field_of_element(name);

	if (foreign) {
		slip_at(r->out->file, line_of(r), "record of line %u: unknown "
			"field <%s>, not in the namespace " NAMESPACE ", kept "
			"in the snapshot only", r->record.line, name);
		return;
	}
	if (field == FIELDS) {
		warn_at(r->out->file, line_of(r), "record of line %u: unknown "
			"field <%s>, kept in the snapshot only",
			r->record.line, name);
		return;
	}
	if (r->gathered.seen[field])
		second_field(r, field, name);
	start_text(r, field);
}

static void
end_reference(struct reader *r)
{
	if (!prose_end_reference(&r->prose))
		warn_at(r->out->file, line_of(r), "<xref>: refers to nothing");
}

/* Those references that stand in a record alone are its contact, if they are
 * persons, and its references. */
static void
start_reference(struct reader *r, int count, const xmlChar **attributes)
{
	char *type = attribute(count, attributes, "type");
	char *data = attribute(count, attributes, "data");

	if (r->prose.reference) {
		slip_at(r->out->file, line_of(r), "<xref> within an <xref>, "
			"taken as one behind it");
		end_reference(r);
	}
	if (r->in_record && r->depth == FIELD)
		start_text(r, type && !strcmp(type, "person") ? CONTACT
			   : REFERENCE);
	if (r->in_text)
		prose_start_reference(&r->prose, type, data);
	free(type);
	free(data);
}

static bool
is_ours(const xmlChar *namespace)
{
	return namespace && !strcmp((const char *)namespace, NAMESPACE);
}

/* Enters an element, and returns whether it is not of this registry. */
static bool
check_namespace(struct reader *r, const char *name, const xmlChar *uri)
{
	r->namespace = grow(r->namespace, (size_t)r->depth,
			    sizeof *r->namespace);
	r->namespace[r->depth++] = uri;
	if (is_ours(uri))
		return false;
	if (r->depth == ROOT)
		fail_at(r->out->file, line_of(r), "<%s> is not in the namespace "
			NAMESPACE, name);
	return true;
}

static void
check_attributes(const struct reader *r, const char *name, int count,
		 const xmlChar **attributes)
{
	for (int i = 0; i < count; i++, attributes += 5)
		if (attributes[1])
			slip_at(r->out->file, line_of(r), "<%s>: attribute "
				"%s:%s is not of this registry, kept in the "
				"snapshot only", name, attributes[1],
				attributes[0]);
}

/* Whether an element at this depth has a text of its own; deeper ones are
 * markup in it. */
static bool
is_field(const struct reader *r, int depth)
{
	return depth == CHILD || (r->in_record && depth == FIELD);
}

/* NULL where the element around has the same one. */
static const char *
new_namespace(const struct reader *r)
{
	const xmlChar *own = r->namespace[r->depth - 1];
	const xmlChar *around = r->namespace[r->depth - 2];

	if (own == around || (own && around && xmlStrEqual(own, around)))
		return NULL;
	return own ? (const char *)own : "";
}

/* An element below the root. */
static void
start_element(struct reader *r, const char *name, int count,
	      const xmlChar **attributes, bool foreign)
{
	bool is_reference = !foreign && !strcmp(name, "xref");

	if (r->in_record && r->depth == FIELD && !is_reference)
		start_field(r, name, foreign);
	if (foreign && r->in_text && !is_field(r, r->depth))
		slip_at(r->out->file, line_of(r), "<%s> is not in the "
			"namespace " NAMESPACE ", kept as markup", name);
	check_attributes(r, name, count, attributes);
	snapshot_start(&r->snapshot, name, new_namespace(r), count, attributes,
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
	bool foreign = check_namespace(r, name, uri);

	(void)prefix, (void)namespaces, (void)namespace, (void)defaulted;
	if (r->depth == ROOT)
		start_root(r, name, attribute_count, attributes);
	if (r->depth == CHILD)
		start_child(r, name, attribute_count, attributes, foreign);
	if (r->depth > ROOT && !r->dropping)
		start_element(r, name, attribute_count, attributes, foreign);
}

static void
end_child(struct reader *r)
{
	struct records *out = r->out;

	text_char(&out->snapshot, '\n');
	if (!r->in_record)
		return;
	set_fields(&r->record, &r->gathered);
	out->record = grow(out->record, out->count, sizeof *out->record);
	out->record[out->count++] = r->record;
}

static void
set_date(struct reader *r)
{
	struct field *updated = &r->out->updated;

	updated->text = copy_string(r->updated.data, r->updated.size);
	if (date_length(updated->text) != strlen("2026-08-17"))
		fail_at(r->out->file, updated->line ? updated->line
			: line_of(r), "<updated>: \"%s\" is not a date",
			updated->text);
}

static void
end_element(struct reader *r, const char *name, int depth)
{
	snapshot_end(&r->snapshot, name, is_field(r, depth));
	if (r->prose.reference && !strcmp(name, "xref"))
		end_reference(r);
	else
		prose_space(&r->prose);
	if (is_field(r, depth))
		r->in_text = false;
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
		if (r->depth < (r->in_record ? FIELD : CHILD)) {
			slip_at(r->out->file, line_within(r, s + i, s + size),
				"text outside of any field, left out");
			return;
		}
		snapshot_char(&r->snapshot, s[i]);
		if (r->in_text)
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

	/* Each libxml2 has other words for it, and another code. */
	if (r->at_end && r->depth)
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
	r->at_end = true;
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
	set_date(&r);
	if (!records->count)
		fail_at(file, line_of(&r), "the registry has no records");
	xmlFreeParserCtxt(r.parser);
	xmlCleanupParser();
	fclose(input);
}
