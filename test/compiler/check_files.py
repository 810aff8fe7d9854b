#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""What does the registry compiler do with files and options, and what does the
script say that checks its snapshots?

usage: check_files.py COMPILER DATADIR [unittest's arguments]"""

import errno
import os
import pathlib
import re
import resource
import signal
import subprocess
import sys
import tempfile
import unittest

from compiler_case import (
    COMPILER, DATA, GOOD, OUTPUTS, VERIFY, WHOLE, CompilerCase, add_tests, contents, held, record,
    registry)

NOBODY = 65534
SIGNALS = signal.SIGHUP, signal.SIGINT, signal.SIGPIPE, signal.SIGTERM


def limit():
    """For files of 16 bytes."""
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_FSIZE, (16, 16))


class Files(CompilerCase):
    def setUp(self):
        super().setUp()
        self.good = self.write("good.xml", WHOLE)

    def assert_outputs_refused(self, error, path, **options):
        """Each output refused for that error, alone, where path() puts it."""
        before = set(self.directory.glob("**/*"))
        for name in OUTPUTS:
            with self.subTest(name):
                target = path(name)
                result = self.compile(f"--{name}", target, self.good, **options)
                self.assert_message(result, target, [os.strerror(error)])
                self.assertEqual(set(self.directory.glob("**/*")), before)

    def unprivileged(self):
        """Options to run the compiler as somebody whom file modes concern."""
        if os.geteuid():
            return {}
        options = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
        try:
            self.compile(self.good, **options)
        except PermissionError:
            self.skipTest("run by root, out of others' reach")
        return options

    def test_registry_without_names_refused(self):
        path = self.write("bad.xml", WHOLE.replace(GOOD, held("5")))
        self.assert_refused(path, ["no names"], path)

    def test_help_and_version_are_for_standard_output(self):
        for option, words in (("--help", r"^usage: .*--blob"),
                              ("--version", r"^ianaport-compile \d+\.\d+\.\d+\n$")):
            result = self.compile(option)
            self.assertEqual((result.returncode, result.stderr), (0, ""))
            self.assertRegex(result.stdout, re.compile(words, re.DOTALL))

    def test_outputs_of_the_process_are_not_replaced(self):
        dump = self.compile("--dump", "/dev/stdout", self.good).stdout
        self.assertIn("service 80/tcp good", dump)
        self.assertEqual(self.compile("--dump", "/dev/fd/1", self.good).stdout, dump)
        self.assertEqual(self.compile("--dump", "/dev/stderr", self.good).stderr, dump)

    def test_input_missing_or_directory_refused(self):
        for path, error in {self.directory / "missing": errno.ENOENT,
                            self.directory: errno.EISDIR}.items():
            for arguments in ([path], ["--conventional", path, self.good],
                              ["--lenient", "--overlay", path, self.good]):
                with self.subTest(arguments):
                    self.assert_refused(path, [os.strerror(error)], *arguments)

    def test_input_unreadable_refused(self):
        options = self.unprivileged()
        self.good.chmod(0)
        result = self.compile(self.good, **options)
        self.assert_message(result, self.good, [os.strerror(errno.EACCES)])

    def test_output_in_no_directory_refused(self):
        self.assert_outputs_refused(errno.ENOENT, lambda name: self.directory / "missing" / name)
        self.assert_outputs_refused(errno.ENOTDIR, lambda name: self.good / name)

    def test_output_a_directory_refused(self):
        self.assert_outputs_refused(errno.EISDIR, lambda name: self.directory)

    def test_output_directory_unwritable_refused(self):
        options = self.unprivileged()
        out = self.make_directory(OUTPUTS)
        out.chmod(0o555)
        self.assert_outputs_refused(errno.EACCES, lambda name: out / name, **options)
        self.assertEqual(contents(out), dict.fromkeys(OUTPUTS, b"previous"))

    def test_output_disk_full_refused(self):
        # By a link, so that a compiler that renames spoils no device.
        full = self.directory / "full"
        full.symlink_to("/dev/full")
        self.assert_outputs_refused(errno.ENOSPC, lambda name: full)
        self.assertTrue(full.is_char_device())

    def test_output_over_size_limit_refused(self):
        out = self.make_directory()
        self.assert_outputs_refused(errno.EFBIG, lambda name: out / name, preexec_fn=limit)
        out = self.make_directory(OUTPUTS)
        self.assert_outputs_refused(errno.EFBIG, lambda name: out / name, preexec_fn=limit)
        self.assertEqual(contents(out), dict.fromkeys(OUTPUTS, b"previous"))

    @unittest.skipUnless(os.access("/dev/shm", os.W_OK), "no /dev/shm")
    def test_output_below_dev_is_no_device(self):
        with tempfile.TemporaryDirectory(dir="/dev/shm") as name:
            out = pathlib.Path(name)
            self.assert_outputs_refused(errno.EFBIG, lambda name: out / name, preexec_fn=limit)
            self.assertEqual(contents(out), {})

    def test_two_outputs_with_one_name_refused(self):
        link = self.directory / "link"
        link.symlink_to("dump")
        for one, other in (("dump", "dump"), ("dump", "./dump"), ("link", "dump"),
                           ("dump", f"{self.directory}/dump")):
            for there in False, True:
                with self.subTest((one, other, there)):
                    if there:
                        self.write("dump", "previous")
                    before = contents(self.directory) if there else set(self.directory.iterdir())
                    result = self.compile("--dump", one, "--blob", other, self.good,
                                          cwd=self.directory)
                    self.assertEqual((result.returncode, result.stderr),
                                     (1, f"{other}: two outputs with this name\n"))
                    self.assertEqual(contents(self.directory) if there
                                     else set(self.directory.iterdir()), before)
                    (self.directory / "dump").unlink(missing_ok=True)

    def test_links_followed(self):
        out = self.make_directory()
        (out / "real").mkdir()
        (out / "real/there").write_bytes(b"previous")
        for name, target in {"there": "real/there", "new": "real/new",
                             "absolute": f"{out}/real/absolute", "far": "near",
                             "near": "real/far"}.items():
            (out / name).symlink_to(target)
        for name in "there", "new", "absolute", "far":
            result = self.compile("--dump", out / name, self.good)
            self.assertEqual(result.returncode, 0, result.stderr)
            self.assertTrue((out / name).is_symlink())
            self.assertIn(b"good", (out / "real" / name).read_bytes())
        self.assertEqual(len(list(out.glob("**/*"))), 10)
        (out / "loop").symlink_to("loop")
        result = self.compile("--dump", out / "loop", self.good)
        self.assert_message(result, out / "loop", ())

    def test_as_many_links_followed_as_by_linux(self):
        for count, code in (40, 0), (41, 1):
            out = self.make_directory()
            names = [out / str(i) for i in range(count + 1)]
            for link, target in zip(names, names[1:]):
                link.symlink_to(target)
            result = self.compile("--dump", names[0], self.good)
            self.assertEqual((result.returncode, names[-1].exists()), (code, not code))
            if code:
                self.assert_message(result, names[0], [os.strerror(errno.ELOOP)])
                with self.assertRaises(OSError):
                    names[0].touch()

    def test_standard_input_closed(self):
        out = self.make_directory()
        result = self.compile("--dump", out / "dump", self.good, preexec_fn=lambda: os.close(0))
        self.assertEqual((result.returncode, result.stderr), (0, ""))

    def test_mode_and_owner_kept(self):
        for mode in 0o600, 0o644, 0o444, 0o666:
            path = self.write("dump", "previous")
            path.chmod(mode)
            if not os.geteuid():
                os.chown(path, NOBODY, NOBODY - 1)
            before = path.stat()
            result = self.compile("--dump", path, self.good, umask=0o077)
            self.assertEqual(result.returncode, 0, result.stderr)
            after = path.stat()
            self.assertNotEqual(after.st_ino, before.st_ino)
            self.assertEqual((after.st_mode, after.st_uid, after.st_gid),
                             (before.st_mode, before.st_uid, before.st_gid))
            path.unlink()
        result = self.compile("--dump", path, self.good, umask=0o027)
        self.assertEqual(path.stat().st_mode & 0o777, 0o640)

    def test_file_of_somebody_else_replaced(self):
        options = self.unprivileged()
        if not options:
            self.skipTest("not run by root")
        out = self.make_directory(["dump"])
        os.chown(out, NOBODY, NOBODY)
        (out / "dump").chmod(0o664)
        result = self.compile("--dump", out / "dump", self.good, **options)
        self.assertEqual(result.returncode, 0, result.stderr)
        after = (out / "dump").stat()
        self.assertEqual((after.st_uid, after.st_mode & 0o777), (NOBODY, 0o604))

    def dump_in_pipe(self, out, disposition):
        """A compiler that waits for the reader of its dump, with that disposition of signals."""
        def dispose():                  # what starts the tests may ignore some
            for number in SIGNALS:
                signal.signal(number, disposition)
        big = self.write("big.xml", registry(*(record(f"n{i}", str(i), "tcp")
                                               for i in range(1, 9000))))
        process = subprocess.Popen([COMPILER, "--snapshot", out / "snapshot", "--blob",
                                    out / "blob", "--dump", "/dev/stdout", big],
                                   stdout=subprocess.PIPE, preexec_fn=dispose)
        process.stdout.read(1)
        return process

    def test_signal_leaves_no_temporary_file(self):
        for number in SIGNALS:
            with self.subTest(number):
                out = self.make_directory(["blob", "snapshot"])
                process = self.dump_in_pipe(out, signal.SIG_DFL)
                self.assertEqual(len(contents(out)), 3)
                if number == signal.SIGPIPE:
                    process.stdout.close()
                else:
                    process.send_signal(number)
                self.assertEqual(process.wait(), -number)
                process.stdout.close()
                self.assertEqual(contents(out), dict.fromkeys(("blob", "snapshot"), b"previous"))

    def test_signal_ignored_stays_ignored(self):
        out = self.make_directory()
        process = self.dump_in_pipe(out, signal.SIG_IGN)
        for number in SIGNALS:
            process.send_signal(number)
        process.communicate()
        self.assertEqual((process.returncode, set(contents(out))), (0, {"blob", "snapshot"}))

    def test_one_output_refused_leaves_the_others_alone(self):
        for previous in (), OUTPUTS:
            for index, bad in enumerate(OUTPUTS):
                out = self.make_directory(previous)
                arguments = self.outputs(out)
                arguments[2 * index + 1] = missing = out / "missing" / bad
                result = self.compile(*arguments, self.good)
                self.assert_message(result, missing, [os.strerror(errno.ENOENT)])
                self.assertEqual(contents(out), dict.fromkeys(previous, b"previous"))

    def test_option_that_is_refused_is_printed_without_controls(self):
        for options, why in ((["--z\33[31m"], "--z\\x1b[31m: no such option"),
                             (["-\33"], "-\\x1b: no such option"),
                             (["--strict", "-xl"], "-x: no such option"),
                             (["--strict=\33"], "--strict=\\x1b: no such option"),
                             (["--blob"], "--blob: needs a value")):
            result = subprocess.run([COMPILER, *options], capture_output=True, text=True)
            self.assertEqual(result.returncode, 2)
            self.assertTrue(result.stderr.startswith(f"ianaport-compile: {why}"), result.stderr)

    def test_usage_bad_exits_2(self):
        out = self.make_directory()
        for arguments in ((), ("--dump",), ("--dump", "x"), ("--unknown", self.good),
                          (self.good, self.good), ("--dump", "x", self.good, "y"),
                          ("--overlay", self.good), ("--lenient=yes", self.good),
                          ("--strict", "--lenient", self.good),
                          ("--no-details", "--details", "x", self.good)):
            with self.subTest(arguments):
                result = self.compile(*arguments, cwd=out)
                self.assertEqual(result.returncode, 2, result.stderr)
                self.assertIn("usage", result.stderr.lower())
                self.assertEqual(contents(out), {})


