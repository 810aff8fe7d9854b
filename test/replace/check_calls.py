# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""usage: check_calls.py BUILD SOURCE COMPILE REGISTRY CC...

program.c, which knows nothing of this library, with the flags of
ianaport-replace.pc: its object refers to our functions and to none of libc's,
and it prints our answers. In C and C++, strict and not, with each compiler and
C library that is here; also with our own header in front of it, and behind."""

import pathlib
import shutil
import sys
import tempfile

from replaced import (ANSWERS, CALLS, HERE, MUSL_ANSWERS, calls_of, expect,
                      install, must, pkg_config, run)

PROGRAM = HERE / "program.c"
HEADER = "#include <ianaport-netdb.h>\n"
STRICT = ["-Wall", "-Wextra", "-pedantic-errors", "-Werror"]

# A compiler, the language, and dialects in which <netdb.h> has all calls.
NATIVE = [
    ("gcc", "c", ["-std=c99 -D_DEFAULT_SOURCE", "-std=gnu17"]),
    ("clang", "c", ["-std=c99 -D_DEFAULT_SOURCE", "-std=gnu17"]),
    ("g++", "c++", ["-std=c++11", "-std=gnu++20"]),
    ("clang++", "c++", ["-std=c++11", "-std=gnu++20"]),
]
# Those that need a library of their own, which is static.
OTHER = [
    ("musl-gcc", CALLS - {"getservent_r"}, MUSL_ANSWERS),
    ("i686-linux-gnu-gcc", CALLS, ANSWERS),
]
WINDOWS = "x86_64-w64-mingw32-gcc"


def ours(calls):
    return {"iana_" + call for call in calls}


def is_here(command):
    if shutil.which(command):
        return True
    print(f"no {command}: not tried")
    return False


def refers_to(compiler, options, source, target, calls):
    """Compile; the object must refer to just these calls, libc's or ours."""
    must("compile", run([*compiler, *options, *STRICT, "-c", "-o", target,
                         "-"], input=source))
    expect(" ".join(compiler + options), calls_of(target), calls)


def check_native(compiler, language, dialects, environment, root):
    flags = pkg_config(environment, "--cflags")
    include = pkg_config(environment, "--cflags-only-I")
    libs = pkg_config(environment, "--libs")
    static = ["-static", *pkg_config(environment, "--static", "--libs")]
    program = PROGRAM.read_text("ascii")
    for dialect in dialects:
        options = [*dialect.split(), "-x", language]
        target = str(root / "program.o")
        refers_to(compiler, options, program, target, CALLS)
        for source in HEADER + program, program + HEADER:
            refers_to(compiler, options + include, source, target, CALLS)
            refers_to(compiler, options + flags, source, target, ours(CALLS))
        refers_to(compiler, options + flags, program, target, ours(CALLS))
        for more in libs, static:
            must("link", run([*compiler, "-o", root / "program", target,
                              *more]))
            expect(" ".join(compiler + options + more), must("program", run(
                [root / "program"], env=environment)), ANSWERS)


def check_other(compiler, calls, answers, flags, sources, root):
    """With the library compiled in the same way, into the program."""
    target = str(root / "program.o")
    program = PROGRAM.read_text("ascii")
    options = ["-std=c11", "-D_DEFAULT_SOURCE", *flags]
    for source in HEADER + program, program + HEADER, program:
        refers_to([compiler], [*options, "-x", "c"], source, target,
                  ours(calls))
    must("link", run([compiler, "-static", *options, *sources, target, "-o",
                      root / "program"]))
    expect(compiler, must("program", run([root / "program"])), answers)


def library_sources(source, compile_, registry, root):
    """The sources of the library, and where their headers are."""
    must("registry", run(
        [compile_, "--no-details", "--conventional",
         source / "registry/conventional.services", "--c", root / "builtin.c",
         "--header", root / "builtin.h", registry]))
    folders = [source / "lib" / name for name in ("lookup", "load", "netdb")]
    return [f"-I{root}", f"-I{source}/lib", root / "builtin.c",
            *(file for folder in folders for file in folder.glob("*.c"))]


def check_windows(include, flags):
    """No library there, but our header and the system's can be read."""
    for header, options in (("ianaport-netdb.h", include),
                            ("ws2tcpip.h", flags)):
        must(WINDOWS, run([WINDOWS, *STRICT, *options, "-std=c11", "-x", "c",
                           "-fsyntax-only", "-"],
                          input=f"#include <{header}>\nint any;\n"))


def main():
    build, source, compile_, registry, *cc = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        environment = install(build, folder)
        flags = pkg_config(environment, "--cflags")
        check_native(cc, "c", ["-std=gnu17"], environment, root)
        for compiler, language, dialects in NATIVE:
            if is_here(compiler):
                check_native([compiler], language, dialects, environment, root)
        sources = library_sources(pathlib.Path(source), compile_, registry,
                                  root)
        for compiler, calls, answers in OTHER:
            if is_here(compiler):
                check_other(compiler, calls, answers, flags, sources, root)
        if is_here(WINDOWS):
            check_windows(pkg_config(environment, "--cflags-only-I"), flags)


main()
