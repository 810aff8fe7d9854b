#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""usage: check_export.py IANAPORT COMPILER REGISTRY.xml PROBE LIBRARY_PROBE
PROBE.c

What "ianaport export" writes, read by those it is for."""

import csv
import io
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as ElementTree

from command import answer, ask, on_terminal
from second_reader import summary

COMPILER, REGISTRY, PROBE, LIBRARY_PROBE, PROBE_SOURCE = sys.argv[1:]
del sys.argv[1:]

# The library has kerberos-iv on 750 for udp before tcp, and these aliases of it
# for tcp before udp. No file can say that.
NO_FILE_CAN = "kdc -", "kerberos4 -"
PROTOCOLS = "tcp", "udp", "sctp", "dccp"
DATE = json.loads(answer("export", "--format", "json"))["updated"]
DATED = (f"# IANA's service names and port numbers of {DATE}, ianaport "
         + answer("-V").split()[1].rstrip(",") + "\n")


def export(form):
    return answer("export", "--format", form)


def can_mount():
    return not subprocess.run(["unshare", "-m", "true"],
                              capture_output=True).returncode


class Services(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.text = answer("export")
        entries = [line.split() for line in cls.text.splitlines()[1:]]
        names = {name for entry in entries for name in [entry[0], *entry[2:]]}
        places = [entry[1].split("/") for entry in entries]
        cls.queries = sorted(
            {f"{name} {entry[1].partition('/')[2]}" for entry in entries
             for name in [entry[0], *entry[2:]]}
            | {f"{port} {proto}" for port, proto in places}
            | {f"{name} -" for name in names}
            | {f"{port} -" for port, _ in places}) + ["nonesuch tcp", "4 tcp"]

    def read(self, probe, services=None, queries=None):
        """Answers of a probe, with a services file of its own."""
        command = [probe]
        with tempfile.NamedTemporaryFile("w") as file:
            if services is not None:
                file.write(services)
                file.flush()
                command = ["unshare", "-m", "sh", "-ec",
                           f"mount --bind {file.name} /etc/services; "
                           f"exec {probe}"]
            done = subprocess.run(
                command, input="\n".join(queries or self.queries) + "\n",
                capture_output=True, text=True)
        self.assertEqual(done.stderr, "")
        return done.stdout.splitlines()

    def test_dated_and_the_same_every_time(self):
        self.assertTrue(self.text.startswith(DATED))
        self.assertEqual(self.text, export("services"))
        self.assertIn("\nhttp\t80/tcp www www-http\n", self.text)
        self.assertIn("\nx11\t6063/udp\n", self.text)

    def test_lines_fit_what_musl_reads(self):
        self.assertLess(max(map(len, self.text.splitlines())), 127)

    def test_name_in_another_encoding_is_read_back(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder)
            line = b"caf\xe9\t7100/tcp \xe9t\xe9 \xc3\xa9\n"
            (path / "site").write_bytes(line)
            subprocess.run([COMPILER, "--overlay", path / "site", "--blob",
                            path / "blob", REGISTRY], check=True)
            words = "export", "-r", path / "blob", "--format"
            for form, text in (("services", line),
                               ("wireshark", b"caf\xe9\t7100/tcp\n"),
                               ("nmap", b"caf\xe9\t7100/tcp\t0.000000\n")):
                self.assertIn(text, answer(*words, form).encode(
                    errors="surrogateescape"))
            self.assertIn("\\xe9t\\xe9 \u00e9\n",
                          on_terminal(*words, "services"))

    @unittest.skipUnless(can_mount(), "mount namespaces need root")
    def test_glibc_answers_as_the_library(self):
        ours = self.read(LIBRARY_PROBE)
        theirs = self.read(PROBE, self.text)
        self.assertEqual(len(ours), len(self.queries))
        self.assertEqual([(q, a, b) for q, a, b in
                          zip(self.queries, ours, theirs)
                          if a != b and q not in NO_FILE_CAN], [])

    @unittest.skipUnless(can_mount() and shutil.which("musl-gcc"),
                         "needs root and musl")
    def test_musl_answers_as_the_library(self):
        """It knows tcp and udp, and has neither aliases nor the name of what an
        alias stands for. By port alone it takes tcp, then udp."""
        queries = [q for q in self.queries
                   if q.split()[1] in ("tcp", "udp", "-")]
        ours = self.read(LIBRARY_PROBE, queries=queries)
        with tempfile.TemporaryDirectory() as folder:
            probe = os.path.join(folder, "probe")
            subprocess.run(["musl-gcc", "-O1", "-D_GNU_SOURCE", "-o", probe,
                            PROBE_SOURCE], check=True)
            theirs = self.read(probe, self.text, queries)
        wrong = []
        for query, one, other in zip(queries, ours, theirs):
            asked, proto = query.split()
            by_port = asked.isdigit()
            if proto == "-" and not one.split()[0].endswith(("/tcp", "/udp")):
                continue
            if by_port and proto == "-":
                continue
            one, other = one.split()[:1 + by_port], other.split()[:1 + by_port]
            if one != other and query not in NO_FILE_CAN:
                wrong.append((query, one, other))
        self.assertEqual(wrong, [])


class Csv(unittest.TestCase):
    HEADING = ("Service Name,Port Number,Transport Protocol,Description,"
               "Assignee,Contact,Registration Date,Modification Date,Reference,"
               "Service Code,Unauthorized Use Reported,Assignment Notes\n")

    def test_every_record_of_the_registry(self):
        """A row for each, by port. White space is one space, as everywhere in
        the library, "20047-20047" is a port, and what is within another record
        is not said twice: 7776 is in 7748-7776, too."""
        text = export("csv")
        self.assertTrue(text.startswith(self.HEADING))
        rows = [tuple(row) for row in csv.reader(io.StringIO(text))][1:]
        expected, seen = [], set()
        for record in ElementTree.parse(REGISTRY).iter(
                "{http://www.iana.org/assignments}record"):
            name, number, protocol = (summary.texts_of(record, tag) for tag in
                                      ("name", "number", "protocol"))
            number = re.sub(r"^(\d+)-\1$", r"\1", number)
            ports = {(port, protocol) for port in summary.ports(number)}
            if not name and ports <= seen:
                continue
            seen |= ports if not name else set()
            d = summary.details_of(record)
            expected.append((
                name, number, protocol, d["description"], d["assignee"],
                d["contact"], d["registration date"], d["modification date"],
                d["reference"], d["service code"], d["unauthorized use"],
                d["note"]))
        self.assertEqual(*(sorted(
            # The second reader has spaces around every reference.
            tuple(re.sub(r" ?(\[.*?\]) ?", r"\1", text) for text in row)
            for row in some) for some in (rows, expected)))
        ports = [int(row[1].partition("-")[0] or 65536) for row in rows]
        self.assertEqual(ports, sorted(ports))

    def test_rows_as_published(self):
        """Lines of IANA's own file of 2025, whose records have not changed:
        https://github.com/NalleBerg/IPGUI has it."""
        text = export("csv")
        for line in (
                ",0,tcp,Reserved,,,,2024-12-20,[RFC6335],,,",
                ",2,udp,Reserved,,,,2025-02-13,,,,\"De-assigned on 2025-02-13, "
                "previously compressnet by [Bernie_Volz]\"",
                ",4,udp,Unassigned,,,,,,,,",
                "discard,9,dccp,Discard,[Eddie_Kohler],[Eddie_Kohler],,,"
                "[RFC4340],1145656131,,",
                ",24,tcp,any private mail system,[Rick_Adams],[Rick_Adams],,,,"
                ",,",
                ",51,,Reserved,,,,2013-05-24,,,,This entry is being removed on "
                "2013-05-24.",
                "finger,79,udp,Finger,[David_Zimmerman],[David_Zimmerman],,,,,"
                "Unauthorized use by some mail users (see [RFC4146] for "
                "details),",
                "http,80,tcp,World Wide Web HTTP,[IESG],[IETF_Chair],,"
                "2021-10-01,[RFC9110],,,Defined TXT keys: u=<username> "
                "p=<password> path=<path to document>",
                "www,80,tcp,World Wide Web HTTP,[IESG],[IETF_Chair],,"
                "2021-10-01,[RFC9110],,,\"This is a duplicate of the "
                "\"\"http\"\" service and should not be used for discovery "
                "purposes.\"",
                ",81,,Unassigned,,,,2007-09-06,,,,"):
            self.assertIn(f"\n{line}\n", text)


