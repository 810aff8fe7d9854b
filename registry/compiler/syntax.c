/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/*
 * What the text of a single field means: protocols, names, numbers, status
 * words, and notes.
 */

#include "syntax.h"
#include "format/names.h"
#include "format/printable.h"
#include "format/protocols.h"

#include <stdlib.h>
#include <string.h>

int
protocol_bit(const char *name)
{
	unsigned mask = iap_mask_of_name(name);

	return mask ? (int)iap_lowest_bit(mask) : -1;
}

const char *
protocol_name(unsigned bit)
{
	return bit < NO_PROTOCOL ? iap_proto_name(bit) : "-";
}

/* ---- Names --------------------------------------------------------------- */

bool
is_fraction(const char *s)
{
	size_t digits = strspn(s, "0123456789");

	s += digits;
	return digits && *s == '.' && s[1] && !s[1 + strspn(s + 1,
							    "0123456789")];
}

static bool
is_number(const char *s)
{
	return !s[strspn(s, "0123456789")] || is_fraction(s);
}

/* A name must fit on a line of text, and a program must not read it as a
 * port. */
const char *
unfit_name(const char *name)
{
	if (strlen(name) > IAP_LONGEST)
		return "has more than 255 bytes";
	if (*iap_end_of_name((const unsigned char *)name))
		return "has a control character";
	return is_number(name) ? "is a number" : NULL;
}

const char *
local_name_fault(const char *name)
{
	return unfit_name(name);
}

const char *
name_fault(const char *name)
{
	if (!iap_is_malformed(name))
		return NULL;
	if (strlen(name) > IAP_HASHED)
		return "has more than 15 characters (RFC 6335, section 5.1)";
	for (const char *s = name; *s; s++)
		if (*s <= ' ' || *s > '~')
			return "has a character that is not printable ASCII";
	return "has no letter";
}

static int
fold(char c)
{
	return iap_fold((unsigned char)c);
}

int
compare_names(const char *a, const char *b)
{
	while (*a && fold(*a) == fold(*b))
		a++, b++;
	return fold(*a) - fold(*b);
}

void
print_port(struct text *out, int first, int last, unsigned proto)
{
	if (first < 0)
		text_printf(out, "-");
	else if (first < last)
		text_printf(out, "%d-%d", first, last);
	else
		text_printf(out, "%d", first);
	text_printf(out, "/%s", protocol_name(proto));
}

/* Quotes and backslashes within get a backslash. */
void
print_name(struct text *out, const char *name)
{
	if (*name != '"' && !strchr(name, ' ')) {
		text_add(out, name, strlen(name));
		return;
	}
	text_char(out, '"');
	for (; *name; name++) {
		if (*name == '"' || *name == '\\')
			text_char(out, '\\');
		text_char(out, *name);
	}
	text_char(out, '"');
}

/* ---- Numbers ------------------------------------------------------------- */

size_t
no_break_space(const char *s)
{
	return strncmp(s, "\xc2\xa0", 2) ? 0 : 2;
}

static const char *
skip_spaces(const char *s)
{
	for (size_t n; *s == ' ' || (n = no_break_space(s)); )
		s += *s == ' ' ? 1 : n;
	return s;
}

/* Bytes of a hyphen, a dash or a minus sign in UTF-8; 0 if there is none. */
static size_t
dash(const char *s)
{
	if (*s == '-')
		return 1;
	/* U+2010 to U+2015, U+2212 */
	if (!strncmp(s, "\xe2\x80", 2) && (s[2] & 0xff) >= 0x90
	    && (s[2] & 0xff) <= 0x95)
		return 3;
	return strncmp(s, "\xe2\x88\x92", 3) ? 0 : 3;
}

static const char *
parse_port(const char *s, int *port)
{
	long value = 0;

	s = skip_spaces(s);
	if (*s < '0' || *s > '9')
		return NULL;
	for (; *s >= '0' && *s <= '9'; s++) {
		value = 10 * value + (*s - '0');
		if (value > 0xffff)
			return NULL;
	}
	*port = (int)value;
	return skip_spaces(s);
}

bool
parse_number(const char *s, int *first, int *last)
{
	*first = 0;
	s = parse_port(s, first);
	*last = *first;
	if (s && dash(s))
		s = parse_port(s + dash(s), last);
	return s && !*s && *first <= *last;
}

/* ---- Protocols ----------------------------------------------------------- */

unsigned
parse_protocols(const char *list, char **unknown)
{
	static const char separators[] = " /,;&";
	unsigned mask = 0;

	*unknown = NULL;
	for (size_t n; list += strspn(list, separators), *list; list += n) {
		n = strcspn(list, separators);
		char *word = copy_string(list, n);
		for (char *s = word; *s; s++)
			*s = (char)fold(*s);
		unsigned bit = iap_mask_of_name(word);
		mask |= bit;
		if (!bit && !*unknown && strcmp(word, "and"))
			*unknown = copy_string(list, n);
		free(word);
	}
	return mask;
}

/* ---- Sentences ----------------------------------------------------------- */

static bool
starts_with(const char *s, const char *prefix)
{
	while (*prefix && fold(*s) == *prefix)
		s++, prefix++;
	return !*prefix;
}

static bool
contains(const char *s, const char *word)
{
	while (*s && !starts_with(s, word))
		s++;
	return *s;
}

/*
 * IANA now uses "Reserved" for ports that it took back, so its older words for
 * this mean the same. Only ports that it calls unassigned are free.
 * "(unassigned) Possibly assigned" is doubtful, and not free.
 */
bool
known_status(const char *description, enum iap_status *status)
{
	static const char *const reserved[] = {
		"reserved", "iana reserved", "deprecated", "any private",
		"possibly used", "(unassigned) possibly assigned",
		"de-registered", "removed", "de-commissioned",
		"decommissioned", "decomissioned",
	};

	*status = IAP_S_RESERVED;
	for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++)
		if (starts_with(description, reserved[i]))
			return true;
	if (!contains(description, "unassigned")
	    || contains(description, "possibly"))
		return false;
	*status = IAP_S_UNASSIGNED;
	return true;
}

char *
alias_target(const char *note)
{
	static const char *const phrases[] = {
		"This entry is an alias to \"",
		"This is a duplicate of the \"",
	};

	for (size_t i = 0; i < sizeof phrases / sizeof *phrases; i++) {
		const char *found = strstr(note, phrases[i]);
		if (!found)
			continue;
		found += strlen(phrases[i]);
		size_t size = strcspn(found, "\"");
		return found[size] ? copy_string(found, size) : NULL;
	}
	return NULL;
}
