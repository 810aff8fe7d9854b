#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""usage: check_blob.py COMPILER EXAMPLE.xml [REGISTRY.xml...]

Is each registry's blob what ianaport-blob(5) says, by blob.py's reader, and
does it have what the compiler's dump has? Is the page's example that of EXAMPLE,
are its tables those of lib/format? NAME.xml gets the conventional names of
NAME.services and the site's names of NAME.overlay. Which services and details
there must be is for the oracle."""

import pathlib
import re
import subprocess
import sys
import tempfile
import unittest
from itertools import accumulate, zip_longest

from blob import (ANY, CLASSES, COMMON, DETAILS_FIELDS, EXAMPLES, FIELDS, MARKS, PROTOCOLS, RARE,
                  ROW_MARKS, SOURCE, STATUSES, TEXT, Blob, checksum, fold, little)

COMPILER, EXAMPLE, *OTHERS = (pathlib.Path(argument).resolve() for argument in sys.argv[1:])
FORMAT = (SOURCE / "lib/format/layout.h").read_text("utf-8")


def compiled(path, *options):
    """Blob and dump of a registry."""
    for option, suffix in ("--conventional", ".services"), ("--overlay", ".overlay"):
        if path.with_suffix(suffix).exists():
            options += option, path.with_suffix(suffix)
    with tempfile.TemporaryDirectory() as out:
        subprocess.run([COMPILER, *options, "--blob", f"{out}/blob", "--dump", f"{out}/dump",
                        path], check=True, stderr=subprocess.DEVNULL)
        return (Blob(pathlib.Path(out, "blob").read_bytes()),
                pathlib.Path(out, "dump").read_text("utf-8").splitlines())


class Format:
    @classmethod
    def setUpClass(cls):
        cls.blob, cls.dump = compiled(cls.path)
        cls.more = cls.blob.more

    def assert_same(self, found, expected):
        """A list; where it differs first, for unittest's own diff of long ones takes hours."""
        for pair in zip_longest(found, expected):
            self.assertEqual(*pair)

    def test_header_and_sections(self):
        b, size = self.blob, len(self.blob.bytes)
        self.assertEqual((b.magic, b.version, b.size, size % 8),
                         (little(b"IANAPORT"), 1, size, 0))
        self.assertEqual([b.checksum, b.details_checksum],
                         [checksum(b.bytes[24:b.details]), checksum(b.bytes[b.details:])])
        self.assertRegex(b.updated.to_bytes(12, "little"), rb"^\d{4}-\d\d-\d\d\0\0$")
        self.assertEqual(f"updated {b.updated.to_bytes(10, 'little').decode()}", self.dump[0])
        self.assertEqual(b.cell, 2 if b.end - b.records < 2 ** 17 else 3)
        self.assertEqual([b.pilots, b.slots, b.longs, b.chunks, b.places, b.runs, b.records], [
            *accumulate((112, b.buckets, b.slot_count * b.cell, len(b.long) * b.cell, 1024 * 10,
                         len(b.place) * b.cell, b.run_count * 3))])
        self.assertEqual(b.details, (b.end + 16 + 7) // 8 * 8)
        self.assertFalse(any(b.bytes[108:112] + b.bytes[b.end:b.details]), "not zero")
        starts = [port for port, _ in b.run]
        self.assertTrue(starts == sorted({0, *starts}), "runs")

    def test_details_left_out(self):
        b, bare = self.blob, compiled(self.path, "--no-details")[0]
        self.assertEqual((bare.size, bare.details, len(bare.bytes)), (b.details, 0, b.details))
        same = bytearray(b.bytes[:b.details])
        for name in "SIZE", "CHECKSUM", "DETAILS", "DETAILS_CHECKSUM":
            at, width = FIELDS[name]
            same[at:at + width] = bare.bytes[at:at + width]
        self.assertTrue(same == bare.bytes, "other sections differ")

    def test_records(self):
        b, (*_, last) = self.blob, self.blob.all.values()
        self.assertEqual(b.records + 2 * last.after, b.end)
        self.assertIn(b.portless, [b.end, *(b.records + 2 * place for place in b.all)])
        for r in b.all.values():
            self.assertRegex(r.name, rb"^(?=.*[^0-9])(?! )[^\0-\x1f\x7f]{1,255}(?<! )$", r)
            if "ADDED" in r.marks and "LOCAL" not in r.marks:
                self.assertRegex(r.name, rb"^(?=.*[A-Za-z])[!-~]{1,15}$", r)
            self.assertTrue(r.bits & ANY and r.flags < 128 and not r.padding, r)
            self.assertEqual("EXTENDED" in r.marks, r.flags > 0, r)
            self.assertEqual("RANGE" in r.marks, r.last > r.port, r)
            self.assertEqual(r.port > 0, b.records + 2 * r.place < b.portless, r)
            self.assertFalse(not r.port and {"MORE", "RESERVED", "ALIAS", "COPY"} & {*r.marks}, r)
            self.assertFalse({"LINK", "COPY"} <= {*r.marks}, r)
        protocols = [r.bits & ANY for r in b.all.values() if not r.port]
        self.assertEqual(protocols, sorted(protocols))
        self.assertLessEqual({*protocols}, {1 << bit for bit in range(len(PROTOCOLS))})

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
            self.assertLess(len(group), 256, port)
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
            (port, r.place) for r in b.originals()
            for port in range(r.port, r.last + 1) if port), "not once on each of its ports")
        ends = {0} | {r.after for r in b.all.values() if "MORE" not in r.marks}
        self.assertEqual({*first}, {at for at in ends if at in b.all and b.all[at].port})

    def test_names(self):
        b, names = self.blob, {}
        self.assertLessEqual({*b.slot, *b.long}, {*b.all})
        for r in b.originals():
            names.setdefault(fold(r.name), []).append(r.place)
        used = {b.hash(name)[-1] for name in names if len(name) <= 15}
        self.assertFalse(any(place for i, place in enumerate(b.slot) if i not in used), "slots")
        buckets = {b.bucket(name) for name in names if len(name) <= 15}
        self.assertFalse(any(b.bytes[b.pilots + i] for i in range(b.buckets)
                             if i not in buckets), "pilots")
        longs = [fold(b.all[place].name) for place in b.long]
        self.assert_same(longs, sorted(name for name in names if len(name) > 15))
        for name, places in names.items():
            chain = b.chain_of(name)
            self.assertCountEqual([r.place for r in chain], places, name)
            # Local ones stand in the order of lines, which the blob does not tell.
            self.assertEqual(chain, sorted(chain, key=lambda r: (r.order, *(
                () if "LOCAL" in r.marks else (r.port or 65536, r.bits & -r.bits)))), name)
            for other in name.upper(), name.title(), chain[0].name:
                self.assertEqual(b.first_of(other), chain[0], other)

    def test_services_are_those_of_the_dump(self):
        self.assert_same(self.blob.services(),
                         [line for line in self.dump if line.startswith("service")])

    # ---- Details -------------------------------------------------------------

    def test_details_sections(self):
        d = self.more
        self.assertEqual((d.samples, d.end, d.end % 8), (24, len(d.bytes), 0))
        self.assertEqual((d.nameless, d.rows),
                         (24 + 8 * len(d.sample), d.nameless + 8 * len(d.nameless_row)))
        self.assertFalse(any(d.bytes[20:24]), "not zero")
        expected, at, since = [], 0, 0
        for r in self.blob.originals():
            since += 1
            if not expected or since == 16 or r.place - expected[-1][0] > 4096 \
                    or at - expected[-1][1] > 4096:
                expected.append((r.place, at))
                since = 0
            at = d.rows_from(at)[-1].after
        self.assert_same(d.sample, expected)

    def test_rows(self):
        d, at, texts = self.more, 0, set()
        samples = dict(d.sample)
        for r in self.blob.originals():
            self.assertEqual(samples.get(r.place, at), at, r)
            left = r.bits & ANY
            for row in d.rows_from(at):
                split = "SPLIT" in row.marks
                self.assertTrue(left and not split or row.mask and row.mask & left == row.mask
                                != left, (r, row))
                left &= ~row.mask
                self.assertEqual(("RARE" in row.marks, row.rare < 4), (row.rare > 0, True), row)
                self.assertNotEqual(row.text.get("ASSIGNEE"), row.text.get("CONTACT", 0), row)
                if "ADDED" in r.marks:
                    self.assertEqual((row.marks, row.description), ([], b""), r)
                row.description.decode()
                texts |= {*row.text.values()}
                at = row.after
        self.check_strings(texts | self.check_nameless_rows(at))

    def check_nameless_rows(self, at):
        """They stand behind the others, each once, and each is used. Returns
        their texts."""
        d, rows, texts = self.more, {}, set()
        while at < d.strings - d.rows:
            row = rows[at] = d.row(at)
            self.assertNotIn("SPLIT", row.marks)
            texts |= {*row.text.values()}
            at = row.after
        self.assertEqual(at, d.strings - d.rows)
        self.assertEqual({row for *_, row in d.nameless_row}, {*rows})
        said = {(row.description, *sorted(row.text.items()))
                for row in rows.values()}
        self.assertEqual(len(said), len(rows))
        return texts

    def check_strings(self, texts):
        """Each is there once, and is the text of something."""
        d, offset, found = self.more, 0, {}
        while offset <= max(texts, default=-1):
            found[offset] = d.string(d.strings + offset)
            offset += len(found[offset]) + 1
        self.assert_same(sorted(texts), found)
        self.assertEqual(len({*found.values()}), len(found))
        self.assertFalse(any(d.bytes[d.strings + offset:]), "not zero")
        self.assertEqual(d.end, (d.strings + offset + 32 + 7) // 8 * 8)
        for text in found.values():
            self.assertTrue(text)
            self.assertEqual(" ".join(re.split("[ \t\r\n]+", text.decode()))
                             .strip(" "), text.decode())

    def test_nameless_are_those_of_the_dump(self):
        nameless = []
        for first, last, mask, row in self.more.nameless_row:
            proto = PROTOCOLS[(1, 2, 4, 8, 16).index(mask)]
            port = f"{first}-{last}" if last > first else first
            text = self.more.row(row).description.decode()
            nameless.append(f'row {port}/{proto} "{text}"')
        self.assert_same(nameless, [
            re.sub("(?<= )(un|re)[a-z]+ ", "", line, count=1)
            for line in self.dump if line.startswith("row")])


for path in EXAMPLE, *OTHERS:
    globals()["Format_" + path.stem] = type(path.stem, (Format, unittest.TestCase), {"path": path})


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

    def header(section, fields, *names):
        for name in names:
            (at, width), value = fields[name], getattr(section, name.lower())
            yield f"{section.bytes[at:at + width].hex(' ')} {value if width == 4 else hex(value)}"

    yield from header(b, FIELDS, "KEY", "CELL", "BUCKETS", "SLOT_COUNT", "RUN_COUNT", "DETAILS")
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
    yield from example_details(b, b.more, header)


def example_details(b, d, header):
    samples = [sample.hex(" ") for sample in d.elements(d.samples, len(d.sample), 8)]
    place = b.first_of(b"gopher").place
    skipped, row = [], d.row(0)
    for r in b.originals():
        if r.place < place:
            skipped.append(r)
            row = d.row(row.after)
    yield from header(d, DETAILS_FIELDS, "NAMELESS", "ROWS", "STRINGS")
    start = row.after - sum(map(len, row.field.values()))
    yield f"{' '.join(samples)} {d.sample[0][0]} {d.sample[0][1]} {place} {len(skipped)} {start}"
    yield " ".join(data.hex(" ") for data in row.field.values())
    for name, data in row.field.items():
        yield data.hex(" ")
        if name in row.text:
            yield f"{row.text[name]}"
    i = next(i for i, (first, last, *_) in enumerate(d.nameless_row)
             if first <= 80 <= last)
    first, last, _, at = d.nameless_row[i]
    yield (f"80 80 {d.elements(d.nameless, i + 1, 8)[i].hex(' ')} "
           f"{first} {last} {at}")
    row = d.row(at)
    yield " ".join(data.hex(" ") for data in row.field.values())


class Page(unittest.TestCase):
    def test_header_is_that_of_format_h(self):
        for prefix, fields, said in ("H", FIELDS, "The header has {} bytes"), (
                "D", DETAILS_FIELDS, "have a header of {} bytes"):
            offsets = {name: int(at) for name, at in
                       re.findall(rf"IAP_{prefix}_(\w+) = (\d+)", FORMAT)}
            self.assertIn(said.format(offsets.pop("BYTES")), TEXT)
            self.assertEqual({name: at for name, (at, _) in fields.items()}, offsets)
            self.assertEqual([0, *(at + width for at, width in fields.values())][:-1],
                             [*offsets.values()], "types")
            self.assertEqual([*fields.values()][-1][1], {"H": 8, "D": 4}[prefix])

    def test_tables_are_those_of_format_h(self):
        marks = re.findall(r"\bIAP_([A-Z]+) = (\d+)", FORMAT)
        self.assertCountEqual([*MARKS, (ANY, "ANY")],
                              [(int(value), name) for name, value in marks])
        self.assertEqual(re.findall(r"(?m)^\.It (\d) Ta ([a-z]+)$", TEXT), [
            (f"{i}", name) for i, name in enumerate(STATUSES)])
        self.assertEqual([name.lower() for name in
                          re.findall(r"IAP_S_(\w+)", FORMAT)], [*STATUSES])
        texts = FORMAT.partition("enum iap_text {")[2].partition("IAP_TEXTS")[0]
        self.assertEqual([name for _, name in [*COMMON[:6], *RARE]],
                         re.findall(r"IAP_(\w+)", texts))
        self.assertEqual([value for value, _ in ROW_MARKS], [1, 2, 4, 8, 16, 32, 64, 128, 1, 2])
        self.assertEqual([(name, f"{value}") for value, name in COMMON[6:]],
                         re.findall(r"IAP_ROW_(RARE|SPLIT) (\d+)", FORMAT))
        limits = TEXT.partition(".Ss Limits\n")[2]
        self.assertEqual(re.findall(r"(?m)^\.It (\d+) Ta (\w+) Ta", limits), [
            (value, name) for name, value in re.findall(r"IAP_MOST_(\w+) (\d+)", FORMAT)])
        self.assertIn(f"LOCAL, MOVED,\n{CLASSES[2]}, ADDED", TEXT)

    def test_example_is_of_the_blob(self):
        b = compiled(EXAMPLE)[0]
        text = re.sub(r"(?m)^\.(Bl|Xr|D1) .*|\.Sh SEE(.|\n)*", "", EXAMPLES)
        found = re.findall(r"\b(?:0x[0-9a-f]+|\d+|[0-9a-f]{2})\b", text)
        for i, pair in enumerate(zip_longest(found, " ".join(example(b)).split())):
            self.assertEqual(*pair, f"behind {found[max(i - 9, 0):i]}")
        self.assertEqual(re.findall(r'BITS Ta "?([A-Z, ]+)', text), [
            ", ".join(name for name in r.marks if name != "ALIAS")
            for r in (b.first_of(b"gopher"), *b.on_port(80))]
            + [", ".join(b.details_of(b.first_of(b"gopher"), 0))
               .replace(", DESCRIPTION", "")])

    def test_example_says_what_its_registry_does(self):
        b = compiled(EXAMPLE)[0]
        for name, bit, texts in (
                (b"gopher", 0, {"CONTACT": "[Mark_McCahill]", "REGISTERED": "1993-03",
                                "REFERENCE": "[RFC1436]", "DESCRIPTION": "Gopher"}),
                (b"http", 1, {"DESCRIPTION": "World Wide Web"}),
                (b"http", 2, {"CONTACT": "[IETF_Chair]", "ASSIGNEE": "[IESG]",
                              "MODIFIED": "2024-05-06", "DESCRIPTION": "World Wide Web"}),
                (b"x11", 0, {"UNAUTHORIZED_USE": "Known on port 6003",
                             "DESCRIPTION": "X Window System"}),
                (b"dccp-ping", 3, {"NOTE": "for diagnosis", "SERVICE_CODE": "1885957735",
                                   "DESCRIPTION": "Ping"})):
            self.assertEqual(b.details_of(b.first_of(name), bit), texts)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
