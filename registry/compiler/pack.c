/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* The blob, as format/layout.h specifies it. */

#include "registry.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* The entries of a port, and whether tcp and udp are reserved there where no
 * service has them. */
struct list {
	size_t *entry;
	size_t size;
	bool reserved;
};

/* A cell that waits for the place of an entry's record. */
struct link {
	size_t at, entry;
};

struct packer {
	const struct registry *registry;
	struct entries entries;
	size_t *place;                  /* of each entry's record */
	unsigned cell;
	struct text records, chunks, places, runs;
	uint64_t bitmap;                /* of the chunk that is being filled */
	int chunk;
	unsigned ports;                 /* in the chunks before it */
	struct link *link;
	size_t links;
	struct list now, before;        /* of the port at hand, and the last */
	size_t before_place;
};

/* ---- Records ------------------------------------------------------------- */

static size_t
index_in_list(const struct list *list, size_t entry)
{
	size_t i = 0;

	while (list->entry[i] != entry)
		i++;
	return i;
}

static void
write_link(struct packer *p, size_t entry)
{
	p->link = grow(p->link, p->links, sizeof *p->link);
	p->link[p->links++] = (struct link){ p->records.size, entry };
	text_le(&p->records, 0, p->cell);
}

/* A copy, on a later port of a range, is in no chain. */
static void
write_record(struct packer *p, size_t entry, unsigned bits, bool copy)
{
	const struct entry *e = &p->entries.entry[entry];
	const struct service *s = e->first;
	struct text *out = &p->records;
	unsigned flags = s->flags;

	if (s->first < s->last)
		flags |= IAP_RANGE;
	if (copy)
		flags |= IAP_COPY;
	else if (e->next != NO_ENTRY)
		flags |= IAP_LINK;
	if (flags)
		bits |= IAP_EXTENDED;
	text_le(out, (uint64_t)s->first, 2);
	text_le(out, e->mask | bits, 1);
	text_add(out, s->name, strlen(s->name) + 1);
	if (flags)
		text_le(out, flags, 1);
	if (flags & IAP_RANGE)
		text_le(out, (uint64_t)s->last, 2);
	if (flags & IAP_ALIAS)
		text_le(out, index_in_list(&p->now, entry)
			- index_in_list(&p->now, e->head), 1);
	if (flags & (IAP_LINK | IAP_COPY))
		write_link(p, copy ? entry : e->next);
	text_le(out, 0, out->size & 1);
}

static bool
counterparts_reserved(const struct registry *registry, int port)
{
	bool reserved = false;

	for (unsigned proto = 0; proto < 2; proto++) {
		if (registry->registered[port][proto])
			continue;
		if (registry->status[port][proto] != IAP_S_RESERVED)
			return false;
		reserved = true;
	}
	return reserved;
}

static void
write_list(struct packer *p, int port)
{
	const struct list *list = &p->now;

	for (size_t i = 0; i < list->size; i++) {
		size_t entry = list->entry[i];
		unsigned bits = i + 1 < list->size ? IAP_MORE : 0;
		if (!i && list->reserved)
			bits |= IAP_RESERVED;
		bool copy = p->entries.entry[entry].first->first != port;
		if (!copy)
			p->place[entry] = p->records.size / 2;
		write_record(p, entry, bits, copy);
	}
}

static void
end_chunk(struct packer *p)
{
	text_le(&p->chunks, p->bitmap, 8);
	text_le(&p->chunks, p->ports, 2);
	for (; p->bitmap; p->bitmap &= p->bitmap - 1)
		p->ports++;
	p->chunk++;
}

/* A port within a range usually has the list of the port before it. */
static bool
same_list(const struct list *a, const struct list *b)
{
	return a->size == b->size && a->reserved == b->reserved
		&& !memcmp(a->entry, b->entry, a->size * sizeof *a->entry);
}

