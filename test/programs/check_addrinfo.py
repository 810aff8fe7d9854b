#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""usage: check_addrinfo.py ASK REGISTRY.xml [NAMES.services]

iana_getaddrinfo() and iana_getnameinfo() against those of glibc.

glibc gets a full services file, which the oracle's reader of the registry
writes; ours get one of lies, for they must not read it. Both are asked the
same by addrinfo_ask.c and must answer the same, byte for byte: error, order,
socket types, protocols, ports, addresses, canonical names, and what is written
to a buffer. Names are asked as they are registered: glibc compares case."""

import itertools
import socket
import subprocess
import sys
import time

import host
import oracle

SHOWN = 20                      # differences printed

# glibc reads its file in a millisecond, up to six times an answer: of the many
# names and ports that are plain, ask so few.
EVERY = 40

STREAM, DGRAM, RAW = socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW
DCCP, NO_TYPE = 6, 77
HINTS = list(itertools.product(
    (0, STREAM, DGRAM, RAW, socket.SOCK_RDM, socket.SOCK_SEQPACKET, DCCP,
     NO_TYPE, -1),
    (0, 6, 17, 33, 132, 1, 136, 255, -1)))
COMMON_HINTS = ((0, 0), (STREAM, 0), (DGRAM, 0), (0, 33), (0, 132))
FAMILIES = (socket.AF_UNSPEC, socket.AF_INET, socket.AF_INET6, socket.AF_UNIX,
            99)
AI_IDN, AI_CANONIDN = 0x40, 0x80
FLAGS = (0, socket.AI_PASSIVE, socket.AI_CANONNAME, socket.AI_NUMERICHOST,
         socket.AI_NUMERICSERV, socket.AI_V4MAPPED,
         socket.AI_V4MAPPED | socket.AI_ALL, socket.AI_ADDRCONFIG,
         socket.AI_CANONNAME | socket.AI_PASSIVE | socket.AI_NUMERICHOST,
         AI_IDN | AI_CANONIDN | socket.AI_CANONNAME, 0x4000000)
HOSTS = (None, "", "*", "127.0.0.1", "::1", "::ffff:192.0.2.1", "fe80::1%lo",
         "one", "many", "alias-of-many", "twice", "no-such-host")
ETC_HOSTS = ("127.0.0.1 localhost", "::1 localhost", "192.0.2.1 one",
             "192.0.2.1 many alias-of-many", "2001:db8::1 many",
             "192.0.2.2 many", "127.0.0.9 many", "2001:db8::2 many",
             "192.0.2.7 twice", "192.0.2.7 twice")
LIES = [f"{lie}/{protocol}" for protocol in oracle.NUMBER for lie in
        ("discard 1", "imap 2", "no-such-name 3", "a-service-of-lies 0",
         "a-service-of-lies 9", "a-service-of-lies 50000")]
# Kinds of services, and texts that are none or a number.
SERVICES = ("discard", "imap", "no-such-name", None, "80")
TEXTS = ("comsat", "", "*", "**", "+80", " 80", "080", "80 ", "0x50", "65535",
         "65536", "65616", "-1", "-80", "4294967295", "4294967376",
         "99999999999999999", " http", "http ", "http\r", "https/tcp", "htt",
         "0", "+", "-", " ", "rdp", "boe-cms", "dccp-ping",
         "no-such-name-of-more-than-15-bytes", "x" * 400, "h\xe9", "443x")

NI_IDN, NI_BAD = 0x20, 0x4000
ADDRESSES = (("127.0.0.1", 16), ("192.0.2.1", 16), ("192.0.2.77", 16),
             ("::1", 28), ("2001:db8::1", 28), ("2001:db8::77", 28),
             ("/a/path", 110))


# ---- A full services file ---------------------------------------------------

class Services:
    """The registry as services(5) has it: the first line that has a name or a
    port, for a protocol, is the one that answers."""

    def __init__(self, registry):
        self.registry = registry
        self.lines, self.port, self.name = [], {}, {}
        on = [(s.rank()[0], port, n, s)
              for port, services in registry.on.items()
              for n, s in enumerate(services)
              if s.proto != oracle.NONE and not s.head]
        for _, port, _, service in sorted(on, key=lambda line: line[:3]):
            self.add(service, port)
        self.prove()

    def add(self, service, port):
        names = [s.name for s in self.registry.on[port]
                 if s is service or s.head is service]
        protocol = oracle.PROTOCOL[service.proto]
        self.lines.append(f"{names[0]} {port}/{protocol} "
                          + " ".join(names[1:]))
        self.name.setdefault((port, service.proto), names[0])
        for name in names:
            self.port.setdefault((name, service.proto), port)

    def prove(self):
        """The file says what the registry says."""
        for (name, proto), port in self.port.items():
            assert self.registry.port_of(name, proto) == (port, proto), name
        for (port, proto), name in self.name.items():
            on = self.registry.on[port]
            assert next(s.name for s in on if s.answers(proto)) == name, port

    def names(self):
        return dict.fromkeys(name for name, _ in self.port)

    def odd_names(self):
        """Those with sctp or dccp, or that the conventional names change."""
        return [name for name in self.names()
                if any(s.proto in (33, 132) or s.flags & ~oracle.ALIAS
                       for s in self.registry.named[name.lower()])]

    def sample(self):
        """Every so many names, and all aliases and those of several ports."""
        for n, name in enumerate(self.names()):
            services = self.registry.named[name.lower()]
            ports = {s.port for s in services if s.port >= 0}
            if (n % EVERY == 0 or len(ports) > 1
                    or any(s.head for s in services)):
                yield name

    def odd_ports(self):
        """Those of several names, or of a service that is not plain."""
        for port, services in self.registry.on.items():
            if (len({s.name for s in services}) > 1
                    or any(s.flags or s.proto in (33, 132) for s in services)):
                yield port


# ---- Questions --------------------------------------------------------------

def line(*fields):
    return "\t".join("~" if f is None else str(f) for f in fields)


def about_names(names, hints):
    for name in names:
        yield line("A", "192.0.2.1", name, None)
        for socktype, proto in hints:
            yield line("A", "192.0.2.1", name, 0, socktype, proto, 0)


def about_texts():
    for text in (*SERVICES, *TEXTS):
        for name, flags in itertools.product(
                (None, "127.0.0.1"), (0, socket.AI_NUMERICSERV)):
            yield line("A", name, text, None)
            for socktype, proto in HINTS:
                yield line("A", name, text, 0, socktype, proto, flags)


def about_hosts():
    for name, service in itertools.product(HOSTS, SERVICES):
        yield line("A", name, service, None)
        for family, flags, socktype in itertools.product(
                FAMILIES, FLAGS, (0, STREAM, RAW, NO_TYPE)):
            yield line("A", name, service, family, socktype, 0, flags)


def about_ports(services):
    free = [port for port in range(65536) if port not in services.registry.on]
    ports = {0, 65535, *services.odd_ports(), *free[::1000],
             *list(services.registry.on)[::EVERY]}
    for port, flags in itertools.product(sorted(ports), (0, socket.NI_DGRAM)):
        yield line("N", "192.0.2.1", port, 16, flags | socket.NI_NUMERICHOST,
                   64, 64)


def about_buffers():
    """All buffers are small at some size: "localhost", "discard", "50000"."""
    sizes = (None, 0, 1, 2, 5, 6, 7, 8, 9, 10, 64)
    for port, flags, host_size, size in itertools.product(
            (9, 50000), (0, socket.NI_NUMERICSERV, socket.NI_DGRAM),
            sizes, sizes):
        yield line("N", "127.0.0.1", port, 16, flags, host_size, size)


def about_addresses():
    one_by_one = (0, socket.NI_NUMERICHOST, socket.NI_NUMERICSERV,
                  socket.NI_NOFQDN, socket.NI_NAMEREQD, socket.NI_DGRAM,
                  NI_IDN, NI_BAD)
    flags = {a | b for a in one_by_one for b in one_by_one}
    for (address, whole), port, flag, sizes in itertools.product(
            ADDRESSES, (9, 0, 50000), sorted(flags),
            ((64, 64), (None, 64), (64, None), (None, None))):
        yield line("N", address, port, whole, flag, *sizes)
    for (address, whole), flag in itertools.product(
            ADDRESSES, (0, socket.NI_NUMERICHOST)):
        for size in (0, 1, 2, 3, 4, 15, 16, 17, 27, 28, 29, whole):
            yield line("N", address, 9, size, flag, 64, 64)
    yield line("N", None, 9, 16, 0, 64, 64)


def questions(services):
    return [*about_names(services.odd_names(), HINTS),
            *about_names(services.sample(), COMMON_HINTS),
            *about_texts(), *about_hosts(), *about_ports(services),
            *about_buffers(), *about_addresses()]


# ---- Answers ----------------------------------------------------------------

def ask(program, whose, asked):
    start = time.monotonic()
    done = subprocess.run([program, whose], input="\n".join(asked) + "\n",
                          stdout=subprocess.PIPE, encoding="latin-1",
                          check=True)
    answers = done.stdout.splitlines()
    if len(answers) != len(asked):
        sys.exit(f"{whose}: {len(answers)} answers to {len(asked)} questions")
    print(f"{whose}: {len(asked)} questions in "
          f"{time.monotonic() - start:.1f} s")
    return answers


def main(program, registry, conventional=None):
    host.enter()
    host.make_etc()
    services = Services(oracle.Registry(registry, conventional))
    asked = questions(services)
    host.write("hosts", *ETC_HOSTS)
    host.write("host.conf", "multi on")
    host.write("nsswitch.conf", "hosts: files")
    host.use("files")
    host.write("services", *services.lines)
    theirs = ask(program, "libc", asked)
    host.write("services", *LIES)
    ours = ask(program, "ours", asked)
    different = [(q, t, o) for q, t, o in zip(asked, theirs, ours) if t != o]
    for question, their, our in different[:SHOWN]:
        print(f"{question!r}\n  glibc: {their}\n  ours:  {our}",
              file=sys.stderr)
    found = sum(1 for answer in theirs if answer.startswith("0 "))
    print(f"{len(services.lines)} services, {len(asked)} questions, {found} "
          f"answered without error, {len(different)} differences")
    sys.exit(bool(different) or not found)


if __name__ == "__main__":
    main(*sys.argv[1:])
