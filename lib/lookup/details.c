/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* Details of services, and the texts of nameless records. Nothing else refers
 * to the built-in details. So a static program contains them only if it asks
 * for details. */

#include "details.h"
#include "ports.h"

#if defined IANA_DETAILS && !IANA_DETAILS       /* a build without them */
#  undef IAP_BUILTIN_DETAILS
#  define IAP_BUILTIN_DETAILS NULL
#endif

static const unsigned char *
details_of(const struct iana_registry *reg)
{
	return reg ? reg->details : IAP_BUILTIN_DETAILS;
}

/* The last sample at or before a place. */
static struct iap_sample
find_sample(const unsigned char *details, uint32_t place)
{
	size_t low = 0, high = iap_sample_count(details);

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;
		if (iap_sample(details, middle).place <= place)
			low = middle;
		else
			high = middle;
	}
	return iap_sample(details, low);
}

/* The first row of the original record at a place; NULL if none is there. From
 * the sample, it skips the rows of as many records as there are originals in
 * between. */
static const unsigned char *
find_rows(const struct iana_registry *reg, const unsigned char *details,
	  uint32_t place)
{
	struct iap_sample sample = find_sample(details, place);
	const unsigned char *row = iap_section(details, IAP_D_ROWS)
		+ sample.row;
	const unsigned char *r = iap_record_of_place(reg, sample.place);
	const unsigned char *wanted = iap_record_if_inside(reg, place);

	while (wanted && r < wanted) {
		struct iap_extra extra = iap_extra_of(reg, r);
		while (!(extra.flags & IAP_COPY) && iap_next_row(&row).split)
			;
		r = extra.next;
	}
	return r == wanted && !(iap_extra_of(reg, r).flags & IAP_COPY) ? row
		: NULL;
}

/* For a nameless record, iana_service.record is this bit and the index of the
 * record in NAMELESS. No place has this bit. */
#define NAMELESS 0x80000000u

/* Where the first row of a service is. A service of another registry may have
 * none: NULL. */
static const unsigned char *
rows_of(const struct iana_service *service, const unsigned char *details)
{
	uint32_t index = service->record & ~NAMELESS;

	if (!(service->record & NAMELESS))
		return find_rows(service->registry, details,
				 service->record >> 3);
	return index < iap_nameless_count(details)
		? iap_section(details, IAP_D_ROWS)
		+ iap_nameless(details, index).row : NULL;
}

static const char *
text_of(const struct iana_service *service, enum iap_text which)
{
	const unsigned char *details = service ? details_of(service->registry)
		: NULL;
	const unsigned char *p = details ? rows_of(service, details) : NULL;
	struct iap_row row;

	if (!p)
		return "";
	do
		row = iap_next_row(&p);
	while (row.split && !(row.mask & 1u << (service->record & 7)));
	if (which == IAP_DESCRIPTION)
		return row.description;
	/* As on IANA's page, the contact is also the assignee. */
	if (which == IAP_ASSIGNEE && !(row.present & 1u << IAP_ASSIGNEE))
		which = IAP_CONTACT;
	if (!(row.present & 1u << which))
		return "";
	return iap_string(details, row.text[which]);
}

const char *
iana_service_description(const struct iana_service *service)
{
	return text_of(service, IAP_DESCRIPTION);
}

const char *
iana_service_reference(const struct iana_service *service)
{
	return text_of(service, IAP_REFERENCE);
}

const char *
iana_service_assignee(const struct iana_service *service)
{
	return text_of(service, IAP_ASSIGNEE);
}

const char *
iana_service_contact(const struct iana_service *service)
{
	return text_of(service, IAP_CONTACT);
}

const char *
iana_service_registered(const struct iana_service *service)
{
	return text_of(service, IAP_REGISTERED);
}

const char *
iana_service_modified(const struct iana_service *service)
{
	return text_of(service, IAP_MODIFIED);
}

const char *
iana_service_note(const struct iana_service *service)
{
	return text_of(service, IAP_NOTE);
}

const char *
iana_service_unauthorized_use(const struct iana_service *service)
{
	return text_of(service, IAP_UNAUTHORIZED_USE);
}

const char *
iana_service_code(const struct iana_service *service)
{
	return text_of(service, IAP_SERVICE_CODE);
}

/* ---- Records without a name ---------------------------------------------- */

/* The index of the first one that starts behind a port, or count. */
static size_t
find_behind(const unsigned char *details, size_t count, unsigned port)
{
	size_t low = 0, high = count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (iap_nameless(details, middle).first <= port)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* The index of the first one that covers a port and has a protocol in mask;
 * otherwise of the first one that covers the port and is for all protocols;
 * count if there is none. */
static size_t
find_nameless(const unsigned char *details, size_t count, unsigned port,
	      unsigned mask)
{
	size_t end = find_behind(details, count, port), general = count;

	for (size_t i = end > IAP_MOST_NAMELESS ? end - IAP_MOST_NAMELESS : 0;
	     i < end; i++) {
		struct iap_nameless n = iap_nameless(details, i);
		if (n.last < port)
			continue;
		if (n.mask & mask)
			return i;
		if (n.mask & IAP_NONE && general == count)
			general = i;
	}
	return general;
}

int
iana_nameless_on(const struct iana_registry *reg, int port, int proto,
		 struct iana_service *out)
{
	const unsigned char *details = details_of(reg);
	unsigned mask = iap_mask_of(proto);

	if (!details || port < 0 || port > 65535 || !mask)
		return 0;

	struct iap_statuses s = iap_statuses_on(reg, port);
	unsigned bit = iap_best_bit(&s, mask);

	if (s.of[bit] == IANA_STATUS_ASSIGNED)
		return 0;

	size_t count = iap_nameless_count(details);
	size_t i = find_nameless(details, count, (unsigned)port, 1u << bit);

	if (i == count)
		return 0;

	struct iap_nameless n = iap_nameless(details, i);

	*out = (struct iana_service){
		.name = "",
		.registry = reg,
		.record = NAMELESS | (uint32_t)i,
		.port = (int)n.first,
		.last_port = (int)n.last,
		.proto = iap_proto_of(iap_lowest_bit(n.mask)),
	};
	return 1;
}

const char *
iana_port_status_text(const struct iana_registry *reg, int port, int proto)
{
	struct iana_service nameless;

	return iana_nameless_on(reg, port, proto, &nameless)
		? iana_service_description(&nameless) : "";
}
