/* SPDX-License-Identifier: MIT
 * SPDX-FileCopyrightText: The libianaport authors */

/* The sections that hold the services: RECORDS, and CHUNKS and PLACES, which
 * lead from a port to them. */

#include "pack_records.h"
#include "messages.h"
#include "format/protocols.h"

#include <stdlib.h>
#include <string.h>

/* The groups of a port, and whether those of tcp and udp that no service has
 * are reserved there. */
struct list {
	size_t *group;
	size_t size;
	bool reserved;
};

/* A cell that will get the place of a group's record. */
struct link {
	size_t at, group;
};

struct packer {
	struct groups *groups;
	struct packed_records *out;
	uint64_t bitmap;                /* of the chunk that is being filled */
	int chunk;
	unsigned ports;                 /* in the chunks before it */
	struct link *link;
	size_t links;
	struct list now;                /* of the port at hand */
	size_t list_place;              /* of its first record */
	bool reserved_before;           /* on the port before */
	/* What follows each other so far: words of copies, and of records
	 * without a protocol; ports that have no others. */
	size_t copies, without, ports_without;
};

static void
write_link(struct packer *p, size_t group)
{
	p->link = grow(p->link, p->links, sizeof *p->link);
	p->link[p->links++] = (struct link){ p->out->records.size, group };
	text_le(&p->out->records, 0, p->out->cell);
}

/* A copy, on a later port of a range, is in no chain. */
static unsigned
flags_of(const struct group *group, bool copy)
{
	const struct service *s = group->first;
	unsigned flags = s->flags;

	if (s->first < s->last)
		flags |= IAP_RANGE;
	if (copy)
		return flags | IAP_COPY;
	return group->next != NO_GROUP ? flags | IAP_LINK : flags;
}

static void
write_extra(struct packer *p, size_t group, unsigned flags)
{
	const struct group *g = &p->groups->group[group];
	struct text *out = &p->out->records;

	text_le(out, flags, 1);
	if (flags & IAP_RANGE)
		text_le(out, (uint64_t)g->first->last, 2);
	if (flags & IAP_ALIAS)
		text_le(out, g->index - p->groups->group[g->head].index, 1);
	if (flags & (IAP_LINK | IAP_COPY))
		write_link(p, flags & IAP_COPY ? group : g->next);
}

static void
write_record(struct packer *p, size_t group, unsigned bits, bool copy)
{
	const struct group *g = &p->groups->group[group];
	const struct service *s = g->first;
	struct text *out = &p->out->records;
	unsigned flags = flags_of(g, copy);

	text_le(out, (uint64_t)s->first, 2);
	text_le(out, g->mask | bits | (flags ? IAP_EXTENDED : 0), 1);
	text_add(out, s->name, strlen(s->name) + 1);
	if (flags)
		write_extra(p, group, flags);
	text_le(out, 0, out->size & 1);
}

bool
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
check_limits(struct packer *p, int port, size_t words, bool copy, bool named)
{
	const char *file = p->groups->registry->file;

	p->copies = copy ? p->copies + words : 0;
	p->without = named ? 0 : p->without + words;
	if (p->copies > IAP_MOST_WORDS)
		fail_at(file, 0, "up to port %d, the ranges that go on change "
			"on more ports than the format can hold", port);
	if (p->without > IAP_MOST_WORDS || p->ports_without > IAP_MOST_PORTS)
		fail_at(file, 0, "up to port %d, more services without a "
			"protocol follow each other than the format can hold",
			port);
}

static void
write_list(struct packer *p, int port)
{
	const struct list *list = &p->now;

	for (size_t i = 0; i < list->size; i++) {
		size_t before = p->out->records.size;
		size_t group = list->group[i];
		unsigned bits = i + 1 < list->size ? IAP_MORE : 0;
		if (!i && list->reserved)
			bits |= IAP_RESERVED;
		bool copy = p->groups->group[group].first->first != port;
		if (!copy)
			p->out->place[group] = p->out->records.size / 2;
		write_record(p, group, bits, copy);
		check_limits(p, port, (p->out->records.size - before) / 2,
			     copy, p->groups->group[group].mask & IAP_NAMED);
	}
}

