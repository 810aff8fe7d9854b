/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* Details of services, and the words of rows without a name. Nothing else
 * refers to the details that are built in, so that a static program that does
 * not ask for them does not contain them. */

#include "details.h"

static const unsigned char *
details_in(const struct iana_registry *in)
{
	return in ? in->details : IAP_BUILTIN_DETAILS;
}

/* The last sample at or before a place. */
static const unsigned char *
find_sample(const unsigned char *details, uint32_t place)
{
	const unsigned char *samples = iap_section(details, IAP_D_SAMPLES);
	size_t low = 0, high = (size_t)(iap_section(details, IAP_D_WORDS)
					- samples) / IAP_SAMPLE_BYTES;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;
		if (iap_u32(samples + middle * IAP_SAMPLE_BYTES) <= place)
			low = middle;
		else
			high = middle;
	}
	return samples + low * IAP_SAMPLE_BYTES;
}

/* The first row of the original record at a place: as many behind the sample's
 * as records are between them. */
static const unsigned char *
find_rows(const struct iana_registry *in, const unsigned char *details,
	  uint32_t place)
{
	const unsigned char *sample = find_sample(details, place);
	const unsigned char *row = iap_section(details, IAP_D_ROWS)
		+ iap_u32(sample + 4);
	const unsigned char *r = iap_record_of_place(in, iap_u32(sample));
	const unsigned char *wanted = iap_record_of_place(in, place);

	while (r < wanted) {
		struct iap_extra extra = iap_extra_of(in, r);
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
	const unsigned char *details = service ? details_in(service->registry)
		: NULL;

	if (!details || iap_section(details, IAP_D_ROWS)
	    == iap_section(details, IAP_D_STRINGS))
		return "";

	struct iap_row row = row_of(service, details);

	if (which == IAP_DESCRIPTION)
		return row.description;
	/* As on IANA's page, who is to be contacted is also the assignee. */
	if (which == IAP_ASSIGNEE && !(row.present & 1u << IAP_ASSIGNEE))
		which = IAP_CONTACT;
	if (!(row.present & 1u << which))
		return "";
	return (const char *)iap_section(details, IAP_D_STRINGS)
		+ row.text[which];
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
iana_service_service_code(const struct iana_service *service)
{
	return text_of(service, IAP_SERVICE_CODE);
}

/* ---- Rows without a name ------------------------------------------------- */

/* What the registry says of a port for one protocol: a row of its own beats the
 * row for all. */
static const char *
words_on(const unsigned char *details, int port, unsigned mask)
{
	const unsigned char *p = iap_section(details, IAP_D_WORDS);
	const unsigned char *end = iap_section(details, IAP_D_ROWS);
	const char *strings = (const char *)iap_section(details, IAP_D_STRINGS);
	const char *general = NULL;

	for (; p < end && (int)iap_u16(p) <= port; p += IAP_WORD_BYTES) {
		if ((int)iap_u16(p + 2) < port)
			continue;
		if (p[4] & mask)
			return strings + iap_u24(p + 5);
		if (p[4] & IAP_NONE && !general)
			general = strings + iap_u24(p + 5);
	}
	return general ? general : "";
}

const char *
iana_port_status_text(const struct iana_registry *in, int port, int proto)
{
	const unsigned char *details = details_in(in);
	enum iana_status status = iana_port_status(in, port, proto);
	unsigned bit = 0;

	if (!details || status == IANA_STATUS_INVALID
	    || status == IANA_STATUS_ASSIGNED)
		return "";
	/* Any protocol: the first that has the best status. */
	while (!proto && iana_port_status(in, port, iap_proto_of(bit))
	       != status)
		bit++;
	return words_on(details, port, proto ? iap_mask_of(proto) : 1u << bit);
}
