#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""usage: check_host_update.py SCRIPT TOOLS MODULE PROBE TOOL COMPILER PATH
           REGISTRY.xml CONVENTIONAL

ianaport-update on a host of its own: what it writes, module and command use;
what is wrong leaves what was there, and a program always gets an answer."""

import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
import unittest

import host
import probe
from check_system import SINGLE_ID, cover

HOME = pathlib.Path("/etc/ianaport-test")       # in the test's own /etc
NOBODY = 65534
ON_50001, HTTPS = ("port_r", 50001, "tcp"), ("name_r", "https", "tcp")
NOTHING = ["-", "https|443|tcp|"]
XML = "service-names-port-numbers.xml"


def set_up():
    """As it would be installed, in a folder of the test."""
    for name in "bin", "data", "site", "in", "stand-in":
        (HOME / name).mkdir(parents=True)
    for name, target in (("bin/ianaport", TOOL),
                         ("bin/ianaport-compile", COMPILER),
                         ("data/conventional.services", CONVENTIONAL),
                         ("data/functions.sh", TOOLS / "functions.sh"),
                         ("data/summarize-update.py",
                          TOOLS / "summarize-update.py")):
        (HOME / name).symlink_to(pathlib.Path(target).resolve())
    text = pathlib.Path(SCRIPT).read_text()
    for variable, path in (("bindir", "bin"), ("tools", "data"),
                           ("overlays", "site")):
        text, count = re.subn(f"(?m)^{variable}=.*$",
                              f"{variable}='{HOME / path}'", text)
        assert count == 1, variable
    (HOME / "ianaport-update").write_text(text)
    INSTALLED.write_bytes(shortened(pathlib.Path(REGISTRY).read_bytes(), 2000))


def published(name, date, *changes):
    """What IANA has on that day."""
    content = INSTALLED.read_bytes()
    changes = ((b"<updated>" + BUILT_IN.encode(),
                b"<updated>" + date.encode()),
               (b"<expert>", b"\n<expert>"), *changes)
    for old, new in changes:
        assert old in content, old
        content = content.replace(old, new, 1)
    path = HOME / "in" / name
    path.write_bytes(content)
    return path


def record(name, number):
    return (b"<record><name>%s</name><protocol>tcp</protocol>"
            b"<number>%d</number></record>\n</registry>" % (name, number))


class Case(probe.Test):
    def setUp(self):
        shutil.rmtree(PATH.parent, ignore_errors=True)
        for path in [*(HOME / "site").iterdir(), *(HOME / "stand-in").iterdir()]:
            path.unlink()

    def run_update(self, *arguments, before=()):
        path = f"{HOME / 'stand-in'}:{os.environ['PATH']}"
        return subprocess.run(
            [*before, "sh", HOME / "ianaport-update", *arguments], text=True,
            capture_output=True, env={**os.environ, "PATH": path})

    def update(self, *arguments, status=0, **how):
        """Run it, and see that it leaves nothing behind."""
        result = self.run_update(*arguments, **how)
        self.assertEqual(result.returncode, status,
                         result.stdout + result.stderr)
        self.assertEqual(self.leftovers(), [])
        return result

    def leftovers(self):
        return [path for path in PATH.parent.glob(".*")]

    def assert_answers(self, *answers):
        self.assertEqual(GLIBC.ask(ON_50001, HTTPS), list(answers))

    def stand_in(self, name, script):
        path = HOME / "stand-in" / name
        path.write_text(f"#!/bin/sh\nreal='{shutil.which(name)}'\n{script}\n")
        path.chmod(0o755)


class Update(Case):
    def test_newer_registry_is_used(self):
        self.assert_answers(*NOTHING)
        result = self.update(NEW)
        self.assertRegex(result.stdout, r"(?m)^names that no longer answer: 0")
        self.assertRegex(result.stdout, r"(?m)^    new-name  50001/tcp$")
        self.assertTrue(result.stdout.endswith(
            f"written: {PATH}, of 2098-01-01\n{PATH}: used; the built-in "
            f"registry is of {BUILT_IN}\n"), result.stdout[-300:])
        self.assert_answers("new-name|50001|tcp|", NOTHING[1])
        again = self.update(NEW)
        self.assertEqual((again.stdout, again.stderr), (
            "nothing changed: the registry is of 2098-01-01\n", ""))

    def test_from_a_url(self):
        if not shutil.which("curl"):
            self.skipTest("no curl")
        self.update("-q", NEW.as_uri())
        self.assert_answers("new-name|50001|tcp|", NOTHING[1])

    def test_check_tells_by_its_status_and_writes_nothing(self):
        for how in {}, {"before": AS_NOBODY}:
            self.update("--check", INSTALLED)
            self.update("--check", OLDER)
            self.assertIn("2098-01-01", self.update("--check", NEW, status=3,
                                                    **how).stdout)
            self.assertFalse(PATH.parent.exists())
        self.update("-q", NEW)
        before = PATH.read_bytes()
        self.update("--check", NEW, before=AS_NOBODY)
        self.update("--check", NEWEST, status=3)
        self.assertEqual(PATH.read_bytes(), before)

    def test_sites_names_without_another_registry(self):
        site = HOME / "site/our.services"
        site.write_text("our-app 50001/tcp our-alias\n")
        self.assertRegex(self.update(INSTALLED).stdout,
                         "(?m)^    our-app +50001/tcp$")
        self.assert_answers("our-app|50001|tcp|our-alias", NOTHING[1])
        site.unlink()
        self.assertIn("names that no longer answer: 2\n",
                      self.update(INSTALLED).stdout)
        self.assert_answers(*NOTHING)

    def test_removal_puts_the_host_back(self):
        self.update("-q", NEW)
        shutil.rmtree(PATH.parent)
        self.assert_answers(*NOTHING)

    def test_without_python_counts_are_given(self):
        tools = HOME / "tools"
        shutil.rmtree(tools, ignore_errors=True)
        tools.mkdir()
        for folder in "/usr/bin", "/bin", "/usr/sbin", "/sbin":
            for path in pathlib.Path(folder).iterdir():
                if "python" not in path.name and not os.path.lexists(
                        tools / path.name):
                    (tools / path.name).symlink_to(path)
        result = subprocess.run(["/bin/sh", HOME / "ianaport-update", NEW],
                                env={"PATH": str(tools)}, text=True,
                                capture_output=True)
        self.assertRegex(result.stdout, "no python3 here, so only counts: .* "
                                        "[1-9][0-9]* new or changed")
        self.assert_answers("new-name|50001|tcp|", NOTHING[1])


class Refused(Case):
    def setUp(self):
        super().setUp()
        self.update("-q", NEW)
        self.before = PATH.read_bytes(), PATH.with_name(XML).read_bytes()

    def assert_kept(self, result, message):
        self.assertRegex(result.stderr, message)
        self.assertEqual(
            (PATH.read_bytes(), PATH.with_name(XML).read_bytes()), self.before)
        self.assert_answers("new-name|50001|tcp|", NOTHING[1])

    def test_bad_downloads(self):
        bad = HOME / "in/bad.xml"
        content = NEWEST.read_bytes()
        for words, wrong in (("does not begin", b""),
                             ("does not begin", b"<html>"),
                             ("refused", content[:len(content) // 2]),
                             ("refused", content.replace(b"service-names", b"x")),
                             ("more than 2 %", shortened(content, 1000))):
            bad.write_bytes(wrong)
            self.assert_kept(self.update(bad, status=1), words)
        self.assert_kept(self.update(bad.with_name("nonesuch"), status=1),
                         "nonesuch")
        if shutil.which("curl"):
            self.assert_kept(self.update("file:///nonesuch", status=1),
                             "could not be fetched")

    def test_downgrade(self):
        self.assert_kept(self.update(INSTALLED, status=1),
                         f"is of {BUILT_IN}, older than the present one")
        self.update("--force", "-q", INSTALLED)
        self.assert_answers(*NOTHING)
        result = self.update("--force", OLDER)
        self.assertIn(f"{PATH}: not used: older than the built-in registry",
                      result.stdout)
        self.assert_answers(*NOTHING)

    def test_full_disk(self):
        kept = self.before
        size = (sum(map(len, kept)) >> 10) + 500
        host.run("mount", "-t", "tmpfs", "-o", f"mode=755,size={size}k",
                 "tmpfs", PATH.parent)
        try:
            PATH.write_bytes(kept[0])
            PATH.with_name(XML).write_bytes(kept[1])
            self.assert_kept(self.update(NEWEST, status=1), "No space left")
        finally:
            host.run("umount", PATH.parent)

    def test_one_at_a_time(self):
        go_on = HOME / "in/go-on"
        go_on.unlink(missing_ok=True)
        self.stand_in("head", f"until [ -e {go_on} ]; do sleep 0.1; done\n"
                              'exec "$real" "$@"')
        results = []
        first = threading.Thread(
            target=lambda: results.append(self.run_update(NEWEST)))
        first.start()
        while not self.leftovers():
            time.sleep(0.01)
        second = self.run_update(NEWEST)
        self.assert_kept(second, "another update is running")
        go_on.touch()
        first.join()
        self.assertEqual(results[0].returncode, 0, results[0].stderr)
        self.assert_answers("newest-name|50001|tcp|", NOTHING[1])

    def test_killed_between_the_renames(self):
        self.stand_in("mv", 'case $2 in *.xml.new) kill -9 $PPID; exit;; esac\n'
                            'exec "$real" "$@"')
        self.assertEqual(self.run_update(NEWEST).returncode, -signal.SIGKILL)
        self.assert_answers("newest-name|50001|tcp|", NOTHING[1])
        (HOME / "stand-in/mv").unlink()
        result = self.update(NEWEST)
        self.assertIn("finished an update that had been killed", result.stderr)
        self.assertIn("nothing changed", result.stdout)

    def test_reader_that_leaves_within_the_renames(self):
        go_on = HOME / "in/left"
        go_on.unlink(missing_ok=True)
        self.stand_in("mv", f"echo moving; until [ -e {go_on} ]; do sleep 0.1;"
                            ' done\nexec "$real" "$@"')
        self.update(NEWEST, before=[
            "bash", "-o", "pipefail", "-c",
            f'"$@" | {{ sed -u /moving/q; exec <&-; touch {go_on}; }}', "bash"])
        self.assert_answers("newest-name|50001|tcp|", NOTHING[1])

    def test_folder_of_others_is_said(self):
        PATH.parent.chmod(0o777)
        self.assertIn(f"{PATH}: not used: users other than root could change it",
                      self.update("-q", NEWEST).stdout)
        self.assert_answers(*NOTHING)

    def test_updates_under_load(self):
        failures, seen, done = [], set(), threading.Event()

        def look_up():
            while not done.is_set():
                first, https = GLIBC.ask(ON_50001, HTTPS)
                seen.add(first)
                if https != NOTHING[1]:
                    failures.append(https)

        loads = [threading.Thread(target=look_up) for _ in range(2)]
        for load in loads:
            load.start()
        for path in NEWEST, NEW, NEWEST:
            self.update("--force", "-q", path)
        done.set()
        for load in loads:
            load.join()
        self.assertEqual(failures, [])
        self.assertEqual(seen, {"new-name|50001|tcp|",
                                "newest-name|50001|tcp|"})


def shortened(content, count):
    """Its first lines, and its end."""
    lines = content.splitlines(keepends=True)
    return b"".join(lines[:count] + lines[-1:])


if __name__ == "__main__":
    host.enter()
    (SCRIPT, TOOLS, MODULE, PROBE, TOOL, COMPILER, PATH, REGISTRY,
     CONVENTIONAL) = sys.argv[1:]
    PATH, TOOLS = pathlib.Path(PATH), pathlib.Path(TOOLS)
    host.make_etc(MODULE)
    host.use("ianaport")
    cover(PATH)
    AS_NOBODY = () if SINGLE_ID else (
        "setpriv", f"--reuid={NOBODY}", "--clear-groups")
    INSTALLED = HOME / "data" / XML
    BUILT_IN = re.search("<updated>(.*)</updated>",
                         pathlib.Path(REGISTRY).read_text("utf-8"))[1]
    set_up()
    NEW = published("new.xml", "2098-01-01",
                    (b"</registry>", record(b"new-name", 50001)))
    NEWEST = published("newest.xml", "2099-01-01",
                       (b"</registry>", record(b"newest-name", 50001)))
    OLDER = published("older.xml", "2001-01-01")
    GLIBC = probe.Probe(PROBE)
    unittest.main(argv=sys.argv[:1], verbosity=2)
