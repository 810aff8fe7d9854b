/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* Protocols, port ranges, the status of a port, and the syntax of names. */

#include "ports.h"

/* From the best to the worst. */
IAP_ASSERT(better_status_is_lower, IANA_STATUS_ASSIGNED < IANA_STATUS_RESERVED
	   && IANA_STATUS_RESERVED < IANA_STATUS_UNASSIGNED
	   && IANA_STATUS_UNASSIGNED < IANA_STATUS_DYNAMIC);

/* ---- Protocols ----------------------------------------------------------- */

IAP_ASSERT(protocols_are_public_ones, IANA_PROTO_ANY == IAP_NUMBER_ANY
	   && IANA_PROTO_NONE == IAP_NUMBER_NONE);

const char *
iana_proto_name(int proto)
{
	unsigned mask = iap_mask_of(proto) & IAP_NAMED;

	return mask && proto != IANA_PROTO_ANY
		? iap_proto_name(iap_lowest_bit(mask)) : NULL;
}

int
iana_proto_number(const char *name)
{
	unsigned mask = name ? iap_mask_of_name(name) : 0;

	return mask ? iap_proto_of(iap_lowest_bit(mask)) : IANA_PROTO_UNKNOWN;
}

/* ---- Ranges -------------------------------------------------------------- */

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

/* ---- Status -------------------------------------------------------------- */

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

/* What two bits of the blob mean. */
static enum iana_status
status_of(unsigned bits)
{
	switch (bits & 3) {
	case IAP_S_ASSIGNED: return IANA_STATUS_ASSIGNED;
	case IAP_S_RESERVED: return IANA_STATUS_RESERVED;
	case IAP_S_UNASSIGNED: return IANA_STATUS_UNASSIGNED;
	}
	return IANA_STATUS_DYNAMIC;
}

/* The status in the run of a port: the last run that starts at or before it. */
static unsigned
run_of_port(const struct iana_registry *reg, unsigned port)
{
	uint32_t low = 0, high = iap_at(reg)->run_count;

	while (high - low > 1) {
		uint32_t middle = low + (high - low) / 2;
		if (iap_run_port(reg, middle) <= port)
			low = middle;
		else
			high = middle;
	}
	return iap_run_status(reg, low);
}

/* The protocols of registered services on a port. */
static unsigned
registered_on(const struct iana_registry *reg, const unsigned char *record)
{
	unsigned mask = 0;

	for (; record; record = iap_next_on_port(reg, record))
		if (!(iap_bits(record) & IAP_EXTENDED)
		    || !(iap_extra_of(reg, record).flags & IAP_ADDED))
			mask |= iap_bits(record);
	return mask & IAP_ANY;
}

struct iap_statuses
iap_statuses_on(const struct iana_registry *reg, int port)
{
	const unsigned char *record = iap_find_port(reg, port);
	unsigned assigned = registered_on(reg, record);
	unsigned reserved = record && iap_bits(record) & IAP_RESERVED
		? IAP_TCP | IAP_UDP : 0;
	unsigned run = run_of_port(reg, (unsigned)port);
	enum iana_status worst = IANA_STATUS_ASSIGNED;
	struct iap_statuses s;

	for (unsigned bit = 0; bit < IAP_BIT_NONE; bit++) {
		s.of[bit] = assigned & 1u << bit ? IANA_STATUS_ASSIGNED
			: reserved & 1u << bit ? IANA_STATUS_RESERVED
			: status_of(run >> 2 * bit);
		if (s.of[bit] > worst)
			worst = s.of[bit];
	}
	/* Without a protocol, a port is no better than the worst of these. */
	s.of[IAP_BIT_NONE] = assigned & IAP_NONE ? IANA_STATUS_ASSIGNED : worst;
	return s;
}

enum iana_status
iana_port_status(const struct iana_registry *reg, int port, int proto)
{
	unsigned mask = iap_mask_of(proto);

	if (port < 0 || port > 65535 || !mask)
		return IANA_STATUS_INVALID;

	struct iap_statuses s = iap_statuses_on(reg, port);

	return s.of[iap_best_bit(&s, mask)];
}

/* ---- Names --------------------------------------------------------------- */

static int
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static int
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Letters and digits, and single hyphens between them; a letter at least. */
int
iana_name_is_valid(const char *name)
{
	size_t n = name ? strlen(name) : 0;
	int letters = 0;

	if (n < 1 || n > 15 || name[n - 1] == '-')
		return 0;
	for (size_t i = 0; i < n; i++) {
		int hyphen = name[i] == '-' && i && name[i - 1] != '-';
		if (!is_letter(name[i]) && !is_digit(name[i]) && !hyphen)
			return 0;
		letters |= is_letter(name[i]);
	}
	return letters;
}

/* ---- Provenance ---------------------------------------------------------- */

const char *
iana_registry_updated(const struct iana_registry *reg)
{
	return (const char *)iap_blob(reg) + IAP_H_UPDATED;
}

const char *
iana_version(void)
{
	return IANA_VERSION;
}
