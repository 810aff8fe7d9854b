#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""usage: scale.py SOURCE COMPILER REGISTRY CC...

Does the format hold for ten times the names? Compiles a synthetic registry of
them, asks it what the oracle asks of every fifth name and port, and compares
bytes a name and instructions a look-up with those of REGISTRY: at most 1.3 times
as many."""

import os
import pathlib
import re
import subprocess
import sys
import tempfile

import work

TIMES = 10
LIMIT = 1.3


def run(*command, **options):
    return subprocess.run(command, check=True, text=True, **options)


def build(source, compiler, registry, cc, out):
    """Build the programs with a registry built in; return the blob's size."""
    os.mkdir(out)
    run(compiler, "--no-details", "--blob", f"{out}/blob",
        "--c", f"{out}/builtin.c", "--header", f"{out}/builtin.h", registry)
    with open(f"{out}/ianaport-version.h", "w") as header:
        subprocess.run([f"{source}/include/version.sh"], stdout=header,
                       check=True)
    for path in "bench/work", "oracle/oracle_ask":
        program = pathlib.Path(path).name
        run(*cc, "-std=c11", "-O2", "-D_DEFAULT_SOURCE",
            f"-I{out}", f"-I{source}/include",
            f"-I{source}/lib", "-o", f"{out}/{program}", f"{out}/builtin.c",
            *(str(part) for room in ("lookup", "load", "netdb")
              for part in pathlib.Path(source, "lib", room).glob("*.c")),
            f"{source}/test/{path}.c")
    with open(f"{out}/builtin.h") as header:
        return int(re.search(r"iap_builtin\[(\d+)\]", header.read())[1])


def count_names(registry):
    with open(registry, encoding="utf-8") as f:
        return len(set(re.findall("<name>([^<]+)</name>", f.read())))


def within(what, small, large):
    print(f"{what:10} {small:7.1f} {large:7.1f}  {large / small:.2f} times")
    return large / small <= LIMIT


def main(source, compiler, registry, *cc):
    with tempfile.TemporaryDirectory() as out:
        names = count_names(registry)
        large = f"{out}/large.xml"
        with open(large, "w") as f:
            run(sys.executable, f"{source}/test/oracle/synthetic.py",
                str(TIMES * names), stdout=f)
        sizes = [build(source, compiler, xml, cc, f"{out}/{name}")
                 for name, xml in (("one", registry), ("ten", large))]
        ask = f"{out}/ten/oracle_ask"
        run(f"{source}/test/oracle/oracle.sh", ask, f"{out}/ten/blob",
            sys.executable, f"{source}/test/oracle/oracle.py", "--no-details",
            "--every", "5", large)
        good = within("bytes", sizes[0] / names, sizes[1] / count_names(large))
        for what in work.LIMITS:
            one, ten = (instructions / calls for calls, instructions in
                        (work.count(f"{out}/{name}/work", what)
                         for name in ("one", "ten")))
            good &= within(what, one, ten)
        if not good:
            sys.exit(f"more than {LIMIT} times")


main(*sys.argv[1:])
