/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */
#ifndef IAP_PRINTABLE_H
#define IAP_PRINTABLE_H

/* What a registry may send to a terminal. The compiler and validation share
 * it. */

#include <stddef.h>
#include <stdint.h>

/* Of the characters that are not ASCII, the controls of C1, those that end a
 * line, and those that change the direction of text. */
static inline int
iap_is_control(uint32_t c)
{
	return c < 0xa0 || c == 0x61c || c == 0x200e || c == 0x200f
		|| (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

/* Bytes of the character at s, a text that ends with NUL: 0 if it is a control,
 * or not well-formed UTF-8. */
static inline size_t
iap_printable(const unsigned char *s)
{
	static const uint32_t lowest[] = { 0x80, 0x800, 0x10000 };

	if (*s < 0x80)
		return *s >= ' ' && *s != 0x7f;
	if (*s < 0xc2 || *s > 0xf4)
		return 0;

	size_t n = *s < 0xe0 ? 2 : *s < 0xf0 ? 3 : 4;
	uint32_t c = *s & 0x7fu >> n;

	for (size_t i = 1; i < n; i++) {
		if ((s[i] & 0xc0) != 0x80)
			return 0;
		c = c << 6 | (s[i] & 0x3fu);
	}
	if (c < lowest[n - 2] || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
		return 0;
	return iap_is_control(c) ? 0 : n;
}

/* The first byte of a text that may not be there: its NUL, if all may. */
static inline const unsigned char *
iap_end_of_text(const unsigned char *s)
{
	for (size_t n; (n = iap_printable(s)); s += n)
		;
	return s;
}

/* Whether a name may have a byte that is no UTF-8. A site's files may be in
 * another encoding, such as ISO 8859-1, where the bytes from 0x80 to 0x9f are
 * controls. */
static inline int
iap_is_other_encoding(unsigned char c)
{
	return c >= 0xa0;
}

/* iap_end_of_text() for a name. */
static inline const unsigned char *
iap_end_of_name(const unsigned char *s)
{
	while (iap_is_other_encoding(*(s = iap_end_of_text(s))))
		s++;
	return s;
}

#endif
