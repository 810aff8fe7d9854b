#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""usage: check_corrupt.py COMPILER ASK

Breaks a small registry that has something of everything, in every way that
the library must refuse, mends its checksum, and has ASK open it and ask it
everything: each fault has its error. Then changes it at random: whatever is
accepted must be harmless, which ASK sees if it is built with sanitizers."""

import pathlib
import pickle
import random
import struct
import subprocess
import sys
import tempfile
import types
import unittest
from operator import setitem

from blob_parts import (
    BIT, DETAILS_FIELDS, FIELDS, HEADER, PADDING, Parts, SECTIONS, mend,
    resize)

COMPILER, ASK = sys.argv[1:]
CHANGED = 1500                  # blobs, at random, in each of two ways
OFFSETS = *SECTIONS, "DETAILS"
TEXTS = ("CONTACT", "ASSIGNEE", "REGISTERED", "MODIFIED", "REFERENCE", "NOTE",
         "SERVICE_CODE", "UNAUTHORIZED_USE")
ALIAS, COPY, EXTENDED, LINK, MORE, RANGE = (BIT[name] for name in (
    "ALIAS", "COPY", "EXTENDED", "LINK", "MORE", "RANGE"))


def record(name, protocol, number, description="", **more):
    texts = {"name": name, "protocol": protocol, "number": number,
             "description": description, **more}
    return "<record date='2001-01-01' updated='2002-02-02'>" + "".join(
        f"<{tag}>{text}</{tag}>" for tag, text in texts.items() if text) \
        + "<xref type='person' data='One'/><xref data='ref'/></record>"


REGISTRY = "".join([
    "<registry xmlns='http://www.iana.org/assignments'"
    " id='service-names-port-numbers'><updated>2026-01-01</updated>",
    record("web", "tcp", "80", "of tcp", assignee="Two"),
    record("web", "udp", "80", "of udp", note="Of udp only"),
    record("www", "tcp", "80", note='This entry is an alias to "web".'),
    record("wide", "tcp", "100-110", sc="1234", unauthorized="Yes"),
    record("also", "tcp", "100-110",
           note='This entry is an alias to "wide".'),
    record("inner", "tcp", "105"),
    record("web", "tcp", "200"), record("web", "sctp", "201"),
    record("web", None, None), record("dns-sd", "udp", None),
    record("any", None, "300"), record("half", "tcp", "301"),
    record(None, "udp", "301", "Reserved"),
    record(None, None, "302-310", "Unassigned"),
    record(None, "tcp", "305", "Reserved for tcp"),
    *(record(f"service{i}", "tcp", f"{400 + i}") for i in range(30)),
    "</registry>"])
CONVENTIONAL = "inner 105/tcp in\nadded 500/udp\n"
OVERLAY = "a-name-of-a-site 600/tcp\nb-name-of-a-site 601/udp\n" \
    f"{'c' * 255} 602/tcp\nsite 80/tcp\n"


def compile_registry():
    with tempfile.TemporaryDirectory() as out:
        def file(name, text):
            return pathlib.Path(out, name).write_text(text) and f"{out}/{name}"

        subprocess.run([COMPILER, "--blob", f"{out}/blob", "--conventional",
                        file("conventional", CONVENTIONAL), "--overlay",
                        file("overlay", OVERLAY), file("xml", REGISTRY)],
                       check=True)
        return pathlib.Path(out, "blob").read_bytes()


def take_apart(data, cell):
    """Its parts, to be had often, with cells of another size."""
    parts = Parts(data)
    assert parts.pack() == data
    parts.cell = cell
    parts.packed = parts.pack() # sets the offsets
    return pickle.dumps(vars(parts))


WHOLE = compile_registry()
PARTS = {cell: take_apart(WHOLE, cell) for cell in (2, 3)}


def u32(value):
    return struct.pack("<I", value % 2 ** 32)


class Target(Parts):
    """That registry, and some ways to hurt it."""

    def __init__(self, cell):
        vars(self).update(pickle.loads(PARTS[cell]))
        self.poked = []         # (offset, bytes)

    def pack(self):
        data = bytearray(super().pack())
        for at, new in self.poked:
            data[at:at + len(new)] = new
        return mend(bytes(data)) if self.poked else bytes(data)

    def poke(self, at, data):
        self.poked.append((at, data))

    def poke_field(self, name, data):
        self.poke(FIELDS[name][0], data)

    def named(self, name, copies=0):
        """The first record of that name; or its first copy."""
        return next(r for r in self.records + self.portless
                    if r.name == name.encode() and r.flags & COPY == copies)

    def copy(self, name):
        return self.named(name, COPY)

    def last_of_name(self, name):
        r = self.named(name)
        while r.next:
            r = r.next
        return r

    def row_with(self, text):
        return next(row for row in self.rows if text in row.text)

    def index(self, port):
        """Of a port's cell in PLACES."""
        chunk, rank = self.chunks[port // 64]
        return rank + bin(chunk & (1 << port % 64) - 1).count("1")

    def set_port(self, port, *record):
        """A port's first record; none for none."""
        i, had = self.index(port), self.chunks[port // 64][0] >> port % 64 & 1
        self.places[i:i + had] = record
        self.chunks[port // 64][0] ^= (had ^ len(record)) << port % 64
        for chunk in self.chunks[port // 64 + 1:]:
            chunk[1] += len(record) - had

    def crowd(self, count):
        """So many records on one more port."""
        self.records += [types.SimpleNamespace(
            port=700, bits=1 | MORE, name=b"crowd", flags=0)
            for _ in range(count)]
        self.records[-1].bits = 1
        self.set_port(700, self.records[-count])
        self.samples = []


def change(thing, **fields):
    vars(thing).update(fields)


def flag(record, flags, **fields):
    change(record, bits=record.bits | EXTENDED, flags=record.flags | flags,
           **fields)


def raw(record, data):
    """Bytes in place of a record."""
    record.raw = data


def flip(data, at):
    return data[:at] + bytes([data[at] ^ 16]) + data[at + 1:]


# ---- Faults: what is wrong, the error, and a function that makes it so -----

def of_header():
    yield "magic", "MAGIC", lambda b: b.poke_field("MAGIC", b"ianaport")
    yield "no version", "MAGIC", lambda b: b.poke_field("VERSION", u32(0))
    for i in 2, 2 ** 32 - 1:
        yield f"version {i}", "VERSION", \
            lambda b, i=i: b.poke_field("VERSION", u32(i))
    for i in 0, HEADER, len(WHOLE) - 8, len(WHOLE) + 8, 2 ** 32 - 1:
        yield f"size {i}", "SIZE", lambda b, i=i: b.poke_field("SIZE", u32(i))
    for date in (b"2026-1-01\0\0", b"2026-01-01 ", b"2026/01/01\0",
                 b"2o26-01-01\0", bytes(11)):
        yield f"date {date}", "VALUE", \
            lambda b, d=date: b.poke_field("UPDATED", d)
    for i in 0, 1, 4, 2 ** 32 - 1:
        yield f"cell {i}", "VALUE", lambda b, i=i: b.forced.update(CELL=i)
    yield "other cell", "OFFSET", lambda b: b.forced.update(CELL=5 - b.cell)
    for name in "BUCKETS", "SLOT_COUNT", "RUN_COUNT":
        yield f"{name} 0", "COUNT", lambda b, n=name: b.forced.update({n: 0})
        for by in 1, 2 ** 31, 0xfffff000:
            yield f"{name} + {by}", "OFFSET", \
                lambda b, n=name, by=by: shift(b, n, by)


def shift(b, name, by):
    b.forced[name] = (b.at[name] + by) % 2 ** 32


NEAR = -600, -5, -1, 1, 5


def of_offsets():
    for name in OFFSETS:
        for by in 1, -1, 2 ** 31:
            yield f"{name} by {by}", "OFFSET", \
                lambda b, n=name, by=by: shift(b, n, by)
        for i in 0, 1, 2 ** 32 - 8, 2 ** 32 - 1:
            yield f"{name} {i}", "OFFSET", \
                lambda b, n=name, i=i: b.forced.update({n: i})
        for other in OFFSETS:
            if name != other:
                yield f"{name} is {other}", error_of(name, other), \
                    lambda b, n=name, o=other: b.forced.update({n: b.at[o]})


    for first, last, by in (*(("CHUNKS", "RECORDS", by) for by in NEAR),
                            *(("RUNS", "RECORDS", by) for by in NEAR),
                            ("CHUNKS", "RECORDS", -12),
                            ("END", "DETAILS", 80000)):
        yield f"{first} to {last} by {by}", "OFFSET", \
            lambda b, x=first, y=last, by=by: shift_all(b, x, y, by)
    for name in ("HEADER", "PILOTS", "SLOTS", "LONGS", "CHUNKS", "PLACES",
                 "RUNS"):
        for size in (1, 8) if name not in ("LONGS", "PLACES") else (1,):
            yield f"{size} bytes behind {name}", "OFFSET", \
                lambda b, n=name, size=size: setitem(b.behind, n, bytes(size))


def shift_all(b, first, last, by):
    for name in OFFSETS[OFFSETS.index(first):OFFSETS.index(last) + 1]:
        shift(b, name, by)


def error_of(name, other):
    """The part without ports may have any records, or none of them."""
    return {("PORTLESS", "RECORDS"): "VALUE", ("PORTLESS", "END"): "VALUE"} \
        .get((name, other), "OFFSET")


def of_checksum():
    for at in 16, 23, 24, 32, 44, 103, len(WHOLE) - 1:
        yield f"byte {at}", "CHECKSUM", lambda b, at=at: flip(b.packed, at)
    for name in OFFSETS:
        yield name, "CHECKSUM", lambda b, n=name: flip(b.packed, b.at[n])


def of_size():
    for size in 0, 7:
        yield f"cut at {size}", "MAGIC", lambda b, n=size: b.packed[:n]
    for size in 8, 103, 104, -8, -1:
        yield f"cut at {size}", "SIZE", lambda b, n=size: b.packed[:n]
    for name in OFFSETS:
        yield f"cut at {name}", "SIZE", lambda b, n=name: b.packed[:b.at[n]]
    for more in 1, 8:
        yield f"{more} more", "SIZE", lambda b, n=more: b.packed + bytes(n)


def of_padding():
    for i in range(len(PADDING)):
        yield f"byte {i}", "STRING", \
            lambda b, i=i: b.poke(b.at["END"] + i, b"x")


def of_names():
    yield "empty", "STRING", lambda b: change(b.named("web"), name=b"")
    yield "256 bytes", "STRING", \
        lambda b: change(b.named("c" * 255), name=b"c" * 256)
    for i in *range(1, 33), 127:
        yield f"byte {i}", "STRING", \
            lambda b, i=i: change(b.named("added"), name=b"a%cd" % i)
    yield "no end, with ports", "STRING", \
        lambda b: raw(b.records[-1], b"\1\0\1xxx")
    yield "no end", "STRING", lambda b: raw(b.portless[-1], b"\0\0\1xxx")


def of_records():
    yield "no protocol", "VALUE", \
        lambda b: change(b.named("added"), bits=EXTENDED)
    yield "unknown flag", "VALUE", lambda b: flag(b.named("web"), 128)
    yield "range backwards", "VALUE", \
        lambda b: change(b.named("wide"), last=99)
    yield "port 0", "VALUE", lambda b: change(b.named("service3"), port=0)
    yield "portless port", "VALUE", \
        lambda b: change(b.named("dns-sd"), port=80)
    for i in RANGE, ALIAS, COPY:
        yield f"portless flags {i}", "VALUE", lambda b, i=i: flag(
            b.named("dns-sd"), i, original=b.named("web"))
    for i in MORE, BIT["RESERVED"]:
        yield f"portless bits {i}", "VALUE", \
            lambda b, i=i: change(b.portless[0], bits=b.portless[0].bits | i)
    for size in 2, 4:
        yield f"{size} bytes", "OFFSET", \
            lambda b, n=size: raw(b.portless[-1], bytes(n))
    for behind in b"", b"\x10", b"\x10\1", b"\1", b"\x20", b"\x20\0", b"\x40":
        yield f"ends behind {behind}", "OFFSET", lambda b, x=behind: raw(
            b.records[-1], b"\1\0\x41a" + b"b" * (1 - len(x) % 2) + b"\0" + x)


def of_chains_of_ports():
    yield "more behind the last", "CHAIN", \
        lambda b: change(b.records[-1], bits=b.records[-1].bits | MORE)
    yield "256 on a port", "CHAIN", lambda b: b.crowd(256)


def of_aliases():
    for i in 0, 3, 255:
        yield f"{i} steps", "CHAIN", \
            lambda b, i=i: change(b.named("www"), steps=i)
        yield f"{i} steps of a copy", "CHAIN", \
            lambda b, i=i: change(b.copy("also"), steps=i)
    yield "first of its port", "CHAIN", \
        lambda b: flag(b.named("service0"), ALIAS, steps=1)
    yield "on no port", "CHAIN", lambda b: b.set_port(80)
    yield "not on its first port", "CHAIN", lambda b: b.set_port(100)
    yield "its port starts with it", "CHAIN", \
        lambda b: b.set_port(100, b.named("also"))
    yield "of an alias", "CHAIN", \
        lambda b: flag(b.named("web"), ALIAS, steps=1)


def of_links():
    yield "outside", "OFFSET", \
        lambda b: change(b.named("web"), next=256 ** b.cell - 1)
    yield "behind the last", "OFFSET", lambda b: change(
        b.named("web"), next=(b.at["END"] - b.at["RECORDS"]) // 2)
    yield "middle of a record", "OFFSET", \
        lambda b: change(b.named("web"), next=1)
    yield "to a copy", "OFFSET", \
        lambda b: flag(b.named("wide"), LINK, next=b.copy("wide"))
    yield "of a copy", "CHAIN", \
        lambda b: flag(b.copy("wide"), LINK, next=b.named("wide"))
    for one, other in (("added", "any"), ("in", "inner"), ("inner", "in")):
        yield f"{one} to {other}", "CHAIN", \
            lambda b, x=one, y=other: flag(b.named(x), LINK, next=b.named(y))
    yield "to itself", "CHAIN", \
        lambda b: flag(b.named("added"), LINK, next=b.named("added"))
    yield "in a circle", "CHAIN", \
        lambda b: flag(b.last_of_name("web"), LINK, next=b.named("web"))
    yield "into a circle", "CHAIN", lambda b: flag(
        b.last_of_name("web"), LINK, next=b.named("web").next)
    yield "two to one", "CHAIN", \
        lambda b: change(b.named("web"), next=b.last_of_name("web"))


def of_copies():
    yield "outside", "OFFSET", \
        lambda b: change(b.copy("wide"), original=256 ** b.cell - 1)
    yield "middle of a record", "OFFSET", \
        lambda b: change(b.copy("wide"), original=1)
    yield "of itself", "OFFSET", \
        lambda b: change(b.copy("wide"), original=b.copy("wide"))
    yield "of a copy", "OFFSET", \
        lambda b: change(b.copy("wide"), original=b.copy("also"))


def of_cells():
    for name in "slots", "longs", "places":
        for i in 0, -1:
            yield f"{name} {i} outside", "OFFSET", lambda b, n=name, i=i: \
                setitem(getattr(b, n), i, 256 ** b.cell - 1)
            yield f"{name} {i} middle of a record", "OFFSET", \
                lambda b, n=name, i=i: setitem(getattr(b, n), i, 1)


def of_longs():
    yield "short name", "STRING", \
        lambda b: setitem(b.longs, 0, b.named("added"))
    yield "not sorted", "ORDER", lambda b: b.longs.reverse()
    yield "twice", "ORDER", lambda b: b.longs.insert(0, b.longs[0])
    yield "but for case", "ORDER", \
        lambda b: change(b.longs[1], name=b.longs[0].name.upper())


def of_ports():
    yield "port 0", "VALUE", lambda b: b.set_port(0, b.named("web"))
    for i in 0, 1, 500, 1023:
        for by in 1, 256, 65535:
            yield f"rank of chunk {i} and {by}", "COUNT", lambda b, i=i, by=by: \
                setitem(b.chunks[i], 1, (b.chunks[i][1] + by) % 65536)
        yield f"bit of chunk {i}", "COUNT", lambda b, i=i: \
            setitem(b.chunks[i], 0, b.chunks[i][0] ^ 1 << 63)
    yield "a cell more", "COUNT", lambda b: b.places.append(b.places[-1])
    yield "a cell less", "COUNT", lambda b: b.places.pop()
    yield "before a range", "VALUE", lambda b: b.set_port(99, b.named("wide"))
    yield "behind a range", "VALUE", lambda b: b.set_port(111, b.named("wide"))
    yield "without a port", "VALUE", lambda b: b.set_port(5, b.portless[0])
    yield "runs on to another", "VALUE", lambda b: change(
        b.named("service0"), bits=b.named("service0").bits | MORE)


def of_runs():
    yield "not from 0 on", "VALUE", lambda b: setitem(b.runs[0], 0, 1)
    yield "not sorted", "ORDER", \
        lambda b: setitem(b.runs[1], 0, b.runs[2][0] + 1)
    yield "twice", "ORDER", lambda b: setitem(b.runs[2], 0, b.runs[1][0])


def shift_details(b, name, by):
    b.details_forced[name] = (b.details_at[name] + by) % 2 ** 32


def of_details():
    for name in DETAILS_FIELDS:
        for by in -1, 1, 2 ** 31:
            yield f"{name} by {by}", \
                "COUNT" if (name, by) == ("STRINGS", 1) else "OFFSET", \
                lambda b, n=name, by=by: shift_details(b, n, by)
        for i in 0, 2 ** 32 - 1:
            yield f"{name} {i}", "OFFSET", \
                lambda b, n=name, i=i: b.details_forced.update({n: i})
    for name in "SAMPLES", "NAMELESS":
        yield f"a byte behind {name}", "OFFSET", \
            lambda b, n=name: setitem(b.behind, n, b"\0")
    yield "shorter than their header", "OFFSET", \
        lambda b: resize(b.packed[:b.at["DETAILS"] + 16])


def of_samples():
    yield "one more", "COUNT", \
        lambda b: b.samples.append([b.portless[-1], 0])
    yield "one less", "COUNT", lambda b: b.samples.pop()
    for i in 0, 1, -1:
        yield f"place {i}", "OFFSET", \
            lambda b, i=i: setitem(b.samples[i], 0, b.named("added"))
        for by in 1, 2 ** 31:
            yield f"row {i} by {by}", "OFFSET", lambda b, i=i, by=by: \
                setitem(b.samples[i], 1, b.samples[i][1] + by)


def of_nameless():
    yield "not sorted", "ORDER", lambda b: b.nameless.reverse()
    yield "backwards", "VALUE", lambda b: setitem(b.nameless[0], 1, 1)
    for i in 0, 32, 255:
        yield f"mask {i}", "VALUE", lambda b, i=i: setitem(b.nameless[0], 2, i)
    yield "text outside", "OFFSET", \
        lambda b: setitem(b.nameless[-1], 3, 0xffffff)
    yield "text at the end", "OFFSET", \
        lambda b: setitem(b.nameless[-1], 3, texts_end(b))


def texts_end(b):
    return b.details_at["END"] - b.details_at["STRINGS"]


def of_rows():
    yield "one less", "COUNT", lambda b: b.rows.pop()
    yield "one more", "COUNT", lambda b: b.rows.append(b.rows[-1])
    for i in 0, 32, 255:
        yield f"mask {i}", "VALUE", lambda b, i=i: change(
            next(row for row in b.rows if "SPLIT" in row.marks), mask=i)
    for i in 4, 128:
        yield f"unknown text {i}", "VALUE", lambda b, i=i: change(
            b.row_with("SERVICE_CODE"), rare=3 | i)
    for name in TEXTS:
        yield f"{name} outside", "OFFSET", lambda b, n=name: \
            setitem(b.row_with(n).text, n, 0xffffff)
        yield f"{name} at the end", "OFFSET", lambda b, n=name: \
            setitem(b.row_with(n).text, n, texts_end(b))
    yield "split without end", "COUNT", \
        lambda b: change(b.rows[-1], marks=["SPLIT"], mask=1)
    yield "description without end", "OFFSET", lambda b: b.poke(
        b.at["DETAILS"] + b.details_at["STRINGS"] - 1, b"x")


def of_strings():
    yield "no NUL at the end", "STRING", \
        lambda b: b.poke(len(b.packed) - 1, b"x")
    yield "no room for a row", "OFFSET", no_room


def no_room(b):
    end = b.details_at["STRINGS"] + 24 + -b.details_at["STRINGS"] % 8
    b.details_forced["END"] = end
    return resize(b.packed[:b.at["DETAILS"] + end])


def of_nothing():
    yield "whole", "ok", lambda b: None
    yield "255 on a port", "ok", lambda b: b.crowd(255)
    yield "no details", "ok", lambda b: b.samples.clear()
    yield "a name's bytes", "ok", \
        lambda b: change(b.named("added"), name=b"\x80\xc3\xa9\xff!~")
    yield "every status", "ok", lambda b: setitem(b.runs[0], 1, 0b11100100)


FAULTS = [function for name, function in globals().items()
          if name.startswith("of_")]


# ---- At random -------------------------------------------------------------

def change_bytes(chance):
    """Some bytes, mostly outside of the chunks, which are most of it."""
    b = Target(chance.choice((2, 3)))
    data = bytearray(b.packed)
    chunks = range(b.at["CHUNKS"], b.at["PLACES"])
    for _ in range(chance.choice((1, 1, 2, 4))):
        at = chance.randrange(24, len(data))
        if at in chunks and chance.random() < .9:
            at = chance.randrange(b.at["PLACES"], len(data))
        data[at] = chance.choice((0, 1, 255, data[at] ^ 1 << chance.randrange(
            8), (data[at] + 1) % 256, chance.randrange(256)))
    return mend(bytes(data))


def change_fields(chance):
    """What stands where it should, and is wrong."""
    b = Target(chance.choice((2, 3)))
    every = b.records + b.portless
    for _ in range(chance.choice((1, 2, 3))):
        r, other = chance.choices(every, k=2)
        chance.choice((
            lambda: flag(r, chance.choice((LINK, ALIAS, COPY, RANGE, 14))),
            lambda: change(r, flags=chance.randrange(128)),
            lambda: change(r, bits=r.bits ^ 1 << chance.randrange(8)),
            lambda: change(r, port=other.port, last=other.last),
            lambda: change(r, name=other.name),
            lambda: b.set_port(chance.randrange(98, 114), r),
            lambda: b.set_port(chance.randrange(65536)),
            lambda: setitem(b.slots, chance.randrange(len(b.slots)), r),
            lambda: setitem(chance.choice(b.rows).text,
                            chance.choice(TEXTS[:6]), chance.randrange(200)),
            lambda: setitem(chance.choice(b.nameless), chance.choice((0, 1, 3)),
                            chance.randrange(400)),
        ))()
        change(r, next=r.next or other, steps=r.steps or chance.choice((1, 2)),
               original=chance.choice((r.original, other)))
    return b.pack()


# ---- All together ----------------------------------------------------------

def ask(blobs, *arguments):
    """What ASK says of each blob; and why it ended early, if it did."""
    with tempfile.TemporaryFile() as f:
        for blob in blobs:
            f.write(u32(len(blob)) + blob)
        f.seek(0)
        done = subprocess.run([ASK, *arguments], stdin=f, capture_output=True)
    stop = done.stderr.decode("utf-8", "replace") or f"{done.returncode}"
    return done.stdout.decode().splitlines(), done.returncode and stop


def broken(make, cell):
    b = Target(cell)
    made = make(b)
    return made if isinstance(made, bytes) else b.pack()


class Corrupt(unittest.TestCase):
    def check_faults(self, function):
        faults = [(f"{title}, cells of {cell}", expected, broken(make, cell))
                  for title, expected, make in function() for cell in (2, 3)]
        answers, stop = ask(blob for _, _, blob in faults)
        answers.append(f"stopped: {stop}")
        for (title, expected, blob), answer in zip(faults, answers):
            with self.subTest(title):
                self.assertEqual(answer.partition(" ")[0], expected, answer)
        self.assertFalse(stop)

    def check_random(self, make):
        chance = random.Random(make.__name__)
        accepted = 0
        for i in range(0, CHANGED, 500):
            blobs = [make(chance) for _ in range(500)]
            answers, stop = ask(blobs)
            self.assertFalse(stop, f"blob {i + len(answers)}: {stop}")
            accepted += sum(answer.startswith("ok") for answer in answers)
        print(f"{make.__name__}: {accepted} of {CHANGED} are accepted")
        self.assertGreater(accepted, CHANGED / 20)

    def test_larger_cells_give_the_same_answers(self):
        (two, three), _ = ask(Target(cell).pack() for cell in (2, 3))
        self.assertEqual(two, three)

    def test_many_ranges_on_every_port_take_a_while_only(self):
        b = Target(2)
        b.records = [types.SimpleNamespace(
            port=1, last=65535, bits=BIT["NONE"] | EXTENDED | MORE,
            flags=RANGE, name=b"wide") for _ in range(255)]
        b.records[-1].bits ^= MORE
        b.portless, b.longs, b.samples = [], [], []
        b.slots, b.places = ([b.records[0]] * count
                             for count in (len(b.slots), 65535))
        b.chunks = [[2 ** 64 - 2, 0]] + [[2 ** 64 - 1, 64 * i - 1]
                                         for i in range(1, 1024)]
        answers, stop = ask([b.pack()], "next")
        self.assertFalse(stop)
        self.assertRegex(answers[0], "^ok 255 ")

    def test_bytes_at_random(self):
        self.check_random(change_bytes)

    def test_fields_at_random(self):
        self.check_random(change_fields)


for fault in FAULTS:
    setattr(Corrupt, "test_" + fault.__name__,
            lambda self, fault=fault: self.check_faults(fault))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
