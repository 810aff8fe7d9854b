#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""Measure how much of a services(5) file the library knows.

usage: compare-services.py LIBIANAPORT.so SERVICES

Prints how many of the file's names have the same port by iana_getservbyname(),
how many of its ports have a name by iana_getservbyport(), and each difference:

    name NAME/PROTOCOL PORT OURS        another port, or none
    port PORT/PROTOCOL NAME             no name
    first PORT/PROTOCOL NAME OURS       another name

Each name or alias counts once for each protocol, where it comes first, and so
does each port. Protocols that the registry does not have, such as ddp, do not
count.
Exit status: 0, 1 if a file is faulty, 2 for bad usage.
"""

import ctypes
import socket
import sys

PROTOCOLS = {"tcp", "udp", "sctp", "dccp"}


class Servent(ctypes.Structure):
    _fields_ = [("s_name", ctypes.c_char_p),
                ("s_aliases", ctypes.POINTER(ctypes.c_char_p)),
                ("s_port", ctypes.c_int),
                ("s_proto", ctypes.c_char_p)]


class Library:
    def __init__(self, path):
        library = ctypes.CDLL(path)
        self.by_name = library.iana_getservbyname
        self.by_port = library.iana_getservbyport
        self.by_name.argtypes = [ctypes.c_char_p, ctypes.c_char_p]
        self.by_port.argtypes = [ctypes.c_int, ctypes.c_char_p]
        self.by_name.restype = ctypes.POINTER(Servent)
        self.by_port.restype = ctypes.POINTER(Servent)

    def port(self, name, proto):
        entry = self.by_name(name.encode(), proto.encode())
        return socket.ntohs(entry.contents.s_port) if entry else None

    def name(self, port, proto):
        entry = self.by_port(socket.htons(port), proto.encode())
        return entry.contents.s_name.decode() if entry else None


def lines(path):
    """The names, port and protocol of each line."""
    with open(path, encoding="ascii", errors="replace") as services:
        for number, line in enumerate(services, 1):
            name, *rest = line.split("#")[0].split() or [None]
            if not name:
                continue
            place = rest[0] if rest else ""
            port, _, proto = place.partition("/")
            if not port.isdecimal() or int(port) > 65535 or not proto:
                sys.exit(f'{path}:{number}: "{name}": "{place}" is not '
                         "port/protocol")
            if proto in PROTOCOLS:
                yield [name] + rest[1:], int(port), proto


def read(path):
    names, ports = {}, {}
    for line, port, proto in lines(path):
        ports.setdefault((port, proto), line[0])
        for name in line:
            names.setdefault((name, proto), port)
    if not names:
        sys.exit(f"{path}: no services")
    return names, ports


def compare_names(names, library):
    for (name, proto), port in sorted(names.items(), key=lambda n: n[1]):
        ours = library.port(name, proto)
        if ours != port:
            yield f"name {name}/{proto} {port} {ours or 'none'}"


def compare_ports(ports, library):
    nameless, first = [], []
    for (port, proto), name in sorted(ports.items()):
        ours = library.name(port, proto)
        if not ours:
            nameless.append(f"port {port}/{proto} {name}")
        elif ours != name:
            first.append(f"first {port}/{proto} {name} {ours}")
    return nameless, first


def share(differences, total, what):
    known = len(total) - len(differences)
    return f"{known} of {len(total)} {what}, {100 * known / len(total):.1f} %"


def main(library, services):
    names, ports = read(services)
    library = Library(library)
    named = [*compare_names(names, library)]
    nameless, first = compare_ports(ports, library)
    print(share(named, names, "names have the same port"))
    print(share(nameless, ports, "ports have a name"))
    for difference in named + nameless + first:
        print(difference)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        print(__doc__, file=sys.stderr)
        sys.exit(2)
    try:
        main(*sys.argv[1:])
    except OSError as error:
        sys.exit(str(error))
