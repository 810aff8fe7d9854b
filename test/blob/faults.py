# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""Every fault that the library must find in a blob: what is wrong, the error
that it gives, and how it is made, in the verbs of target.py. Each is tried
with cells of 2 bytes and of 3."""

from itertools import permutations
from types import SimpleNamespace

from blob import Blob
from blob_parts import BIT, DETAILS_FIELDS, DETAILS_HEADER, HEADER, PADDING, \
    SECTIONS, resize
from target import (
    LONGEST, TEXTS, at_the_end, backwards, behind, byte, change, crowd, cut,
    cut_details, details, first_on, flip, header, headers, longer, mark,
    nothing, of_field, one_less, outside, plus, port, put, replaced, row_with,
    text, twice, verb, wide, xor)

ADDED, ALIAS, COPY, EXTENDED, LINK, LOCAL, MORE, MOVED, RANGE, RESERVED = (
    BIT[name] for name in ("ADDED", "ALIAS", "COPY", "EXTENDED", "LINK", "LOCAL",
                           "MORE", "MOVED", "RANGE", "RESERVED"))
MAX, HALF = 2 ** 32 - 1, 2 ** 31
COUNTS = "BUCKETS", "SLOT_COUNT", "RUN_COUNT"
OFFSETS = *SECTIONS, "DETAILS"
CELLS = "slots", "longs", "places"
# Controls, and what changes the direction of text.
CONTROLS = "\x80\x85\x9b\x9f\u061c\u200e\u200f\u2028\u202a\u202e\u2066\u2069"
# Alone, cut, too long, of half a pair, and behind the last one.
BAD_UTF8 = (b"\x80", b"\xbf", b"\xc3\xa9\xe9", b"\xc3", b"\xe2\x82", b"\xf0\x9f\x98",
            b"\xc0\x80", b"\xc1\xbf", b"\xe0\x9f\xbf", b"\xf0\x8f\xbf\xbf",
            b"\xed\xa0\x80", b"\xed\xbf\xbf", b"\xf4\x90\x80\x80",
            b"\xf5\x80\x80\x80", b"\xff")
BESIDE = " ~\xa0\u061b\u061d\u07ff\u0800\u200d\u2010\u2027\u202f\u2065" \
    "\u206a\ud7ff\ue000\uffff\U00010000\U0010ffff"


def offsets(first, last):
    return OFFSETS[OFFSETS.index(first):OFFSETS.index(last) + 1]


def other_size(b, old):
    return 5 - old


def behind_the_last(b, old):
    return (b.at["END"] - b.at["RECORDS"]) // 2


def no_room_for_a_row(b):
    """The bytes behind the strings are fewer than a row may take."""
    end = b.details_at["STRINGS"] + 24 + -b.details_at["STRINGS"] % 8
    details("END", end)(b)
    return resize(b.packed[:b.at["DETAILS"] + end])


def behind_the_strings(b):
    """Its NUL, another one, and then no zero up to a multiple of 8."""
    def end():
        return b.details_at["STRINGS"] + len(b.strings)

    b.rows[-1].description += b"x" * ((1 - end()) % 8)
    data = b.pack()
    return replaced(data, b.at["DETAILS"] + end() + 1, b"x")


def no_rare_text(b):
    """The byte that says which is 0."""
    i = b.rows.index(row_with("SERVICE_CODE")(b))
    row = b.rows[i]
    texts = len(row.text) - bin(row.rare).count("1")
    at = 1 + ("SPLIT" in row.marks) + 3 * texts
    return replaced(b.packed, b.at["DETAILS"] + b.details_at["ROWS"]
                    + b.rows[i - 1].after + at, b"\0")


def alias_of_alias(b):
    mark("site", bits=2)(b)
    mark("web", flags=ALIAS, steps=1)(b)


def copied(b, name, last, more):
    """A copy of a record, which becomes a range."""
    mark(name, flags=RANGE, last=last)(b)
    r = SimpleNamespace(**vars(b.record(name)))
    mark(r, flags=COPY, original=name)(b)
    r.flags &= ~LINK
    r.bits = r.bits & ~MORE | more
    return r


def alias_on_a_port_more(b):
    """Where it stands for another one."""
    behind = [r.port for r in b.records].index(80) + 3
    b.records[behind:behind] = [copied(b, "site", 81, MORE),
                                copied(b, "www", 81, 0)]
    first_on(b, 81, b.records[behind])


def alias_of_later_port(b):
    """That of a range from 100 on stands for one from 105 on."""
    inner = copied(b, "inner", 110, MORE)
    b.records.insert(b.records.index(last_copy("wide")(b)), inner)
    for number in range(106, 111):
        first_on(b, number)
        first_on(b, number, inner)
    change("copy of also", steps=2)(b)
    change(last_copy("also"), steps=2)(b)


def other_copies(b):
    """Ports 103 and 104 have copies of what is on the ports before them."""
    at = [r.port for r in b.records].index(105)
    new = [SimpleNamespace(**vars(b.copy_of(name))) for name in ("wide", "also")]
    new[0].bits |= MORE
    new[1].bits &= ~MORE
    b.records[at:at] = new
    for number in 103, 104:
        first_on(b, number)
        first_on(b, number, new[0])


def later_before_sooner(b):
    """Of the chain, port 201 comes before port 200."""
    first = b.record("web")
    second = first.next
    third = second.next
    first.next, second.next, third.next = third, third.next, second


def hole(b):
    """Four ports less, one of which had the first of its records' cells."""
    for number in range(106, 110):
        port(number)(b)


