#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""usage: check_free.py IANAPORT COMPILER REGISTRY.xml

Free ports, against the registry's XML and this machine's sockets."""

import re
import socket
import sys
import unittest
import xml.etree.ElementTree as ElementTree

from command import answer, ask

COMPILER, REGISTRY = sys.argv[1:]
del sys.argv[1:]
NOTE = ("RFC 6335: before you use one, apply to IANA for it, "
        "https://www.iana.org/protocols/apply\n")


def taken(protocols):
    """Ports of which a record for one of these protocols, or for all, says
    something else than that they are unassigned, or that somebody uses them."""
    ports = set()
    for record in ElementTree.parse(REGISTRY).iter(
            "{http://www.iana.org/assignments}record"):
        said = {e.tag.partition("}")[2]: e.text or "" for e in record}
        if (said.get("protocol") or None) not in (None, *protocols):
            continue
        if not said.get("name") and re.match(
                "unassigned", said.get("description", ""), re.I) \
                and not said.get("unauthorized") and not said.get("note"):
            continue
        first, _, last = said.get("number", "").partition("-")
        if first:
            ports |= {*range(int(first), int(last or first) + 1)}
    return ports


def conventional():
    words = answer("list", "--origin", "conventional", "--tsv").splitlines()
    return {int(line.split("\t")[1]) for line in words[1:]}


def free(*words):
    status, out, err = ask("free", *words)
    assert (status, err) == (0, NOTE), (status, err)
    return out.splitlines()


class Free(unittest.TestCase):
    def test_all_are_what_the_registry_leaves(self):
        for last, words in (1023, ["--range", "system"]), (49151, []):
            first = 1024 if last > 1023 else 0
            left = {*range(first, last + 1)} - conventional()
            got = {*map(int, free("--count", "65535", *words))}
            self.assertEqual(got, left - taken(["tcp", "udp", "sctp", "dccp"]))

    def test_protocol_of_its_own(self):
        got = {*map(int, free("--proto", "SCTP", "--count", "65535"))}
        self.assertEqual(got, {*range(1024, 49152)} - taken(["sctp"]))

    def test_no_use_is_known(self):
        """By IANA; a note tells of 1895, and the rest have a column."""
        got = free("--count", "65535")
        for port in "1491", "1895", "2194", "4144":
            self.assertNotIn(port, got)

    def test_ten_from_below(self):
        every = free("--count", "65535")
        self.assertEqual(free(), every[:10])
        self.assertEqual(free("--count", "3"), every[:3])

    def test_near_a_port(self):
        every = [*map(int, free("--count", "65535"))]
        for near in 8080, 1024, 49151, 0, 65535:
            nearest = sorted(every, key=lambda p: (abs(p - near), -p))
            self.assertEqual(free("--near", str(near), "--count", "65535"),
                             [*map(str, nearest)])

    def test_runs_do_not_overlap(self):
        every = {*map(int, free("--count", "65535"))}
        left = set(every)
        runs = []
        for port in sorted(every):
            run = {*range(port, port + 9)}
            if run <= left:
                runs.append(f"{port}-{port + 8}")
                left -= run
        self.assertEqual(free("--run", "9", "--count", "65535"), runs)

    def test_runs_near_a_port(self):
        """Those that contain it, then those that start or end near it."""
        every = {*map(int, free("--count", "65535"))}
        for near, n in (28588, 20), (8080, 3), (0, 2), (65535, 2), (20050, 99):
            left, runs = set(every), []
            for first in sorted(every, key=lambda p: (
                    max(p - near, near - p - n + 1, 0), -p)):
                run = {*range(first, first + n)}
                if run <= left:
                    runs.append(f"{first}-{first + n - 1}")
                    left -= run
            self.assertEqual(free("--near", str(near), "--run", str(n),
                                  "--count", "65535"), runs)

    def test_local_sockets_are_left_out(self):
        near = free("--near", "20000", "--count", "4")
        sockets = []
        for kind, port in zip(((socket.AF_INET, socket.SOCK_STREAM),
                               (socket.AF_INET6, socket.SOCK_STREAM),
                               (socket.AF_INET, socket.SOCK_DGRAM)), near):
            one = socket.socket(*kind)
            one.bind(("", int(port)))
            if kind[1] == socket.SOCK_STREAM:
                one.listen()
            sockets.append(one)
        self.assertEqual(free("--near", "20000", "--count", "4"), near)
        got = free("--near", "20000", "--count", "4", "--local")
        self.assertEqual([p for p in near if p in got], near[3:])
        for one in sockets:
            one.close()

    def test_forms(self):
        self.assertEqual(ask("free", "--tsv", "--run", "2", "--count", "1",
                             "--proto", "tcp")[1].splitlines()[1].split("\t")
                         [1:7], ["4337-4338", "tcp", "", "", "User Ports",
                                 "unassigned"])

    def test_none_is_one(self):
        self.assertEqual(ask("free", "--run", "30000"), (
            1, "", "ianaport: free: no such ports\n"))

    def test_wrong_usage(self):
        for words, why in {
                ("8080",): "8080: unexpected operand",
                ("--count", "0"): "0: not a valid number",
                ("--near", "65536"): "65536: not a valid number",
                ("--run", "1-2"): "1-2: not a valid number",
                ("--range", "users"): "users: not one of the choices",
                ("--range", "dynamic"): "dynamic: has no ports that IANA assigns",
                ("--name",): "--name: free ports have no names",
                ("--proto", "none"): "none: no such protocol",
                ("--proto", "ip"): "ip: no such protocol"}.items():
            self.assertEqual(ask("free", *words), (
                2, "", f"ianaport: {why}\nusage: ianaport free [OPTION]...\n"))


unittest.main()
