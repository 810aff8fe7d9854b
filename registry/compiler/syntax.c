/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/*
 * What the text of a single field means: protocols, names, numbers, status
 * words, and notes.
 */

#include "syntax.h"
#include "registry.h"            /* PORTS */
#include "format/names.h"
#include "format/protocols.h"

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

const char *
local_name_fault(const char *name)
{
	bool letter = false;
	size_t n = strlen(name);

	if (n > IAP_LONGEST)
		return "has more than 255 bytes";
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)name[i];
		if (c <= ' ' || c == 0x7f)
			return "has a control character";
		letter |= c > '9' || c < '0';
	}
	return letter ? NULL : "is a number";
}

const char *
name_fault(const char *name)
{
	bool letter = false;
	size_t n = strlen(name);

	if (n > IAP_HASHED)
		return "has more than 15 characters (RFC 6335, section 5.1)";
	for (size_t i = 0; i < n; i++) {
		if (name[i] <= ' ' || name[i] > '~')
			return "has a character that is not printable ASCII";
		letter |= (name[i] | 0x20) >= 'a' && (name[i] | 0x20) <= 'z';
	}
	return letter ? NULL : "has no letter";
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

static const char *
parse_port(const char *s, int *port)
{
	long value = 0;

	if (*s < '0' || *s > '9')
		return NULL;
	for (; *s >= '0' && *s <= '9'; s++) {
		value = 10 * value + (*s - '0');
		if (value >= PORTS)
			return NULL;
	}
	*port = (int)value;
	return s;
}

bool
parse_number(const char *s, int *first, int *last)
{
	s = parse_port(s, first);
	*last = *first;
	if (s && *s == '-')
		s = parse_port(s + 1, last);
	return s && !*s && *first <= *last;
}

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
 * IANA labels what it took back "Reserved" by now, so that older words for that
 * mean the same: only what it calls unassigned is free, and not if it doubts
 * it: "(unassigned) Possibly assigned".
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