class Others(unittest.TestCase):
    def test_json(self):
        read = json.loads(export("json"))
        self.assertEqual(len(read["services"]), len(answer(
            "list", "--tsv").splitlines()) - 1)
        self.assertEqual(sorted(map(str, read["services"])), sorted(str(
            json.loads(line)) for line in answer("list", "--json")
            .splitlines()))

    @unittest.skipUnless(shutil.which("nft") and os.geteuid() == 0,
                         "needs nft and root")
    def test_nftables(self):
        text = export("nftables")
        self.assertTrue(text.startswith(DATED))
        for line in ("define tcp_http_alt = { 591, 8008, 8080 }",
                     "define tcp_x11 = 6000-6063", "define udp_3com_tsmux = 106",
                     "define tcp_ircu = 6665-6669", "define tcp_sql_net = { 66, 150 }",
                     "define tcp_www = 80"):
            self.assertIn(f"\n{line}\n", text)
        names = [line.split()[1] for line in text.splitlines()[1:]]
        rules = "".join(f"{name[:name.index('_')]} dport ${name} accept\n"
                        for name in names)
        done = subprocess.run(
            ["nft", "-c", "-f", "-"], capture_output=True, text=True,
            input=f"{text}table inet t {{ chain c {{\n{rules}}}\n}}\n")
        self.assertEqual((done.returncode, done.stderr), (0, ""))

    def test_names_of_ports(self):
        for form, protocols, between in (
                ("wireshark", PROTOCOLS, ""),
                ("nmap", PROTOCOLS[:3], "0.000000\t")):
            text = export(form)
            self.assertTrue(text.startswith(DATED))
            self.assertIn(f"\nhttps\t443/tcp\t{between}"
                          "# http protocol over TLS/SSL\n", text)
            lines = [line.split("\t")[:2] for line in text.splitlines()[1:]]
            asked = [f"{port}/{proto}" for port in range(65536)
                     for proto in protocols]
            names = ask("--name", given="\n".join(asked).encode())[1]
            self.assertEqual(lines, [
                [name, place] for place, name in
                zip(asked, names.split("\n")) if name])

    def test_wrong_usage(self):
        for words, why in {("--format", "xml"): "xml: not one of the choices",
                           ("services",): "services: unexpected operand",
                           }.items():
            self.assertEqual(ask("export", *words), (
                2, "", f"ianaport: {why}\n"
                "usage: ianaport export [OPTION]...\n"))


unittest.main()
