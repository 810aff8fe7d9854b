# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""A small registry that has something of everything, and the verbs that break
its blob.

A verb, such as port(80, "web"), gives what is to be done with a Target. What
it sets is a number or bytes; a record's name in text, for that record; or a
function that makes it of the target and what was there."""

import pathlib
import pickle
import subprocess
import tempfile
from types import SimpleNamespace

from blob import COMMON, RARE
from blob_parts import BIT, DETAILS_FIELDS, FIELDS, Parts, mend, resize

TEXTS = [name for _, name in (*COMMON, *RARE) if name not in ("RARE", "SPLIT")]
EXTENDED, MORE, RANGE = BIT["EXTENDED"], BIT["MORE"], BIT["RANGE"]
LONGEST = "c" * 255


def record(name, protocol, number, description="", **more):
    texts = {"name": name, "protocol": protocol, "number": number,
             "description": description, **more}
    return "<record date='2001-01-01' updated='2002-02-02'>" + "".join(
        f"<{tag}>{text}</{tag}>" for tag, text in texts.items() if text) \
        + "<xref type='person' data='One'/><xref data='ref'/></record>"


HEAD = "<registry xmlns='http://www.iana.org/assignments'" \
    " id='service-names-port-numbers'><updated>2019-09-09</updated>"
RECORDS = "".join([
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
    *(record(f"service{i}", "tcp", f"{400 + i}") for i in range(30))])
CONVENTIONAL = "inner 105/tcp in\nadded 500/udp\n"
OVERLAY = "a-name-of-a-site 600/tcp\nb-name-of-a-site 601/udp\n" \
    f"{LONGEST} 602/tcp\nsite 80/tcp\n"


# ---- At the limits ----------------------------------------------------------

def words_without_protocol(count):
    """So many words, about 4096, in records that have no protocol."""
    ports = [(f"n{i:014}", 1000 + i) for i in range(409)]
    return "".join(record(name, None, str(port)) for name, port in (
        *ports, ("n" * (2 * (count - 4090) - 4), 1409)))


def words_of_copies(count):
    """So many words, 3996 to 4200, in copies that follow each other: range i
    has i copies, since the ranges before it end one after the other."""
    records, left = [], count - 6 * sum(range(37))
    for i in range(36, -1, -1):
        more = min(6, left // i) if i else 0
        left -= i * more
        records.append(record(f"r{i:02}".ljust(3 + 2 * more, "r"), "tcp",
                              f"1000-{2000 + 2 * i}"))
    return "".join(records)


def compile_records(compiler, records, **names):
    """The blob of a registry; names are the texts of more files."""
    with tempfile.TemporaryDirectory() as out:
        def file(name, text):
            return pathlib.Path(out, name).write_text(text) and f"{out}/{name}"

        subprocess.run([
            compiler, "--blob", f"{out}/blob", file(
                "xml", f"{HEAD}{records}</registry>"),
            *(word for name, text in names.items()
              for word in (f"--{name}", file(name, text)))], check=True)
        return pathlib.Path(out, "blob").read_bytes()


def compile_registry(compiler):
    return compile_records(compiler, RECORDS, conventional=CONVENTIONAL,
                           overlay=OVERLAY)


class Target(Parts):
    """The registry's blob in parts, and as packed before it was changed."""

    def __init__(self, data, cell):
        super().__init__(data)
        assert self.pack() == data
        self.cell = cell
        self.packed = self.pack()

    def copier(self):
        """What makes copies of it fast."""
        saved = pickle.dumps(self)
        return lambda: pickle.loads(saved)

    def record(self, name):
        """The first of that name, or the one that stands to it as said."""
        said, _, name = name.rpartition(" ")
        if said:
            return getattr(self, said.split()[0] + "_of")(name)
        return next(r for r in self.records + self.portless
                    if r.name == name.encode() and not r.flags & BIT["COPY"])

    def copy_of(self, name):
        return next(r for r in self.records
                    if r.name == name.encode() and r.flags & BIT["COPY"])

    def next_of(self, name):
        return self.record(name).next

    def last_of(self, name):
        r = self.record(name)
        while r.next:
            r = r.next
        return r

    def thing(self, which):
        """A record by its name, an element by section and index, or what a
        function finds."""
        if isinstance(which, str):
            return self.record(which)
        if isinstance(which, tuple):
            return getattr(self, which[0])[which[1]]
        return which(self) if callable(which) else which

    def value(self, new, old=None):
        if isinstance(new, str):
            return self.record(new)
        return new(self, old) if callable(new) else new

    def index(self, port):
        """Of a port's cell in PLACES."""
        chunk = self.chunks[port // 64]
        before = chunk.bits & (1 << port % 64) - 1
        return chunk.rank + bin(before).count("1")

    def position(self, where):
        """Of a section, or of a byte; of one from the end, if it is less than
        0."""
        if where in self.at:
            return self.at[where]
        if where in self.details_at:
            return self.at["DETAILS"] + self.details_at[where]
        return where % len(self.packed)


def verb(function):
    """It takes the target before what stands in the table."""
    return lambda *args, **fields: lambda b: function(b, *args, **fields)


# ---- Values -----------------------------------------------------------------

def plus(by, limit=2 ** 32):
    return lambda b, old: (old + by) % limit


def xor(bits):
    return lambda b, old: old ^ bits


def of_field(name):
    """What another field of the header says."""
    return lambda b, old: b.at[name]


def outside(b, old):
    """The largest place."""
    return 256 ** b.cell - 1


# ---- Header, whole sections and bytes ---------------------------------------

def replaced(data, at, new):
    return mend(data[:at] + new + data[at + len(new):])


def field_replaced(b, at, width, new):
    value = b.value(new, int.from_bytes(b.packed[at:at + width], "little"))
    if isinstance(value, int):
        value = value.to_bytes(width, "little")
    b.packed = replaced(b.packed, at, value)
    return b.packed


@verb
def header(b, name, new):
    """A field."""
    return field_replaced(b, *FIELDS[name], new)


@verb
def headers(b, names, new):
    """Several fields alike."""
    for name in names:
        field_replaced(b, *FIELDS[name], new)
    return b.packed


@verb
def details(b, name, new):
    """A field of the details' header."""
    at, width = DETAILS_FIELDS[name]
    return field_replaced(b, b.at["DETAILS"] + at, width, new)


@verb
def behind(b, section, data):
    b.behind[section] = data


@verb
def byte(b, where, by, value):
    return replaced(b.packed, b.position(where) + by, bytes([value]))


@verb
def flip(b, where):
    """A bit of a byte, and leave the checksum as it was."""
    at = b.position(where)
    return b.packed[:at] + bytes([b.packed[at] ^ 16]) + b.packed[at + 1:]


@verb
def cut(b, where):
    return b.packed[:b.position(where)]


@verb
def longer(b, by):
    return b.packed + bytes(by)


@verb
def cut_details(b, size):
    return resize(b.packed[:b.at["DETAILS"] + size])


# ---- Elements ---------------------------------------------------------------

@verb
def change(b, which, **fields):
    """Fields of a record, or of an element that has several."""
    thing = b.thing(which)
    for name, new in fields.items():
        setattr(thing, name, b.value(new, getattr(thing, name, None)))


@verb
def mark(b, which, bits=0, flags=0, **fields):
    """Bits and flags that a record has besides."""
    r = b.thing(which)
    r.bits |= bits | (EXTENDED if flags else 0)
    r.flags |= flags
    change(r, **fields)(b)


@verb
def put(b, section, i, new):
    """An element that is a number or a record."""
    getattr(b, section)[i] = b.value(new)


@verb
def twice(b, section, i):
    elements = getattr(b, section)
    elements.insert(i, elements[i])


@verb
def one_less(b, section):
    getattr(b, section).pop()


@verb
def backwards(b, section):
    getattr(b, section).reverse()


@verb
def nothing(b, section):
    getattr(b, section).clear()


# ---- Ports ------------------------------------------------------------------

def first_on(b, port, *new):
    """The record that the port starts with, or none."""
    i, chunk = b.index(port), b.chunks[port // 64]
    had = chunk.bits >> port % 64 & 1
    b.places[i:i + had] = new
    chunk.bits ^= (had ^ len(new)) << port % 64
    for chunk in b.chunks[port // 64 + 1:]:
        chunk.rank += len(new) - had


@verb
def port(b, number, *which):
    """The record that it starts with; without one, nobody is there."""
    first_on(b, number, *map(b.thing, which))


@verb
def crowd(b, count, bits=1, names=("inner", "half")):
    """So many records on one more port, in turn with these names, at the end
    of their chains."""
    last = [b.last_of(name) for name in names]
    added = []
    for i in range(count):
        before = last[i % len(last)]
        r = SimpleNamespace(port=700, bits=bits | MORE, name=before.name,
                            flags=0)
        mark(before, flags=BIT["LINK"], next=r)(b)
        last[i % len(last)] = r
        added.append(r)
    r.bits ^= MORE
    b.records += added
    first_on(b, 700, added[0])
    b.samples = []


@verb
def wide(b, count, bits):
    """A record on so many more ports."""
    crowd(1, bits, ["inner"])(b)
    r = b.records[-1]
    mark(r, flags=RANGE, last=r.port + count - 1)(b)
    for number in range(r.port + 1, r.last + 1):
        first_on(b, number, r)


# ---- Details ----------------------------------------------------------------

def row_with(name):
    """The first that has that text, or that mark."""
    return lambda b: next(row for row in b.rows
                          if name in row.text or name in row.marks)


def at_the_end(b, old):
    """Where the strings end."""
    return b.details_at["END"] - b.details_at["STRINGS"]


@verb
def text(b, which, name, new):
    """Where a text of a row is."""
    texts = b.thing(which).text
    texts[name] = b.value(new, texts.get(name))
