#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""usage: check_bindings.py SOURCE BUILD

Do makers of bindings take the header as it is? Each of them makes a program
that asks the library, and that reads a struct and an enumerator. A tool that is
not there is skipped."""

import importlib.util
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import unittest

SOURCE, BUILD = map(pathlib.Path, sys.argv[1:])
HERE = SOURCE / "test/bindings"
HEADER = SOURCE / "include/ianaport.h"
FLAGS = [f"-I{SOURCE / 'include'}", f"-I{BUILD / 'include'}"]
LIBRARY = [f"-L{BUILD / 'lib'}", "-lianaport"]
ANSWER = "443 {} https 443 true\n"      # with how many services 443/tcp has
TCL = pathlib.Path("/usr/include/tcl8.6")
GO = shutil.which("go") or shutil.which("go-12")    # of gccgo

PYTHON = """
from ianaport import *
s = iana_service()
port = iana_port_of(None, "https", IANA_PROTO_ANY)
count = iana_services_on(None, port, 6, s, 1)
assigned = iana_port_status(None, port, 6) == IANA_STATUS_ASSIGNED
print(port, count, s.name, s.last_port, str(assigned).lower())
"""


def needs(there, what):
    return unittest.skipUnless(there, f"no {what}")


def needs_program(program):
    return needs(shutil.which(program), program)


class Bindings(unittest.TestCase):
    def setUp(self):
        work = tempfile.TemporaryDirectory()
        self.addCleanup(work.cleanup)
        self.work = pathlib.Path(work.name)

    def run_in_work(self, *command, **environment):
        done = subprocess.run(
            command, capture_output=True, text=True, cwd=self.work,
            env={**os.environ, "LD_LIBRARY_PATH": str(BUILD / "lib"),
                 **environment})
        self.assertEqual((done.returncode, done.stderr), (0, ""), command)
        return done.stdout

    def assert_answer(self, answer):
        self.assertRegex(answer, "^" + ANSWER.format("[1-9]") + "$")

    @needs(importlib.util.find_spec("cffi"), "cffi")
    def test_cffi(self):
        """It reads C without macros, and without the attributes of gcc."""
        import cffi
        ffi = cffi.FFI()
        ffi.cdef(self.run_in_work("cc", "-E", "-P", "-D__attribute__(x)=",
                                  *FLAGS, HEADER))
        library = ffi.dlopen(str(BUILD / "lib/libianaport.so.0"))
        s = ffi.new("struct iana_service *")
        port = library.iana_port_of(ffi.NULL, b"https", 0)
        count = library.iana_services_on(ffi.NULL, port, 6, s, 1)
        status = library.iana_port_status(ffi.NULL, port, 6)
        assigned = status == library.IANA_STATUS_ASSIGNED
        self.assert_answer(f"{port} {count} {ffi.string(s.name).decode()} "
                           f"{s.last_port} {str(assigned).lower()}\n")

    def swig(self, language, name, *flags):
        self.run_in_work("swig", f"-{language}", "-Werror", *FLAGS,
                         "-outdir", ".", "-o", "wrap.c", HERE / "ianaport.i")
        self.run_in_work("cc", "-shared", "-fPIC", "-o", name, "wrap.c",
                         *FLAGS, *flags, *LIBRARY)

    @needs_program("swig")
    @needs(pathlib.Path(sysconfig.get_path("include"), "Python.h").exists(),
           "Python.h")
    def test_swig_python(self):
        self.swig("python", "_ianaport.so",
                  f"-I{sysconfig.get_path('include')}")
        self.assert_answer(self.run_in_work(sys.executable, "-c", PYTHON))

    @needs_program("swig")
    @needs((TCL / "tcl.h").exists(), "tcl.h")
    @needs_program("tclsh")
    def test_swig_tcl(self):
        self.swig("tcl", "ianaport.so", f"-I{TCL}")
        self.assert_answer(self.run_in_work("tclsh", HERE / "ask.tcl"))

    @needs(GO, "Go")
    def test_cgo(self):
        self.assert_answer(self.run_in_work(
            GO, "run", HERE / "ask.go", GOCACHE=str(self.work / "cache"),
            GO111MODULE="off", CGO_CFLAGS=shlex.join(FLAGS),
            CGO_LDFLAGS=shlex.join(LIBRARY)))

    @needs_program("bindgen")
    def test_bindgen_declares_every_function(self):
        exported = set(re.findall(r"\biana_\w+",
                                  (SOURCE / "lib/ianaport.map").read_text()))
        bindings = self.run_in_work("bindgen", HEADER, "--", *FLAGS)
        declared = set(re.findall(r"pub fn (iana_\w+)\(", bindings))
        self.assertEqual(exported - declared,
                         {f for f in exported
                          if re.search("(addr|name)info$", f)})

    @needs_program("bindgen")
    @needs_program("rustc")
    def test_bindgen(self):
        bindings = self.work / "bindings.rs"
        bindings.write_text(self.run_in_work("bindgen", HEADER, "--", *FLAGS))
        for program, *kind in ("ask",), ("layout", "--test"):
            self.run_in_work("rustc", "-o", program, *kind, HERE / "ask.rs",
                             *LIBRARY, "--cap-lints=allow",
                             BINDINGS=str(bindings))
        self.run_in_work("./layout")
        self.assert_answer(self.run_in_work("./ask"))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
