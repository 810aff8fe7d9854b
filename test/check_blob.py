#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""usage: check_blob.py COMPILER EXAMPLE.xml ianaport-blob.5 [REGISTRY.xml...]

Another reader of the blob, made from ianaport-blob(5), whose tables it uses,
and from no C: is each registry's blob what the page says, is its example that
of EXAMPLE, are its tables those of lib/format.h? NAME.xml gets the conventional
names of NAME.services. Which services there must be is for the oracle."""

import pathlib
import re
import subprocess
import sys
import tempfile
import types
import unittest
from itertools import accumulate, zip_longest

COMPILER, EXAMPLE, PAGE, *OTHERS = (pathlib.Path(argument).resolve() for argument in sys.argv[1:])
FORMAT = (pathlib.Path(__file__).resolve().parent.parent / "lib/format.h").read_text("utf-8")
TEXT, _, EXAMPLES = PAGE.read_text("utf-8").partition(".Sh EXAMPLES\n")
FIELDS = {name: (int(at), int(bits) // 8 * int(count or 1)) for at, bits, count, name in
          re.findall(r"(?m)^\.It (\d+) Ta u(\d+)(?:\[(\d+)\])? Ta ([A-Z_]+) Ta", TEXT)}
MARKS = [(int(value), name) for value, name in re.findall(r"(?m)^\.It (\d+) Ta ([A-Z]+) Ta", TEXT)]
ANY, U64, CASE = 31, 2 ** 64 - 1, 0x2020202020202020


def little(data):
    return int.from_bytes(data, "little")


class Blob:
    def __init__(self, path):
        services = path.with_suffix(".services")
        names = ["--conventional", services] if services.exists() else []
        with tempfile.TemporaryDirectory() as out:
            subprocess.run([COMPILER, *names, "--blob", f"{out}/blob", path], check=True,
                           stderr=subprocess.DEVNULL)
            self.bytes = pathlib.Path(out, "blob").read_bytes()
        for name, (at, width) in FIELDS.items():
            setattr(self, name.lower(), little(self.bytes[at:at + width]))
        self.chunk = [(little(c[:8]), little(c[8:])) for c in self.elements(self.chunks, 1024, 10)]
        self.run = [(little(r[:2]), r[2]) for r in self.elements(self.runs, self.run_count, 3)]
        self.slot = list(map(little, self.elements(self.slots, self.slot_count, self.cell)))
        bits = [port for port in range(65536) if self.chunk[port // 64][0] >> port % 64 & 1]
        self.place = dict(zip(bits, map(little, self.elements(self.places, len(bits), self.cell))))
        self.all, at = {}, self.records
        while at < self.end:
            record = self.read(at)
            self.all[record.place] = record
            at = self.records + 2 * record.after

    def elements(self, at, count, size):
        if at + count * size > len(self.bytes):
            raise IndexError(f"{count} of {size} bytes at {at} are out of bounds")
        return [self.bytes[i:i + size] for i in range(at, at + count * size, size)]

    def read(self, at):
        r = types.SimpleNamespace(place=(at - self.records) // 2, field={}, marks=[])

        def take(name, size, mark=None):
            nonlocal at
            if not mark or mark in r.marks:
                r.field[name] = self.bytes[at:at + size]
                at += size
            return little(r.field.get(name, b""))

        r.port, r.bits = take("PORT", 2), take("BITS", 1)
        r.marks += [name for value, name in MARKS[:8] if r.bits & value]
        r.name = self.bytes[at:self.bytes.index(0, at)]
        take("NAME", len(r.name) + 1)
        r.flags = take("FLAGS", 1, "EXTENDED")
        r.marks += [name for value, name in MARKS[8:] if r.flags & value]
        r.last, r.steps = take("LAST", 2, "RANGE") or r.port, take("STEPS", 1, "ALIAS")
        r.next, r.original = take("NEXT", self.cell, "LINK"), take("ORIGINAL", self.cell, "COPY")
        r.original = r.original if "COPY" in r.marks else r.place
        r.padding = take("", 1) if (at - self.records) % 2 else 0
        r.after = (at - self.records) // 2
        r.order = "LOCAL" not in r.marks, "MOVED" not in r.marks, "ADDED" in r.marks
        return r

    def on_port(self, port):
        group = [self.all[self.place[port]]]
        while "MORE" in group[-1].marks:
            group.append(self.all[group[-1].after])
        return group

    def hash(self, name):
        """All numbers that lead from a name to its slot, which is the last."""
        n, at = len(name), lambda i: little(name[i:i + 4])
        t = 4 if n >= 8 else 0
        a, b = (at(0) << 32 | at(t), at(n - 4) << 32 | at(n - 4 - t)) if n >= 4 else (
            name[0] << 16 | name[n // 2] << 8 | name[n - 1], 0)
        c = ((a | CASE) ^ self.key) * 0x9e3779b97f4a7c15 & U64
        d = ((b | CASE) + n) * 0xc2b2ae3d27d4eb4f & U64
        g = c ^ (d << 32 & U64 | d >> 32)
        h = (g ^ g >> 29) * 0xbf58476d1ce4e5b9 & U64
        value, low = h ^ h >> 32, (h ^ h >> 32) & 0xffffffff
        bucket = (low ** 2 >> 32) * self.buckets >> 32
        pilot = self.bytes[self.pilots + bucket]
        product = value * (2 * pilot + 1) & U64
        return [a, b, a | CASE, b | CASE, c, d, g, h, value, low, low ** 2 >> 32, bucket, pilot,
                product, (product >> 32) * self.slot_count >> 32]

    def first_of(self, name):
        return self.all[self.slot[self.hash(name)[-1]]]


class Format:
    def test_header_and_sections(self):
        b, size, checksum = self.blob, len(self.blob.bytes), 0xcbf29ce484222325
        for word in b.elements(24, size // 8 - 3, 8):
            checksum = (checksum ^ little(word)) * 0x100000001b3 & U64
        self.assertEqual((b.magic, b.version, b.size, b.checksum, size % 8),
                         (little(b"IANAPORT"), 1, size, checksum, 0))
        self.assertRegex(b.updated.to_bytes(12, "little"), rb"^\d{4}-\d\d-\d\d\0\0$")
        self.assertEqual(b.cell, 2 if b.end - b.records < 2 ** 17 else 3)
        self.assertEqual([b.pilots, b.slots, b.chunks, b.places, b.runs, b.records], [
            *accumulate((96, b.buckets, b.slot_count * b.cell, 1024 * 10, len(b.place) * b.cell,
                         b.run_count * 3))])
        self.assertIn(size, range(b.end + 16, b.end + 24))
        self.assertFalse(any(b.bytes[92:96] + b.bytes[b.end:]), "not zero")
        starts = [port for port, _ in b.run]
        self.assertTrue(starts == sorted({0, *starts}), "runs")

    def test_records(self):
        b, (*_, last) = self.blob, self.blob.all.values()
        self.assertEqual(b.records + 2 * last.after, b.end)
        self.assertIn(b.portless, [b.end, *(b.records + 2 * place for place in b.all)])
        for r in b.all.values():
            self.assertRegex(r.name, rb"^(?=.*[A-Za-z])[!-~]{1,15}$", r)
            self.assertTrue(r.bits & ANY and r.flags < 128 and not r.padding, r)
            self.assertEqual("RANGE" in r.marks, r.last > r.port, r)
            self.assertEqual(r.port > 0, b.records + 2 * r.place < b.portless, r)
            self.assertFalse(not r.port and {"MORE", "RESERVED", "ALIAS", "COPY"} & {*r.marks}, r)

    def test_ports(self):
        b, first, before, on = self.blob, {}, None, []
        counts = accumulate((bin(bits).count("1") for bits, _ in b.chunk), initial=0)
        self.assertTrue([rank for _, rank in b.chunk] == [*counts][:-1], "ports before a chunk")
        for port, place in b.place.items():
            group = b.on_port(port)
            now = port, [r.original for r in group], "RESERVED" in group[0].marks
            self.assertEqual(place in first, before == (port - 1, *now[1:]), now)
            first.setdefault(place, port)
            before = now
            self.assertEqual(group, sorted(group, key=lambda r: r.order), port)
            for i, r in enumerate(group):
                o, head = b.all[r.original], group[i - min(r.steps, i)]
                on.append((port, o.place))
                self.assertEqual((r.port, r.bits & ANY, r.name, r.flags & 31, r.last), (
                    o.port, o.bits & ANY, o.name, o.flags & 31, o.last))
                self.assertEqual(("COPY" in r.marks, o.original), (first[place] > r.port, o.place))
                self.assertFalse(i and "RESERVED" in r.marks, r)
                self.assertTrue("ALIAS" not in r.marks or 1 <= r.steps <= i and "ALIAS" not in
                                head.marks and head.bits & r.bits & ANY == r.bits & ANY, (r, head))
        self.assertTrue(sorted(on) == sorted(
            (port, r.place) for r in b.all.values() if r.original == r.place
            for port in range(r.port, r.last + 1) if port), "not once on each of its ports")
        ends = {0} | {r.after for r in b.all.values() if "MORE" not in r.marks}
        self.assertEqual({*first}, {at for at in ends if at in b.all and b.all[at].port})

    def test_names(self):
        b, names = self.blob, {}
        self.assertLessEqual({*b.slot}, {*b.all})
        for r in b.all.values():
            if "COPY" not in r.marks:
                names.setdefault(r.name.lower(), []).append(r.place)
        for name, places in names.items():
            chain = [b.first_of(name)]
            while "LINK" in chain[-1].marks and len(chain) <= len(places):
                chain.append(b.all[chain[-1].next])
            self.assertCountEqual([r.place for r in chain], places, name)
            self.assertEqual(chain, sorted(chain, key=lambda r: (
                r.order, r.port or 65536, r.bits & -r.bits)), name)
            for other in name.upper(), name.title(), chain[0].name:
                self.assertEqual(b.first_of(other), chain[0], other)


for path in EXAMPLE, *OTHERS:
    globals()["Format_" + path.stem] = type(path.stem, (Format, unittest.TestCase),
                                            {"blob": Blob(path)})


def example(b):
    """The numbers of the page's example, those of bytes as two digits, in its order."""
    def cell(section, i):
        data = b.elements(section, i + 1, 2)[i]
        return f"{2 * i} {2 * i + 1} {data.hex(' ')} {little(data)}"

    def table(*records):
        said = [(data, dict(PORT=r.port, STEPS=r.steps).get(name, "")) for r in records
                for name, data in r.field.items()]
        return " ".join([f"{2 * records[0].place}", *(data.hex(" ") for data, _ in said),
                         *(f"{data.hex(' ')} {value}" for data, value in said)])

    for name in "KEY", "CELL", "BUCKETS", "SLOT_COUNT", "RUN_COUNT":
        (at, width), value = FIELDS[name], getattr(b, name.lower())
        yield f"{b.bytes[at:at + width].hex(' ')} {value if width == 4 else hex(value)}"
    *v, square, bucket, pilot, product, slot = b.hash(b"gopher")
    yield f"{len('gopher')} {b'gopher'.hex(' ')}"
    yield "{:#x} {:#x} {:#x} {:#x} {:#x} {:#x} {:#x} 32 32 {:#x} {:#x} {:#x} 32".format(*v)
    yield f"{square:#x} {bucket} {square:#x} {b.buckets} 32 {bucket} {pilot:02x} {pilot}"
    yield f"{2 * pilot + 1} {product:#x} {product >> 32:#x} {b.slot_count} 32 {slot}"
    yield f"{cell(b.slots, slot)} {table(b.first_of(b'gopher'))}"
    chunk, rank = b.elements(b.chunks, 2, 10)[1], b.chunk[1][1]
    more = bin(b.chunk[1][0] & 0xffff).count("1")
    yield f"80 80 64 1 80 64 16 1 10 19 {chunk.hex(' ')} {chunk[2]:02x} 16 {chunk[8:].hex(' ')}"
    yield f"{rank} {chunk[:2].hex(' ')} {more} 64 79 {rank} {more} {rank + more} 80"
    yield f"{cell(b.places, rank + more)} {table(*b.on_port(80))}"
    runs = [run.hex(" ") for run in b.elements(b.runs, b.run_count, 3)]
    i = max(i for i, (port, _) in enumerate(b.run) if port <= 80)
    (port, status), (end, _) = b.run[i:i + 2]
    yield f"80 80 {' '.join(runs)} 80 {runs[i]} {port} {runs[i + 1]} {end}"
    yield f"6 7 {status:02x} {status >> 6} 80"


