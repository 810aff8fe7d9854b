#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""usage: check_random.py IANAPORT COMPILER REGISTRY.xml [COUNT]

Random arguments and inputs, for a command with sanitizers: it must end by
itself, with a status that the manual knows, and leave no control character in
what it prints."""

import random
import re
import subprocess
import sys

from command import TOOL
from logs import KINDS, make

COUNT = int((sys.argv[3:] or ["2000"])[0])
SUBCOMMANDS = ["search", "free", "list", "help", "annotate"]
OPTIONS = ["-l", "--json", "--tsv", "--port", "--name", "-h", "-V", "--",
           "--proto", "--range", "--status", "--origin", "--near", "--count",
           "--run", "--local", "-r", "/dev/null", "-x", "--format"]
PIECES = ["https", "HTTP", "443", "65536", "-", "--", "/", "tcp", "UDP", "sctp",
          ":", "::", "[", "]", "*", "?", "://", "@", "_", "._tcp", "_ssh", ".",
          "%", "#", "x", "\\", "\33[2J", "\n", " ", "\u00e9", "\u009b",
          "\u202e", "0", "99999999999", "user", "system", "dynamic", "reserved",
          "iana", "local", "x11", "6000-6063", "a" * 300]
# What could control a terminal: all of C0 except the newline and the tab of --tsv.
CONTROL = re.compile("[\0-\10\13-\37\177-\237\u2028-\u202e]")


def text(rng):
    return "".join(rng.choice(PIECES) for _ in range(rng.randrange(6)))


def arguments(rng):
    words = [rng.choice([text(rng), text(rng), rng.choice(OPTIONS)])
             for _ in range(rng.randrange(5))]
    if rng.random() < .3:
        words.insert(0, rng.choice(SUBCOMMANDS))
    return [word.replace("\0", "") for word in words]


def run(words, given):
    done = subprocess.run([TOOL, *words], input=given, capture_output=True,
                          timeout=60)
    if done.returncode not in (0, 1, 2, 3):
        sys.exit(f"{words}: {done.returncode}\n{done.stderr.decode()}")
    return done


def main():
    rng = random.Random(COUNT)
    for _ in range(COUNT // 50):
        words = arguments(rng)
        lines = "\n".join(text(rng).replace("\n", "") for _ in range(20))
        done = run(words, lines.encode())
        if words[:1] == ["annotate"]:
            continue
        for out in done.stdout, done.stderr:
            found = CONTROL.search(out.decode())
            if found and "--json" not in words:
                sys.exit(f"{words}: {found[0]!r} in {out}")
    # Lines are queries like arguments, and many fit in one run.
    for _ in range(20):
        lines = [text(rng).replace("\n", "") for _ in range(COUNT // 20)]
        run([rng.choice(OPTIONS[:5])], "\n".join(lines).encode())
    for kind in KINDS:
        size = COUNT * 10
        run(["annotate"], make(kind, size, seed=COUNT))
        noise = bytearray(make(kind, size, seed=COUNT))
        for _ in range(size // 50):
            noise[rng.randrange(len(noise))] = rng.randrange(256)
        run(["annotate", "--replace"], bytes(noise))


main()
