#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""usage: work.py WORK

Instructions that a look-up takes, counted by callgrind within the call alone:
the same on every machine for the same library, compiler and C library. Fails
where one takes more than its limit: what gcc 12 -O2 on x86-64 and glibc 2.36
needed when this was last looked at, and some 5 % for other versions."""

import re
import subprocess
import sys
import tempfile

CALLS = {"name": "iana_port_of", "port": "iana_name_of"}
LIMITS = {"name-hit": 142, "name-miss": 142, "port-hit": 60, "port-miss": 17}


def count(work, what):
    with tempfile.NamedTemporaryFile() as out:
        done = subprocess.run(
            ["valgrind", "--tool=callgrind",
             f"--callgrind-out-file={out.name}",
             f"--toggle-collect={CALLS[what.split('-')[0]]}", work, what],
            capture_output=True, text=True, check=True)
    collected = int(re.search(r"Collected : (\d+)", done.stderr)[1])
    return int(done.stdout), collected


def main(work):
    over = []
    for what, limit in LIMITS.items():
        calls, instructions = count(work, what)
        if not calls or not instructions:
            sys.exit(f"{what}: nothing was counted")
        mean = instructions / calls
        print(f"{what:9}  {mean:6.1f} instructions a call, at most {limit}, "
              f"{calls} calls")
        if mean > limit:
            over.append(what)
    if over:
        sys.exit(f"over the limit: {', '.join(over)}")


if __name__ == "__main__":
    main(*sys.argv[1:])
