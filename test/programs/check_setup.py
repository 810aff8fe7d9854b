#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""usage: check_setup.py MODULE PAGE

Do the commands of the module's page set it up and remove it, whatever a host's
/etc/nsswitch.conf is like, and is the module never named there in vain?"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import unittest

import host
import manual

# In the test's own /etc: where the linker finds libraries, and where commands
# are that must not change anything elsewhere.
LIBRARIES = pathlib.Path("/etc/ianaport-test")
COMMANDS = LIBRARIES / "bin"
CONF = pathlib.Path("/etc/nsswitch.conf")
PROOF = "getent -s ianaport services coap"

DEBIAN = """\
# /etc/nsswitch.conf

passwd:         files
hosts:          files dns

protocols:      db files
services:       db files
rpc:            db files
"""
# What is there before, and the line on services that there is then.
HOSTS = {
    "Debian": (DEBIAN, "services:       db files ianaport"),
    "no line": ("hosts: files dns\n", "services: files ianaport"),
    "no line break": ("hosts: files dns", "services: files ianaport"),
    "empty": ("", "services: files ianaport"),
    "no file": (None, "services: files ianaport"),
    "comment": ("services:\tfiles\t# of ours\nhosts: files\n",
                "services:\tfiles ianaport\t# of ours"),
    "no source": ("services:  \n", "services:   files ianaport"),
    "done before": ("services: files ianaport\n", "services: files ianaport"),
    "other order": ("services: ianaport [NOTFOUND=return] files\n",
                    "services: ianaport [NOTFOUND=return] files"),
}


def run(command):
    return subprocess.run(["sh", "-c", command], capture_output=True,
                          text=True)


def works(command):
    return run(command).returncode == 0


def services_lines():
    lines = CONF.read_text().split("\n") if CONF.exists() else []
    return [line for line in lines if line.startswith("services:")]


def make_host(text):
    """With that in nsswitch.conf, and the module only where it is named."""
    for path in CONF, *LIBRARIES.glob("*.so*"):
        path.unlink(missing_ok=True)
    if text is not None:
        CONF.write_text(text)
    if text and "ianaport" in text:
        install()
    host.run("ldconfig")


def install():
    shutil.copy(MODULE, LIBRARIES)


class Commands(unittest.TestCase):
    def do(self, section):
        for command, output in SHOWN[section]:
            done = run(command)
            self.assertEqual((done.returncode, done.stdout, done.stderr),
                             (0, output, ""), command)
            self.assertTrue(works(PROOF) or
                            "ianaport" not in "".join(services_lines()),
                            f"it is named in vain after {command}")

    def assert_rest_works(self, before):
        lines = CONF.read_text().split("\n")
        for line in (before or "").split("\n"):
            if not line.startswith("services:"):
                self.assertIn(line, lines)
        self.assertTrue(works("getent hosts known-host"))
        self.assertEqual(works("getent services local-only"),
                         "NOTFOUND" not in "".join(lines))

    def test_no_others_are_shown(self):
        self.assertEqual(list(SHOWN), ["SET-UP", "REMOVAL"])

    def test_set_up_works_also_twice(self):
        for name, (before, line) in HOSTS.items():
            with self.subTest(name):
                make_host(before)
                install()
                self.do("SET-UP")
                self.assertEqual(services_lines(), [line])
                self.assert_rest_works(before)
                once = CONF.read_text()
                self.do("SET-UP")
                self.assertEqual(CONF.read_text(), once)

    def test_removal_leaves_nothing(self):
        for name, (before, line) in HOSTS.items():
            with self.subTest(name):
                make_host(before)
                install()
                self.do("SET-UP")
                self.do("REMOVAL")
                self.assertEqual(services_lines(), [re.sub(
                    r"\s*ianaport( \[.*\])?", "", line)])
                self.assert_rest_works(before)
                self.assertEqual(list(LIBRARIES.glob("*.so*")), [])
                self.assertFalse(works(PROOF))
                self.assertFalse(works("getent services coap"))

    def test_removal_of_the_only_source_leaves_files(self):
        make_host("services: ianaport\n")
        install()
        self.do("REMOVAL")
        self.assertEqual(services_lines(), ["services: files"])

    def test_module_is_proved_before_it_is_named(self):
        """Without the module the commands stop before they do harm."""
        make_host(DEBIAN)
        with self.assertRaisesRegex(AssertionError, PROOF):
            self.do("SET-UP")
        self.assertEqual(CONF.read_text(), DEBIAN)


def add_command(name, text):
    path = COMMANDS / name
    path.write_text("#!/bin/sh\n" + text + "\n")
    path.chmod(0o755)


if __name__ == "__main__":
    host.enter()
    MODULE, PAGE = sys.argv[1:]
    SHOWN = manual.commands_of(PAGE)
    host.make_etc()
    host.write("hosts", "192.0.2.1 known-host")
    host.write("services", "local-only 50000/tcp")
    if works(PROOF):
        print("skipped: the module is installed here, and would be removed")
        sys.exit(host.SKIP)
    COMMANDS.mkdir(parents=True)
    host.write("ld.so.conf.d/00-ianaport.conf", str(LIBRARIES))
    add_command("ldconfig", 'exec /sbin/ldconfig -X "$@"')
    os.environ["PATH"] = f"{COMMANDS}:{os.environ['PATH']}"
    unittest.main(argv=sys.argv[:1], verbosity=2)
