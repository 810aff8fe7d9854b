/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* The calls that most programs need. */

#include "search.h"

/* ---- By name ------------------------------------------------------------- */

/* The first record in a name's chain that has a port and a protocol in mask. */
static IAP_RARE const unsigned char *
first_with_port(const struct iana_registry *reg, const unsigned char *record,
		unsigned mask)
{
	while (record && (!(iap_bits(record) & mask) || !iap_port(record)))
		record = iap_next_of_name(reg, record);
	return record;
}

/* The first record of a name that answers with a port, or NULL. */
IAP_INLINE const unsigned char *
find_with_port(const struct iana_registry *reg, const char *name, size_t n,
	       unsigned mask)
{
	const unsigned char *record = reg ? iap_find_name(reg, name, n)
		: iap_find_builtin_name(name, n);

	if (record && (!(iap_bits(record) & mask) || !iap_port(record)))
		record = first_with_port(reg, record, mask);
	return record;
}

IAP_INLINE int
port_of(const struct iana_registry *reg, const char *name, int proto)
{
	if (!name)
		return -1;

	const unsigned char *record = find_with_port(reg, name, strlen(name),
						     iap_mask_of(proto));

	return record ? (int)iap_port(record) : -1;
}

static IAP_APART int
loaded_port_of(const struct iana_registry *reg, const char *name, int proto)
{
	return port_of(reg, name, proto);
}

/* This branch is the first, and the only one. After it, the code for the
 * built-in registry is the same as in a library that could load no other. */
int
iana_port_of(const struct iana_registry *reg, const char *name, int proto)
{
	return reg ? loaded_port_of(reg, name, proto)
		: port_of(IAP_BUILTIN, name, proto);
}

/* ---- By port ------------------------------------------------------------- */

/* On the port of a record, the name of the first later record that has a
 * protocol in mask, or NULL. */
static IAP_RARE const char *
next_name(const struct iana_registry *reg, const unsigned char *record,
	  unsigned mask)
{
	do
		record = iap_next_on_port(reg, record);
	while (record && !(iap_bits(record) & mask));
	return record ? iap_name(record) : NULL;
}

IAP_INLINE const char *
name_of(const struct iana_registry *reg, int port, int proto)
{
	const unsigned char *record = iap_find_port(reg, port);

	if (!record)
		return NULL;

	unsigned mask = iap_mask_of(proto);

	return iap_bits(record) & mask ? iap_name(record)
		: next_name(reg, record, mask);
}

static IAP_APART const char *
loaded_name_of(const struct iana_registry *reg, int port, int proto)
{
	return name_of(reg, port, proto);
}

const char *
iana_name_of(const struct iana_registry *reg, int port, int proto)
{
	return reg ? loaded_name_of(reg, port, proto)
		: name_of(IAP_BUILTIN, port, proto);
}

/* ---- What users write ---------------------------------------------------- */

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

/* A name or a number of n bytes. If a service is found, and the registry names
 * its protocol, *proto becomes that protocol. */
static int
resolve(const struct iana_registry *reg, const char *text, size_t n, int *proto)
{
	unsigned mask = iap_mask_of(*proto);
	const unsigned char *record = find_with_port(reg, text, n, mask);

	if (!record)
		return parse_number(text, n);

	unsigned bit = iap_lowest_bit(iap_bits(record) & mask);

	if (bit != IAP_BIT_NONE)
		*proto = iap_proto_of(bit);
	return (int)iap_port(record);
}

int
iana_resolve(const struct iana_registry *reg, const char *text, int *proto)
{
	int any = IANA_PROTO_ANY;

	if (!proto)
		proto = &any;
	if (!text || !iap_mask_of(*proto))
		return -1;

	int port = resolve(reg, text, strlen(text), proto);

	if (port >= 0)
		return port;

	const char *slash = strrchr(text, '/');
	int suffix = slash ? iana_proto_number(slash + 1) : IANA_PROTO_UNKNOWN;

	if (suffix < 0 || (*proto != IANA_PROTO_ANY && *proto != suffix))
		return -1;
	port = resolve(reg, text, (size_t)(slash - text), &suffix);
	if (port >= 0)
		*proto = suffix;
	return port;
}

/* ---- What users read ----------------------------------------------------- */

/* The decimal digits of a port; returns where they start in the buffer. */
static const char *
print_number(int port, char digits[6])
{
	char *p = digits + 5;

	*p = '\0';
	do
		*--p = (char)('0' + port % 10);
	while (port /= 10);
	return p;
}

size_t
iana_format_port(const struct iana_registry *reg, int port, int proto,
		 char *buf, size_t size)
{
	char digits[6];
	const char *text = iana_name_of(reg, port, proto);

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
