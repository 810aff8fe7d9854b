#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""usage: check_preload.py SHIM PAGE PROBE PROBE.c REGISTRY.xml [NAMES]

The preload shim: as a file, as its page has it, and in front of two libcs.
PROBE is a program of PROBE.c for the one that the shim was built with, and
musl-gcc makes the other."""

import itertools
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import unittest

import host
import manual
import oracle
import probe

# In the test's own /etc: gone with it, and open to all users.
FOLDER = pathlib.Path("/etc/ianaport-test")
NOBODY = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")

FUNCTIONS = {"getservbyname", "getservbyport", "getservent", "setservent",
             "endservent", "getservbyname_r", "getservbyport_r",
             "getservent_r", "getaddrinfo", "getnameinfo"}


class File(unittest.TestCase):
    def test_it_exports_the_calls_without_versions(self):
        self.assertEqual(probe.exported(SHIM), FUNCTIONS)

    def test_it_needs_libc_alone(self):
        self.assertIn(probe.needed(SHIM), (["libc.so.6"], ["libc.so"]))


class Page(unittest.TestCase):
    def test_its_commands_answer_what_it_says(self):
        """In one shell, for they export a variable. getent is glibc's."""
        if "glibc" not in PROBES:
            self.skipTest("the shim was built with musl")
        (shown,) = manual.commands_of(PAGE).values()
        commands, outputs = zip(*shown)
        script = "\n".join(commands).replace("@shim@", str(SHIM))
        self.assertEqual(probe.output_of("sh", "-c", script),
                         "".join(outputs))


# ---- Shapes of lists, for getaddrinfo() -------------------------------------

HOSTS = (None, "127.0.0.1", "::1", "many", "too-long" * 99)
ETC_HOSTS = ("192.0.2.1 many alias-of-many", "192.0.2.2 many",
             "2001:db8::1 many", "192.0.2.3 many")
KINDS = list(itertools.product(
    (0, socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW,
     socket.SOCK_SEQPACKET, 6), (0, 6, 17, 33, 132)))
FAMILIES = (0, socket.AF_INET, socket.AF_INET6)
FLAGS = (0, socket.AI_PASSIVE, socket.AI_CANONNAME, socket.AI_NUMERICHOST)


def samples(registry):
    """For every set of protocols, and of equal ports or not, a plain service:
    its name, and where it is."""
    found = {}
    for name, services in registry.named.items():
        port = {s.proto: s.port for s in sorted(services,
                                                key=oracle.Service.rank)}
        shape = tuple((p, port[p] == services[0].port) for p in port)
        if len(port) == len(services) and not any(
                s.flags or s.port <= 0 or s.port != s.last
                or s.proto == oracle.NONE for s in services):
            found.setdefault(shape, (name, port))
    return dict(found.values())


def shapes(names):
    """Questions for lists of one element to dozens."""
    for name, where in itertools.product(names, HOSTS):
        yield "addresses", where, name
        for kind in KINDS:
            yield "addresses", where, name, 0, *kind, 0
        for family, flags, socktype in itertools.product(
                FAMILIES, FLAGS, (0, socket.SOCK_STREAM)):
            yield "addresses", where, name, family, socktype, 0, flags


def fits(kind, answer, port):
    """Whether each address is one that was asked for; port: by protocol."""
    return all(int(at) == port[int(proto)]
               and kind[0] in (0, int(socktype))
               and kind[1] in (0, int(proto))
               for at, socktype, proto in re.findall(r"#(\d+)/(\d+)/(\d+)",
                                                     answer))


# ---- In front of a libc -----------------------------------------------------

