#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""usage: worst.py COMPILER WORST [BLOB...]

How long can a look-up take, whatever a blob holds that the library accepts?
Compiles registries that are as bad as the limits of ianaport-blob(5) allow, or
takes BLOBs. WORST finds the slowest argument of each call; callgrind counts the
instructions of these calls, and of opening. No look-up may take more than 20
microseconds, and opening no more than 5 ns a byte. A look-up follows lists, and
gets 5 instructions a nanosecond; opening gets 10. Where this was written, they
made more: the times beside the counts are of the machine at hand."""

import pathlib
import re
import subprocess
import sys
import tempfile

CALL, BYTE = 20000 * 5, 5 * 10
MANY = 20000                    # names: a megabyte or more
HEAD = ("<registry xmlns='http://www.iana.org/assignments'"
        " id='service-names-port-numbers'><updated>2026-01-01</updated>")


def record(name, number=None, protocol="tcp", description=None, more=""):
    texts = {"name": name, "protocol": protocol, "description": description, "number": number}
    return "<record>{}{}</record>".format("".join(
        f"<{tag}>{text}</{tag}>" for tag, text in texts.items() if text is not None), more)


def names(count, size=15):
    """Different ones that begin alike, so that comparing them takes long."""
    return [f"{i:a>{size}x}" + "z" * (size < 6) for i in range(count)]


def long_line(count, size, port=7):
    first, *others = names(count, size)
    return f"{first} {port}/tcp {' '.join(others)}\n"


def alias(name, number, of):
    return record(name, number, more=f'<note>This entry is an alias to "{of}".</note>')


PROTOCOLS = "tcp", "udp", "sctp", "dccp", None
TEXTS = ("<xref type='person' data='P{0}'/><assignee>A{0}</assignee><xref data='r{0}'/>"
         "<note>N{0}</note><sc>{0}</sc><unauthorized>U{0}</unauthorized>")

# What is bad, the records, and a site's lines.
REGISTRIES = {
    "255 ranges on every port": [record(name, "1-65535") for name in names(255)],
    "255 names on a port": [record(name, "7") for name in names(255)],
    "255 aliases on a port": [record("first", "7"), *(
        alias(name, "7", "first") for name in names(254))],
    "255 services of 51 names": [
        record(name, "7", proto) for name in names(51) for proto in PROTOCOLS],
    "255 services of a name": [record("a-name", f"{i}") for i in range(1, 256)],
    "31 long names on a port": (record("x", "8"), long_line(30, 250)),
    "31 names of a site on a port": (record("x", "8"), "".join(
        f"{name} 7/tcp\n" for name in names(30, 250))),
    "ranges that end in turn": [record(f"r{i}", f"9-{100 + i}") for i in range(25)]
    + [record("last", "65535")],
    "512 ports without a protocol": [record(f"n{i}", f"{i + 9}", None) for i in range(512)]
    + [record("last", "65535")],
    "two ports far apart": [record("first", "1"), record("last", "65535")],
    "1023 records within one": [
        record("x", "1"), record(None, "9-5000", None, "Reserved"), *(
            record(None, f"{i + 10}", "tcp", "Reserved") for i in range(1023))],
    "long descriptions": [record(name, None, proto, f"{proto}" + "d" * 4080)
                          for name in names(300) for proto in PROTOCOLS],
    "long descriptions, split": [record(name, f"{i + 1}", proto, f"{proto}" + "d" * 4080)
                                 for i, name in enumerate(names(300)) for proto in PROTOCOLS],
    "descriptions of few letters": [
        record(name, None, "tcp", "a\u00e9" * 600) for name in names(1000)],
    "short names without a port": [record(name, None) for name in names(MANY, 4)],
    "short names on every port": [record(name, f"{i + 1}")
                                  for i, name in enumerate(names(MANY, 4))],
    "long names": (record("x", "8"), "".join(
        f"{name} {i // 20 + 1}/tcp\n" for i, name in enumerate(names(MANY // 4, 200)))),
    "names in turn of case": [record(name if i % 2 else name.upper(), f"{i + 1}")
                              for name in names(80) for i in range(200)],
    "many texts": [record(name, None, "tcp", "", TEXTS.format(i))
                   for i, name in enumerate(names(MANY // 4))],
    "nameless": [record("x", "1"), *(record(None, f"{i + 2}", proto, "Reserved")
                                     for i in range(MANY) for proto in ("tcp", "udp"))],
}


def compiled(compiler, out, registry):
    records, overlay = registry if isinstance(registry, tuple) else ("".join(registry), "")
    (out / "xml").write_text(f"{HEAD}{records}</registry>")
    (out / "overlay").write_text(overlay)
    subprocess.run([compiler, "--overlay", out / "overlay", "--blob", out / "blob", out / "xml"],
                   check=True, stderr=subprocess.DEVNULL)
    return out / "blob"


def count(worst, out, blob, calls):
    """The instructions of opening and of each call."""
    subprocess.run(
        ["valgrind", "--tool=callgrind", f"--callgrind-out-file={out}/callgrind",
         "--toggle-collect=counted", "--dump-after=counted", worst, blob,
         *(word for call, (argument, _) in calls.items() for word in (call, argument))],
        capture_output=True, check=True)
    return [int(re.search(r"(?m)^(?:summary|totals): (\d+)", path.read_text())[1])
            for path in (out / f"callgrind.{i + 1}" for i in range(len(calls) + 1))]


def check(worst, out, what, blob):
    """What is over the limits."""
    done = subprocess.run([worst, blob], capture_output=True, text=True, check=True)
    calls = {call: (argument, float(ns)) for call, argument, ns in
             map(str.split, done.stdout.splitlines())}
    _, opening = calls.pop("open")
    size = blob.stat().st_size
    opened, *counts = count(worst, out, blob, calls)
    most, call = max(zip(counts, calls))
    slow, slowest = max((ns, call) for call, (_, ns) in calls.items())
    print(f"{what:28} {size:9} bytes  open {opened / size:5.1f} a byte, {opening / size:4.2f} ns"
          f"   {most:6} {call:15} {slow / 1000:5.1f} us {slowest}", flush=True)
    if not all(counts):
        sys.exit(f"{what}: nothing was counted")
    return [f"{what}: {call} takes {n}" for call, n in zip(calls, counts) if n > CALL] + [
        f"{what}: opening takes {opened / size:.1f} a byte"] * (opened > BYTE * size)


def main(compiler, worst, *blobs):
    over = []
    with tempfile.TemporaryDirectory() as directory:
        out = pathlib.Path(directory)
        for blob in map(pathlib.Path, blobs):
            over += check(worst, out, blob.name, blob)
        for what, registry in {} if blobs else REGISTRIES.items():
            over += check(worst, out, what, compiled(compiler, out, registry))
    if over:
        sys.exit("over the limit: " + "; ".join(over))


if __name__ == "__main__":
    main(*sys.argv[1:])
