/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

#include "format/platform.h"

#include "port_text.h"
#include "ianaport.h"

#include <stddef.h>
#include <string.h>

static int
is_digit(char c)
{
	return (unsigned char)(c - '0') <= 9;
}

/* The letter of a word, without its case; other bytes may become another. */
static char
letter(char c)
{
	return (char)(c | 0x20);
}

static int
is_of_word(char c)
{
	return is_digit(c) || (unsigned char)(letter(c) - 'a') < 26 || c == '_';
}

/* Whether a word can start at a place. */
static int
is_start(const struct port_text *t, const char *p)
{
	return p == t->line || !is_of_word(p[-1]);
}

/* Compares n bytes with a word in small letters. */
static int
is_word(const char *p, size_t n, const char *word)
{
	for (size_t i = 0; i < n; i++)
		if (letter(p[i]) != word[i])
			return 0;
	return !word[n];
}

/* ---- Marks --------------------------------------------------------------- */

/* Most bytes of a text mean nothing. Marks are bytes that may come before a
 * port, and each p of a word that may be a protocol. The bytes beside a mark
 * rule out most of them. */

enum { AT_ONCE = PORT_TEXT_BEHIND - 1 };

#if IAP_SSE2 && !defined ONE_BY_ONE

#include <emmintrin.h>

static __m128i
equal(__m128i bytes, char c)
{
	return _mm_cmpeq_epi8(bytes, _mm_set1_epi8(c));
}

/* A bit for each of the bytes from here on that is a mark. */
static unsigned
marks_at(const char *p)
{
	const __m128i bit = _mm_set1_epi8(0x20), nine = _mm_set1_epi8(9);
	__m128i here = _mm_loadu_si128((const __m128i *)p);
	__m128i before = _mm_loadu_si128((const __m128i *)(p - 1));
	__m128i next = _mm_loadu_si128((const __m128i *)(p + 1));
	__m128i digit = _mm_sub_epi8(next, _mm_set1_epi8('0'));
	__m128i t, word, port, proto;

	digit = _mm_cmpeq_epi8(_mm_min_epu8(digit, nine), digit);
	before = _mm_or_si128(before, bit);
	t = equal(before, 't');
	word = _mm_and_si128(t, _mm_or_si128(equal(here, '='),
					     equal(here, ' ')));
	port = _mm_or_si128(equal(here, '.'), equal(here, ':'));
	port = _mm_and_si128(digit, _mm_or_si128(port, word));
	proto = _mm_or_si128(equal(before, 'c'), equal(before, 'd'));
	proto = _mm_or_si128(_mm_or_si128(proto, t),
			     equal(_mm_or_si128(next, bit), 'r'));
	proto = _mm_and_si128(proto, equal(_mm_or_si128(here, bit), 'p'));
	return (unsigned)_mm_movemask_epi8(_mm_or_si128(port, proto));
}

static int
first_bit(unsigned bits)
{
	return __builtin_ctz(bits);
}

#else

static int
is_mark(const char *p)
{
	char before = letter(p[-1]);

	if (letter(*p) == 'p')
		return before == 'c' || before == 'd' || before == 't'
		    || letter(p[1]) == 'r';
	return is_digit(p[1])
	    && (*p == '.' || *p == ':'
		|| (before == 't' && (*p == '=' || *p == ' ')));
}

static unsigned
marks_at(const char *p)
{
	unsigned bits = 0;

	for (int i = 0; i < AT_ONCE; i++)
		bits |= (unsigned)is_mark(p + i) << i;
	return bits;
}

static int
first_bit(unsigned bits)
{
	int n = 0;

	while (!(bits >> n & 1))
		n++;
	return n;
}

#endif

/* The next mark at or behind p, or NULL. Places must not go back. */
static const char *
next_mark(struct port_text *t, const char *p)
{
	while (p < t->end) {
		if (p >= t->seen || t->seen - p > AT_ONCE) {
			t->marks = marks_at(p);
			t->seen = p + AT_ONCE;
		}
		unsigned left = t->marks >> (AT_ONCE - (t->seen - p));
		if (left) {
			p += first_bit(left);
			return p < t->end ? p : NULL;
		}
		p = t->seen;
	}
	return NULL;
}

/* ---- Protocols ----------------------------------------------------------- */

/* A protocol of which the p stands here: "tcp", "udp6" */
static int
named_protocol(const struct port_text *t, const char *p)
{
	const char *start = p, *end = p + 1;
	int proto = IANA_PROTO_UNKNOWN;
	char name[8] = "";

	while (start > t->line && p - start < 4 && is_of_word(start[-1]))
		start--;
	for (size_t i = 0; start + i < end; i++)
		name[i] = letter(start[i]);
	proto = iana_proto_number(name);
	if (*end == '6' && (proto == 6 || proto == 17))
		end++;
	return is_start(t, start) && !is_of_word(*end) ? proto
						       : IANA_PROTO_UNKNOWN;
}

/* A number behind the word of which the p stands here: "proto=17" */
static int
numbered_protocol(const struct port_text *t, const char *p)
{
	size_t left = (size_t)(t->end - p), i = sizeof "proto=" - 1;
	int number = 0;

	if (left <= i || !is_start(t, p) || !is_word(p, i - 1, "proto")
	    || (p[i - 1] != '=' && p[i - 1] != ' ') || !is_digit(p[i]))
		return IANA_PROTO_UNKNOWN;
	for (; is_digit(p[i]) && number < 1000; i++)
		number = 10 * number + p[i] - '0';
	return !is_of_word(p[i]) && iana_proto_name(number)
		? number : IANA_PROTO_UNKNOWN;
}

