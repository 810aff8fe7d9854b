/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/*
 * The registry's elements. Each record and each other child of the root becomes
 * one line of the snapshot while it is read.
 */

#include "records.h"
#include "gather.h"
#include "messages.h"
#include "snapshot.h"
#include "xml.h"
#include "format/printable.h"

#include <stdlib.h>
#include <string.h>

#define NAMESPACE "http://www.iana.org/assignments"
#define ID "service-names-port-numbers"

/* Depths: the root, its children, a record's fields. Deeper is markup within a
 * text: br, xref, paragraph. */
enum { ROOT = 1, CHILD = 2, FIELD = 3 };

struct reader {
	struct xml xml;                 /* first, so that either is the other */
	struct records *out;
	const char **namespace;      /* of each element around, or NULL */
	bool dropping;                  /* inside the people table */
	bool in_record;
	bool in_text;                   /* prose is that of a field */
	struct record record;
	struct gathered gathered;
	struct text updated;
	struct prose prose;
	struct snapshot snapshot;
};

static unsigned
line_of(const struct reader *r)
{
	return xml_line(&r->xml);
}

static void
start_root(struct reader *r, const char *name, int count,
	   const unsigned char **attributes)
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

/* The records of a nested registry would be lost, so it is an error. Any other
 * element that is not a record can only be commentary. */
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
			"only in the snapshot", name);
}

/* The length of a date, "2026-08-17" or the start of one; 0 if it is not a
 * date. */
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
date_of(const struct reader *r, int count, const unsigned char **attributes,
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
	    const unsigned char **attributes, bool foreign)
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

/* Two numbers or two names contradict each other. Two notes or two protocols
 * are parts of one. */