/* Whether a port has a service with a protocol. */
static bool
has_protocol(const struct packer *p)
{
	for (size_t i = 0; i < p->now.size; i++)
		if (p->groups->group[p->now.group[i]].mask & IAP_NAMED)
			return true;
	return false;
}

static void
end_chunk(struct packer *p)
{
	text_le(&p->out->chunks, p->bitmap, 8);
	text_le(&p->out->chunks, p->ports, 2);
	for (; p->bitmap; p->bitmap &= p->bitmap - 1)
		p->ports++;
	p->chunk++;
}

/* A port within a range usually has the records of the port before it. */
static void
write_port(struct packer *p, const struct sweep *sweep)
{
	if (sweep->changed)
		p->now.size = list_groups(p->groups, sweep->on, sweep->count,
					  p->now.group);
	while (p->chunk < sweep->port / 64)
		end_chunk(p);
	p->bitmap |= (uint64_t)1 << sweep->port % 64;
	p->now.reserved = counterparts_reserved(p->groups->registry,
						sweep->port);
	p->ports_without = has_protocol(p) ? 0 : p->ports_without + 1;
	check_limits(p, sweep->port, 0, p->copies, false);
	if (sweep->changed || p->now.reserved != p->reserved_before) {
		p->list_place = p->out->records.size / 2;
		write_list(p, sweep->port);
	}
	p->reserved_before = p->now.reserved;
	text_le(&p->out->places, p->list_place, p->out->cell);
}

static void
write_portless(struct packer *p, const size_t *service, size_t count)
{
	p->out->portless = p->out->records.size;
	p->now.size = list_groups(p->groups, service, count, p->now.group);
	for (size_t i = 0; i < p->now.size; i++) {
		p->out->place[p->now.group[i]] = p->out->records.size / 2;
		write_record(p, p->now.group[i], 0, false);
	}
}

static void
set_links(struct packer *p)
{
	for (size_t i = 0; i < p->links; i++)
		text_put_le(&p->out->records, p->link[i].at,
			    p->out->place[p->link[i].group],
			    p->out->cell);
}

static void
reset(struct packer *p, unsigned cell)
{
	struct packed_records *out = p->out;

	out->cell = cell;
	out->records.size = out->chunks.size = out->places.size = 0;
	p->bitmap = 0;          /* of where the last try ended */
	p->chunk = 0;
	p->ports = 0;
	p->links = 0;
	p->copies = p->without = p->ports_without = 0;
}

/* Whether a cell can hold the place of every record so far. */
static bool
fits_cell(const struct packed_records *out)
{
	return out->records.size / 2 <= (out->cell == 2 ? 0xffff : 0xffffff);
}

/* Returns whether cells of that size are enough. */
static bool
write_records(struct packer *p, unsigned cell)
{
	struct groups *groups = p->groups;
	struct sweep sweep = start_sweep(groups->registry, groups->by_port);

	reset(p, cell);
	while (fits_cell(p->out) && sweep_on(&sweep))
		write_port(p, &sweep);
	end_sweep(&sweep);
	if (!fits_cell(p->out))
		return false;
	while (p->chunk < IAP_CHUNK_COUNT)
		end_chunk(p);
	write_portless(p, groups->by_port + sweep.next,
		       groups->registry->services - sweep.next);
	set_links(p);
	return fits_cell(p->out);
}

void
pack_records(struct packed_records *packed, struct groups *groups)
{
	struct packer p = {
		.groups = groups,
		.out = packed,
		.now.group = allocate(groups->count, sizeof *p.now.group),
	};

	*packed = (struct packed_records){
		.place = allocate(groups->count, sizeof *packed->place),
	};
	if (!write_records(&p, 2) && !write_records(&p, 3))
		fail_at(groups->registry->file, 0, "the records take 32 MiB or "
			"more, which the format cannot hold");
	free(p.now.group), free(p.link);
}

void
free_packed_records(struct packed_records *packed)
{
	free(packed->records.data), free(packed->chunks.data);
	free(packed->places.data), free(packed->place);
}
