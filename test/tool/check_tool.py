#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""usage: check_tool.py IANAPORT COMPILER REGISTRY.xml

The command's lines, columns and exit status."""

import pathlib
import subprocess
import sys
import tempfile
import unittest

TOOL, COMPILER, REGISTRY = sys.argv[1:]
del sys.argv[1:]


def ask(*queries):
    done = subprocess.run([TOOL, *queries], capture_output=True, text=True)
    return done.returncode, done.stdout, done.stderr


def rows(*queries):
    return [line.split("  ") and [c.strip() for c in line.split("  ") if c]
            for line in ask(*queries)[1].splitlines()]


class Tool(unittest.TestCase):
    def test_service_range_is_one_line_each_protocol(self):
        self.assertEqual(rows("x11"), [
            ["x11", "6000-6063/tcp", "-", "User Ports", "assigned"],
            ["x11", "6000-6063/udp", "-", "User Ports", "assigned"]])

    def test_port_within_range_shows_the_range(self):
        self.assertEqual(rows("6010/tcp"), rows("x11/tcp"))

    def test_columns_are_aligned(self):
        lines = ask("x11/tcp", "22/tcp", "4/tcp")[1].splitlines()
        self.assertEqual(lines, [
            "x11  6000-6063/tcp  -  User Ports    assigned",
            "ssh  22/tcp         -  System Ports  assigned",
            "-    4/tcp          -  System Ports  unassigned"])

    def test_aliases_stand_with_their_service(self):
        self.assertEqual(rows("80/tcp"), [["http", "80/tcp", "www,www-http",
                                           "System Ports", "assigned"]])
        self.assertEqual(rows("www/tcp"), rows("80/tcp"))
        self.assertEqual(rows("WhoIs"), [["nicname", "43/tcp", "whois",
                                          "System Ports", "assigned"]])

    def test_services_that_share_a_port_are_all_shown(self):
        self.assertEqual([r[0] for r in rows("5349/udp")],
                         ["stuns", "turns", "stun-behaviors"])
        self.assertEqual(rows("2049")[0][:2], ["nfs", "2049/tcp"])

    def test_missing_parts_are_hyphens(self):
        self.assertEqual(rows("boe-cms")[0][1], "6400/-")
        self.assertEqual(rows("rdp"), [["rdp", "-", "-", "-", "-"]] * 2)
        self.assertIn(["https", "-/tcp", "-", "-", "-"], rows("https"))

    def test_name_with_slash(self):
        self.assertEqual(rows("cl/1/tcp"), [["cl-1", "172/tcp", "cl/1",
                                             "System Ports", "assigned"]])

    def test_free_port_is_shown_but_not_found(self):
        status, out, err = ask("4/tcp")
        self.assertEqual((status, out, err),
                         (1, "-  4/tcp  -  System Ports  unassigned\n", ""))
        self.assertEqual(ask("50000")[1],
                         "-  50000  -  Dynamic Ports  dynamic\n")

    def test_unknown_is_reported_and_the_rest_answered(self):
        for query in "nonesuch", "70000", "80/TCP", "", "80a", "-1/tcp", "/tcp":
            status, out, err = ask("22/tcp", query)
            self.assertEqual(status, 1, query)
            self.assertEqual(len(out.splitlines()), 1)
            self.assertIn(f"ianaport: {query}: ", err)

    def test_all_found_is_zero(self):
        self.assertEqual(ask("https", "443/tcp")[0], 0)

    def test_usage_is_two(self):
        for arguments in [], ["-x"], ["--nonesuch", "ssh"]:
            status, out, err = ask(*arguments)
            self.assertEqual((status, out), (2, ""))
            self.assertIn("usage: ianaport", err)

    def test_help_and_version(self):
        self.assertEqual(ask("--help")[0], 0)
        self.assertRegex(ask("--version")[1],
                         r"^ianaport \d+\.\d+\.\d+, registry of \d{4}-")

    def test_long_form_has_all_details(self):
        self.assertEqual(ask("-l", "DISCARD/dccp", "24/dccp"), (1, """\
discard  9/dccp
  range         System Ports
  status        assigned
  description   Discard
  assignee      [Eddie_Kohler]
  contact       [Eddie_Kohler]
  reference     [RFC4340]
  service code  1145656131
-  24/dccp
  range         System Ports
  status        unassigned
""", ""))

    def test_long_form_has_the_words_of_a_free_port(self):
        self.assertIn("  status        reserved\n"
                      "  description   any private mail system\n",
                      ask("--long", "24/udp")[1])

    def test_loaded_registry_is_asked_instead(self):
        with tempfile.TemporaryDirectory() as folder:
            names = pathlib.Path(folder, "services")
            names.write_text("our-own-name-for-it 24/udp\n")
            blob = pathlib.Path(folder, "blob")
            subprocess.run([COMPILER, "--overlay", names, "--blob", blob,
                            REGISTRY], check=True)
            self.assertEqual(ask("-r", blob, "24/udp", "nfsd"), (
                1, "our-own-name-for-it  24/udp  -  System Ports  reserved\n",
                "ianaport: nfsd: no such service or port\n"))
            self.assertRegex(ask("-r", blob, "--version")[1], "of 20")
            names.write_text("no registry\n")
            self.assertEqual(ask("-r", names, "ssh"), (
                1, "", f"ianaport: {names}: not a registry of libianaport\n"))
            blob = pathlib.Path(folder, "none")
            self.assertEqual(ask("-r", blob, "ssh"), (
                1, "", f"ianaport: {blob}: No such file or directory\n"))

    def test_full_device_is_an_error(self):
        with open("/dev/full", "w") as full:
            done = subprocess.run([TOOL, "ssh"], stdout=full,
                                  stderr=subprocess.PIPE)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn(b"No space left", done.stderr)


unittest.main()