def last_copy(name):
    return lambda b: [r for r in b.records
                      if r.name == name.encode() and r.flags & COPY][-1]


def last_less(b):
    """The last list of the ranges has one less."""
    b.records.remove(last_copy("also")(b))
    last_copy("wide")(b).bits ^= MORE


def last_more(b):
    """The last list of the ranges has one of them twice."""
    last = last_copy("also")(b)
    again = SimpleNamespace(**vars(last_copy("wide")(b)))
    last.bits |= MORE
    again.bits &= ~MORE
    b.records.insert(b.records.index(last) + 1, again)


def slot_of(b, name):
    """A slot that leads to the record of a name."""
    return b.slots.index(b.record(name))


def unused_slot(b):
    """More than one leads to the first record; its own may be among them."""
    first = b.records[0]
    unused = [i for i, r in enumerate(b.slots) if r is first]
    assert len(unused) > 1
    for i in unused:
        b.slots[i] = b.record("added")


def used_slot(b):
    b.slots[slot_of(b, "added")] = b.record("inner")


def checksum_of_no_details(b):
    nothing("samples")(b)
    b.packed = b.pack()
    return header("DETAILS_CHECKSUM", 1)(b)


def more(count, name):
    """So many more records like one, as the first ones."""
    return lambda b: b.records.__setitem__(slice(0), [b.record(name)] * count)


def nameless_on_a_port(count):
    """The first one so often."""
    return lambda b: b.nameless.__setitem__(
        slice(1), [b.nameless[0]] * count)


def rows_end_early(b):
    """Before the last one of a service."""
    first = min(n.row for n in b.nameless)
    b.nameless.clear()
    b.rows = [row for row in b.rows if row.after < first]


def longer_name_in_slot(b):
    """In that to which its hash leads, and not where it is looked for."""
    blob, r = Blob(b.packed), b.record(LONGEST)
    first = b.records[0]
    free = {i for i, of in enumerate(b.slots) if of is first}
    free.remove(blob.hash(first.name)[-1])
    r.name = next(name for name in (b"%04d" % i + b"c" * 20 for i in range(
        10000)) if blob.hash(name)[-1] in free)
    b.longs.remove(r)
    b.slots[blob.hash(r.name)[-1]] = r


def pilot_without_names(b):
    """The last bucket that has none."""
    blob = Blob(b.packed)
    empty = set(range(blob.buckets)) - {
        blob.bucket(r.name) for r in blob.all.values() if len(r.name) <= 15}
    return byte("PILOTS", max(empty), 1)(b)


def no_records(b):
    for section in (b.longs, b.places, b.records, b.portless, b.samples):
        section.clear()
    for chunk in b.chunks:
        chunk.bits = chunk.rank = 0


