#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""Random registries: does every look-up answer as a linear search does?

    differential.py COMPILER ORACLE_ASK [--count N] [--seed N]
        [--keep DIRECTORY] [--first]

Each registry of random_registry.py is compiled to a dump and a blob. The dump
must be what oracle.py reads in the same XML and lines. Then every question is
answered by reading all services and all rows of that dump, one after the
other, and put to the blob. A registry that differs is cut down to the fewest
records, fields, lines and words that still differ, and is printed. With
--first, the first one ends it as it is."""

import argparse
import os
import pathlib
import re
import resource
import subprocess
import sys
import tempfile
import time

import oracle
from random_registry import PARTS, Case, Generator

BITS = {proto: bit for bit, proto in enumerate(oracle.RANK)}
TWICE = re.compile(r"conventional:(\d+):.*( here twice | is already here )")


class Scan:
    """Where oracle.py has an index: finds by reading everything."""

    def __init__(self, find):
        self.find = find

    def get(self, key, default=None):
        found = self.find(key)
        return default if found is None else found

    def __getitem__(self, key):
        return self.find(key)


class Ports(Scan):
    def __init__(self, services):
        super().__init__(lambda port: sorted(
            (s for s in services if 0 <= s.port <= port <= s.last),
            key=oracle.Service.port_order))
        self.services = services

    def __iter__(self):
        yield from {port for s in self.services if s.port >= 0
                    for port in range(s.port, s.last + 1)}


class Linear(oracle.Registry):
    silent = False                      # nameless records have no details

    def leave_out_details(self):
        rows = self.nameless
        super().leave_out_details()
        self.nameless, self.silent = rows, True

    def index(self):
        self.services.sort(key=oracle.Service.enumeration_order)
        self.nameless.sort(key=lambda n: (n[0], BITS[n[2]]))
        self.named = Scan(lambda name: sorted(
            (s for s in self.services if oracle.fold(s.name) == name),
            key=oracle.Service.name_order))
        self.on = Ports(self.services)
        self.rows = Scan(self.status_of_row)
        self.says = Scan(lambda key: next(
            (n for n in self.nameless if not self.silent
             and n[0] <= key[0] <= n[1] and n[2] == key[1]), None))

    def status_of_row(self, key):
        port, proto = key
        rows = [oracle.ASSIGNED for s in self.services
                if s.port <= port <= s.last and s.proto == proto
                and not s.flags & oracle.ADDED]
        rows += [oracle.UNASSIGNED if oracle.FREE.match(details[0])
                 else oracle.RESERVED
                 for first, last, of, details in self.nameless
                 if first <= port <= last and of == proto]
        return max(rows, default=None)

    # ---- The dump, as ianaport-compile(1) has it ----------------------------

    def dump(self):
        yield f"updated {self.updated}"
        for s in self.services:
            head = f" alias-of {quoted(s.head.name)}" if s.head else ""
            yield (f"service {place(s.port, s.last, s.proto)} "
                   + quoted(s.name)
                   + " local" * bool(s.flags & oracle.LOCAL)
                   + " moved" * bool(s.flags & oracle.MOVED)
                   + " added" * bool(s.flags & oracle.ADDED) + head)
        for first, last, proto, details in self.nameless:
            free = oracle.FREE.match(details[0])
            yield (f"row {place(first, last, proto)} "
                   f"{'unassigned' if free else 'reserved'} "
                   f'"{oracle.utf8(details[0])}"')


def quoted(name):
    if name[0] != '"' and " " not in name:
        return name
    return '"' + re.sub(r'(["\\])', r"\\\1", name) + '"'


def place(first, last, proto):
    number = "-" if first < 0 else first if first == last else f"{first}-{last}"
    return f"{number}/{oracle.PROTOCOL.get(proto, '-')}"


# ---- Questions --------------------------------------------------------------

def ports_of_interest(registry):
    """Both sides of each end of each range, and of what is always an end."""
    spans = [(s.port, s.last) for s in registry.services]
    spans += [n[:2] for n in registry.nameless]
    ends = {port for span in spans for port in span}
    ends |= {0, 1024, 49152, 65535}
    return sorted({end + by for end in ends for by in (-1, 0, 1)}) + [2**31 - 1]


def texts(registry):
    """All names, and a few that are none."""
    names = dict.fromkeys(oracle.fold(s.name) for s in registry.services)
    yield from names
    if names:
        longest = max(names, key=len)
        yield from [text for text in oracle.near_misses(longest[:20])
                    if oracle.fold(text) not in names
                    and not set(text) & {"\0", "\n", "\t"}]
    yield from ("", "/", "/tcp", "80", "080", "65536", "80/tcp", "none/udp")


def questions(registry):
    yield f"date \t{registry.updated}"
    yield from oracle.enumerations(registry)
    for text in texts(registry):
        upper = text.encode("latin-1").upper().decode("latin-1")
        yield from oracle.about_name(registry, text, (text, upper))
    for port in ports_of_interest(registry):
        yield from oracle.about_port(registry, port)


# ---- A case -----------------------------------------------------------------

def run(*command, **options):
    """Whatever takes so many seconds of a processor hangs."""
    return subprocess.run(
        command, text=True, capture_output=True, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (20, 20)),
        **options)


class Judge:
    def __init__(self, compiler, ask, folder):
        self.compiler, self.ask = compiler, ask
        self.folder = pathlib.Path(folder)
        self.asked = self.too_large = 0

    def write(self, case):
        """Its files; returns the options that oracle.py has in common."""
        self.folder.joinpath("records").write_text(case.xml(), "utf-8")
        options = []
        for part in PARTS[1:]:
            if not case.parts[part]:
                continue
            file = self.folder / part
            file.write_bytes("\n".join(case.parts[part] + [""]).encode())
            kind = "conventional" if part == "conventional" else "overlay"
            options += [f"--{kind}", str(file)]
        return options + ["--no-details"] * (not case.details)

    def compile(self, case):
        """Returns the options, and what the compiler says if it fails. Lines
        that name something twice are taken out: they are an error."""
        while True:
            options = self.write(case)
            done = run(self.compiler, "--dump", self.folder / "dump",
                       "--blob", self.folder / "blob", *options,
                       self.folder / "records")
            twice = done.returncode and TWICE.search(done.stderr)
            if not twice:
                return options, done.returncode and (
                    f"{done.returncode}\n{done.stderr}")
            del case.parts["conventional"][int(twice[1]) - 1]

    def differs(self, case):
        """What differs; None if nothing does."""
        options, failed = self.compile(case)
        if failed and failed.endswith("than the format can hold\n"):
            self.too_large += 1
            return None
        if failed:
            return f"compiler: {failed.splitlines()[-1]}"
        files = [self.folder / part for part in PARTS[2:]
                 if case.parts[part]]
        registry = Linear(self.folder / "records",
                          self.folder / "conventional"
                          if "--conventional" in options else None,
                          files, case.details)
        dump = self.folder.joinpath("dump").read_text("latin-1")
        expected = "\n".join(registry.dump()) + "\n"
        if dump != expected:
            lines = set(dump.split("\n")) ^ set(expected.split("\n"))
            return f"dump: {sorted(lines) or 'order'}"
        return self.put(list(questions(registry)))

    def put(self, lines):
        text = "\n".join([*lines, f"end\t{len(lines)}", ""])
        done = run(self.ask, "--registry", self.folder / "blob", input=text,
                   encoding="latin-1")
        count = re.search(r"(\d+) questions", done.stdout)
        self.asked += int(count[1]) if count else 0
        return None if done.returncode == 0 else \
            f"answer: {done.returncode}\n{done.stderr}"


# ---- Shrinking --------------------------------------------------------------

def without(items, still):
    """The fewest items for which it is still so."""
    size = len(items)
    while size:
        at = 0
        while at < len(items):
            fewer = items[:at] + items[at + size:]
            if still(fewer):
                items = fewer
            else:
                at += size
        size //= 2
    return items


def kind_of(found):
    """What stays the same while it is cut down."""
    return found and re.sub("^(answer|dump).*|[^a-z ]", r"\1", found,
                            flags=re.S)


def shrink(case, judge):
    kind = kind_of(judge.differs(case))

    def still(part, items):
        trial = Case(case.parts | {part: items}, case.details)
        try:
            return kind_of(judge.differs(trial)) == kind
        except (SyntaxError, LookupError, ValueError):
            return False                # no longer XML, or no line

    def still_without(part, i, words):
        lines = list(case.parts[part])
        lines[i] = "".join(words)
        return still(part, lines)

    for part in PARTS:
        case.parts[part] = without(case.parts[part],
                                   lambda items: still(part, items))
    for part in PARTS:
        for i, line in enumerate(case.parts[part]):
            words = re.split(r"(?<=>)(?=<)|(?<= )", line)
            case.parts[part][i] = "".join(without(
                words, lambda words: still_without(part, i, words)))
    return case


def report(case, judge, seed, keep):
    print(f"registry {seed} differs: {judge.differs(case)}")
    case = shrink(case, judge)
    print(f"at the least: {judge.differs(case)}")
    for part in PARTS:
        print(f"-- {part}\n" + "\n".join(case.parts[part]))
    if not case.details:
        print("-- --no-details")
    if keep:
        judge.folder = pathlib.Path(keep, str(seed))
        judge.folder.mkdir(parents=True, exist_ok=True)
        judge.compile(case)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("compiler")
    parser.add_argument("ask")
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--keep")
    parser.add_argument("--first", action="store_true")
    args = parser.parse_args()
    start, wrong = time.monotonic(), 0
    with tempfile.TemporaryDirectory() as folder:
        judge = Judge(os.path.abspath(args.compiler), args.ask, folder)
        for seed in range(args.seed, args.seed + args.count):
            case = Generator(seed).case()
            differs = judge.differs(case)
            if differs and args.first:
                sys.exit(differs)
            if differs:
                wrong += 1
                report(case, judge, seed, args.keep)
                judge.folder = pathlib.Path(folder)
            if wrong == 3:
                break
    print(f"differential: {args.count} registries, {judge.too_large} too large "
          f"for the format, {judge.asked} questions, {wrong} wrong, "
          f"{time.monotonic() - start:.0f} s")
    return 1 if wrong or judge.too_large > args.count / 20 else 0


if __name__ == "__main__":
    sys.exit(main())
