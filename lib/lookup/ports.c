/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* Protocols, port ranges, the status of a port, and the syntax of names. */

#include "blob.h"

#include <string.h>

/* ---- Protocols ----------------------------------------------------------- */

const char *
iana_proto_name(int proto)
{
	unsigned mask = iap_mask_of(proto);

	return proto && mask ? iap_proto_name(iap_lowest_bit(mask)) : NULL;
}

int
iana_proto_number(const char *name)
{
	unsigned mask = name ? iap_mask_of_name(name) : 0;

	return mask ? iap_proto_of(iap_lowest_bit(mask)) : -1;
}

/* ---- Ranges and status --------------------------------------------------- */

enum iana_range
iana_port_range(int port)
{
	if (port < 0 || port > 65535)
		return IANA_RANGE_INVALID;
	return port <= IANA_SYSTEM_LAST ? IANA_RANGE_SYSTEM
		: port <= IANA_USER_LAST ? IANA_RANGE_USER
		: IANA_RANGE_DYNAMIC;
}

const char *
iana_range_name(enum iana_range range)
{
	switch (range) {
	case IANA_RANGE_SYSTEM: return "System Ports";
	case IANA_RANGE_USER: return "User Ports";
	case IANA_RANGE_DYNAMIC: return "Dynamic Ports";
	case IANA_RANGE_INVALID: break;
	}
	return "invalid";
}

const char *
iana_status_name(enum iana_status status)
{
	switch (status) {
	case IANA_STATUS_ASSIGNED: return "assigned";
	case IANA_STATUS_RESERVED: return "reserved";
	case IANA_STATUS_UNASSIGNED: return "unassigned";
	case IANA_STATUS_DYNAMIC: return "dynamic";
	case IANA_STATUS_INVALID: break;
	}
	return "invalid";
}

/* The run that a port is in: the last one that starts at or before it. */
static unsigned
run_status(const struct iana_registry *in, int port)
{
	const unsigned char *runs = iap_blob(in) + iap_at(in)->runs;
	uint32_t low = 0, high = iap_at(in)->run_count;

	while (high - low > 1) {
		uint32_t middle = low + (high - low) / 2;
		if (iap_u16(runs + middle * IAP_RUN_BYTES) <= (unsigned)port)
			low = middle;
		else
			high = middle;
	}
	return runs[low * IAP_RUN_BYTES + 2];
}

/* The protocols of registered services on a port. */
static unsigned
registered_on(const struct iana_registry *in, const unsigned char *record)
{
	unsigned mask = 0;

	for (; record; record = iap_next_on_port(in, record))
		if (!(iap_bits(record) & IAP_EXTENDED)
		    || !(iap_extra_of(in, record).flags
			 & IAP_ADDED))
			mask |= iap_bits(record);
	return mask;
}

enum iana_status
iana_port_status(const struct iana_registry *in, int port, int proto)
{
	static const enum iana_status statuses[] = {
		[IAP_S_UNASSIGNED] = IANA_STATUS_UNASSIGNED,
		[IAP_S_RESERVED] = IANA_STATUS_RESERVED,
		[IAP_S_ASSIGNED] = IANA_STATUS_ASSIGNED,
		[IAP_S_DYNAMIC] = IANA_STATUS_DYNAMIC,
	};
	unsigned mask = iap_mask_of(proto) & (IAP_ANY & ~(unsigned)IAP_NONE);

	if (port < 0 || port > 65535 || !mask)
		return IANA_STATUS_INVALID;

	const unsigned char *record = iap_find_port(in, port);
	unsigned registered = registered_on(in, record);
	unsigned run = run_status(in, port);
	/* The values of the enumeration go from the best to the worst. */
	enum iana_status best = IANA_STATUS_DYNAMIC;

	/* Without a protocol, a service without one counts as it is. */
	if (!proto && registered & IAP_NONE)
		return IANA_STATUS_ASSIGNED;
	for (unsigned bit = 0; bit < 4; bit++, run >>= 2) {
		unsigned status = run & 3;
		if (!(mask & 1u << bit))
			continue;
		if (registered & 1u << bit)
			status = IAP_S_ASSIGNED;
		else if (bit < 2 && record && iap_bits(record) & IAP_RESERVED)
			status = IAP_S_RESERVED;
		if (statuses[status] < best)
			best = statuses[status];
	}
	return best;
}

/* ---- Names --------------------------------------------------------------- */

int
iana_name_is_valid(const char *name)
{
	size_t n = name ? strlen(name) : 0;
	int letters = 0;

	if (n < 1 || n > 15 || name[0] == '-' || name[n - 1] == '-')
		return 0;
	for (size_t i = 0; i < n; i++) {
		char c = name[i];
		int letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
		int hyphen = c == '-' && name[i + 1] != '-';
		if (!letter && !hyphen && (c < '0' || c > '9'))
			return 0;
		letters |= letter;
	}
	return letters;
}

/* ---- Provenance ---------------------------------------------------------- */

const char *
iana_registry_updated(const struct iana_registry *registry)
{
	return (const char *)iap_blob(registry) + IAP_H_UPDATED;
}

const char *
iana_version(void)
{
	return IAP_VERSION_STRING;
}