static void
second_field(struct reader *r, enum field_name field, const char *name)
{
	if (field == NAME || field == NUMBER) {
		r->record.fault = field == NAME ? "name" : "number";
		r->record.fault_line = line_of(r);
	} else if (field != PROTOCOL) { /* a list of two has a message */
		slip_at(r->out->file, line_of(r), "record of line %u: a second "
			"<%s>; its text is added to the first", r->record.line,
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
			"only in the snapshot", r->record.line, name);
		return;
	}
	if (field == FIELDS) {
		warn_at(r->out->file, line_of(r), "record of line %u: unknown "
			"field <%s>, kept only in the snapshot",
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

/* References that are direct children of a record: persons are its contact, and
 * all others are its references. */
static void
start_reference(struct reader *r, int count, const unsigned char **attributes)
{
	char *type = attribute(count, attributes, "type");
	char *data = attribute(count, attributes, "data");

	if (r->prose.reference) {
		slip_at(r->out->file, line_of(r), "<xref> within an <xref>, "
			"taken as one after it");
		end_reference(r);
	}
	if (r->in_record && r->xml.depth == FIELD)
		start_text(r, type && !strcmp(type, "person") ? CONTACT
			   : REFERENCE);
	if (r->in_text)
		prose_start_reference(&r->prose, type, data);
	free(type);
	free(data);
}

static bool
is_ours(const char *namespace)
{
	return namespace && !strcmp(namespace, NAMESPACE);
}

/* Notes the namespace of an element, and returns whether it is another one than
 * this registry's. */
static bool
check_namespace(struct reader *r, const char *name, const char *uri)
{
	size_t around = (size_t)r->xml.depth - 1;

	r->namespace = grow(r->namespace, around, sizeof *r->namespace);
	r->namespace[around] = uri;
	if (is_ours(uri))
		return false;
	if (r->xml.depth == ROOT)
		fail_at(r->out->file, line_of(r), "<%s> is not in the "
			"namespace " NAMESPACE, name);
	return true;
}

static void
check_attributes(const struct reader *r, const char *name, int count,
		 const unsigned char **attributes)
{
	for (int i = 0; i < count; i++, attributes += 5)
		if (attributes[1])
			slip_at(r->out->file, line_of(r), "<%s>: attribute "
				"%s:%s is not of this registry, kept in the "
				"snapshot only", name, attributes[1],
				attributes[0]);
}

/* Whether an element at this depth has a text of its own. Deeper elements are
 * markup within the text. */
static bool
is_field(const struct reader *r, int depth)
{
	return depth == CHILD || (r->in_record && depth == FIELD);
}

/* NULL if the enclosing element has the same one. */
static const char *
new_namespace(const struct reader *r)
{
	const char *own = r->namespace[r->xml.depth - 1];
	const char *around = r->namespace[r->xml.depth - 2];

	if (own == around || (own && around && !strcmp(own, around)))
		return NULL;
	return own ? own : "";
}

/* An element below the root. */
static void
start_element(struct reader *r, const char *name, int count,
	      const unsigned char **attributes, bool foreign)
{
	bool is_reference = !foreign && !strcmp(name, "xref");

	if (r->in_record && r->xml.depth == FIELD && !is_reference)
		start_field(r, name, foreign);
	if (foreign && r->in_text && !is_field(r, r->xml.depth))
		slip_at(r->out->file, line_of(r), "<%s> is not in the "
			"namespace " NAMESPACE ", kept as markup", name);
	check_attributes(r, name, count, attributes);
	snapshot_start(&r->snapshot, name, new_namespace(r), count, attributes,
		       is_field(r, r->xml.depth));
	if (is_reference)
		start_reference(r, count, attributes);
	else            /* a line break, or a paragraph, parts words */
		prose_space(&r->prose);
}

static void
on_start(struct xml *xml, const char *name, const char *uri, int count,
	 const unsigned char **attributes)
{
	struct reader *r = (struct reader *)xml;
	bool foreign = check_namespace(r, name, uri);

	if (xml->depth == ROOT)
		start_root(r, name, count, attributes);
	if (xml->depth == CHILD)
		start_child(r, name, count, attributes, foreign);
	if (xml->depth > ROOT && !r->dropping)
		start_element(r, name, count, attributes, foreign);
}

/* Control characters are for terminals. They part words as white space does.
 * Returns whether there are any. */
static bool
strip(const char **text)
{
	const unsigned char *s = (const unsigned char *)*text;
	struct text out = { 0 };
	bool space = false;

	if (!s || !*iap_end_of_text(s))
		return false;
	for (size_t n; *s; s += n ? n : 1) {
		n = iap_printable(s);
		if (!n || *s == ' ') {
			space = true;
			continue;
		}
		if (space && out.size)
			text_char(&out, ' ');
		text_add(&out, s, n);
		space = false;
	}
	free((char *)*text);
	*text = copy_string(out.data, out.size);
	free(out.data);
	return true;
}

/* Other fields are not kept if they have such characters. */
static void
strip_fields(const struct reader *r, struct record *record)
{
	const char **const texts[] = {
		&record->description.text, &record->note.text,
		&record->assignee.text, &record->contact.text,
		&record->reference.text, &record->service_code.text,
		&record->unauthorized.text, &record->registered,
		&record->modified,
	};
	bool stripped = false;

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		stripped |= strip(texts[i]);
	if (stripped)
		slip_at(r->out->file, line_of(r), "record of line %u: control "
			"characters, taken as spaces", record->line);
}

static void
end_child(struct reader *r)
{
	struct records *out = r->out;

	text_char(&out->snapshot, '\n');
	if (!r->in_record)
		return;
	set_fields(&r->record, &r->gathered);
	strip_fields(r, &r->record);
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
			: r->xml.last_line, "<updated>: \"%s\" is not a date",
			updated->text);
}

static void
end_element(struct reader *r, const char *name, int depth)
{
	snapshot_end(&r->snapshot, name, is_field(r, depth));
	if (r->prose.reference && is_ours(r->namespace[depth - 1])
	    && !strcmp(name, "xref"))
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
on_end(struct xml *xml, const char *name)
{
	struct reader *r = (struct reader *)xml;

	if (r->dropping)
		r->dropping = xml->depth != CHILD;
	else if (xml->depth > ROOT)
		end_element(r, name, xml->depth);
}

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* The line of p. The parser is at the end of the text, so the line breaks from
 * p on are subtracted. */
static unsigned
line_within(const struct reader *r, const char *p, const char *end)
{
	unsigned line = line_of(r);

	for (; p < end; p++)
		line -= *p == '\n';
	return line;
}

static void
on_text(struct xml *xml, const char *s, int size)
{
	struct reader *r = (struct reader *)xml;

	if (r->dropping)
		return;
	for (int i = 0; i < size; i++) {
		if (is_space(s[i])) {
			r->snapshot.space = true;
			prose_space(&r->prose);
			continue;
		}
		if (r->xml.depth < (r->in_record ? FIELD : CHILD)) {
			slip_at(r->out->file, line_within(r, s + i, s + size),
				"text outside of any field, left out");
			return;
		}
		snapshot_char(&r->snapshot, s[i]);
		if (r->in_text)
			prose_char(&r->prose, s[i]);
	}
}

void
read_records(struct records *records, const char *file)
{
	struct reader r = {
		.xml = { .file = file, .start = on_start, .end = on_end,
			 .text = on_text },
		.out = records,
		.snapshot.out = &records->snapshot,
	};

	records->file = file;
	text_printf(&records->snapshot,
		    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		    "<registry xmlns=\"" NAMESPACE "\" id=\"" ID "\">\n");
	read_xml(&r.xml);
	text_printf(&records->snapshot, "</registry>\n");
	set_date(&r);
	if (!records->count)
		fail_at(file, r.xml.last_line, "the registry has no records");
	free(r.namespace);
	free(r.updated.data);
	end_gathering(&r.gathered);
}
