# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""Another reader of the blob, made from ianaport-blob(5), whose tables it
uses, and from no C."""

import functools
import pathlib
import re
import struct
import types

SOURCE = pathlib.Path(__file__).resolve().parents[2]
TEXT, _, EXAMPLES = (SOURCE / "doc/ianaport-blob.5").read_text(
    "utf-8").partition(".Sh EXAMPLES\n")


def part(heading):
    """A subsection of the page."""
    return re.split(r"(?m)^\.Ss ", TEXT.partition(f".Ss {heading}\n")[2])[0]


def fields_of(heading):
    """Offset and width of each field in a header's table."""
    found = re.findall(
        r"(?m)^\.It (\d+) Ta u(\d+)(?:\[(\d+)\])? Ta ([A-Z_]+) Ta",
        part(heading))
    return {name: (int(at), int(bits) // 8 * int(count or 1))
            for at, bits, count, name in found}


def marks_of(heading):
    """Value and name of each bit in the tables of a subsection."""
    return [(int(value), name) for value, name in re.findall(
        r"(?m)^\.It (\d+) Ta ([A-Z_]+) Ta", part(heading))]


def constants_of(heading):
    """The numbers of a subsection's literal text, in hexadecimal."""
    return [int(n, 16) for n in re.findall(r"\b0x[0-9a-f]+", part(heading))]


FIELDS, DETAILS_FIELDS = fields_of("Header"), fields_of("Details")
MARKS, ROW_MARKS = marks_of("Records"), marks_of("Details")
BITS, FLAGS = MARKS[:8], MARKS[8:]
COMMON, RARE = ROW_MARKS[:8], ROW_MARKS[8:]
BASIS, PRIME = constants_of("Header")
CASE, FACTOR_A, FACTOR_B, FACTOR_H, LOW = constants_of("Hash")
PROTOCOLS = "tcp", "udp", "sctp", "dccp", "-"
STATUSES = "unassigned", "reserved", "assigned", "dynamic"
CLASSES = "LOCAL", "MOVED", "registered", "ADDED"
ANY, U64 = 31, 2 ** 64 - 1


def little(data):
    return int.from_bytes(data, "little")


def names_of(bits, marks):
    return [name for value, name in marks if bits & value]


def checksum(data):
    """Of whole words; what is behind them does not count."""
    def step(total, word):
        return (total ^ word) * PRIME & U64

    words = struct.unpack_from(f"<{len(data) // 8}Q", data)
    return functools.reduce(step, (
        functools.reduce(step, words[i::4], BASIS) for i in range(4)))


def fold(name):
    return name.lower()     # of bytes: ASCII only


class Section:
    """Bytes of which every read must be within bounds."""

    def __init__(self, data):
        self.bytes = data

    def take(self, at, size):
        if not 0 <= at <= at + size <= len(self.bytes):
            raise IndexError(f"{size} bytes at {at} are out of bounds")
        return self.bytes[at:at + size]

    def elements(self, at, count, size):
        self.take(at, count * size)
        return [self.take(at + i * size, size) for i in range(count)]

    def string(self, at):
        return self.bytes[at:self.bytes.index(0, at)]

    def read_header(self, fields):
        for name, (at, width) in fields.items():
            setattr(self, name.lower(), little(self.take(at, width)))


class Details(Section):
    def __init__(self, data):
        super().__init__(data)
        self.read_header(DETAILS_FIELDS)
        self.sample = [(little(e[:4]), little(e[4:])) for e in self.elements(
            self.samples, (self.nameless - self.samples) // 8, 8)]
        self.nameless_row = [
            (little(e[:2]), little(e[2:4]), e[4], little(e[5:]))
            for e in self.elements(self.nameless,
                                   (self.rows - self.nameless) // 8, 8)]

    def text(self, offset):
        return self.string(self.strings + offset).decode()

    def row(self, at):
        """The row at an offset within ROWS: marks and fields, whose values
        are texts or, of the description, bytes."""
        r = types.SimpleNamespace(field={}, text={})
        position = self.rows + at

        def take(name, size):
            nonlocal position
            r.field[name] = self.take(position, size)
            position += size
            return little(r.field[name])

        r.marks = names_of(take("BITS", 1), COMMON)
        r.mask = take("MASK", 1) if "SPLIT" in r.marks else ANY
        for name in r.marks:
            if name not in ("RARE", "SPLIT"):
                r.text[name] = take(name, 3)
        r.rare = take("RARE", 1) if "RARE" in r.marks else 0
        for name in names_of(r.rare, RARE):
            r.text[name] = take(name, 3)
        r.description = self.string(position)
        take("DESCRIPTION", len(r.description) + 1)
        r.after = position - self.rows
        return r

    def rows_from(self, at):
        """All rows of the record whose first row is there."""
        rows = [self.row(at)]
        while "SPLIT" in rows[-1].marks:
            rows.append(self.row(rows[-1].after))
        return rows


def quoted(name):
    """A name as dumps have it: they are split at spaces."""
    if " " not in name and not name.startswith('"'):
        return name
    return '"' + name.replace("\\", r"\\").replace('"', r'\"') + '"'


class Blob(Section):
    def __init__(self, data):
        super().__init__(data)
        self.read_header(FIELDS)
        self.more = Details(data[self.details:]) if self.details else None
        self.chunk = [(little(c[:8]), little(c[8:]))
                      for c in self.elements(self.chunks, 1024, 10)]
        self.run = [(little(r[:2]), r[2])
                    for r in self.elements(self.runs, self.run_count, 3)]
        self.slot = self.cells(self.slots, self.slot_count)
        self.long = self.cells(self.longs,
                               (self.chunks - self.longs) // self.cell)
        used = [port for port in range(65536)
                if self.chunk[port // 64][0] >> port % 64 & 1]
        self.place = dict(zip(used, self.cells(self.places, len(used))))
        self.all, at = {}, self.records
        while at < self.end:
            record = self.read(at)
            self.all[record.place] = record
            at = self.records + 2 * record.after

    def cells(self, at, count):
        return list(map(little, self.elements(at, count, self.cell)))

    def read(self, at):
        r = types.SimpleNamespace(place=(at - self.records) // 2, field={},
                                  marks=[])

        def take(name, size, mark=None):
            nonlocal at
            if not mark or mark in r.marks:
                r.field[name] = self.take(at, size)
                at += size
            return little(r.field.get(name, b""))

        r.port, r.bits = take("PORT", 2), take("BITS", 1)
        r.marks += names_of(r.bits, BITS)
        r.name = self.string(at)
        take("NAME", len(r.name) + 1)
        r.flags = take("FLAGS", 1, "EXTENDED")
        r.marks += names_of(r.flags, FLAGS)
        r.last = take("LAST", 2, "RANGE") or r.port
        r.steps = take("STEPS", 1, "ALIAS")
        r.next = take("NEXT", self.cell, "LINK")
        r.original = take("ORIGINAL", self.cell, "COPY")
        r.original = r.original if "COPY" in r.marks else r.place
        r.padding = take("", 1) if (at - self.records) % 2 else 0
        r.after = (at - self.records) // 2
        r.order = next((i for i, name in enumerate(CLASSES)
                        if name in r.marks), CLASSES.index("registered"))
        return r

    # ---- Look-ups -----------------------------------------------------------

    def on_port(self, port):
        if port not in self.place:
            return []
        group = [self.all[self.place[port]]]
        while "MORE" in group[-1].marks:
            group.append(self.all[group[-1].after])
        return group

    def hash(self, name):
        """All numbers that lead from a name to its slot, which is the last."""
        n, at = len(name), lambda i: little(name[i:i + 4])
        t = 4 if n >= 8 else 0
        a, b = ((at(0) << 32 | at(t), at(n - 4) << 32 | at(n - 4 - t))
                if n >= 4 else
                (name[0] << 16 | name[n // 2] << 8 | name[n - 1], 0))
        c = ((a | CASE) ^ self.key) * FACTOR_A & U64
        d = ((b | CASE) + n) * FACTOR_B & U64
        g = c ^ (d << 32 & U64 | d >> 32)
        h = (g ^ g >> 29) * FACTOR_H & U64
        value = h ^ h >> 32
        square = (value & LOW) ** 2 >> 32
        bucket = square * self.buckets >> 32
        pilot = self.bytes[self.pilots + bucket]
        product = value * (2 * pilot + 1) & U64
        return [a, b, a | CASE, b | CASE, c, d, g, h, value, value & LOW,
                square, bucket, pilot, product,
                (product >> 32) * self.slot_count >> 32]

    def bucket(self, name):
        return self.hash(name)[-4]

    def first_of(self, name):
        """The first record of a name, or None."""
        if len(name) < 16:
            places = [self.slot[self.hash(name)[-1]]]
        else:
            places = self.long
        return next((self.all[place] for place in places
                     if fold(self.all[place].name) == fold(name)), None)

    def chain_of(self, name):
        """The records of a name."""
        chain = [self.first_of(name)]
        while chain[-1] and "LINK" in chain[-1].marks:
            if len(chain) > len(self.all):
                raise IndexError("a chain without end")
            chain.append(self.all[chain[-1].next])
        return chain if chain[0] else []

    def status(self, port, bit):
        group = self.on_port(port)
        if any(r.bits & 1 << bit and "ADDED" not in r.marks for r in group):
            return "assigned"
        if group and "RESERVED" in group[0].marks and bit < 2:
            return "reserved"
        run = max(run for run in self.run if run[0] <= port)
        return STATUSES[run[1] >> 2 * bit & 3]

    def statuses(self):
        return [self.status(port, bit)
                for port in range(65536) for bit in range(4)]

    # ---- Enumeration --------------------------------------------------------

    def services(self):
        """Each service as ianaport-compile --dump has it, in its order."""
        for port in self.place:
            group = self.on_port(port)
            found = [(r.order, 0 if "LOCAL" in r.marks else bit, i, bit)
                     for i, r in enumerate(group) if r.port == port
                     for bit in range(len(PROTOCOLS)) if r.bits >> bit & 1]
            for *_, i, bit in sorted(found):
                r = group[i]
                yield self.line(r, PROTOCOLS[bit], group[i - r.steps])
        for bit, proto in enumerate(PROTOCOLS):
            for r in self.all.values():
                if r.bits >> bit & 1 and not r.port:
                    yield self.line(r, proto, r)

    @staticmethod
    def line(r, proto, head):
        port = (f"{r.port}-{r.last}" if r.last > r.port else r.port or "-")
        said = "".join(f" {name.lower()}" for name in
                       ("LOCAL", "MOVED", "ADDED") if name in r.marks)
        if "ALIAS" in r.marks:
            said += f" alias-of {quoted(head.name.decode())}"
        return f"service {port}/{proto} {quoted(r.name.decode())}{said}"

    # ---- Details ------------------------------------------------------------

    def originals(self):
        return [r for r in self.all.values() if "COPY" not in r.marks]

    def details_of(self, record, bit):
        """What is said of a record's service, by the names of the fields."""
        place, at = max(s for s in self.more.sample if s[0] <= record.original)
        for r in self.originals():
            if place <= r.place < record.original:
                at = self.more.rows_from(at)[-1].after
        row = next(r for r in self.more.rows_from(at) if r.mask >> bit & 1)
        texts = {name: self.more.text(t) for name, t in row.text.items()}
        texts["DESCRIPTION"] = row.description.decode()
        return texts
