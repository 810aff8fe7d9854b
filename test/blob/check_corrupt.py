#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""usage: check_corrupt.py COMPILER ASK CHANGED

Breaks a small registry's blob in every way that the library must refuse, mends
its checksum, and has ASK open it and ask it everything: each fault, which
faults.py lists, has its error. Then changes it at random, CHANGED times in each
of two ways: whatever is accepted must be harmless, which ASK sees if it is
built with sanitizers."""

import random
import subprocess
import sys
import tempfile
import unittest
from types import SimpleNamespace

from blob_parts import BIT, mend
from faults import ALIAS, COPY, FAULTS, LINK, RANGE
from target import (
    TEXTS, Target, change, compile_records, compile_registry, first_on, mark,
    nothing, port, put, record, text, words_of_copies, words_without_protocol)

COMPILER, ASK = sys.argv[1:3]
CHANGED = int(sys.argv[3])
WHOLE = compile_registry(COMPILER)
FRESH = {cell: Target(WHOLE, cell).copier() for cell in (2, 3)}


# ---- At random --------------------------------------------------------------

def change_bytes(chance):
    """Some bytes, mostly outside of the chunks, which are most of it."""
    b = FRESH[chance.choice((2, 3))]()
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
    b = FRESH[chance.choice((2, 3))]()
    every = b.records + b.portless
    below = chance.randrange
    for _ in range(chance.choice((1, 2, 3))):
        r, other = chance.choices(every, k=2)
        chance.choice((
            mark(r, flags=chance.choice((LINK, ALIAS, COPY, RANGE, 14))),
            change(r, flags=below(128)),
            change(r, bits=r.bits ^ 1 << below(8)),
            change(r, port=other.port, last=other.last),
            change(r, name=other.name),
            port(below(98, 114), r),
            port(below(65536)),
            put("slots", below(len(b.slots)), r),
            text(chance.choice(b.rows), chance.choice(TEXTS[:6]), below(200)),
            change(chance.choice(b.nameless),
                   **{chance.choice(("first", "last", "row")): below(400)}),
        ))(b)
        change(r, next=r.next or other, steps=r.steps or chance.choice((1, 2)),
               original=chance.choice((r.original, other)))(b)
    return b.pack()


# ---- All together -----------------------------------------------------------

def ask(blobs, *arguments):
    """What ASK says of each blob; and why it ended early, if it did."""
    with tempfile.TemporaryFile() as f:
        for blob in blobs:
            f.write(len(blob).to_bytes(4, "little") + blob)
        f.seek(0)
        done = subprocess.run([ASK, *arguments], stdin=f, capture_output=True)
    stop = done.stderr.decode("utf-8", "replace") or f"{done.returncode}"
    return done.stdout.decode().splitlines(), done.returncode and stop


def broken(make, cell):
    """What the verb returns, or what it left."""
    b = FRESH[cell]()
    made = make(b)
    return b.pack() if made is None else made


class Corrupt(unittest.TestCase):
    def check_faults(self, part):
        faults = [(f"{what}, cells of {cell}", expected, broken(make, cell))
                  for what, expected, make in FAULTS[part] for cell in FRESH]
        answers, stop = ask(blob for _, _, blob in faults)
        answers.append(f"stopped: {stop}")
        for (what, expected, _), answer in zip(faults, answers):
            with self.subTest(what):
                self.assertEqual(answer.partition(" ")[0], expected, answer)
        self.assertFalse(stop)

    def test_every_fault_has_a_name_of_its_own(self):
        names = [(part, what) for part, faults in FAULTS.items()
                 for what, _, _ in faults]
        print(f"{len(names)} faults in {len(FAULTS)} parts")
        self.assertEqual(len(set(names)), len(names))

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
        (two, three), _ = ask(fresh().pack() for fresh in FRESH.values())
        self.assertEqual(two, three)

    def test_the_first_of_two_for_all_protocols_counts(self):
        one, two = FRESH[2](), FRESH[2]()
        i = [n.mask for n in two.nameless].index(BIT["NONE"])
        other = SimpleNamespace(**vars(two.nameless[i]))
        other.row = two.nameless[i - 1].row
        two.nameless.insert(i + 1, other)
        (first, both), _ = ask([one.pack(), two.pack()])
        self.assertEqual(first, both)
        two.nameless.insert(i, other)
        (other,), _ = ask([two.pack()])
        self.assertNotEqual(first, other)

    def test_many_ranges_on_every_port_are_walked_once(self):
        blob = compile_records(COMPILER, "".join(
            record(f"wide{i}", "tcp", "1-65535") for i in range(255)))
        answers, stop = ask([blob], "next")
        self.assertFalse(stop)
        self.assertRegex(answers[0], "^ok 255 ")

    def test_records_have_places_of_24_bits(self):
        """Zeros are no record, but that is seen later."""
        b, answers = FRESH[3](), []
        b.samples, b.portless = [], []
        for words in 2 ** 24 - 1, 2 ** 24:
            b.records = [SimpleNamespace(raw=bytes(2 * words))]
            answers += ask([b.pack()])[0]
        self.assertEqual(answers, ["VALUE", "OFFSET"])

    def test_small_registries_are_accepted(self):
        """Of every size, without a text but the description, and with an alias
        at the end."""
        blobs = [compile_records(
            COMPILER, "<record><name>a</name><protocol>tcp</protocol><number>1"
            f"</number><description>{'d' * size}</description></record>",
            overlay=f"a 1/tcp {'b' * (size + 1)}\n") for size in range(8)]
        self.assertEqual([answer.split()[:2] for answer in ask(blobs)[0]],
                         [["ok", "2"]] * 8)

    def test_ports_that_differ_in_reserved_are_accepted(self):
        blob = compile_records(COMPILER, record("range", "sctp", "100-110") + "".join(
            record(None, proto, "105", "Reserved") for proto in ("tcp", "udp")))
        self.assertEqual(ask([blob])[0][0].split()[0], "ok")

    def test_copy_before_its_original(self):
        self.check_changed(
            record("g", "tcp", "80") + record("r", "tcp", "100-105")
            + record("a", "tcp", "105"), "VALUE",
            change("copy of r", name=b"a", port=105, flags=COPY, original="a"))

    def test_alias_of_another_one_on_a_later_port(self):
        """Whatever is on that port, an alias stands for one service."""
        wide = record("wide", "tcp", "100-110") + record("wider", "tcp", "100-110")
        also = record("also", "tcp", "100-110",
                      note='This entry is an alias to "wide".')
        self.check_changed(wide + also + record("inner", "tcp", "105"), "CHAIN",
                           change("copy of also", steps=1))

    def test_copies_in_another_order(self):
        def swapped(b):
            copies = [b.copy_of(name) for name in ("wide", "wider")]
            at = b.records.index(copies[0])
            b.records[at:at + 2] = copies[::-1]
            first_on(b, 105)
            first_on(b, 105, copies[1])

        self.check_changed(record("wide", "tcp", "100-110") + record(
            "wider", "tcp", "100-110") + record("inner", "tcp", "105"), "CHAIN", swapped)

    def test_status_that_no_port_reads(self):
        """Of tcp, also in the last run; and of udp where a record has it."""
        for port, i, shift in ("300", 1, 0), ("65535", -1, 0), ("300", 1, 2):
            records = record("any", None, port) + record("half", "tcp", port)
            if shift:
                records += record(None, "udp", port, "Reserved")
            for status in 1, 2, 3:
                self.check_changed(records, "VALUE", change(
                    ("runs", i), statuses=lambda b, old: old | status << shift))

    def test_reserved_where_only_a_name_of_a_site_is(self):
        self.check_changed(
            record("a", "tcp", "80") + record(None, None, "490-510", "Reserved"),
            "VALUE", change("site", bits=BIT["TCP"] | BIT["EXTENDED"]),
            overlay="site 500/tcp\n")

    def test_run_that_starts_before_its_status_is_read(self):
        self.check_changed("".join(
            record("four", proto, "299") for proto in ("tcp", "udp", "sctp", "dccp"))
            + record("any", None, "300"), "VALUE", change(("runs", 1), first=299))

    def test_run_that_could_be_part_of_the_one_before(self):
        """It has a status more, which no port before reads."""
        self.check_changed(
            record("any", None, "300") + record("half", "tcp", "300")
            + record("all", None, "301"), "VALUE",
            change(("runs", 1), statuses=0b10101000),
            lambda b: b.runs.insert(2, SimpleNamespace(first=301, statuses=0b10101010)))

    def test_rows_that_are_split_in_another_way(self):
        records = "".join(record("many", protocol, "80", protocol)
                          for protocol in ("tcp", "udp", "sctp"))
        for changes in (
                [change(("rows", 0), mask=2), change(("rows", 1), mask=1)],
                [change(("rows", 0), mask=3), lambda b: b.rows.pop(1)],
                [change(("rows", 0), description=b"sctp")]):
            self.check_changed(records, "VALUE", *changes)

    def check_changed(self, records, error, *changes, **names):
        """What the compiler makes is accepted, and not with these changes."""
        b = Target(compile_records(COMPILER, records, **names), 2)
        whole = b.pack()
        for verb in changes:
            verb(b)
        (good, bad), _ = ask([whole, b.pack()])
        self.assertEqual((good[:3], bad), ("ok ", error))

    # ---- Limits: what reaches one is accepted, and what exceeds it is not

    def test_words_without_protocol(self):
        self.check_changed(record("b", "tcp", "80") + words_without_protocol(
            4096), "COUNT", change("n" * 8, name=b"n" * 9))

    def test_words_of_copies(self):
        self.check_changed(words_of_copies(4096), "COUNT", *(
            change(name, name=b"longer") for name in ("r01", "copy of r01")))

    def test_ports_without_protocol(self):
        self.check_changed("".join(
            record(f"n{i}", None if i else "tcp", f"{1000 + i}")
            for i in range(513)), "COUNT", change("n0", bits=16))

    def test_records_without_name(self):
        self.check_changed(record("a", "tcp", "80") + record(
            None, "tcp", "1000-3022", "Reserved") + "".join(
                record(None, "udp", f"{2000 + i}", "Reserved")
                for i in range(1024)),
            "COUNT", change(("nameless", 0), last=3023))

    def test_description(self):
        self.check_changed(record("a", "tcp", "80", "d" * 4095), "STRING",
                           change(("rows", 0), description=b"d" * 4096))

    def test_distance_of_samples(self):
        """In words, and in bytes of rows."""
        last = record("last", "tcp", "5000")
        blobs = [compile_records(COMPILER, records + last) for records in (
            *(words_of_copies(words) for words in range(4050, 4097)),
            *(record("a", "tcp", "80", "d" * size)
              for size in range(4070, 4096)))]
        self.assertEqual({answer[:3] for answer in ask(blobs, "next")[0]},
                         {"ok "})

    def test_a_sample_wherever_the_next_row_is_far(self):
        """By places, behind copies; by rows, behind long texts."""
        blob = compile_records(COMPILER, "".join([
            *(record(f"range-number-{i:02x}", "tcp", "100-106")
              for i in range(170)),
            record("inner", "tcp", "105"), record("next", "tcp", "300"),
            *(record(f"long{i}", "tcp", f"{400 + i}", "x" * 3000)
              for i in range(3))]))
        count = len(Target(blob, 2).samples)
        blobs = [blob]
        for i in range(count):
            b = Target(blob, 2)
            blobs.append(b.pack() if b.samples.pop(i) else None)
        self.assertLessEqual({b"next", b"long2"}, {
            s.record.name for s in Target(blob, 2).samples})
        (whole, *fewer), stop = ask(blobs)
        self.assertFalse(stop)
        self.assertRegex(whole, "^ok 175 ")
        self.assertEqual(fewer, ["OFFSET"] * (count - 1) + ["COUNT"])

    def test_cell_that_looks_like_a_record(self):
        """Place 0x10000 is two zeros and a protocol, to which a cursor without
        a port may lead."""
        b = FRESH[3]()
        nothing("samples")(b)
        last = SimpleNamespace(port=0, bits=16, flags=0, name=b"web")
        mark(b.portless[-1], flags=LINK, next=last)(b)
        self.assertEqual(b.portless[-1].name, b"web")
        size = 2 * 0x10000 - len(b.pack_records(b.records + b.portless, 0))
        b.portless.append(last)
        whole, rest = divmod(size, 258)
        sizes = [258] * (whole - 1) + [half := (rest + 258) // 4 * 2,
                                       rest + 258 - half]
        for i, size in enumerate(sizes):
            r = SimpleNamespace(port=1000 + i, bits=1, flags=0,
                                name=f"{i:x}".encode().zfill(size - 4))
            b.records.append(r)
            b.longs.append(r)
            first_on(b, r.port, r)
        b.longs.sort(key=lambda r: r.name)
        (answer,), stop = ask([b.pack()])
        self.assertFalse(stop)
        self.assertEqual(b.place[id(last)], 0x10000)
        self.assertRegex(answer, "^ok ")

    def test_bytes_at_random(self):
        self.check_random(change_bytes)

    def test_fields_at_random(self):
        self.check_random(change_fields)


for part in FAULTS:
    setattr(Corrupt, "test_" + part.replace(" ", "_"),
            lambda self, part=part: self.check_faults(part))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
