# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""What the tests of this folder share: an installed library, its
ianaport-replace.pc, and another one that forces a header in."""

import os
import pathlib
import re
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).parent

CALLS = {"getservbyname", "getservbyname_r", "getservbyport",
         "getservbyport_r", "getservent", "getservent_r", "setservent",
         "endservent", "getaddrinfo", "getnameinfo"}
# These, ours, and what may come to be one of them.
ONE_OF_THEM = r"\b(?:iana_\w+|(?:get|set|end)(?:serv|addrinfo|nameinfo)\w*)"

# What program.c prints, with glibc and with musl, which has no getservent_r()
# and room for two socket types.
ENTRIES = " raid-am 2013/tcp raid-am 2013/tcp tcpmux 1/tcp" \
          " raid-am 2007/udp raid-am 2007/udp"
ANSWERS = ENTRIES + " tcpmux 1/tcp 6 17 33 132 132 6 132 raid-am\n"
MUSL_ANSWERS = ENTRIES + " 6 17 6 132 raid-am\n"


def install(build, root):
    """Install what was built below root; an environment to use it in."""
    subprocess.run(["meson", "install", "-C", build, "--no-rebuild", "--quiet",
                    "--destdir", root], check=True)
    [found] = pathlib.Path(root).rglob("ianaport-replace.pc")
    return {**os.environ, "PKG_CONFIG_LIBDIR": str(found.parent),
            "PKG_CONFIG_SYSROOT_DIR": root,
            "LD_LIBRARY_PATH": str(found.parents[1])}


def force(environment, root, *more):
    """The same with another ianaport-replace.pc, which has the macros in a
    header that comes before the first line of every source."""
    [include] = {header.parent
                 for header in pathlib.Path(root).rglob("ianaport*.h")}
    shutil.copy(HERE / "forced.h", include)
    folder = pathlib.Path(root, "forced")
    folder.mkdir()
    (folder / "ianaport-replace.pc").write_text(
        "Name: ianaport-replace\nDescription: forced.h\nVersion: 0\n"
        "Requires: ianaport\n"
        f"Cflags: {' '.join(more)} -include forced.h\n", "ascii")
    path = f"{folder}:{environment['PKG_CONFIG_LIBDIR']}"
    return {**environment, "PKG_CONFIG_LIBDIR": path}


def run(command, **options):
    """Run a command, or a text in a shell; what became of it, with all that it
    printed in stdout."""
    shell = isinstance(command, str)
    return subprocess.run(["sh", "-ec", command] if shell else command,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True, **options)


def pkg_config(environment, *options):
    """Its answer on ianaport-replace, as a list."""
    return subprocess.check_output(
        ["pkg-config", *options, "ianaport-replace"], env=environment,
        text=True).split()


def expect(what, got, wanted):
    """End the test unless both are the same."""
    if got != wanted:
        sys.exit(f"{what}: expected {wanted!r}, got {got!r}")


def must(what, done):
    """End the test unless a command succeeded; what it printed."""
    if done.returncode:
        sys.exit(f"{what}: {done.args} failed:\n{done.stdout}")
    return done.stdout


def symbols(target, *options):
    """Those symbols of a file that are such calls."""
    return set(re.findall(ONE_OF_THEM, must("nm", run(["nm", *options,
                                                       target]))))


def calls_of(target):
    """Which of those calls an object or a program refers to."""
    return symbols(target, "--undefined-only")


def expect_ours(what, target):
    """End the test unless it calls us, and libc for nothing that we answer."""
    calls = calls_of(target)
    if not calls or not all(call.startswith("iana_") for call in calls):
        sys.exit(f"{what}: calls {sorted(calls)}")
