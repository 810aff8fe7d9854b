#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""usage: check_nss.py MODULE LIBRARY PROBE REGISTRY.xml [NAMES]

The NSS module: as a file, by what glibc asks of it, and through glibc."""

import ctypes
import errno
import itertools
import os
import pathlib
import socket
import sys
import unittest

import host
import oracle
import probe

TRYAGAIN, NOTFOUND, SUCCESS = -2, 0, 1
UNTOUCHED = errno.EILSEQ

FUNCTIONS = {"_nss_ianaport_" + name for name in (
    "getservbyname_r", "getservbyport_r", "getservent_r", "setservent",
    "endservent")}


class File(unittest.TestCase):
    def test_it_exports_what_glibc_asks_for_and_no_more(self):
        self.assertEqual(probe.exported(MODULE), FUNCTIONS)

    def test_it_needs_libc_alone(self):
        self.assertEqual(probe.needed(MODULE), ["libc.so.6"])

    def test_its_name_is_what_glibc_loads(self):
        self.assertIn("soname: [libnss_ianaport.so.2]",
                      probe.output_of("readelf", "-dW", MODULE))


# ---- The functions, as glibc calls them -------------------------------------

class Servent(ctypes.Structure):
    _fields_ = [("name", ctypes.c_void_p), ("aliases", ctypes.c_void_p),
                ("port", ctypes.c_int), ("protocol", ctypes.c_void_p)]


class Buffer:
    """So many bytes at any alignment, between guards that must not change."""
    GUARD = b"\x5a" * 64

    def __init__(self, size, align=0):
        self.size = size
        self.room = ctypes.create_string_buffer(144 + size)
        start = ctypes.addressof(self.room)
        self.offset = len(self.GUARD) - start % 16 + align
        self.at = start + self.offset
        ctypes.memset(self.room, self.GUARD[0], len(self.room))

    def is_kept(self):
        """Nothing was written before and behind."""
        around = self.room[:self.offset] + self.room[self.offset + self.size:]
        return not around.strip(self.GUARD[:1])

    def has(self, pointer, size):
        return self.at <= pointer and pointer + size <= self.at + self.size

    def text(self, pointer):
        text = ctypes.string_at(pointer)
        if not self.has(pointer, len(text) + 1):
            raise AssertionError(f"{text} is outside of the buffer")
        return text.decode()

    def entry(self, found):
        """As oracle.py writes it, if all of it is in the buffer."""
        word = ctypes.sizeof(ctypes.c_void_p)
        vector = ctypes.cast(found.aliases, ctypes.POINTER(ctypes.c_void_p))
        aliases = list(itertools.takewhile(bool, vector_of(vector)))
        if (found.aliases % word
                or not self.has(found.aliases, word * (len(aliases) + 1))):
            raise AssertionError("the vector is outside, or not aligned")
        return "|".join((self.text(found.name), str(socket.ntohs(found.port)),
                         self.text(found.protocol),
                         ",".join(map(self.text, aliases))))


def vector_of(pointer):
    return (pointer[n] for n in itertools.count())


class Call:
    """A function of the module and its arguments."""

    def __init__(self, name, *arguments):
        self.arguments = arguments
        self.function = getattr(ABI, "_nss_ianaport_" + name)

    def __call__(self, buffer):
        """Status, *errnop and entry; errno itself stays as it was."""
        found, error = Servent(), ctypes.c_int(UNTOUCHED)
        ctypes.set_errno(UNTOUCHED)
        status = self.function(
            *self.arguments, ctypes.byref(found), ctypes.c_void_p(buffer.at),
            ctypes.c_size_t(buffer.size), ctypes.byref(error))
        if ctypes.get_errno() != UNTOUCHED or not buffer.is_kept():
            raise AssertionError("errno or what is around the buffer changed")
        entry = buffer.entry(found) if status == SUCCESS else "-"
        return status, error.value, entry


def by_name(name, protocol):
    return Call("getservbyname_r", name, protocol)


def by_port(port, protocol):
    return Call("getservbyport_r", port, protocol)


def lookups_of(text):
    """An entry's name and its port, asked for, and what must be answered."""
    name, port, protocol, _ = text.split("|")
    for call, entry in (
            (by_name(name.encode(), protocol.encode()),
             REGISTRY.entry_named(name, protocol)),
            (by_port(socket.htons(int(port)), None),
             REGISTRY.entry_on(int(port), None))):
        yield call, (SUCCESS, UNTOUCHED, entry)


