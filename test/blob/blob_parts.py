# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""A blob taken apart, so that any part can be changed, and put together
again, with every offset, count and checksum right. What was not changed comes
out byte for byte."""

import struct
from types import SimpleNamespace

from blob import (
    BITS, COMMON, DETAILS_FIELDS, FIELDS, FLAGS, RARE, Blob, checksum)

SECTIONS = ("PILOTS", "SLOTS", "LONGS", "CHUNKS", "PLACES", "RUNS", "RECORDS",
            "PORTLESS", "END")
BIT = {name: value for value, name in (*BITS, *FLAGS, *COMMON, *RARE)}
HEADER, DETAILS_HEADER = 112, 24        # their sizes
PADDING, ROOM = bytes(16), bytes(32)    # behind records, and behind strings


def mend(data):
    """The same bytes with checksums that are right."""
    data, end = bytearray(data), len(data)
    if end >= HEADER:
        details, = struct.unpack_from("<I", data, FIELDS["DETAILS"][0])
        if HEADER <= details < end:
            put_checksum(data, "DETAILS_CHECKSUM", details, end)
            end = details
    put_checksum(data, "CHECKSUM", FIELDS["KEY"][0], end)
    return bytes(data)


def put_checksum(data, name, start, end):
    struct.pack_into("<Q", data, FIELDS[name][0], checksum(data[start:end]))


def resize(data):
    """The same bytes with a size that is right."""
    at = FIELDS["SIZE"][0]
    return mend(data[:at] + struct.pack("<I", len(data)) + data[at + 4:])


def aligned(data, end):
    """Followed by so many zeros or more, up to a multiple of 8."""
    return data + end + bytes(-len(data + end) % 8)


class Parts:
    """Cells are records, or numbers of places that may have none."""

    def __init__(self, data):
        b = Blob(data)
        self.start = data[:HEADER]
        self.cell = b.cell
        self.pilots = data[b.pilots:b.slots]
        self.slots, self.longs, self.places = (
            [b.all[place] for place in cells]
            for cells in (b.slot, b.long, b.place.values()))
        self.chunks = [SimpleNamespace(bits=bits, rank=rank)
                       for bits, rank in b.chunk]
        self.runs = [SimpleNamespace(first=first, statuses=statuses)
                     for first, statuses in b.run]
        portless = (b.portless - b.records) // 2
        for r in b.all.values():
            r.next = b.all[r.next] if r.flags & BIT["LINK"] else None
            r.original = b.all[r.original]
        self.records = [r for r in b.all.values() if r.place < portless]
        self.portless = [r for r in b.all.values() if r.place >= portless]
        self.take_details(b)
        self.behind = {}        # bytes behind sections, by their names

    def take_details(self, b):
        self.samples, self.nameless, self.rows = [], [], []
        if not b.more:
            return
        d, at = b.more, 0
        self.samples = [SimpleNamespace(record=b.all[place], row=row)
                        for place, row in d.sample]
        self.nameless = [SimpleNamespace(first=first, last=last, mask=mask,
                                         row=row)
                         for first, last, mask, row in d.nameless_row]
        while at < d.strings - d.rows:
            self.rows.append(d.row(at))
            at = self.rows[-1].after
        self.strings = d.bytes[d.strings:].rstrip(b"\0") + b"\0"

    # ---- Together again ----------------------------------------------------

    def pack_cell(self, r):
        place = r if isinstance(r, int) else self.place.get(id(r), 0)
        return place.to_bytes(self.cell, "little")

    def pack_record(self, r):
        if hasattr(r, "raw"):
            return r.raw
        flags = r.flags if r.bits & BIT["EXTENDED"] else 0
        parts = [struct.pack("<HB", r.port, r.bits), r.name, b"\0"]
        if r.bits & BIT["EXTENDED"]:
            parts.append(bytes([flags]))
        if flags & BIT["RANGE"]:
            parts.append(struct.pack("<H", r.last))
        if flags & BIT["ALIAS"]:
            parts.append(bytes([r.steps]))
        if flags & BIT["LINK"]:
            parts.append(self.pack_cell(r.next))
        if flags & BIT["COPY"]:
            parts.append(self.pack_cell(r.original))
        data = b"".join(parts)
        return data + bytes(len(data) % 2)

    def pack_records(self, records, at):
        out = bytearray()
        for r in records:
            self.place[id(r)] = (at + len(out)) // 2
            out += self.pack_record(r)
        return bytes(out)

    def pack_row(self, row):
        common = [name for _, name in COMMON if name in row.text]
        split = BIT["SPLIT"] if "SPLIT" in row.marks else 0
        data = [bytes([sum(BIT[name] for name in common) | split
                       | (BIT["RARE"] if row.rare else 0)]),
                bytes([row.mask] if split else [])]
        data += [row.text[name].to_bytes(3, "little") for name in common]
        data += [bytes([row.rare] if row.rare else [])]
        data += [row.text[name].to_bytes(3, "little") for _, name in RARE
                 if name in row.text]
        return b"".join(data) + row.description + b"\0"

    def pack_details(self):
        if not self.samples:
            return b""
        parts = [b"".join(struct.pack("<II", self.place[id(s.record)], s.row)
                          for s in self.samples),
                 b"".join(struct.pack("<HHB", n.first, n.last, n.mask)
                          + n.row.to_bytes(3, "little")
                          for n in self.nameless),
                 b"".join(map(self.pack_row, self.rows)), self.strings]
        self.details_at, data = self.join(bytes(DETAILS_HEADER),
                                          DETAILS_FIELDS, parts)
        data = aligned(data, ROOM)
        self.details_at["END"] = len(data)
        start = struct.pack("<5I4x", *self.details_at.values())
        return start + data[DETAILS_HEADER:]

    def pack_sections(self):
        self.place = {}
        for _ in range(2):      # cells need the places of all records
            ported = self.pack_records(self.records, 0)
            portless = self.pack_records(self.portless, len(ported))
        return [self.pilots, *(b"".join(map(self.pack_cell, cells))
                               for cells in (self.slots, self.longs)),
                b"".join(struct.pack("<QH", chunk.bits, chunk.rank)
                         for chunk in self.chunks),
                b"".join(map(self.pack_cell, self.places)),
                b"".join(struct.pack("<HB", run.first, run.statuses)
                         for run in self.runs),
                ported, portless]

    def join(self, header, names, sections):
        """Offsets by name, and all bytes; the last name is of the end."""
        at, data = {}, bytearray(header)
        for name, section in zip(names, (*sections, b"")):
            at[name] = len(data)
            data += section + self.behind.get(name, b"")
        return at, bytes(data)

    def pack(self):
        header = bytes(HEADER) + self.behind.get("HEADER", b"")
        at, data = self.join(header, SECTIONS, self.pack_sections())
        data = aligned(data, PADDING)
        details = self.pack_details()
        self.at = {"CELL": self.cell, "BUCKETS": len(self.pilots),
                   "SLOT_COUNT": len(self.slots), "RUN_COUNT": len(self.runs),
                   **at, "DETAILS": len(data) if details else 0}
        start = bytearray(self.start)
        for name, value in self.at.items():
            struct.pack_into("<I", start, FIELDS[name][0], value)
        if not details:
            struct.pack_into("<Q", start, FIELDS["DETAILS_CHECKSUM"][0], 0)
        return resize(bytes(start) + data[HEADER:] + details)
