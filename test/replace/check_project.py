# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""usage: check_project.py BUILD PAGE make|configure|cmake|meson

A project that knows nothing of this library, built by the commands of
ianaport-replace(7): its probes find libc's calls, and its programs, in C and
in C++, call ours. Behind a header that is forced in, the probes find none of
the calls that it declares, not even select()."""

import pathlib
import re
import shutil
import sys
import tempfile

from manual import commands_of
from replaced import HERE, expect, expect_ours, force, install, must, run

# What is done before, where the build is, and what its probes do not find
# behind a forced header: for CMake's check_symbol_exists(), which asks for
# getnameinfo(), a macro is good enough.
ALL = {"GETSERVBYNAME", "GETADDRINFO", "GETNAMEINFO", "SELECT", "ACCEPT4"}
PROJECTS = {
    "make": ("printf '#define HAVE_%s 1\\n' GETSERVBYNAME GETADDRINFO"
             " >config.h", ".", None),
    "configure": ("autoreconf --install", ".", ALL),
    "cmake": ("true", "build", ALL - {"GETNAMEINFO"}),
    "meson": ("true", "build", ALL),
}


def build(commands, environment, project, folder):
    """Copy the project and build the copy; what came of it."""
    shutil.copytree(project, folder)
    return run("\n".join(commands), cwd=folder, env=environment)


def found_in(config):
    return set(re.findall(r"(?m)^#define HAVE_(\w+)",
                          config.read_text("ascii"))) & ALL


def check_programs(where, environment):
    for program in "asks", "asks-cxx":
        path = where / program
        expect(program, must(program, run([path], env=environment)),
               "PORT 2013\n")
        expect_ours(program, path)


def with_cflags(commands):
    """CFLAGS and CXXFLAGS in the place of CPPFLAGS."""
    return [command.replace('CPPFLAGS="$flags"',
                            'CFLAGS="-O2 $flags" CXXFLAGS="-O2 $flags"')
            for command in commands]


def commands_for(tool, page):
    """Those of the page; where no Makefile is, make must be told a target."""
    sections = commands_of(page)
    variables, commands = ([command for command, _ in sections[title]]
                           for title in ("BUILDING A PROGRAM",
                                         f"WITH {tool.upper()}"))
    if tool == "make":
        commands[0] += " asks asks-cxx"
    return variables + commands


def main():
    tree, page, tool = sys.argv[1:]
    before, where, lost = PROJECTS[tool]
    commands = commands_for(tool, page)
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        environment = install(tree, folder)
        project = root / "project"
        shutil.copytree(HERE / "project", project)
        must(before, run(before, cwd=project))
        ways = [commands, with_cflags(commands)]
        for i, way in enumerate(ways if ways[0] != ways[1] else ways[:1]):
            copy = root / f"way-{i}"
            must(tool, build(way, environment, project, copy))
            if lost:
                expect(tool, found_in(copy / where / "config.h"), ALL)
            check_programs(copy / where, environment)
        if not lost:
            return
        forced = force(environment, folder, "-D_GNU_SOURCE=")
        copy = root / "way-forced"
        # Without the programs, which need not compile then.
        must(tool, build(commands[:-1], forced, project, copy))
        expect(f"{tool}, forced", found_in(copy / where / "config.h"),
               ALL - lost)


main()