static void
read_protocol_at(struct port_text *t, const char *p)
{
	char before = p > t->line ? letter(p[-1]) : 0;
	int proto = before == 'c' || before == 'd' || before == 't'
		? named_protocol(t, p) : numbered_protocol(t, p);

	if (proto > 0) {
		t->proto = proto;
		t->is_searched = 1;
	}
}

void
find_protocol(struct port_text *t)
{
	struct port_text ahead = *t;
	const char *p = t->at;

	for (; !t->is_searched && (p = next_mark(&ahead, p)); p++)
		if (letter(*p) == 'p')
			read_protocol_at(t, p);
	t->is_searched = 1;
}

/* ---- What stands before a port ------------------------------------------- */

/* Reads a number of at most 3 digits, 255 at most; returns what follows. */
static const char *
skip_octet(const char *p)
{
	int value = 0, digits = 0;

	for (; is_digit(p[digits]) && digits < 4; digits++)
		value = 10 * value + p[digits] - '0';
	return digits && digits < 4 && value <= 255 ? p + digits : NULL;
}

static int
is_of_zone(char c)
{
	return is_of_word(c) || c == '.' || c == '-';
}

/* A port behind an address of IPv4 that starts here, or NULL. */
static const char *
behind_address(const char *p)
{
	for (int i = 0; i < 4; i++) {
		if (i && *p++ != '.')
			return NULL;
		p = skip_octet(p);
		if (!p)
			return NULL;
	}
	if (*p == ':' || *p == '.')
		return p + 1;
	if (*p != '%' || !is_of_zone(*++p))
		return NULL;
	while (is_of_zone(*p))
		p++;
	return *p == ':' ? p + 1 : NULL;
}

/* The port behind the first dot of an address of IPv4. */
static const char *
port_of_address(const struct port_text *t, const char *dot)
{
	const char *start = dot;

	while (start > t->line && dot - start < 4 && is_digit(start[-1]))
		start--;
	if (start == dot || !is_start(t, start)
	    || (start > t->line && start[-1] == '.'))
		return NULL;
	return behind_address(start);
}

/* Whether what ends at a dot is an address of IPv6. No part of it was read as
 * a port. */
static int
is_address_6(const struct port_text *t, const char *dot)
{
	const char *start = dot;
	int colons = 0;

	while (start > t->at && dot - start < 40
	       && (start[-1] == ':' || is_digit(start[-1])
		   || (unsigned char)(letter(start[-1]) - 'a') < 6)) {
		start--;
		colons += *start == ':';
	}
	return colons >= 2 && dot - start < 40 && is_start(t, start)
	    && (start == t->line || start[-1] != '.');
}

static const char *
behind_dot(const struct port_text *t, const char *dot)
{
	const char *port = port_of_address(t, dot);

	if (port)
		return port;
	return is_digit(dot[1]) && is_address_6(t, dot) ? dot + 1 : NULL;
}

static const char *
behind_colon(const struct port_text *t, const char *colon)
{
	const char *p = colon;

	if (!is_digit(colon[1]) || p == t->line)
		return NULL;
	if (p - t->line > 1 && p[-1] == ':' && p[-2] == ':')
		return p - t->line == 2 || p[-3] == ' ' || p[-3] == '\t'
			? colon + 1 : NULL;
	while (p > t->line && colon - p < 32 && is_of_zone(p[-1]))
		p--;
	if (p < colon && (p == t->line || *--p != '%'))
		return NULL;
	return p > t->line && (p[-1] == ']' || p[-1] == '*') ? colon + 1 : NULL;
}

/* What follows a word such as "dport" and the byte behind it. */
static const char *
behind_word(const struct port_text *t, const char *end)
{
	static const char *const words[] = {
		"port", "dport", "sport", "dpt", "spt"
	};
	const char *start = end;

	if (!is_digit(end[1]))
		return NULL;
	while (start > t->line && end - start < 6 && is_of_word(start[-1]))
		start--;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (is_word(start, (size_t)(end - start), words[i]))
			return end + 1;
	return NULL;
}

/* ---- Ports --------------------------------------------------------------- */

/* Reads a number that is a port; returns what follows, or NULL. */
static const char *
read_number(const char *p, int *port)
{
	size_t n = 0;

	*port = 0;
	for (; n < 6 && is_digit(p[n]); n++)
		*port = 10 * *port + p[n] - '0';
	if (!n || n > 5 || *p == '0' || *port > 65535 || is_of_word(p[n])
	    || ((p[n] == '.' || p[n] == '-') && is_digit(p[n + 1])))
		return NULL;
	return p + n;
}

/* Where a port may start that this mark is a sign of. */
static const char *
behind_mark(struct port_text *t, const char *p)
{
	switch (*p) {
	case '.':
		return behind_dot(t, p);
	case ':':
		return behind_colon(t, p);
	case '=':
	case ' ':
		return behind_word(t, p);
	default:
		if (!t->is_searched)
			read_protocol_at(t, p);
		return NULL;
	}
}

const char *
next_port(struct port_text *t, int *port)
{
	const char *p = t->at;

	for (; (p = next_mark(t, p)); p++) {
		const char *start = behind_mark(t, p);
		const char *after = start ? read_number(start, port) : NULL;

		if (after) {
			t->at = after;
			return start;
		}
	}
	return NULL;
}
