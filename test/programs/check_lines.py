#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""usage: check_lines.py LIBRARY COMPILER REGISTRY.xml NAMES.services

A site's files, merged into a registry, against glibc with the same lines in
/etc/services: what glibc answers by name and by port, with each protocol and
with none, the library must, too. The files are made up of names and ports that
the registry has, has otherwise or has not, in every mixture and order; glibc
gets them as one. It does not know the registry, so that only what it finds is
compared, and what two lines are about may have the aliases of both."""

import ctypes
import random
import subprocess
import sys
import tempfile

import host

FILES = 400
SHOWN = 10
PROTOCOLS = None, "tcp", "udp", "sctp", "dccp"
NAMES = ("http", "www", "http-alt", "smtp", "mail", "discard", "sink", "x11",
         "x-window", "inside", "shell", "syslog", "all-four", "ours", "ours-2",
         "a-name-of-more-than-15-bytes", "webmin", "kerberos")
PORTS = (80, 591, 8080, 25, 9, 6000, 6010, 514, 6400, 4711, 1, 65535, 10000)


class Servent(ctypes.Structure):
    _fields_ = [("name", ctypes.c_char_p),
                ("aliases", ctypes.POINTER(ctypes.c_char_p)),
                ("port", ctypes.c_int), ("proto", ctypes.c_char_p)]


def asked(call, *question):
    """Name, port, protocol and aliases that a reentrant call answers with."""
    entry, buf = Servent(), ctypes.create_string_buffer(65536)
    found = ctypes.POINTER(Servent)()
    error = call(*question, ctypes.byref(entry), buf,
                 ctypes.c_size_t(len(buf)), ctypes.byref(found))
    if error or not found:
        return None
    aliases = []
    while entry.aliases[len(aliases)]:
        aliases.append(entry.aliases[len(aliases)])
    return entry.name, entry.port, entry.proto, aliases


def swapped(port):
    return port >> 8 | (port & 255) << 8


def questions():
    for proto in PROTOCOLS:
        proto = proto and proto.encode()
        for name in NAMES:
            yield "getservbyname", ctypes.c_char_p(name.encode()), proto
        for port in PORTS:
            yield "getservbyport", ctypes.c_int(swapped(port)), proto


def made_up(choose):
    """The lines of one to three files."""
    names = choose.sample(NAMES, choose.randint(1, len(NAMES)))
    ports = choose.sample(PORTS, choose.randint(1, 4))
    files = [[] for _ in range(choose.randint(1, 3))]
    for _ in range(choose.randint(1, 14)):
        aliases = choose.choices(names, k=choose.choice((0, 0, 0, 1, 2)))
        choose.choice(files).append(
            f"{choose.choice(names)} {choose.choice(ports)}/"
            f"{choose.choice(PROTOCOLS[1:])} {' '.join(aliases)}")
    return files


class Both:
    def __init__(self, library, compiler, registry, names):
        self.compile = [compiler, "--conventional", names, registry]
        self.ours, self.libc = ctypes.CDLL(library), ctypes.CDLL("libc.so.6")
        self.answers = 0

    def merged(self, files, folder):
        command = [*self.compile, "--blob", f"{folder}/blob"]
        for i, lines in enumerate(files):
            with open(f"{folder}/{i}", "w", encoding="ascii") as file:
                file.write("".join(line + "\n" for line in lines))
            command += "--overlay", f"{folder}/{i}"
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
        found = ctypes.c_void_p()
        error = self.ours.iana_registry_open(f"{folder}/blob".encode(),
                                             ctypes.byref(found))
        assert not error, error
        return found

    def differences(self, files, folder):
        registry = self.merged(files, folder)
        host.write("services", *(line for lines in files for line in lines))
        for call, key, proto in questions():
            theirs = asked(self.libc[f"{call}_r"], key, proto)
            if not theirs:
                continue
            self.answers += 1
            ours = asked(self.ours[f"iana_registry_{call}_r"], registry, key,
                         proto)
            if (not ours or ours[:3] != theirs[:3]
                    or not {*theirs[3]} - {ours[0]} <= {*ours[3]}):
                yield call, key.value, proto, theirs, ours
        self.ours.iana_registry_close(registry)


def main(library, compiler, *inputs):
    host.enter()
    host.make_etc()
    host.use("files")
    both, different = Both(library, compiler, *inputs), 0
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(FILES):
            files = made_up(random.Random(seed))
            found = list(both.differences(files, folder))
            different += len(found)
            if found and different - len(found) < SHOWN:
                print(f"{files}:", *found, sep="\n    ")
    print(f"{both.answers} answers of glibc, {different} others of ours")
    return 1 if different or both.answers < 20 * FILES else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