static void
write_port(struct packer *p, int port)
{
	if (p->now.size > IAP_MOST_ON_PORT)
		fail_at(p->registry->file, 0, "port %d has more than %d "
			"names, which the format cannot hold", port,
			IAP_MOST_ON_PORT);
	while (p->chunk < port / 64)
		end_chunk(p);
	p->bitmap |= (uint64_t)1 << port % 64;
	p->now.reserved = counterparts_reserved(p->registry, port);
	if (!same_list(&p->now, &p->before)) {
		struct list swap = p->before;
		p->before_place = p->records.size / 2;
		write_list(p, port);
		p->before = p->now;
		p->now = swap;
	}
	text_le(&p->places, p->before_place, p->cell);
}

static void
write_portless(struct packer *p)
{
	for (size_t i = 0; i < p->now.size; i++) {
		p->place[p->now.entry[i]] = p->records.size / 2;
		write_record(p, p->now.entry[i], 0, false);
	}
}

static void
put_le(struct text *out, size_t at, uint64_t value, unsigned bytes)
{
	for (unsigned i = 0; i < bytes; i++)
		out->data[at + i] = (char)(value >> 8 * i & 0xff);
}

static void
set_links(struct packer *p)
{
	for (size_t i = 0; i < p->links; i++)
		put_le(&p->records, p->link[i].at,
		       p->place[p->link[i].entry], p->cell);
}

/* Returns where the records without a port start. */
static size_t
write_records(struct packer *p, unsigned cell)
{
	const struct entries *e = &p->entries;
	const struct spot *end = e->spot + e->spots;
	size_t portless = NO_ENTRY, count;

	p->cell = cell;
	p->records.size = p->chunks.size = p->places.size = 0;
	p->chunk = 0;
	p->ports = 0;
	p->links = p->before.size = 0;
	for (const struct spot *spot = e->spot; spot < end; spot += count) {
		count = spots_of_port(spot, end);
		p->now.size = list_entries(e, spot, count, p->now.entry);
		if (spot->port < PORTS) {
			write_port(p, spot->port);
			continue;
		}
		portless = p->records.size;
		write_portless(p);
	}
	while (p->chunk < IAP_CHUNK_COUNT)
		end_chunk(p);
	set_links(p);
	return portless == NO_ENTRY ? p->records.size : portless;
}

/* ---- Runs of status ------------------------------------------------------ */

static bool
is_used(const struct packer *p, int port)
{
	const unsigned char *chunks = (const unsigned char *)p->chunks.data;

	return iap_u64(chunks + port / 64 * IAP_CHUNK_BYTES) >> port % 64 & 1;
}

/* What a run must say of a port; -1 where a record says it. */
static void
run_of_port(const struct packer *p, int port, int status[4])
{
	const struct registry *r = p->registry;
	bool reserved = is_used(p, port) && counterparts_reserved(r, port);

	for (unsigned i = 0; i < 4; i++)
		status[i] = r->registered[port][i] || (reserved && i < 2)
			? -1 : r->status[port][i];
}

static void
write_run(struct packer *p, int start, const int status[4])
{
	unsigned bits = 0;

	for (unsigned i = 0; i < 4; i++)
		bits |= status[i] < 0 ? 0 : (unsigned)status[i] << 2 * i;
	text_le(&p->runs, (uint64_t)start, 2);
	text_le(&p->runs, bits, 1);
}

/* A run lasts while no port contradicts what it has said so far. */
static void
write_runs(struct packer *p)
{
	int run[4] = { -1, -1, -1, -1 }, now[4], start = 0;

	for (int port = 0; port < PORTS; port++) {
		bool fits = true;
		run_of_port(p, port, now);
		for (int i = 0; i < 4; i++)
			fits &= now[i] < 0 || run[i] < 0 || now[i] == run[i];
		if (!fits) {
			write_run(p, start, run);
			start = port;
		}
		for (int i = 0; i < 4; i++)
			if (!fits || now[i] >= 0)
				run[i] = now[i];
	}
	write_run(p, start, run);
}

/* ---- All together -------------------------------------------------------- */

static uint32_t
append(struct text *out, const struct text *section)
{
	uint32_t at = (uint32_t)out->size;

	text_add(out, section->data, section->size);
	return at;
}