def strings_twice(b):
    b.strings = b"".join(2 * (s + b"\0") for s in b.strings.split(b"\0")[:-1])


def strings_backwards(b):
    b.strings = b"".join(s + b"\0" for s in b.strings.split(b"\0")[-2::-1])


def rows_not_sorted(b):
    """The last two, to which nameless records refer."""
    *_, before, first, second = b.rows
    moved = {before.after: before.after + second.after - first.after,
             first.after: before.after}
    b.rows[-2:] = second, first
    for n in b.nameless:
        n.row = moved.get(n.row, n.row)


def unused_row(b):
    b.rows.append(SimpleNamespace(**vars(b.rows[-1])))
    b.rows[-1].description = b"~"


def row_of_added(b):
    return next(row for row in b.rows if not row.text and not row.description)


@verb
def one_run_more(b, first):
    """That says what the one before says."""
    i = max(i for i, run in enumerate(b.runs) if run.first < first)
    b.runs.insert(i + 1, SimpleNamespace(first=first, statuses=b.runs[i].statuses))


def row_that_is(description):
    return lambda b: next(row for row in b.rows
                          if row.description == description)


@verb
def rows_left(b, count):
    del b.rows[count:]
    b.nameless.clear()


def behind_the_rows(b, old):
    return b.details_at["STRINGS"] - b.details_at["ROWS"]


def one_string_more(b):
    b.strings += b"more\0"


