#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""usage: check_library.py LIBRARY.so MAP ABI.c VERSION.h HEADER.h...

What the shared library is as a file: it exports exactly what the headers
declare and the map and abi.c list, needs libc alone, its blob has no
relocations, and nothing is writable except the cursor of getservent() and the
thread-local results."""

import pathlib
import re
import subprocess
import sys

TOOLCHAIN = re.compile(r"_DYNAMIC|_GLOBAL_OFFSET_TABLE_|__dso_handle|"
                       r"__TMC_END__|completed\.\d+|__frame_dummy_init.*|"
                       r"__do_global_dtors_aux.*|__bss_start|_edata|_end")


def run(*command):
    return subprocess.run(command, check=True, capture_output=True,
                          text=True).stdout


def expect(what, got, wanted):
    if got != wanted:
        sys.exit(f"{what}: {sorted(got)} instead of {sorted(wanted)}")


def names_in(path, pattern):
    with open(path, encoding="ascii") as f:
        return set(re.findall(pattern, f.read(), re.M))


def declared_in(header):
    return names_in(header, r"^IANA_API[^(]*?\b(iana_\w+)\(")


def numbers_in(header):
    return names_in(header, r"^(?:#define |\t)(IANA_\w+)[ ,\n]")


def main(library, export_map, abi, version_header, *headers):
    script = pathlib.Path(headers[0]).with_name("version.sh")
    with open(version_header, encoding="ascii") as f:
        if f.read() != run(script):
            sys.exit(f"{script} does not write what meson does")

    symbols = [line.split() for line in run("nm", "-S", library).splitlines()]
    exported = {line.split()[-1] for line in
                run("nm", "-D", "--defined-only", library).splitlines()
                if " A " not in line}
    declared = set().union(*map(declared_in, headers))
    numbers = set().union(*map(numbers_in, headers))
    expect("exported", exported,
           {name + "@@IANAPORT_0.1" for name in declared})
    expect("in the map", names_in(export_map, r"^\t(\S+);$"),
           declared | {"*"})
    expect("in the ABI", names_in(abi, r"\b(iana_\w+)\("), declared)
    expect("numbers in the ABI", names_in(abi, r"^NUMBER\((\w+)"), numbers)

    needed = set(re.findall(r"NEEDED.*\[(.*)\]",
                            run("readelf", "-dW", library)))
    expect("needed", {n for n in needed if not n.startswith("ld-")},
           {"libc.so.6"})

    writable = {s[-1] for s in symbols if len(s) > 2 and s[-2] in "dDbB"}
    writable = {name for name in writable if not TOOLCHAIN.fullmatch(name)}
    ours = {name for name in writable
            if name == "shared_cursor"
            or re.fullmatch(r"(results\.)?r_storage(\.\d+)?", name)}
    expect("writable", writable, ours)
    if "shared_cursor" not in ours:
        sys.exit("the cursor is gone: this test looks for the wrong thing")

    start, size = next((int(s[0], 16), int(s[1], 16)) for s in symbols
                       if s[-1] == "iap_builtin")
    relocations = re.findall(r"^([0-9a-f]+)\s+[0-9a-f]+\s+R_\S+\s+(\S*)",
                             run("readelf", "-rW", library), re.M)
    if not relocations:
        sys.exit("no relocations read: this test looks for the wrong thing")
    for offset, value in relocations:
        target = int(value, 16) if re.fullmatch("[0-9a-f]+", value) else 0
        if (start <= int(offset, 16) < start + size
                or start <= target < start + size):
            sys.exit(f"relocation at {offset} touches the blob")
    print(f"{len(declared)} symbols, {len(numbers)} numbers, {size} bytes of blob, "
          f"{len(relocations)} relocations, none of the blob's")


main(*sys.argv[1:])
