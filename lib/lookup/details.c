/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* Details of services, and the texts of records without a name. Nothing else
 * refers to the details that are built in, so that a static program that does
 * not ask for them does not contain them. */

#include "details.h"

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

/* The first row of the original record at a place: as many behind the sample's
 * as there are original records between them. */
static const unsigned char *
find_rows(const struct iana_registry *reg, const unsigned char *details,
	  uint32_t place)
{
	struct iap_sample sample = find_sample(details, place);
	const unsigned char *row = iap_section(details, IAP_D_ROWS)
		+ sample.row;
	const unsigned char *r = iap_record_of_place(reg, sample.place);
	const unsigned char *wanted = iap_record_of_place(reg, place);

	while (r < wanted) {
		struct iap_extra extra = iap_extra_of(reg, r);
		while (!(extra.flags & IAP_COPY) && iap_next_row(&row).split)
			;
		r = extra.next;
	}
	return row;
}

static struct iap_row
row_of(const struct iana_service *service, const unsigned char *details)
{
	const unsigned char *p = find_rows(service->registry, details,
					   service->record >> 3);
	unsigned bit = 1u << (service->record & 7);
	struct iap_row row;

	do
		row = iap_next_row(&p);
	while (row.split && !(row.mask & bit));
	return row;
}

static const char *
text_of(const struct iana_service *service, enum iap_text which)
{
	const unsigned char *details = service ? details_of(service->registry)
		: NULL;

	if (!details)
		return "";

	struct iap_row row = row_of(service, details);

	if (which == IAP_DESCRIPTION)
		return row.description;
	/* As on IANA's page, who is to be contacted is also the assignee. */
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

/* What the registry says of a port for a protocol: a record for that protocol
 * beats one for all. */
static const char *
nameless_text(const unsigned char *details, unsigned port, unsigned mask)
{
	size_t count = iap_nameless_count(details);
	const char *general = NULL;

	for (size_t i = 0; i < count; i++) {
		struct iap_nameless n = iap_nameless(details, i);
		if (n.first > port)
			break;          /* they are sorted */
		if (n.last < port)
			continue;
		if (n.mask & mask)
			return iap_string(details, n.text);
		if (n.mask & IAP_NONE && !general)
			general = iap_string(details, n.text);
	}
	return general ? general : "";
}

const char *
iana_port_status_text(const struct iana_registry *reg, int port, int proto)
{
	const unsigned char *details = details_of(reg);
	enum iana_status status = iana_port_status(reg, port, proto);
	unsigned bit = 0;

	if (!details || status == IANA_STATUS_INVALID
	    || status == IANA_STATUS_ASSIGNED)
		return "";
	if (proto != IANA_PROTO_ANY)
		return nameless_text(details, (unsigned)port,
				     iap_mask_of(proto));
	/* Any protocol: the first that has the best status. */
	while (iana_port_status(reg, port, iap_proto_of(bit)) != status)
		bit++;
	return nameless_text(details, (unsigned)port, 1u << bit);
}