static void
write_slots(struct packer *p, struct blob *blob)
{
	struct iap_layout *l = &blob->layout;
	const struct entries *e = &p->entries;
	const char **name = allocate(e->names, sizeof *name);
	size_t *first = allocate(e->names, sizeof *first), count = 0;
	struct text cells = { 0 }, longs = { 0 };
	struct slots slots;

	for (size_t i = 0; i < e->names; i++) {
		if (strlen(e->name[i]) > IAP_HASHED) {
			text_le(&longs, p->place[e->first[i]], p->cell);
			continue;
		}
		name[count] = e->name[i];
		first[count++] = e->first[i];
	}
	choose_slots(&slots, p->registry->file, name, count);
	for (uint32_t i = 0; i < slots.count; i++)
		text_le(&cells, p->place[first[slots.slots[i]]], p->cell);
	l->key = slots.key;
	l->buckets = slots.buckets;
	l->slot_count = slots.count;
	l->pilots = (uint32_t)blob->bytes.size;
	text_add(&blob->bytes, slots.pilots, slots.buckets);
	l->slots = append(&blob->bytes, &cells);
	l->longs = append(&blob->bytes, &longs);
	free(name), free(first), free(cells.data), free(longs.data);
	free(slots.pilots);
	free(slots.slots);
}

static void
write_sections(struct packer *p, struct blob *blob, size_t portless)
{
	static const char zeros[IAP_H_BYTES];
	struct iap_layout *l = &blob->layout;
	struct text *out = &blob->bytes;

	text_add(out, zeros, IAP_H_BYTES);
	write_slots(p, blob);
	l->cell = p->cell;
	l->run_count = (uint32_t)(p->runs.size / IAP_RUN_BYTES);
	l->chunks = append(out, &p->chunks);
	l->places = append(out, &p->places);
	l->runs = append(out, &p->runs);
	l->records = append(out, &p->records);
	l->portless = l->records + (uint32_t)portless;
	l->end = (uint32_t)out->size;
	text_add(out, zeros, IAP_PADDING);
	text_add(out, zeros, (8 - out->size % 8) % 8);
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

	put_le(out, IAP_H_SIZE, out->size, 4);
	for (size_t i = 0; i < header_field_count; i++)
		put_le(out, header_fields[i].at,
		       header_value(&header_fields[i], l), 4);
	put_le(out, IAP_H_CHECKSUM,
	       iap_checksum(bytes + IAP_H_KEY, out->size - IAP_H_KEY), 8);
}

static void
write_whole_header(struct blob *blob, const char *updated)
{
	struct text *out = &blob->bytes;

	memcpy(out->data + IAP_H_MAGIC, IAP_MAGIC, strlen(IAP_MAGIC));
	put_le(out, IAP_H_VERSION, IAP_VERSION, 4);
	put_le(out, IAP_H_KEY, blob->layout.key, 8);
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
	struct packer p = { .registry = registry };

	if (!registry->services)
		fail_at(registry->file, 0, "the registry has no names");
	make_all_entries(&p.entries, registry);
	p.place = allocate(p.entries.count, sizeof *p.place);
	p.now.entry = allocate(p.entries.count, sizeof *p.now.entry);
	p.before.entry = allocate(p.entries.count, sizeof *p.before.entry);
	size_t portless = write_records(&p, 2);
	if (p.records.size / 2 > UINT16_MAX)
		portless = write_records(&p, 3);
	if (p.records.size / 2 > 0xffffff)
		fail_at(registry->file, 0, "the records take 32 MiB or "
			"more, which the format cannot hold");
	write_runs(&p);
	write_sections(&p, blob, portless);
	write_whole_header(blob, registry->updated);
	if (with_details)
		pack_details(&blob->details, &p.entries, p.place);
	measure_entries(blob, registry);
	free_entries(&p.entries);
	free(p.place), free(p.now.entry), free(p.before.entry), free(p.link);
	free(p.records.data), free(p.chunks.data), free(p.places.data);
	free(p.runs.data);
}