class Libc(probe.Same):
    """For either libc; bare is the program without the shim."""

    def setUp(self):
        if self.libc not in PROBES:
            self.skipTest(f"no program for {self.libc} here")
        self.probe, self.registry = PROBES[self.libc], REGISTRY
        self.bare = probe.Probe(self.probe.path)
        host.write("services")

    def test_it_is_the_shim_that_answers(self):
        self.assertEqual(self.probe.ask(*probe.SCRIPT), probe.ANSWERS)
        for answer in self.bare.ask(*probe.SCRIPT):
            self.assertNotIn(answer, probe.ANSWERS)

    def test_every_entry_by_the_plain_calls(self):
        questions, answers = zip(*probe.lookups(REGISTRY))
        self.ask([(by.removesuffix("_r"), *what) for by, *what in questions],
                 answers)

    def test_enumeration_is_the_registry_alone(self):
        host.write("services", *probe.services_lines(probe.LOCAL))
        first, *others = REGISTRY.entries()
        self.ask((("next",), ("all_r",), ("set",), ("next_r",), ("all",),
                  ("end",), ("next",)),
                 [first, *others, probe.END, first, *others, "-", first])

    def test_eight_threads_share_the_plain_enumeration(self):
        drained = self.probe.ask(("all",), threads=probe.THREADS)
        self.assert_same(sorted(drained), sorted(
            [*REGISTRY.entries(), *["-"] * probe.THREADS]))

    def test_local_names_are_found_by_all_calls(self):
        """As libc gives them; what the registry knows comes first."""
        host.write("services", *probe.services_lines(probe.LOCAL))
        for question, local, known in probe.SUBJECTS:
            ways = probe.ways_to_ask(*question)
            answers = self.bare.ask(*ways)
            if local != "-":
                self.assertNotEqual(answers[0], "-")
            if known != "-":
                answers = probe.ways_to_answer(question, known)
            self.assertEqual(self.probe.ask(*ways), answers, question)

    def test_it_needs_no_root(self):
        if subprocess.run([*NOBODY, "true"], capture_output=True).returncode:
            self.skipTest("this user cannot become another one")
        self.assertEqual(self.probe.ask(*probe.SCRIPT, before=NOBODY),
                         probe.ANSWERS)

    def test_lists_of_every_shape(self):
        """Those that libc makes with the same services in its file, for what
        it knows itself; and all are freed."""
        services = samples(REGISTRY)
        questions = list(shapes([*services, "local-only", "no-such", "80"]))
        host.write("hosts", *ETC_HOSTS)
        host.write("services", "local-only 50000/tcp")
        answers = self.probe.ask(
            *questions, GLIBC_TUNABLES="glibc.malloc.perturb=165")
        host.write("services", "local-only 50000/tcp", *(
            f"{name} {at}/{oracle.PROTOCOL[proto]}"
            for name, port in services.items() for proto, at in port.items()))
        for question, answer, wanted in zip(
                questions, answers, self.bare.ask(*questions), strict=True):
            port, kind = services.get(question[2]), question[4:6] or (0, 0)
            if not port or self.knows(port, kind):
                self.assertEqual(answer, wanted, question)
            else:
                self.assertTrue(fits(kind, answer, port), question)


class Glibc(Libc, probe.Test):
    libc = "glibc"

    @staticmethod
    def knows(_, __):
        return True


class Musl(Libc, probe.Test):
    libc = "musl"

    @staticmethod
    def knows(port, kind):
        """Without hints, two kinds; the shim puts others in their place."""
        return (kind in {(0, 6), (0, 17), (1, 0), (1, 6), (2, 0), (2, 17)}
                or kind == (0, 0) and {6, 17} >= set(port))


def copy(path):
    return shutil.copy(path, FOLDER / pathlib.Path(path).name)


def compiled_for_musl(source):
    compiler = shutil.which("musl-gcc")
    if not compiler:
        return []
    program = FOLDER / "musl-probe"
    host.run(compiler, "-pthread", source, "-o", program)
    return [program]


if __name__ == "__main__":
    host.enter()
    SHIM, PAGE, PROBE, SOURCE, *SOURCES = sys.argv[1:]
    host.make_etc()
    FOLDER.mkdir()
    SHIM = copy(SHIM)
    host.write("services")
    host.write("nsswitch.conf", "hosts: files", "services: files")
    REGISTRY = oracle.Registry(*SOURCES)
    PROBES = {p.libc: p for p in (probe.Probe(path, SHIM) for path in (
        copy(PROBE), *compiled_for_musl(SOURCE)))}
    unittest.main(argv=sys.argv[:1], verbosity=2)
