/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* The calls that most programs need. */

#include "blob.h"

#include <string.h>

/* The first record in a name's chain that has a port and a protocol in mask. */
static IAP_RARE const unsigned char *
first_with_port(const unsigned char *record, unsigned mask)
{
	while (record && (!(iap_bits(record) & mask) || !iap_port(record)))
		record = iap_next_of_name(IAP_BUILTIN, record);
	return record;
}

static inline int
port_of(const char *name, size_t n, unsigned mask,
	const unsigned char **record)
{
	const unsigned char *r = iap_find_name(IAP_BUILTIN, name, n);

	if (!r)
		return -1;
	if (!(iap_bits(r) & mask) || !iap_port(r))
		r = first_with_port(r, mask);
	*record = r;
	return r ? (int)iap_port(r) : -1;
}

int
iana_port_of(const char *name, int proto)
{
	const unsigned char *record;

	return name ? port_of(name, strlen(name), iap_mask_of(proto), &record)
		: -1;
}

/* The name of the first record behind one on its port that has a protocol in
 * mask, or NULL. */
static IAP_RARE const char *
next_name(const unsigned char *record, unsigned mask)
{
	do
		record = iap_next_on_port(IAP_BUILTIN, record);
	while (record && !(iap_bits(record) & mask));
	return record ? iap_name(record) : NULL;
}

const char *
iana_name_of(int port, int proto)
{
	const unsigned char *record = iap_find_port(IAP_BUILTIN, port);

	if (!record)
		return NULL;

	unsigned mask = iap_mask_of(proto);

	return iap_bits(record) & mask ? iap_name(record)
		: next_name(record, mask);
}

static int
parse_number(const char *text, size_t n)
{
	int port = 0;

	if (n < 1 || n > 5)
		return -1;
	for (size_t i = 0; i < n; i++) {
		if (text[i] < '0' || text[i] > '9')
			return -1;
		port = 10 * port + (text[i] - '0');
	}
	return port <= 65535 ? port : -1;
}

static int
resolve_name(const char *text, size_t n, int *proto)
{
	const unsigned char *record;
	unsigned mask = iap_mask_of(*proto);
	int port = port_of(text, n, mask, &record);

	if (port >= 0)
		*proto = iap_proto_of(iap_lowest_bit(iap_bits(record) & mask));
	return port;
}

int
iana_resolve(const char *text, int *proto)
{
	int any = 0;

	if (!proto)
		proto = &any;
	if (!text || !iap_mask_of(*proto))
		return -1;

	size_t n = strlen(text);
	int port = resolve_name(text, n, proto);

	if (port < 0)
		port = parse_number(text, n);
	if (port >= 0)
		return port;

	const char *slash = strrchr(text, '/');
	int suffix = slash ? iana_proto_number(slash + 1) : -1;

	if (suffix < 0 || (*proto && *proto != suffix))
		return -1;
	n = (size_t)(slash - text);
	port = resolve_name(text, n, &suffix);
	if (port < 0)
		port = parse_number(text, n);
	if (port >= 0)
		*proto = suffix;
	return port;
}

/* Decimal digits of a port; returns where they start in the buffer. */
static const char *
print_number(int port, char digits[static 6])
{
	char *p = digits + 5;

	*p = '\0';
	do
		*--p = (char)('0' + port % 10);
	while (port /= 10);
	return p;
}

size_t
iana_format_port(int port, int proto, char *buf, size_t size)
{
	char digits[6];
	const char *text = iana_name_of(port, proto);

	if (port < 0 || port > 65535)
		text = "";
	else if (!text)
		text = print_number(port, digits);

	size_t n = strlen(text);

	if (size) {
		size_t copied = n < size ? n : size - 1;
		memcpy(buf, text, copied);
		buf[copied] = '\0';
	}
	return n;
}
