#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""usage: release.py LIST-COMMAND... -- FILE...

For meson dist: adds to a release what its users need no tools for then. Each
FILE has the same place in the build and in the release; the list of functions
comes from LIST-COMMAND. All of the release gets the time of its commit and
plain modes, so that a commit has one tarball."""

import os
import pathlib
import shutil
import subprocess
import sys

SOURCE, BUILD, RELEASE = (pathlib.Path(os.environ[f"MESON_{name}_ROOT"])
                          for name in ("SOURCE", "BUILD", "DIST"))


def output(*command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout


def settle(path, time):
    """Owners are root's if root makes the release, or fakeroot."""
    if os.geteuid() == 0:
        os.chown(path, 0, 0)
    path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)
    os.utime(path, (time, time))


def main():
    end = sys.argv.index("--")
    if not sys.argv[end + 1:]:
        sys.exit("release.py: this build has a registry, names or details"
                 " that are not those of a release")
    subprocess.run(["meson", "compile", "-C", BUILD, "amalgamation", "manual"],
                   check=True, stdout=sys.stderr)
    for file in sys.argv[end + 1:]:
        shutil.copyfile(BUILD / file, RELEASE / file)
    (RELEASE / "doc/functions").write_bytes(output(*sys.argv[1:end]))
    time = int(output("git", "-C", SOURCE, "log", "-1", "--format=%ct"))
    for path in [*RELEASE.rglob("*"), RELEASE]:
        settle(path, time)


main()
