#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""usage: amalgamate.py OUTDIR LICENSE DEPFILE --path DIR... --headers FILE...
                     --library FILE... --details FILE [ARRAY]

Writes the library as few files: each of the headers under its own name,
ianaport.c, and, if there is an array of details, ianaport-details.c. An
#include "file" becomes the file, the first time; those of ianaport.h stay."""

import argparse
import pathlib
import re

INCLUDE = re.compile(r'\s*#\s*include "(.+)"\s*')
SPDX = re.compile(r"/\* SPDX-.*\n \* SPDX-.* \*/\n")

LIBRARY = """\
/*
 * libianaport as one source: compile it as a part of a program. It needs no
 * macro. These may be defined:
 *
 * IANA_DETAILS     0: the functions for details of services are here, and find
 *                  none. Otherwise ianaport-details.c has them.
 * IANA_NETDB       0: the calls of <netdb.h> are left out.
 * IANA_API         empty: a shared library with this source does not export it.
 * IAP_SYSTEM_PATH  a string: what iana_registry_system_path() returns.
 */
"""
# clang calls a function of a header unused here, and not in a header.
USED = """\
#if defined __clang__
#  pragma clang diagnostic ignored "-Wunused-function"
#endif
"""
DETAILS = """\
/* libianaport's details of services: description, reference, and the like. A
 * program that asks for them has this source beside ianaport.c. */
"""


class Lines:
    """The lines of one file that is written."""

    def __init__(self, options):
        self.path = options.path
        self.seen = set()

    def find(self, name, beside):
        for folder in [beside, *self.path]:
            if (folder / name).is_file():
                return (folder / name).resolve()
        raise SystemExit(f'amalgamate.py: {beside}: no "{name}" in the path')

    def of(self, file):
        if file in self.seen:
            return
        self.seen.add(file)
        text = SPDX.sub("", file.read_text("ascii"), count=1)
        for line in text.splitlines(keepends=True):
            match = INCLUDE.fullmatch(line)
            if match and match[1] != "ianaport.h":
                yield from self.of(self.find(match[1], file.parent))
            else:
                yield line


def licence(file):
    lines = "".join(f" * {line}".rstrip() + "\n" for line in
                    file.read_text("ascii").splitlines())
    return f"/*\n{lines} */\n"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("license", type=pathlib.Path)
    parser.add_argument("depfile", type=pathlib.Path)
    for option in "--path", "--headers", "--library", "--details":
        parser.add_argument(option, type=pathlib.Path, nargs="+", default=[])
    options = parser.parse_args()

    used = set()

    def write(name, *parts):
        """A part is a text, or a file with all that it includes."""
        lines = Lines(options)
        with open(options.out / name, "w", encoding="ascii") as f:
            f.write(licence(options.license))
            for part in parts:
                f.writelines([part] if isinstance(part, str)
                             else lines.of(part.resolve()))
        used.update(map(str, lines.seen))

    for header in options.headers:
        write(header.name, header)
    code, *array = options.details
    options.library.remove(code)
    without = "#if defined IANA_DETAILS && !IANA_DETAILS\n"
    default = "" if array else "#define IANA_DETAILS 0\n"
    write("ianaport.c", LIBRARY, USED, *options.library,
          default + without, code, "#endif\n")
    if array:
        write("ianaport-details.c", DETAILS, USED,
              without + "typedef int iap_no_details;\n#else\n",
              code, *array, "#endif\n")
    first, *others = (str(path).replace(" ", "\\ ") for path in (
        options.out / "ianaport.c", *sorted(used)))
    options.depfile.write_text(f"{first}: {' '.join(others)}\n", "utf-8")


main()