class Abi(unittest.TestCase):
    NEXT = "getservent_r"
    MISS = NOTFOUND, errno.ENOENT, "-"
    FULL = TRYAGAIN, errno.ERANGE, "-"

    def setUp(self):
        self.assertEqual(ABI._nss_ianaport_setservent(0), SUCCESS)

    def next(self):
        return Call(self.NEXT)(Buffer(1024))

    def test_hit_is_success_and_leaves_error(self):
        for text in ENTRIES[::100]:
            for call, wanted in lookups_of(text):
                self.assertEqual(call(Buffer(1024)), wanted)

    def test_miss_is_notfound_with_enoent_at_any_size(self):
        calls = [by_name(name, protocol) for name, protocol in (
            (None, None), (b"", None), (b"80", None), (b"https", b""),
            (b"https", b"TCP"), (b"no-such-name", b"tcp"),
            (b"http" * 99999, None))]
        calls += [by_port(port, protocol) for port, protocol in (
            (0, None), (-1, b"tcp"), (0xffff, None),
            (0x10000 | socket.htons(443), None),
            (socket.htons(443), b"no-such-protocol"))]
        for call, size in itertools.product(calls, (*range(9), 1024)):
            self.assertEqual(call(Buffer(size)), self.MISS, call.arguments)

    def until_it_fits(self, call, align):
        for size in itertools.count():
            answer = call(Buffer(size, align))
            if answer != self.FULL:
                return answer
            self.assertLess(size, 1024)

    def test_too_small_is_tryagain_with_erange_at_every_size(self):
        largest = max(ENTRIES, key=lambda text: (text.count(","), len(text)))
        for text in (ENTRIES[0], "https|443|tcp|", largest):
            for (call, wanted), align in itertools.product(lookups_of(text),
                                                           range(8)):
                self.assertEqual(self.until_it_fits(call, align), wanted)

    def test_too_small_consumes_no_entry(self):
        for n, text in enumerate(ENTRIES[:200]):
            self.assertEqual(self.until_it_fits(Call(self.NEXT), n % 8),
                             (SUCCESS, UNTOUCHED, text))

    def test_enumeration_is_the_registry_and_ends_again_and_again(self):
        for text in ENTRIES:
            self.assertEqual(self.next(), (SUCCESS, UNTOUCHED, text))
        for size in (0, 1, 1024) * 2:
            self.assertEqual(Call(self.NEXT)(Buffer(size)), self.MISS)

    def test_endservent_rewinds(self):
        self.next()
        self.assertEqual(ABI._nss_ianaport_endservent(), SUCCESS)
        self.assertEqual(self.next()[2], ENTRIES[0])

    def test_lookups_do_not_move_the_cursor(self):
        for text in ENTRIES[:50]:
            by_name(b"https", None)(Buffer(1024))
            by_port(socket.htons(443), None)(Buffer(1024))
            self.assertEqual(self.next()[2], text)

    def test_cursor_is_not_that_of_the_library(self):
        """Loaded before it, and for all to link with."""
        found, buffer = Servent(), Buffer(1024)
        result = ctypes.c_void_p()
        for text in ENTRIES[:50]:
            self.assertEqual(LIBIANAPORT.iana_getservent_r(
                ctypes.byref(found), ctypes.c_void_p(buffer.at),
                ctypes.c_size_t(buffer.size), ctypes.byref(result)), 0)
            self.assertEqual(buffer.entry(found), text)
            self.assertEqual(self.next()[2], text)


# ---- Through glibc ----------------------------------------------------------

