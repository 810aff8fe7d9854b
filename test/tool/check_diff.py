#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""usage: check_diff.py IANAPORT COMPILER REGISTRY.xml OLD.xml NEW.xml

"ianaport diff" against the summary of registry/update/update.sh, which reads
dumps and XML. Both must print the same, apart from what a blob has not."""

import functools
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import unittest

from command import ask
from second_reader import summary

COMPILER, REGISTRY, *EXAMPLE = sys.argv[1:]
del sys.argv[1:]


def as_in_a_blob(details, dump):
    """A record without a protocol is that of all that the port is not
    assigned for, as the library answers."""
    for p in summary.PROTOCOLS:
        rows = {**details.nameless["-"], **details.nameless[p]}
        details.nameless[p] = {port: row for port, row in rows.items()
                               if dump.status(p, port) != "assigned"}
    details.nameless["-"] = {}
    return details


def load(path):
    dump = summary.Dump(f"{path}.dump")
    return dump, as_in_a_blob(summary.Details(f"{path}.xml"), dump)


old_registry = functools.lru_cache(load)


def model(old, new):
    dumps, details = zip(old_registry(old), load(new))
    return "".join(f"{line}\n" for line in summary.summarize(*dumps, *details))


class Diff(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.path = pathlib.Path(cls.folder.name)
        cls.xml = pathlib.Path(REGISTRY).read_text(encoding="utf-8")
        cls.make("old", cls.xml)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    @classmethod
    def make(cls, name, xml):
        """A blob and a dump; returns the former."""
        file = cls.path / f"{name}.xml"
        file.write_text(xml, encoding="utf-8")
        subprocess.run([COMPILER, "--blob", cls.path / name, "--dump",
                        cls.path / f"{name}.dump", file], check=True,
                       capture_output=True)
        return cls.path / name

    maxDiff = None

    def check(self, xml, old="old"):
        """Both agree; returns what they say."""
        self.make("new", xml)
        status, out, err = ask("diff", self.path / old, self.path / "new")
        self.assertEqual(err, "")
        self.assertEqual(status, 1 if "    " in out else 0)
        self.assertEqual(out, model(self.path / old, self.path / "new"))
        return out

    def test_nothing(self):
        out = self.check(self.xml)
        self.assertEqual(out, "registry: {0} -> {0}\n".format(
            re.search("<updated>(.*?)<", self.xml)[1]) + """\
names that no longer answer: 0
names that answer another port: 0
ports whose first name changed: 0
services removed: 0
services reassigned: 0
services renamed: 0
services respelled: 0
services moved: 0
services added: 0
standing changed: 0
statuses changed: 0
details changed: 0
""")
        self.assertEqual(ask("diff", "built-in", "built-in"), (0, out, ""))

    def test_example_of_the_summary(self):
        """Its old and new registry have each kind of change."""
        old, new = (pathlib.Path(file).read_text(encoding="utf-8")
                    for file in EXAMPLE)
        self.make("example", old)
        out = self.check(new, "example")
        self.assertNotRegex(out, "(?m)^\\S.* 0$")

    def test_details_that_only_one_has(self):
        blob = self.path / "bare"
        subprocess.run([COMPILER, "--no-details", "--blob", blob,
                        self.path / "old.xml"], check=True, capture_output=True)
        for files in [self.path / "old", blob], [blob, self.path / "old"]:
            self.assertEqual(ask("diff", *files)[1].splitlines()[-1],
                             "details changed: unknown, as one registry has "
                             "none")
        self.assertEqual(ask("diff", blob, blob)[0], 0)

    def test_renamed_is_not_reassigned_without_details(self):
        xml = self.path / "renamed.xml"
        xml.write_text((self.path / "old.xml").read_text().replace(
            "<name>rje</name>", "<name>remote-job</name>"))
        blob = self.path / "renamed"
        subprocess.run([COMPILER, "--no-details", "--blob", blob, xml],
                       check=True, capture_output=True)
        out = ask("diff", self.path / "old", blob)[1]
        self.assertIn("services renamed: 2\n    5/tcp  rje -> remote-job\n", out)
        self.assertIn("services reassigned: 0\n", out)

    def test_each_kind_of_change(self):
        xml = self.xml
        for before, after in (
                ("<name>rje</name>", "<name>remote-job</name>"),
                ("<number>22</number>", "<number>4</number>"),
                ("<number>6000-6063</number>", "<number>6000-6061</number>"),
                ('This entry is an alias to "corel-vncadmin"', "Nothing"),
                ('This entry is an alias to &quot;corel-vncadmin&quot;', "No"),
                ("<updated>2", "<updated>3")):
            xml = xml.replace(before, after)
        xml = re.sub(r"<record[^\n]*<name>qotd</name>[^\n]*\n", "", xml)
        out = self.check(xml)
        self.assertIn("\n    ssh  22/tcp -> 4/tcp\n", out)
        self.assertIn("services renamed: 2\n"
                      "    5/tcp  rje -> remote-job\n", out)
        self.assertIn("\n    corel_vncadmin  2654/tcp  alias-of corel-vncadmin "
                      "-> registered\n", out)
        self.assertIn("\n    qotd  17/tcp\n", out)
        self.assertIn("\n    6062-6063/tcp,udp  assigned -> unassigned\n", out)

    def test_nobody_knows_which_became_which(self):
        """Two of a name become two, and two of a port become one."""
        lines = [line.replace("<number>591<", "<number>4<")
                 .replace("<number>8008<", "<number>6<")
                 if "<name>http-alt<" in line else
                 line.replace("<name>rfile<", "<name>file<")
                 .replace("<name>loadav<", "<name>load<")
                 for line in self.xml.splitlines(keepends=True)
                 if not ("<name>http-alt<" in line and ">8008<" in line
                         and ">udp<" in line)]
        out = self.check("".join(lines))
        self.assertIn("services moved: 0\n", out)
        self.assertIn("    http-alt  4/tcp\n", out)

    def test_random_changes(self):
        for seed in range(3):
            rng = random.Random(seed)
            lines = self.xml.splitlines(keepends=True)
            for _ in range(60):
                at = rng.randrange(len(lines))
                if not lines[at].startswith("<record"):
                    continue
                number = re.search("<number>.*?</number>", rng.choice(lines))
                lines[at] = rng.choice([
                    "", lines[at] * 2,
                    re.sub("<number>.*?</number>", number[0] if number else "",
                           lines[at]),
                    re.sub("<name>(.)", rf"<name>{rng.choice('abx')}",
                           lines[at]),
                    re.sub("<(name>.)", lambda m: m[0].upper().replace(
                        "NAME", "name"), lines[at]),
                    re.sub("<(description|note)>", r"<\1>Not ", lines[at]),
                    re.sub("<protocol>.*?</protocol>",
                           "<protocol>sctp</protocol>", lines[at])])
            self.check("".join(lines))

    def test_conventional_names_are_services(self):
        _, out, _ = ask("diff", self.path / "old", "built-in")
        self.assertIn("\n    webmin  ", out)

    def test_wrong_usage_and_files(self):
        usage = "usage: ianaport diff OLD NEW\n"
        for words, why in {(): "OLD: missing", ("a",): "NEW: missing",
                           ("a", "b", "c"): "c: unexpected"}.items():
            self.assertEqual(ask("diff", *words), (
                2, "", f"ianaport: {why} operand\n{usage}"))
        self.assertEqual(ask("diff", "built-in", "/nonesuch"), (
            3, "", "ianaport: /nonesuch: No such file or directory\n"))


unittest.main()
