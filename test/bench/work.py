#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""usage: work.py WORK

Instructions that a look-up takes, counted by callgrind within the call alone:
the same on every machine for the same library, compiler and C library."""

import re
import subprocess
import sys
import tempfile

CALLS = {"name": "iana_port_of", "port": "iana_name_of"}


def count(work, what):
    with tempfile.NamedTemporaryFile() as out:
        done = subprocess.run(
            ["valgrind", "--tool=callgrind", f"--callgrind-out-file={out.name}",
             f"--toggle-collect={CALLS[what.split('-')[0]]}", work, what],
            capture_output=True, text=True, check=True)
    collected = int(re.search(r"Collected : (\d+)", done.stderr)[1])
    return int(done.stdout), collected


def main(work):
    for what in "name-hit", "name-miss", "port-hit", "port-miss":
        calls, instructions = count(work, what)
        if not calls or not instructions:
            sys.exit(f"{what}: nothing was counted")
        print(f"{what:9}  {instructions / calls:6.1f} instructions a call, "
              f"{calls} calls")


main(*sys.argv[1:])
