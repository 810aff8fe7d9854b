#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""usage: check_manual.py SOURCE BUILD

The installed manual: a page for every function, prototypes and examples that
compile, no page that mandoc or clang complains of."""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

SOURCE, BUILD = map(pathlib.Path, sys.argv[1:])
WORK = pathlib.Path(tempfile.mkdtemp())
INCLUDES = [f"-I{SOURCE / 'include'}", f"-I{BUILD / 'include'}"]

# An example is a file that names itself in its first line, or commands and
# their output. The tests of nss-ianaport(8), ianaport-preload(8) and
# ianaport-blob(5) run those of these pages; those of ianaport-update(8) are
# for systemd, or change the host.
LITERAL = re.compile(r"^\.Bd -literal.*?\n(.*?)^\.Ed|^\.Dl (.*?\n)", re.M | re.S)
FILE = re.compile(r"(?:/\*|#) ([\w.]+)(?: \*/)?\n")
COMMAND = re.compile(r"^\$ ((?:.*\\\n)*.*)\n((?:(?!\$ ).*\n)*)", re.M)
ELSEWHERE = {"ianaport-blob.5", "ianaport-preload.8", "ianaport-update.8",
             "nss-ianaport.8"}


def run(*command, **how):
    return subprocess.run(command, capture_output=True, text=True, **how)


def needs(program):
    return unittest.skipUnless(shutil.which(program), f"no {program}")


def exported():
    """The functions, as the linker knows them."""
    return set(re.findall(r"\biana_\w+", (SOURCE / "lib/ianaport.map").read_text()))


def section(page, title):
    """A section of a page, as its reader sees it."""
    text = re.sub(".\b", "", run("mandoc", "-T", "ascii", page).stdout)
    return re.search(rf"(?ms)^{title}\n(.*?)(?=^\S)", text)[1]


def function_pages():
    return [page for page in PAGES if page.name.startswith("iana_")
            and not page.is_symlink()]


class Pages(unittest.TestCase):
    def test_every_function_is_found_by_its_name(self):
        named = {page.stem for page in PAGES
                 if f"\n.Nm {page.stem}" in page.read_text()}
        self.assertEqual(exported() - named, set())

    def test_every_reference_to_our_pages_leads_to_one(self):
        ours = {page.name for page in [*PAGES, *(SOURCE / "doc").glob("*.8")]}
        named = {name.replace(" ", ".") for page in PAGES for name in
                 re.findall(r"Xr (\S*(?:iana|conventional)\S* \d)",
                            page.read_text())}
        self.assertEqual(named - ours, set())

    def test_paths_are_those_of_this_installation(self):
        shown = {path for page in PAGES for path in
                 re.findall(r"/[\w./-]*ianaport[\w-]*\.so[.\d]*",
                            page.read_text())}
        missing = {path for path in shown
                   if not (WORK / "man" / path[1:]).exists()}
        self.assertEqual(missing, set())

    def test_command_names_the_registry_that_it_uses(self):
        version = run(BUILD / "tool/ianaport", "-V").stdout.splitlines()
        path = version[1].partition(":")[0]
        page, = (page for page in PAGES if page.name == "ianaport.1")
        self.assertIn(f"\n.It Pa {path}\n", page.read_text())

    @needs("mandoc")
    def test_prototypes_are_those_of_the_header(self):
        synopses = "".join(section(page, "SYNOPSIS")
                           for page in function_pages())
        self.assertEqual(sorted(re.findall(r"(iana_\w+)\(", synopses)),
                         sorted(exported()))
        done = run("cc", "-fsyntax-only", "-x", "c", "-", *INCLUDES,
                   input="#include <ianaport-netdb.h>\n" + synopses)
        self.assertEqual((done.stderr, done.returncode), ("", 0))

    @needs("mandoc")
    def test_mandoc_has_no_complaint(self):
        done = run("mandoc", "-T", "lint", "-W", "warning", *PAGES)
        self.assertEqual((done.stdout, done.stderr), ("", ""))

    @needs("clang")
    def test_comments_of_the_headers_say_what_is_declared(self):
        for header in "ianaport.h", "ianaport-netdb.h":
            done = run("clang", "-fsyntax-only", "-Wdocumentation", "-Werror",
                       *INCLUDES, SOURCE / "include" / header)
            self.assertEqual((done.stderr, done.returncode), ("", 0))


class Examples(unittest.TestCase):
    def test_they_do_what_the_page_says(self):
        for page in PAGES:
            _, found, examples = page.read_text().partition("\n.Sh EXAMPLES\n")
            if found and page.name not in ELSEWHERE:
                with self.subTest(page=page.name):
                    self.assertGreater(self.check(examples), 0)

    def check(self, examples):
        """How many commands there were."""
        count = 0
        for found in LITERAL.findall(examples.partition("\n.Sh ")[0]):
            literal = "".join(found).replace("\\e", "\\").replace(r"\(aq", "'")
            name = FILE.match(literal)
            if name:
                (WORK / name[1]).write_text(literal)
            for command, output in COMMAND.findall(literal):
                count += 1
                with self.subTest(command=command):
                    self.check_command(command, output.rstrip("\n"))
        return count

    def check_command(self, command, output):
        done = run("sh", "-c", command.replace("/etc/services", "services"),
                   cwd=WORK)
        self.assertIn(done.returncode, (0, 1) if output else (0,), done)
        if output:
            self.assertEqual(done.stdout.rstrip("\n"), output)


class Readme(unittest.TestCase):
    """What .ci/run and the test "daemon" do not try."""

    TEXT = (SOURCE / "README.md").read_text()

    def test_commands_of_a_site_do_what_they_say(self):
        (WORK / "services").write_text("our-own-service 4/tcp\n")
        commands = re.search("^## A newer registry.*?\n\n((?:    .*\n)+)",
                             self.TEXT, re.M)[1]
        for place, here in (("/etc/services", "services"),
                            ("registry/conv", "conv"),
                            ("PUBLISHED.xml", "published.xml")):
            self.assertIn(place, commands)
            commands = commands.replace(place, here)
        done = run("sh", "-ec", commands, cwd=WORK)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertRegex(done.stdout, "^our-own-service  4/tcp\n(?s:.*) local\n")

    def test_functions_are_there(self):
        named = set(re.findall(r"(?<!/)\b(iana_\w+)", self.TEXT))
        self.assertGreater(len(named), 20)
        self.assertEqual(named - exported(), set())


def prepare():
    """What the commands of the examples find."""
    snapshot = SOURCE / "registry/service-names-port-numbers.xml"
    for name in "published.xml", "old.xml", "new.xml":
        shutil.copy(snapshot, WORK / name)
    shutil.copy(SOURCE / "registry/conventional.services", WORK)
    (WORK / "services").write_text("of-this-site 4/tcp\n")
    os.environ["PATH"] = os.pathsep.join(
        [str(BUILD / "tool"), str(BUILD / "registry/compiler"),
         os.environ["PATH"]])
    os.environ["PKG_CONFIG_PATH"] = str(BUILD / "meson-uninstalled")
    os.environ["LD_LIBRARY_PATH"] = str(BUILD / "lib")


if __name__ == "__main__":
    try:
        subprocess.run(["meson", "install", "-C", BUILD, "--no-rebuild",
                        "--quiet", "--destdir", WORK / "man"],
                       check=True)
        PAGES = sorted((WORK / "man").rglob("man/man?/*"))
        prepare()
        unittest.main(argv=sys.argv[:1], verbosity=2)
    finally:
        shutil.rmtree(WORK)
