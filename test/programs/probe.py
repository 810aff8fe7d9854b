# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""Questions to netdb_probe.c, a program that calls libc by its own names.

A question is a tuple, such as ("name", "coap", "tcp"), with None for NULL; an
answer is the line that the program wrote: an entry as oracle.py writes it."""

import errno
import itertools
import os
import re
import socket
import subprocess
import tempfile
import unittest

import oracle

THREADS = 8
END = f"error {errno.ENOENT}"           # of an enumeration by getservent_r()
SOCKTYPE = {"tcp": socket.SOCK_STREAM, "udp": socket.SOCK_DGRAM}
FLAG = {"tcp": 0, "udp": socket.NI_DGRAM}


class Probe:
    """The program, with a shim in front of its libc or without."""

    def __init__(self, path, shim=None):
        self.path, self.shim = path, shim
        self.libc = self.ask(("libc",))[0]

    def ask(self, *questions, threads=1, before=(), **environment):
        """The answers of every thread, one thread after the other; before is
        a command that starts the program."""
        if self.shim:
            before = (*before, "env", f"LD_PRELOAD={self.shim}")
        script = "".join("\t".join("-" if word is None else str(word)
                                   for word in question) + "\n"
                         for question in questions)
        done = subprocess.run([*before, self.path, str(threads)],
                              input=script, capture_output=True, text=True,
                              env={**os.environ, **environment}, timeout=60)
        # What measures the coverage says that it may open no file.
        said = re.sub("(?m)^profiling:.*\n", "", done.stderr)
        if done.returncode or said:
            raise RuntimeError(f"{self.path}: status {done.returncode}: "
                               f"{said}")
        return done.stdout.splitlines()


def exported(library):
    """The names that a library defines, with versions if they have any."""
    lines = output_of("nm", "-D", "--defined-only", library).split("\n")
    return {line.split()[-1] for line in lines if line}


def needed(library):
    """The libraries that it needs, except the linker itself."""
    dynamic = output_of("readelf", "-dW", library)
    return [name for name in re.findall(r"NEEDED.*\[(.*)\]", dynamic)
            if not name.startswith("ld-")]


def output_of(*command):
    return subprocess.run(command, capture_output=True, text=True,
                          check=True).stdout


# ---- The registry -----------------------------------------------------------

def lookups(registry):
    """Every entry asked for by each of its names and by its port, and what
    must be answered."""
    for text in registry.entries():
        name, port, protocol, aliases = text.split("|")
        for asked in (name, *filter(None, aliases.split(","))):
            yield (("name_r", asked, protocol),
                   registry.entry_named(asked, protocol))
        for asked in (protocol, None):
            yield ("port_r", port, asked), registry.entry_on(int(port), asked)


def services_lines(entries):
    """Entries in the syntax of services(5)."""
    for text in entries:
        name, port, protocol, aliases = text.split("|")
        yield f"{name} {port}/{protocol} {aliases.replace(',', ' ')}"


# ---- A host that has names of its own ---------------------------------------

LOCAL = ("coap|9999|tcp|", "overlay|5683|udp|overlay-alias",
         "local-only|50000|tcp|local-alias")

# By name or port; the entry of the local file, and that of the registry.
SUBJECTS = ((("name", "coap", "tcp"), LOCAL[0], "coap|5683|tcp|"),
            (("port", 5683, "udp"), LOCAL[1], "coap|5683|udp|"),
            (("name", "local-alias", "tcp"), LOCAL[2], "-"),
            (("port", 50000, "tcp"), LOCAL[2], "-"),
            (("name", "https", "tcp"), "-", "https|443|tcp|"),
            (("port", 443, "udp"), "-", "https|443|udp|"),
            (("name", "no-such-name", "tcp"), "-", "-"),
            (("port", 50001, "tcp"), "-", "-"))


def ways_to_ask(by, what, protocol):
    """The plain call, the reentrant one, and getaddrinfo or getnameinfo."""
    return ((by, what, protocol), (by + "_r", what, protocol),
            ("addresses", "127.0.0.1", what, 0, SOCKTYPE[protocol], 0, 0)
            if by == "name" else ("names", what, FLAG[protocol]))


def ways_to_answer(question, entry):
    """What glibc says where this is the entry, or "-"."""
    by, what, protocol = question
    name, port, *_ = entry.split("|") if entry != "-" else ("-", "-")
    if by == "port":
        return [entry, entry, f"127.0.0.1 {what if name == '-' else name}"]
    kind = f"{SOCKTYPE[protocol]}/{oracle.NUMBER[protocol]}"
    return [entry, entry, f"EAI {socket.EAI_SERVICE}" if name == "-"
            else f"127.0.0.1#{port}/{kind} "]


# ---- The same answers over the module and over the shim ---------------------

SCRIPT = (("name", "coap", "tcp"), ("name_r", "COAP", "udp"),
          ("port", 5683, None), ("port_r", 443, "sctp"),
          ("addresses", "127.0.0.1", "coap", 0, socket.SOCK_STREAM, 0, 0),
          ("names", 5683, 0))
ANSWERS = ["coap|5683|tcp|", "coap|5683|udp|", "coap|5683|tcp|",
           "https|443|sctp|", "127.0.0.1#5683/1/6 ", "127.0.0.1 coap"]


class Test(unittest.TestCase):
    def assert_same(self, got, wanted, about=""):
        """Of lists of thousands only the first difference is of interest."""
        for n, (one, other) in enumerate(itertools.zip_longest(got, wanted)):
            if one != other:
                self.fail(f"{one!r}, not {other!r}, is answer {n} {about}")


class Same:
    """Tests for a class that has a probe, a registry, and may have what is
    asked before the process gives up its files, and what a system call does
    that is denied."""
    before = ()
    denied = "kill"

    def ask(self, questions, answers, **how):
        self.assert_same(self.probe.ask(*questions, **how), answers)

    def test_every_entry_by_name_and_by_port(self):
        self.ask(*zip(*lookups(self.registry)))

    def test_too_small_is_erange_and_consumes_nothing(self):
        sizes, full = range(256), f"error {errno.ERANGE}"
        https = ["https|443|tcp|"] * len(sizes)
        for question, wanted in ((("name_r", "https", "tcp"), https),
                                 (("port_r", 443, "tcp"), https),
                                 (("next_r",), self.registry.entries())):
            answers = self.probe.ask(*itertools.chain(
                *((("size", size), question) for size in sizes)))
            found = [answer for answer in answers if answer != full]
            self.assertEqual(found, wanted[:len(found)])
            self.assertNotIn(wanted[0], answers[:len(wanted[0])])
            self.assertTrue(found)

    def narrowed(self, *how):
        self.ask((*self.before, how, *SCRIPT, ("all_r",)),
                 [*self.probe.ask(*self.before), *ANSWERS,
                  *self.registry.entries(), END])

    def test_after_chroot_to_an_empty_folder(self):
        with tempfile.TemporaryDirectory() as folder:
            self.narrowed("chroot", folder)

    def test_no_file_may_be_opened(self):
        self.narrowed("nofile")

    def test_no_memory_can_be_had(self):
        self.narrowed("nomemory")

    def test_only_read_write_and_exit_are_allowed(self):
        """After the first look-up, which opens what the host has. The first
        questions of the script are look-ups alone."""
        self.ask((("port", 443, "tcp"), ("seccomp", self.denied), *SCRIPT[:4],
                  ("all_r",)),
                 ["https|443|tcp|", *ANSWERS[:4], *self.registry.entries(),
                  END])

    def test_in_a_forked_child_and_in_its_parent(self):
        first, *others = self.registry.entries()
        self.ask((("next_r",), ("fork",), *SCRIPT, ("all_r",)),
                 [first, *ANSWERS, *others, END] * 2)

    def test_in_a_constructor_before_main(self):
        self.ask(SCRIPT, ANSWERS, PROBE_EARLY="1")

    def test_eight_threads_look_up(self):
        questions, answers = zip(*list(lookups(self.registry))[::7])
        self.ask(questions, answers * THREADS, threads=THREADS)

    def test_eight_threads_get_each_entry_once(self):
        drained = self.probe.ask(("all_r",), threads=THREADS)
        self.assert_same(sorted(drained), sorted(
            [*self.registry.entries(), *[END] * THREADS]))