class Page(unittest.TestCase):
    def test_tables_are_those_of_format_h(self):
        offsets = {name: int(at) for name, at in re.findall(r"IAP_H_(\w+) = (\d+)", FORMAT)}
        self.assertIn(f"The header has {offsets.pop('BYTES')} bytes", TEXT)
        self.assertEqual({name: at for name, (at, _) in FIELDS.items()}, offsets)
        self.assertEqual([0, *(at + width for at, width in FIELDS.values())],
                         [*offsets.values(), offsets["END"] + 4], "types")
        marks = re.findall(r"\bIAP_([A-Z]+) = (\d+)", FORMAT)
        self.assertCountEqual([*MARKS, (ANY, "ANY")], [(int(value), name) for name, value in marks])
        self.assertEqual(re.findall(r"(?m)^\.It (\d) Ta ([a-z]+)$", TEXT), [
            (f"{i}", name.lower()) for i, name in enumerate(re.findall(r"IAP_S_(\w+)", FORMAT))])

    def test_example_is_of_the_blob(self):
        b = globals()["Format_" + EXAMPLE.stem].blob
        text = re.sub(r"(?m)^\.(Bl|Xr) .*|\.Sh SEE(.|\n)*", "", EXAMPLES)
        found = re.findall(r"\b(?:0x[0-9a-f]+|\d+|[0-9a-f]{2})\b", text)
        for i, pair in enumerate(zip_longest(found, " ".join(example(b)).split())):
            self.assertEqual(*pair, f"behind {found[max(i - 9, 0):i]}")
        self.assertEqual(re.findall(r'BITS Ta "?([A-Z, ]+)', text), [
            ", ".join(name for name in r.marks if name != "ALIAS")
            for r in (b.first_of(b"gopher"), *b.on_port(80))])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