# ---- verify-snapshot.py ------------------------------------------------------

def verify(*arguments):
    return subprocess.run([sys.executable, VERIFY, *arguments], capture_output=True,
                          encoding="utf-8")


class Verifier(CompilerCase):
    def setUp(self):
        super().setUp()
        self.published = DATA / "text.xml"
        self.snapshot = self.write("snapshot.xml", self.compiled(self.published)[0]["snapshot"])

    def check(self, pattern, replacement):
        text = self.snapshot.read_bytes().decode()
        found = re.search(pattern, text)
        line = text[:found.start()].count("\n") + 1
        path = self.write("edited.xml", text[:found.start()] + replacement + text[found.end():])
        result = verify(self.published, path)
        self.assert_message(result, f"{path}:{line}", ())
        self.assertEqual((result.returncode, result.stdout), (1, ""))

    def test_source_edited_refused(self):
        source = verify(self.published, self.snapshot).stdout
        path = self.write("SOURCE", source)
        self.assertEqual(verify("--counts", self.snapshot, path).returncode, 0)
        numbers = list(re.finditer(r"(?m)^(?!sha256).*(\d)$", source))
        self.assertGreater(len(numbers), 8)
        for match in numbers:
            digit = (int(match[1]) + 1) % 10
            self.write("SOURCE", source[:match.start(1)] + str(digit) + source[match.end(1):])
            self.assertEqual(verify("--counts", self.snapshot, path).returncode, 1, match[0])


add_tests(Verifier, "refused", {
    "name_changed": ("lines</name>", "Lines</name>"),
    "date_lost": (' date="2020-05"', ""),
    "attribute_space_folded": ("3   of", "3 of"),
    "line_break_lost": ("<br(/>|></br>)", ""),
    "field_lost": ("<sc>1145656131</sc>", ""),
    "record_lost": (" *<record><name>entities.*\n", ""),
    "record_added": ("(?= *<footnote)", "<record><name>x</name></record>\n"),
    "record_of_other_namespace": ("<record>(?=<name>e)", '<record xmlns="">'),
    "space_not_folded": ("One line", "One  line"),
    "no_break_space_folded": ("\xa0\xa0", " "),
    "space_between_fields": ("</name><protocol>", "</name> <protocol>"),
    "two_elements_on_a_line": ("</title>\n", "</title>"),
    "people_kept": ("(?=</registry>)", "<people/>\n"),
})


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
