#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""usage: check_search.py IANAPORT COMPILER REGISTRY.xml

Search by words, and lists of a kind."""

import json
import sys
import unittest

from command import answer, ask, seconds_to_miss

COMPILER, REGISTRY = sys.argv[1:]
del sys.argv[1:]


def services(*words):
    return [json.loads(line) for line in answer(*words, "--json").splitlines()]


EVERY = services("*")


def places(rows):
    return [(row["name"], row["port"], row["protocol"]) for row in rows]


class Search(unittest.TestCase):
    def names(self, *words):
        return answer("search", "--name", *words).split()

    def test_exact_name_is_first(self):
        self.assertEqual(answer("search", "mqtt"), """\
mqtt          1883/tcp  ibm-mqisdp*  User Ports  assigned  IANA
mqtt          1883/udp  ibm-mqisdp*  User Ports  assigned  IANA
mqtt          -         -            -           -         IANA
secure-mqtt   8883/tcp  -            User Ports  assigned  IANA
secure-mqtt   8883/udp  -            User Ports  assigned  IANA
usp-agt-mqtt  -/tcp     -            -           -         IANA
usp-ctr-mqtt  -/tcp     -            -           -         IANA
""")

    def test_words_in_any_case_and_order(self):
        self.assertEqual(self.names("Name", "DOMAIN server")[0], "domain")
        self.assertEqual(self.names("server name domain"),
                         self.names("DOMAIN", "name", "server"))

    def test_initials(self):
        self.assertEqual(self.names("nntp")[:2], ["nntp", "nntps"])
        self.assertIn("domain", self.names("dns")[:30])

    def test_best_matches_come_first(self):
        names = self.names("dns")
        best = ["dnsix", "domain-s", "domain", "odnsp", "dn6-nlm-aud", "iax"]
        self.assertEqual(sorted(best, key=names.index), best)

    def test_alias(self):
        self.assertEqual(self.names("www-http")[0], "http")

    def test_what_is_found_has_every_word(self):
        """In one of the columns that are searched, or else in the initials."""
        def has(row, word):
            text = [row["name"], *row["aliases"], row["description"],
                    row["note"], row["assignee"]]
            return any(word in one.lower() for one in text if one)

        for words in ["ssh"], ["postel"], ["path", "user"], ["iesg", "http"]:
            self.assertEqual(
                sorted(places(services("search", *words)), key=str),
                sorted(places(row for row in EVERY
                              if all(has(row, w) for w in words)
                              or words == ["ssh"] and row["description"]
                              == "Sun Service Host"), key=str), words)

    def test_nothing(self):
        self.assertEqual(ask("search", "nonesuch"), (
            1, "", "ianaport: nonesuch: nothing has this word\n"))
        self.assertEqual(ask("search", "http", "none\33such"), (
            1, "", "ianaport: http none\\x1bsuch: nothing has all these "
            "words\n"))
        self.assertEqual(ask("search", "a b", "nonesuch"), (
            1, "", "ianaport: a b nonesuch: nothing has all these words\n"))

    def test_ten_times_the_words_take_ten_times_as_long(self):
        words = ["zqq " * 30000]
        self.assertLess(seconds_to_miss("search", *words * 10),
                        25 * (seconds_to_miss("search", *words) + 0.02))

    def test_wrong_usage(self):
        for words in [], [" "], [""]:
            self.assertEqual(ask("search", *words), (
                2, "", "ianaport: TEXT: missing operand\n"
                "usage: ianaport search [OPTION]... TEXT...\n"))

    def test_help(self):
        self.assertIn("usage: ianaport search", answer("search", "--help"))


class List(unittest.TestCase):
    def test_every_service_by_port(self):
        rows = services("list")
        self.assertEqual(sorted(places(rows), key=str),
                         sorted(places(EVERY), key=str))
        ports = [row["port"] for row in rows if row["port"] is not None]
        self.assertEqual(ports, sorted(ports))

    def test_filters(self):
        for words, test in {
                ("--proto", "sctp"): lambda r: r["protocol"] == "sctp",
                ("--proto", "NONE"): lambda r: r["protocol"] is None,
                ("--range", "system"): lambda r: r["range"] == "System Ports",
                ("--range", "dynamic"): lambda r: r["range"] == "Dynamic Ports",
                ("--origin", "iana"): lambda r: "IANA" in {
                    r["origin"], *r["alias_origins"]},
                ("--origin", "conventional"): lambda r: "conventional" in {
                    r["origin"], *r["alias_origins"]},
                ("--status", "assigned"): lambda r: r["status"] == "assigned",
                }.items():
            self.assertEqual(sorted(places(services("list", *words)), key=str),
                             sorted(places(filter(test, EVERY)), key=str),
                             words)

    def test_ports_of_a_status(self):
        self.assertEqual(
            answer("list", "--proto", "udp", "--status", "reserved",
                   "--range", "system").splitlines()[:3], [
                "-     0/udp          -  System Ports  reserved  -",
                "-     2-3/udp        -  System Ports  reserved  -",
                "-     24/udp         -  System Ports  reserved  -"])
        self.assertEqual(answer("list", "--status", "dynamic", "--port"),
                         "49152\n57000\n57001\n60177\n60178\n60179\n60180\n")

    def test_nothing(self):
        self.assertEqual(ask("list", "--origin", "local"), (
            1, "", "ianaport: list: no such services or ports\n"))

    def test_wrong_usage(self):
        for words, why in {("http",): "http: unexpected operand",
                           ("--status", "x"): "x: not one of the choices",
                           ("--origin", "IANA"): "IANA: not one of the choices",
                           ("--near", "5"): "--near: no such option, or no "
                                            "such value"}.items():
            self.assertEqual(ask("list", *words), (
                2, "", f"ianaport: {why}\nusage: ianaport list [OPTION]...\n"))


unittest.main()