FAULTS = {
    "header": [
        ("magic", "MAGIC", header("MAGIC", b"ianaport")),
        ("version 0", "MAGIC", header("VERSION", 0)),
        *((f"version {i}", "VERSION", header("VERSION", i))
          for i in (2, MAX)),
        *((f"size {i}", "SIZE", header("SIZE", i)) for i in (0, HEADER, MAX)),
        *((f"size by {by}", "SIZE", header("SIZE", plus(by)))
          for by in (-8, 8)),
        ("no multiple of 8", "SIZE", lambda b: resize(b.packed[:-4])),
        ("checksum of no details", "VALUE", checksum_of_no_details),
        *((f"date {date}", "VALUE", header("UPDATED", date))
          for date in (b"x026-01-01\0", b"2026-1-01\0\0", b"2026-01-01 ", b"2026/01/01\0",
                       b"2o26-01-01\0", bytes(11))),
        *((f"cell {i}", "VALUE", header("CELL", i)) for i in (0, 1, 4, MAX)),
        ("other cell", "OFFSET", header("CELL", other_size)),
        *((f"{name} 0", "COUNT", header(name, 0)) for name in COUNTS),
        *((f"{name} by {by}", "OFFSET", header(name, plus(by)))
          for name in COUNTS for by in (1, HALF, 0xfffff000)),
    ],
    "offsets": [
        *((f"{name} by {by}", "OFFSET", header(name, plus(by)))
          for name in OFFSETS for by in (1, -1, HALF)),
        *((f"{name} {i}", "OFFSET", header(name, i))
          for name in OFFSETS for i in (0, 1, MAX - 7, MAX)),
        # The part without ports may have any records, or none of them.
        *((f"{name} is {other}",
           "VALUE" if name == "PORTLESS" and other in ("RECORDS", "END")
           else "OFFSET", header(name, of_field(other)))
          for name, other in permutations(OFFSETS, 2)),
        *((f"{first} to {last} by {by}", "OFFSET",
           headers(offsets(first, last), plus(by)))
          for first, last, by in (
              *(("CHUNKS", "RECORDS", by) for by in (-600, -5, -1, 1, 5)),
              *(("RUNS", "RECORDS", by) for by in (-600, -5, -1, 1, 5)),
              ("CHUNKS", "RECORDS", -12), ("END", "DETAILS", 80000))),
        *((f"1 byte behind {name}", "OFFSET", behind(name, bytes(1)))
          for name in ("HEADER", "PILOTS", "SLOTS", "LONGS", "CHUNKS",
                       "PLACES", "RUNS")),
        *((f"8 bytes behind {name}", "OFFSET", behind(name, bytes(8)))
          for name in ("HEADER", "PILOTS", "SLOTS", "CHUNKS", "RUNS")),
    ],
    "checksum": [
        *((f"byte {at}", "CHECKSUM", flip(at))
          for at in (16, 23, 24, 32, 44, 103, 104, 111, -1)),
        *((name, "CHECKSUM", flip(name)) for name in OFFSETS),
    ],
    "size": [
        *((f"cut at {at}", "MAGIC", cut(at)) for at in (0, 7)),
        *((f"cut at {at}", "SIZE", cut(at)) for at in (8, 111, 112, -8, -1)),
        *((f"cut at {name}", "SIZE", cut(name)) for name in OFFSETS),
        *((f"{by} more", "SIZE", longer(by)) for by in (1, 8)),
    ],
    "padding": [
        *((f"byte {i}", "STRING", byte("END", i, 120))
          for i in range(len(PADDING))),
        ("before the details", "STRING", byte("DETAILS", -1, 1)),
        ("behind the date", "VALUE", byte(43, 0, 1)),
        ("at the header's end", "VALUE", byte(111, 0, 1)),
        ("at the end of that of the details", "VALUE",
         byte("DETAILS", DETAILS_HEADER - 1, 1)),
    ],
    "names": [
        ("empty", "STRING", change("web", name=b"")),
        ("256 bytes", "STRING", change(LONGEST, name=b"c" * 256)),
        *((f"byte {i}", "STRING", change("added", name=b"a%cd" % i))
          for i in (*range(1, 32), *range(127, 160))),
        *((f"character {ord(c):x}", "STRING",
           change("added", name=f"a{c}d".encode())) for c in CONTROLS),
        *((f"character {ord(c):x} behind another", "STRING",
           change("added", name=f"a\u00e9{c}d".encode())) for c in CONTROLS),
        *((f"space {where}", "STRING", change("added", name=name))
          for where, name in (("before", b" ac"), ("behind", b"ac "),
                              ("alone", b" "))),
        ("no end, with ports", "STRING", change(LONGEST, raw=b"\1\0\1xxx")),
        ("no end", "STRING", change("last of web", raw=b"\0\0\1xxx")),
    ],
    "records": [
        ("none", "OFFSET", no_records),
        ("no protocol", "VALUE", change("added", bits=EXTENDED)),
        ("unknown flag", "VALUE", mark("web", flags=128)),
        ("range backwards", "VALUE", change("wide", last=99)),
        ("range of a port", "VALUE", change("wide", last=100)),
        ("range of a port alone", "VALUE",
         mark("service3", flags=RANGE, last=403)),
        ("no flags", "VALUE", mark("service3", bits=EXTENDED)),
        ("padding", "VALUE", change("service10", raw=(
            b"\x9a\1\x01service10\0\1"))),
        ("two protocols without a port", "VALUE", change("dns-sd", bits=3)),
        ("no order without a port", "ORDER", change("last of web", bits=1)),
        ("port 0", "VALUE", change("service3", port=0)),
        ("portless port", "VALUE", change("dns-sd", port=80)),
        *((f"portless flags {i}", "VALUE",
           mark("dns-sd", flags=i, original="web"))
          for i in (RANGE, ALIAS, COPY, ADDED, MOVED, LOCAL)),
        *((f"portless bits {i}", "VALUE", mark("dns-sd", bits=i))
          for i in (MORE, RESERVED)),
        *((f"{size} bytes", "OFFSET", change("last of web", raw=bytes(size)))
          for size in (2, 4)),
        *((f"ends behind {end}", "OFFSET", change(LONGEST, raw=(
            b"\1\0\x41a" + b"b" * (1 - len(end) % 2) + b"\0" + end)))
          for end in (b"", b"\x10", b"\x10\1", b"\1", b"\x20", b"\x20\0",
                      b"\x40")),
    ],
    "records on a port": [
        ("more behind the last", "CHAIN", mark(LONGEST, bits=MORE)),
        ("256", "COUNT", crowd(256)),
        ("52 with five protocols", "COUNT", crowd(52, bits=31)),
        ("256 of a name", "COUNT", crowd(255, names=["inner"])),
        ("32 long names", "COUNT", crowd(32, names=[LONGEST])),
        ("of a later class", "ORDER", mark("web", flags=ADDED)),
        ("reserved behind the first", "VALUE", mark("www", bits=RESERVED)),
        ("reserved, and registered", "VALUE", mark("site", bits=RESERVED)),
    ],
    "aliases": [
        *((f"{i} steps", "CHAIN", change("www", steps=i))
          for i in (0, 3, 255)),
        *((f"{i} steps of a copy", "CHAIN", change("copy of also", steps=i))
          for i in (0, 3, 255)),
        ("first of its port", "CHAIN", mark("service0", flags=ALIAS, steps=1)),
        ("on no port", "OFFSET", port(80)),
        ("not on its first port", "VALUE", port(100)),
        ("its port starts with it", "OFFSET", port(100, "also")),
        ("of an alias", "CHAIN", alias_of_alias),
        ("of a later port", "CHAIN", alias_of_later_port),
        ("on a port more", "CHAIN", alias_on_a_port_more),
        ("with a protocol more", "CHAIN", mark("www", bits=8)),
    ],
    "links": [
        ("outside", "OFFSET", change("web", next=outside)),
        ("behind the last", "OFFSET", change("web", next=behind_the_last)),
        ("middle of a record", "OFFSET", change("web", next=1)),
        ("to a copy", "OFFSET", mark("wide", flags=LINK, next="copy of wide")),
        ("of a copy", "VALUE", mark("copy of wide", flags=LINK, next="wide")),
        ("to one without", "CHAIN", mark("added", flags=LINK, next="any")),
        ("to a name's start", "CHAIN", mark("in", flags=LINK, next="inner")),
        ("to a longer name", "CHAIN", mark("inner", flags=LINK, next="in")),
        ("to itself", "CHAIN", mark("added", flags=LINK, next="added")),
        ("in a circle", "CHAIN", mark("last of web", flags=LINK, next="web")),
        ("into a circle", "CHAIN",
         mark("last of web", flags=LINK, next="next of web")),
        ("two to one", "CHAIN", change("web", next="last of web")),
        ("to a lower port", "ORDER", later_before_sooner),
    ],
    "copies": [
        ("outside", "OFFSET", change("copy of wide", original=outside)),
        ("middle of a record", "OFFSET", change("copy of wide", original=1)),
        ("of itself", "OFFSET",
         change("copy of wide", original="copy of wide")),
        ("of a copy", "OFFSET",
         change("copy of wide", original="copy of also")),
        ("of another record", "CHAIN",
         change("copy of wide", original="inner")),
        *((f"other {name}", "VALUE", change("copy of wide", **{name: new}))
          for name, new in (("name", b"wade"), ("last", 111), ("port", 101),
                            ("bits", MORE
                             | EXTENDED | 3), ("flags", RANGE | COPY | 2))),
        ("of all that is on the port before", "CHAIN", other_copies),
        ("one less", "CHAIN", last_less),
        ("one more", "CHAIN", last_more),
        ("one twice", "CHAIN", change(last_copy("also"), name=b"wide",
                                      flags=RANGE | COPY, original="wide")),
    ],
    "cells": [
        *((f"{section} {i} outside", "OFFSET", put(section, i, outside))
          for section in CELLS for i in (0, -1)),
        *((f"{section} {i} middle of a record", "OFFSET", put(section, i, 1))
          for section in CELLS for i in (0, -1)),
        ("slot without a name", "CHAIN", unused_slot),
        ("slot of another name", "CHAIN", used_slot),
        ("slot of a longer name", "CHAIN", longer_name_in_slot),
        ("pilot without names", "VALUE", pilot_without_names),
    ],
    "long names": [
        ("a short one", "STRING", put("longs", 0, "added")),
        ("one of 15 bytes", "STRING",
         change("a-name-of-a-site", name=b"a-name-of-15-by")),
        ("not sorted", "ORDER", backwards("longs")),
        ("twice", "ORDER", twice("longs", 0)),
        ("linked to outside", "OFFSET",
         mark(LONGEST, flags=LINK, next=outside)),
        ("the same in another case", "ORDER",
         change("b-name-of-a-site", name=b"A-NAME-OF-A-SITE")),
    ],
    "ports": [
        ("port 0", "OFFSET", port(0, "web")),
        *((f"rank of chunk {i} by {by}", "COUNT",
           change(("chunks", i), rank=plus(by, 2 ** 16)))
          for i in (0, 1, 500, 1023) for by in (1, 256, 65535)),
        *((f"bit of chunk {i}", "COUNT",
           change(("chunks", i), bits=xor(2 ** 63)))
          for i in (0, 1, 500, 1023)),
        ("a cell more", "COUNT", twice("places", -1)),
        ("a cell less", "COUNT", one_less("places")),
        ("before a range", "VALUE", port(99, "wide")),
        ("behind a range", "OFFSET", port(111, "wide")),
        ("without a port", "OFFSET", port(5, "dns-sd")),
        ("runs on to another", "VALUE", mark("service0", bits=MORE)),
        ("last one without a record", "OFFSET", port(65535, "dns-sd")),
        ("last of a range", "CHAIN", port(110)),
        ("within a range", "CHAIN", hole),
        ("behind a range, with its records", "VALUE",
         port(111, last_copy("wide"))),
        ("last one of all", "CHAIN", port(602)),
        ("last one of all in a range", "CHAIN",
         mark(LONGEST, flags=RANGE, last=603)),
        ("513 without a protocol", "COUNT", wide(513, 16)),
        ("4102 words of copies", "COUNT", more(586, "copy of wide")),
        ("4100 words without a protocol", "COUNT", more(1025, "any")),
    ],
    "runs": [
        ("not from 0 on", "VALUE", change(("runs", 0), first=1)),
        ("not sorted", "ORDER", change(("runs", 1), first=65535)),
        ("twice", "ORDER", twice("runs", 1)),
        *((f"{first} as before", "VALUE", one_run_more(first))
          for first in (50, 80, 105, 400, 65535)),
        ("assigned without a service", "VALUE", change(("runs", 0), statuses=2)),
        ("reserved where a record is", "VALUE", change(("runs", 0), statuses=4)),
    ],
    "details": [
        *((f"{name} by {by}",
           {("STRINGS", -1): "STRING", ("STRINGS", 1): "ORDER"}.get((name, by), "OFFSET"),
           details(name, plus(by)))
          for name in DETAILS_FIELDS for by in (-1, 1, HALF)),
        *((f"{name} {i}", "OFFSET", details(name, i))
          for name in DETAILS_FIELDS for i in (0, MAX)),
        *((f"a byte behind {name}", "OFFSET", behind(name, bytes(1)))
          for name in list(DETAILS_FIELDS)[:2]),
        ("shorter than their header", "OFFSET",
         cut_details(DETAILS_HEADER - 8)),
    ],
    "samples": [
        ("one more", "COUNT", twice("samples", -1)),
        ("one less", "COUNT", one_less("samples")),
        *((f"place {i}", "OFFSET", change(("samples", i), record="added"))
          for i in (0, 1, -1)),
        *((f"row {i} by {by}", "OFFSET",
           change(("samples", i), row=plus(by)))
          for i in (0, 1, -1) for by in (1, HALF)),
    ],
    "nameless": [
        ("not sorted", "ORDER", backwards("nameless")),
        ("backwards", "VALUE", change(("nameless", 0), last=1)),
        *((f"mask {i}", "VALUE", change(("nameless", 0), mask=i))
          for i in (0, 3, 32, 255)),
        ("1025 on a port", "COUNT", nameless_on_a_port(1025)),
        ("row outside", "OFFSET", change(("nameless", -1), row=0xffffff)),
        ("row behind the last", "OFFSET",
         change(("nameless", -1), row=behind_the_rows)),
        ("row within one", "OFFSET", change(("nameless", -1), row=plus(1))),
        ("protocols not sorted", "ORDER", change(("nameless", -1), first=302)),
        ("row of a service", "OFFSET", change(("nameless", -1), row=0)),
    ],
    "rows": [
        ("one less", "OFFSET", one_less("rows")),
        ("one less, and no nameless", "COUNT", rows_end_early),
        ("one more", "COUNT", unused_row),
        ("one twice", "ORDER", twice("rows", -1)),
        ("not sorted", "ORDER", rows_not_sorted),
        ("assignee who is the contact", "VALUE",
         text(row_with("ASSIGNEE"), "ASSIGNEE",
              lambda b, old: row_with("ASSIGNEE")(b).text["CONTACT"])),
        ("description of one that is added", "VALUE",
         change(row_of_added, description=b"x")),
        ("note of one that is added", "VALUE", text(row_of_added, "NOTE", 0)),
        *((f"only {count}", "COUNT", rows_left(count)) for count in (0, 1)),
        *((f"mask {i}", "VALUE", change(row_with("SPLIT"), mask=i))
          for i in (0, 32, 255)),
        *((f"mask {i}, which is not left", "VALUE",
           change(row_with("SPLIT"), mask=i)) for i in (3, 4)),
        ("mask of all that is left", "VALUE",
         change(("rows", -4), marks=["SPLIT"], mask=16)),
        ("control in a description", "STRING",
         change(row_that_is(b"of tcp"), description=b"of\x1btcp")),
        ("description of 4096 bytes", "STRING",
         change(("rows", -1), description=b"x" * 4096)),
        ("middle of a string", "OFFSET",
         text(row_with("CONTACT"), "CONTACT", plus(1))),
        *((f"unknown text {i}", "VALUE",
           change(row_with("SERVICE_CODE"), rare=3 | i)) for i in (4, 128)),
        ("rare ones of which there are none", "VALUE", no_rare_text),
        *((f"{name} outside", "OFFSET", text(row_with(name), name, 0xffffff))
          for name in TEXTS),
        *((f"{name} at the end", "OFFSET",
           text(row_with(name), name, at_the_end)) for name in TEXTS),
        ("split without a name", "VALUE",
         change(("rows", -1), marks=["SPLIT"], mask=1)),
        ("description without end", "OFFSET", byte("STRINGS", -1, 120)),
    ],
    "strings": [
        ("control", "STRING", byte("STRINGS", 0, 27)),
        ("one that nothing refers to", "COUNT", one_string_more),
        ("twice", "ORDER", strings_twice),
        ("not sorted", "ORDER", strings_backwards),
        ("no NUL at the end", "STRING", byte(-1, 0, 120)),
        ("no room for a row", "OFFSET", no_room_for_a_row),
        ("something behind the last", "STRING", behind_the_strings),
    ],
    "characters": [
        *((f"bytes {text.hex()}", "STRING", change(
            row_that_is(b"of tcp"), description=b"of " + text + b"tcp"))
          for text in BAD_UTF8),
        *((f"character {ord(c):x}", "STRING", change(
            row_that_is(b"of tcp"), description=f"of {c}tcp".encode()))
          for c in "\x1f\x7f" + CONTROLS),
    ],
    # These are none, and must be accepted.
    "harmless": [
        ("whole", "ok", change("web")),
        ("255 on a port", "ok", crowd(255)),
        ("no details", "ok", nothing("samples")),
        ("51 with five protocols", "ok", crowd(51, bits=31)),
        ("31 long names on a port", "ok", crowd(31, names=[LONGEST])),
        ("255 of a name", "ok", crowd(254, names=["inner"])),
        ("a name's bytes", "ok", change(
            LONGEST, name=b"\xbf\xc3\xa9\xff!~" * 4)),
        ("the characters beside those that are refused", "ok", change(
            ("rows", -1), description=f"~{BESIDE}".encode())),
        ("512 ports without a protocol", "ok", wide(512, 16)),
        ("513 ports with one", "ok", wide(513, 1)),
        ("1024 nameless on a port", "ok", nameless_on_a_port(1024)),
        ("description of 4095 bytes", "ok",
         change(("rows", -1), description=b"x" * 4095)),
        ("other statuses", "ok", change(("runs", 0), statuses=0b11010000)),
    ],
}
