# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""usage: check_subproject.py SOURCE CC...

libianaport as a subproject. What depends on ianaport-replace has its calls
replaced. And where the whole project is compiled with the macros, the library
still asks libc for hosts. So does the preload shim, which still has libc's
names; a subproject does not build it."""

import os
import pathlib
import shutil
import sys
import tempfile

from replaced import (ANSWERS, CALLS, HERE, expect, expect_ours, must, run,
                      symbols)

SHIM = "libianaport-preload.so"
FLAGS = " ".join(f"-D{call}=iana_{call}" for call in sorted(CALLS))


def set_up(source, build, **environment):
    environment = {**os.environ, **environment}
    must(build, run(["meson", "setup", build, source], env=environment))
    return build


def check_program(what, program, **environment):
    environment = {**os.environ, **environment}
    expect(what, must(what, run([program], env=environment)), ANSWERS)


def check_shim(shim, cc, folder):
    expect("names of the shim", symbols(shim, "--dynamic", "--defined-only"),
           CALLS)
    plain = folder / "plain"
    must("plain", run([*cc, HERE / "program.c", "-o", plain]))
    check_program("shim", plain, LD_PRELOAD=str(shim))


def main():
    source, *cc = sys.argv[1:]
    # meson's, with another build of the library.
    os.environ.pop("LD_LIBRARY_PATH", None)
    with tempfile.TemporaryDirectory() as root:
        folder = pathlib.Path(root, "super")
        shutil.copytree(HERE / "super", folder)
        shutil.copy(HERE / "program.c", folder)
        (folder / "subprojects").mkdir()
        (folder / "subprojects/ianaport").symlink_to(source)
        one = set_up(folder, folder / "one")
        must("one", run(["ninja", "-C", one, "program.p/program.c.o"]))
        expect_ours("one", one / "program.p/program.c.o")
        every = set_up(folder, folder / "every", CFLAGS=FLAGS)
        must("every", run(["meson", "compile", "-C", every]))
        check_program("every", every / "program")
        alone = set_up(source, folder / "alone", CFLAGS=FLAGS)
        must("alone", run(["ninja", "-C", alone, f"lib/preload/{SHIM}"]))
        check_shim(alone / "lib/preload" / SHIM, cc, folder)


main()
