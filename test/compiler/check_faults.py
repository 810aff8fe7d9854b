#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""usage: check_faults.py COMPILER FAIL_ALLOC

Fails each allocation and each system call of a run of ianaport-compile, one at
a time. The run must end with a message that says so and leave every file as it
was, or give what it gives otherwise. FAIL_ALLOC is the library that
fail_alloc.c makes. System calls are failed by strace(1), if there is one that
may trace."""

import errno
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

COMPILER, FAIL_ALLOC = (os.path.abspath(path) for path in sys.argv[1:3])
ALIAS = '<note>This entry is an alias to "web".</note>'
REGISTRY = f"""<?xml version="1.0" encoding="UTF-8"?>
<registry xmlns="http://www.iana.org/assignments"
 id="service-names-port-numbers"><updated>2026-01-02</updated>
<record date="2001-02-03"><name>www</name><protocol>tcp</protocol>{ALIAS}
<number>80</number><xref type="person" data="P"/></record>
<record><name>web</name><protocol>tcp, no</protocol><number>80-90</number>
<note>one <x:i xmlns:x="urn:x" plain="p" x:y="z">two</x:i></note></record>
<record><name>web</name><protocol>TCP</protocol><number>80</number></record>
<record><name>a-name-of-more-than-15-bytes</name><number>81-82</number></record>
<record><number>9</number><description>Unassigned</description></record>
</registry>
"""
INPUTS = {"registry.xml": REGISTRY, "names": "cmd 514/tcp shell\n",
          "overlay": "zzz 80/tcp www\nZZZ 81/udp/quic yyy\n"}
OUTPUTS = "dump", "blob", "c", "details", "header", "snapshot"
COMMAND = [COMPILER, "--lenient", "--conventional", "names", "--overlay",
           "overlay", *(word for name in OUTPUTS
                        for word in (f"--{name}", f"out/{name}")),
           "registry.xml"]
CALLS = {"openat": "EMFILE", "read": "EIO", "write": "ENOSPC", "close": "EIO",
         "rename": "EACCES", "fchmod": "EPERM", "fchown": "EPERM",
         "newfstatat": "EIO", "readlink": "EIO"}
NO_MEMORY = "(?m)(out of|allocate) memory$|emory allocation failed"
OLD = b"what was there before\n"


class Faults(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.root = pathlib.Path(self.folder.name)
        for name, text in INPUTS.items():
            self.root.joinpath(name).write_text(text)
        self.expected = self.run_once()[2]

    def run_once(self, *before, preexec_fn=None, **env):
        """Exit status, what it said, and the files in `out` afterwards."""
        out = self.root / "out"
        shutil.rmtree(out, ignore_errors=True)
        out.mkdir()
        for name in OUTPUTS[:3]:
            out.joinpath(name).write_bytes(OLD)
        done = subprocess.run([*before, *COMMAND], cwd=self.root,
                              env=dict(os.environ, LC_ALL="C", **env),
                              stdin=subprocess.DEVNULL, capture_output=True,
                              preexec_fn=preexec_fn, check=False)
        return done.returncode, done.stderr.decode(), {
            file.name: file.read_bytes() for file in out.iterdir()}

    def check(self, message, *before, **env):
        """Returns whether the fault was seen."""
        status, said, files = self.run_once(*before, **env)
        if status == 0:
            self.assertTrue(files == self.expected, "other output")
            return False
        self.assertEqual(status, 1, said)
        self.assertRegex(said, message)
        self.check_kept(files)
        return True

    def check_kept(self, files):
        """All new, all old, or the first ones new: nothing half, and no
        other file."""
        self.assertLessEqual({*files}, {*OUTPUTS})
        for name, data in files.items():
            self.assertTrue(data in (OLD, self.expected[name]), name)

    def test_each_allocation(self):
        read, write = os.pipe()
        done = subprocess.run(
            ["sh", "-c", f'exec "$@" 3>&{write}', "sh", *COMMAND],
            cwd=self.root, pass_fds=[write], stderr=subprocess.DEVNULL,
            env=dict(os.environ, LD_PRELOAD=FAIL_ALLOC), check=True)
        os.close(write)
        with os.fdopen(read) as f:
            count = int(f.read())
        seen = 0
        for i in range(1, count + 1):
            with self.subTest(allocation=i):
                seen += self.check(NO_MEMORY, LD_PRELOAD=FAIL_ALLOC,
                                   FAIL_AT=str(i))
        print(f"{count} allocations, {seen} seen to fail")
        self.assertGreater(seen, count / 2)

    def test_file_descriptor_0_is_like_any_other(self):
        status, said, files = self.run_once(preexec_fn=lambda: os.close(0))
        self.assertEqual(status, 0, said)
        self.assertTrue(files == self.expected)

    def traced(self):
        """The calls of a run in their order, each with what number it is of
        its name: from the first one on that is about a file of ours, to the
        last rename. What measures the coverage comes later."""
        log = self.root / "log"
        status, said, _ = self.run_once(
            "strace", "-o", log, "-e", f"trace={','.join(CALLS)}")
        if status:
            self.skipTest(f"strace: {said}")
        counts, calls, ours, end = dict.fromkeys(CALLS, 0), [], False, 0
        for line in log.read_text().splitlines():
            name = line.partition("(")[0]
            if name not in CALLS:
                continue
            counts[name] += 1
            ours = ours or '"out/' in line
            if ours:
                calls.append((name, counts[name], line))
            if name == "rename":
                end = len(calls)
        return calls[:end]

    def test_each_system_call(self):
        if not shutil.which("strace"):
            self.skipTest("no strace")
        seen, calls = set(), self.traced()
        for name, count, line in calls:
            error = CALLS[name]
            with self.subTest(line):
                if self.check(f"(?m): {os.strerror(getattr(errno, error))}$",
                              "strace", "-o", self.root / "log", "-e",
                              f"inject={name}:error={error}:when={count}"):
                    seen.add(name)
        print(f"{len(calls)} system calls")
        self.assertLessEqual({"openat", "read", "write", "rename", "close"},
                             seen)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1] + sys.argv[3:])
