/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* The blob, as format/layout.h specifies it: all sections in their order. */

#include "pack.h"
#include "groups.h"
#include "messages.h"
#include "pack_details.h"
#include "pack_records.h"
#include "pack_runs.h"
#include "slots.h"
#include "format/bytes.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

static uint32_t
append(struct text *out, const struct text *section)
{
	uint32_t at = (uint32_t)out->size;

	text_add(out, section->data, section->size);
	return at;
}

/* The cells of the longer names, and the others with their first groups;
 * returns how many others. */
static size_t
part_names(const struct groups *groups, const struct packed_records *packed,
	   struct text *longs, const char **name, size_t *first)
{
	size_t count = 0;

	for (size_t i = 0; i < groups->names; i++) {
		if (strlen(groups->name[i]) > IAP_HASHED) {
			text_le(longs, packed->place[groups->first[i]],
				packed->cell);
			continue;
		}
		name[count] = groups->name[i];
		first[count++] = groups->first[i];
	}
	return count;
}

static void
write_slots(struct blob *blob, const struct groups *groups,
	    const struct packed_records *packed)
{
	struct iap_layout *l = &blob->layout;
	const char **name = allocate(groups->names, sizeof *name);
	size_t *first = allocate(groups->names, sizeof *first);
	struct text cells = { 0 }, longs = { 0 };
	struct slots slots;

	choose_slots(&slots, groups->registry->file, name,
		     part_names(groups, packed, &longs, name, first));
	for (uint32_t i = 0; i < slots.count; i++)
		text_le(&cells, slots.slots[i] == NO_NAME ? 0
			: packed->place[first[slots.slots[i]]], packed->cell);
	l->key = slots.key;
	l->buckets = slots.buckets;
	l->slot_count = slots.count;
	l->pilots = (uint32_t)blob->bytes.size;
	text_add(&blob->bytes, slots.pilots, slots.buckets);
	l->slots = append(&blob->bytes, &cells);
	l->longs = append(&blob->bytes, &longs);
	free(name), free(first), free(cells.data), free(longs.data);
	free(slots.pilots), free(slots.slots);
}

static void
write_sections(struct blob *blob, const struct groups *groups,
	       const struct packed_records *packed)
{
	static const char zeros[IAP_H_BYTES];
	struct iap_layout *l = &blob->layout;
	struct text *out = &blob->bytes, runs = { 0 };

	pack_runs(&runs, groups->registry, &packed->chunks);
	text_add(out, zeros, IAP_H_BYTES);
	write_slots(blob, groups, packed);
	l->cell = packed->cell;
	l->run_count = (uint32_t)(runs.size / IAP_RUN_BYTES);
	l->chunks = append(out, &packed->chunks);
	l->places = append(out, &packed->places);
	l->runs = append(out, &runs);
	l->records = append(out, &packed->records);
	l->portless = l->records + (uint32_t)packed->portless;
	l->end = (uint32_t)out->size;
	text_add(out, zeros, IAP_PADDING);
	text_add(out, zeros, (8 - out->size % 8) % 8);
	free(runs.data);
}

#define FIELD(name, AT) \
	{ #name, IAP_H_##AT, offsetof(struct iap_layout, name) },

const struct header_field header_fields[] = { IAP_LAYOUT(FIELD) };
const size_t header_field_count = sizeof header_fields / sizeof *header_fields;

uint32_t
header_value(const struct header_field *field, const struct iap_layout *l)
{
	uint32_t value;

	memcpy(&value, (const char *)l + field->member, sizeof value);
	return value;
}

static void
write_header(struct text *out, const struct iap_layout *l)
{
	const unsigned char *bytes = (const unsigned char *)out->data;
	size_t end = l->details ? l->details : out->size;

	if (l->details)
		text_put_le(out, IAP_H_DETAILS_CHECKSUM,
			    iap_checksum(bytes + end, out->size - end), 8);
	text_put_le(out, IAP_H_SIZE, out->size, 4);
	for (size_t i = 0; i < header_field_count; i++)
		text_put_le(out, header_fields[i].at,
		       header_value(&header_fields[i], l), 4);
	text_put_le(out, IAP_H_CHECKSUM,
	       iap_checksum(bytes + IAP_H_KEY, end - IAP_H_KEY), 8);
}

static void
write_whole_header(struct blob *blob, const char *updated)
{
	struct text *out = &blob->bytes;

	memcpy(out->data + IAP_H_MAGIC, IAP_MAGIC, strlen(IAP_MAGIC));
	text_put_le(out, IAP_H_VERSION, IAP_VERSION, 4);
	text_put_le(out, IAP_H_KEY, blob->layout.key, 8);
	memcpy(out->data + IAP_H_UPDATED, updated, strlen(updated));
	write_header(out, &blob->layout);
}

struct text
whole_file(const struct blob *blob)
{
	struct iap_layout layout = blob->layout;
	struct text out = { 0 };

	append(&out, &blob->bytes);
	if (blob->details.size)
		layout.details = append(&out, &blob->details);
	write_header(&out, &layout);
	return out;
}

/* The most that an entry of the libc shapes needs: aliases and bytes. */
static void
measure_entries(struct blob *blob, const struct registry *registry)
{
	size_t n = registry->services;
	size_t *aliases = allocate(n, sizeof *aliases);
	size_t *bytes = allocate(n, sizeof *bytes);

	for (size_t i = 0; i < n; i++) {
		const struct service *s = &registry->service[i];
		size_t head = s->head == NO_HEAD ? i : s->head;
		aliases[head] += s->head != NO_HEAD;
		bytes[head] += strlen(s->name) + 1;
	}
	for (size_t i = 0; i < n; i++) {
		if (aliases[i] > blob->most_aliases)
			blob->most_aliases = aliases[i];
		if (bytes[i] + sizeof "sctp" > blob->most_string_bytes)
			blob->most_string_bytes = bytes[i] + sizeof "sctp";
	}
	free(aliases);
	free(bytes);
}

void
pack(struct blob *blob, const struct registry *registry, bool with_details)
{
	struct groups groups;
	struct packed_records packed;

	if (!registry->services)
		fail_at(registry->file, 0, "the registry has no names");
	make_groups(&groups, registry);
	pack_records(&packed, &groups);
	write_sections(blob, &groups, &packed);
	write_whole_header(blob, registry->updated);
	if (with_details)
		pack_details(&blob->details, &groups, packed.place);
	measure_entries(blob, registry);
	free_groups(&groups);
	free_packed_records(&packed);
}