# Who answers probe.SUBJECTS, the local file, the registry or nobody. Then what
# an enumeration gives.
CHAINS = {
    "files ianaport": ("LLLLRR--", "LR"),
    "ianaport files": ("RRLLRR--", "RL"),
    "ianaport": ("RR--RR--", "R"),
    "ianaport [NOTFOUND=return] files": ("RR--RR--", "R"),
    "ianaport [UNAVAIL=return] files": ("RRLLRR--", "RL"),
    "ianaport [TRYAGAIN=return] files": ("RRLLRR--", "RL"),
    "ianaport [!SUCCESS=return] files": ("RR--RR--", "R"),
    "files [NOTFOUND=return] ianaport": ("LLLL----", "L"),
    # glibc goes on, and what it found is lost.
    "ianaport [SUCCESS=continue] files": ("LLLL----", "L"),
    "files [SUCCESS=continue] ianaport": ("RR--RR--", "R"),
    "absent ianaport": ("RR--RR--", "R"),
    "files ianaport absent": ("LLLLRR--", "LR"),
}


class Chains(probe.Test):
    def setUp(self):
        host.write("services", *probe.services_lines(probe.LOCAL))

    def test_who_answers(self):
        for chain, (sources, _) in CHAINS.items():
            host.use(chain)
            for source, (asked, *found) in zip(sources, probe.SUBJECTS):
                entry = dict(zip("LR-", (*found, "-")))[source]
                self.assertEqual(GLIBC.ask(*probe.ways_to_ask(*asked)),
                                 probe.ways_to_answer(asked, entry),
                                 (chain, asked))

    def test_enumeration(self):
        of = {"L": list(probe.LOCAL), "R": ENTRIES}
        for chain, (_, sources) in CHAINS.items():
            host.use(chain)
            wanted = list(itertools.chain(*(of[s] for s in sources)))
            self.assert_same(GLIBC.ask(("all",), ("set",), ("all_r",)),
                             [*wanted, "-", *wanted, probe.END], chain)

    def test_miss_without_a_services_file(self):
        """What the last source says counts, and files then has no answer."""
        os.unlink("/etc/services")
        for chain, wanted in (("files ianaport", "-"),
                              ("ianaport files", probe.END)):
            host.use(chain)
            self.assertEqual(
                GLIBC.ask(("name_r", "no-such-name", "tcp"),
                          ("name_r", "https", "tcp")),
                [wanted, "https|443|tcp|"], chain)

    def test_absent_module_gives_a_stale_errno(self):
        """Why nsswitch.conf must not name the module when it is not there."""
        host.use("absent")
        self.assertEqual(GLIBC.ask(("errno", UNTOUCHED),
                                   ("name_r", "https", "tcp"),
                                   ("port_r", 443, "tcp")),
                         [f"error {UNTOUCHED}"] * 2)


class Same(probe.Same, probe.Test):
    before = (("name", "https", None),)
    denied = errno.EPERM        # glibc looks whether nsswitch.conf changed

    def setUp(self):
        self.probe, self.registry = GLIBC, REGISTRY
        host.write("services")
        host.use("files", "ianaport")

    def test_it_is_the_module_that_answers(self):
        host.use("files")
        for answer in GLIBC.ask(*probe.SCRIPT):
            self.assertNotIn(answer, probe.ANSWERS)

    def test_glibc_does_not_load_it_later(self):
        """Nor by a look-up that files answered."""
        host.write("services", *probe.services_lines(probe.LOCAL))
        for before in (), (("name", "local-only", None),):
            answers = GLIBC.ask(*before, ("nofile",), *probe.SCRIPT)
            self.assertNotIn("https|443|sctp|", answers)


if __name__ == "__main__":
    host.enter()
    MODULE, LIBRARY, PROBE, *SOURCES = sys.argv[1:]
    host.make_etc(MODULE)
    host.write("nsswitch.conf", "hosts: files")
    host.write("services")
    REGISTRY = oracle.Registry(*SOURCES)
    ENTRIES = REGISTRY.entries()
    LIBIANAPORT = ctypes.CDLL(pathlib.Path(LIBRARY).resolve(),
                              mode=ctypes.RTLD_GLOBAL)
    ABI = ctypes.CDLL(MODULE, use_errno=True)
    GLIBC = probe.Probe(PROBE)
    unittest.main(argv=sys.argv[:1], verbosity=2)
