#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""usage: check_hardening.py ARGUMENTS TLS FILE...

How a default build is hardened, as its files tell: what the loader has
relocated is read-only, all of it before the program starts; no stack can be
executed; and code that has arrays guards its stack, if it was compiled so.
With -fcf-protection, every function that a file exports is a landing pad. The
preload shim takes no room in the static block of each thread, so that eight
copies of it fit in a process. TLS is "descriptors" if the compiler knows them;
if it does not, the shim may take that room."""

import ctypes
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

COPIES = 8


def read(option, path):
    return subprocess.run(["readelf", "-W", option, path], check=True, capture_output=True,
                          text=True).stdout


def faults_of(path, arguments):
    segments = read("-l", path)
    symbols = read("--dyn-syms", path)
    if "GNU_RELRO" not in segments or "BIND_NOW" not in read("-d", path):
        yield "relocations stay writable"
    if not re.search(r"GNU_STACK(\s+0x\w+){5}\s+RW\s", segments):
        yield "the stack can be executed"
    if "-fstack-protector-strong" in arguments and "__stack_chk_fail" not in symbols:
        yield "no stack is guarded"
    if "-fcf-protection" in arguments:
        yield from faults_of_functions(path)


def faults_of_functions(path):
    code = subprocess.run(["objdump", "-d", "--no-show-raw-insn", path], check=True,
                          capture_output=True, text=True).stdout
    first = dict(re.findall(r"(?m)^[0-9a-f]+ <(\w+)>:\n\s*\w+:\s*(\w+)", code))
    exported = re.findall(r"(?m)FUNC +GLOBAL +DEFAULT +\d+ (\w+)", read("--dyn-syms", path))
    if not exported and path.name.endswith(".so"):
        yield "it exports nothing: this test looks for the wrong thing"
    for name in exported:
        if first.get(name, "endbr64") != "endbr64":
            yield f"{name} is no landing pad"


def faults_of_shim(path):
    if "STATIC_TLS" in read("-d", path):
        yield "it takes room in the static block"
        return
    with tempfile.TemporaryDirectory() as out:
        for i in range(COPIES):
            shim = ctypes.CDLL(shutil.copy(path, f"{out}/{i}.so"))
            shim.getservbyname.restype = ctypes.c_void_p
            if not shim.getservbyname(b"coap", b"udp"):
                yield f"copy {i} does not know coap"


def main(arguments, tls, *files):
    faults = []
    for path in map(pathlib.Path, files):
        faults += [f"{path.name}: {fault}" for fault in faults_of(path, arguments)]
        if "preload" in path.name and tls == "descriptors":
            faults += [f"{path.name}: {fault}" for fault in faults_of_shim(path)]
    print(f"{len(files)} files, compiled with {arguments}; TLS: {tls}")
    if faults:
        sys.exit("\n".join(faults))


if __name__ == "__main__":
    main(*sys.argv[1:])
