# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""What tests of the registry compiler have in common.

A test is started as `check_NAME.py COMPILER DATADIR [unittest's arguments]`.
DATADIR has small registries, NAME.xml, each with the dump that it must give,
NAME.dump, and perhaps conventional names, NAME.services, and a site's names,
NAME.overlay."""

import os
import importlib.util
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

COMPILER, DATA = (pathlib.Path(argument).resolve() for argument in sys.argv[1:3])
VERIFY = (pathlib.Path(__file__).resolve().parents[2]
          / "registry/update/verify-snapshot.py")

OUTPUTS = "snapshot", "dump", "blob", "c", "details", "header"
ROOT = '<registry xmlns="http://www.iana.org/assignments" id="service-names-port-numbers">'
XML = '<?xml version="1.0" encoding="UTF-8"?>'
UPDATED = "<updated>2026-01-02</updated>"


def record(name=None, number=None, protocol=None, description=None, more=""):
    fields = {"name": name, "protocol": protocol, "description": description, "number": number}
    return "<record>{}{}</record>".format(
        "".join(f"<{tag}>{text}</{tag}>" for tag, text in fields.items()
                if text is not None), more)


def held(number, protocol="tcp", words="Reserved"):
    return record(None, number, protocol, words)


GOOD = record("good", "80", "tcp")
NAMED = record("a-name", "7", "tcp")


def registry(*lines):
    """A registry with these lines from its fifth on."""
    return "\n".join((XML, ROOT, UPDATED, GOOD, *lines, "</registry>", ""))


WHOLE = registry()


def names_of(path):
    """The options for the names that stand beside a registry."""
    return [text for option, suffix in (("--conventional", ".services"), ("--overlay", ".overlay"))
            if path.with_suffix(suffix).exists() for text in (option, path.with_suffix(suffix))]


def contents(directory):
    return {path.name: path.read_bytes() for path in directory.iterdir()}


def load(path):
    """A script whose name is no module's."""
    spec = importlib.util.spec_from_file_location(path.stem.replace("-", "_"), path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


VERIFIER = load(VERIFY)


def lost(published, snapshot):
    """What verify-snapshot.py finds that differs."""
    return [*VERIFIER.differences(VERIFIER.read_published(published),
                                  VERIFIER.read_snapshot(snapshot))]


class CompilerCase(unittest.TestCase):
    def setUp(self):
        os.umask(0o022)                 # for unprivileged(), too
        directory = tempfile.TemporaryDirectory(prefix="ianaport-path-")
        self.addCleanup(directory.cleanup)
        self.directory = pathlib.Path(directory.name)
        self.directory.chmod(0o755)     # for unprivileged()

    def write(self, name, text):
        path = self.directory / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def make_directory(self, files=()):
        out = pathlib.Path(tempfile.mkdtemp(dir=self.directory))
        for name in files:
            (out / name).write_bytes(b"previous")
        return out

    def compile(self, *arguments, **options):
        result = subprocess.run([COMPILER, *arguments], capture_output=True, timeout=120,
                                encoding="utf-8", errors="replace", **options)
        self.assertNotRegex(result.stderr, "Sanitizer|runtime error")
        self.assertGreaterEqual(result.returncode, 0, "killed by a signal")
        return result

    def outputs(self, directory):
        return [text for name in OUTPUTS for text in (f"--{name}", directory / name)]

    def compiled(self, *arguments, **options):
        """What a compilation that succeeds writes, and says on stderr."""
        out = self.make_directory()
        result = self.compile(*self.outputs(out), *arguments, **options)
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual(set(contents(out)), set(OUTPUTS))
        return contents(out), result.stderr

    def assert_message(self, result, place, words):
        self.assertNotEqual(result.returncode, 0, f"accepted; {result.stderr}")
        lines = [line for line in result.stderr.splitlines() if line.startswith(f"{place}: ")]
        self.assertTrue(lines, f"no message of {place}: {result.stderr}")
        for word in words:
            self.assertIn(word.lower(), lines[-1][len(f"{place}: "):].lower())

    def assert_refused(self, place, words, *arguments):
        """Refused with a message, and nothing written, nor overwritten."""
        for previous in (), OUTPUTS:
            out = self.make_directory(previous)
            result = self.compile(*self.outputs(out), *arguments)
            self.assert_message(result, place, words)
            self.assertEqual(contents(out), dict.fromkeys(previous, b"previous"))
        return result

    def assert_line_refused(self, lines, number, words):
        """Refused for that line of a registry, and accepted without it."""
        path = self.write("bad.xml", "\n".join(lines))
        self.assert_refused(f"{path}:{number}", words, path)
        self.compiled(self.write("good.xml", "\n".join(lines[:number - 1] + lines[number:])))


def add_tests(case, result, rows):
    """A test for each row of a table: self.check(*row)."""
    for name, row in rows.items():
        setattr(case, f"test_{name}_{result}", lambda self, row=row: self.check(*row))
