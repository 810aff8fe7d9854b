#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""usage: bytes.py OUT [NAME OBJECT]...

What the tables in an object file take, as C: read-only bytes, those that a
relocation makes so included, and the number of relocations against them."""

import re
import subprocess
import sys


def measure(path):
    readonly = relocations = 0
    listing = subprocess.run(["readelf", "-SW", path], check=True, text=True,
                             capture_output=True).stdout
    for name, size, entry in re.findall(
            r"\] (\.\S+) +\w+ +\w+ \w+ (\w+) (\w+) ", listing):
        if re.match(r"\.(rodata|data\.rel\.ro)", name):
            readonly += int(size, 16)
        elif re.match(r"\.rela?\.data\.rel\.ro", name):
            relocations += int(size, 16) // int(entry, 16)
    return readonly, relocations


def main(out, *args):
    with open(out, "w", encoding="ascii") as file:
        print('#include "peers.h"', file=file)
        for name, path in zip(args[::2], args[1::2]):
            readonly, relocations = measure(path)
            print(f"const struct cost {name} = {{ {readonly}, 0, "
                  f"{relocations} }};", file=file)


main(*sys.argv[1:])
