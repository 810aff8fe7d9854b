#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""usage: check_tags.py BUILD PYTHON TAG,TAG... HEADER...

Which files does each install tag put where? Those below, no others; and each
file has one of the tags. Each function of the headers has a page. PYTHON is
where Python looks for modules."""

import json
import pathlib
import re
import subprocess
import sys
import tempfile

FILES = {
    "runtime": "LIB/libianaport.so.0 LIB/libianaport.so.VERSION",
    "devel": """
        INCLUDE/ianaport.h INCLUDE/ianaport-netdb.h INCLUDE/ianaport-version.h
        LIB/libianaport.so LIB/libianaport.a
        LIB/cmake/ianaport/ianaportConfig.cmake
        LIB/cmake/ianaport/ianaportConfigVersion.cmake
        LIB/pkgconfig/ianaport.pc LIB/pkgconfig/ianaport-replace.pc
        MAN/man3/ianaport.3 MAN/man7/ianaport-replace.7 FUNCTIONS""",
    "tools": """
        BIN/ianaport MAN/man1/ianaport.1
        DATA/bash-completion/completions/ianaport
        DATA/fish/vendor_completions.d/ianaport.fish
        DATA/zsh/site-functions/_ianaport""",
    "nss": "LIB/libnss_ianaport.so.2 MAN/man8/nss-ianaport.8",
    "preload": """
        LIB/ianaport/libianaport-preload.so MAN/man8/ianaport-preload.8""",
    "compiler": """
        BIN/ianaport-compile MAN/man1/ianaport-compile.1
        MAN/man5/ianaport-blob.5 MAN/man5/conventional.services.5
        SBIN/ianaport-update MAN/man8/ianaport-update.8
        DATA/ianaport/conventional.services DATA/ianaport/functions.sh
        DATA/ianaport/service-names-port-numbers.xml
        DATA/ianaport/summarize-update.py
        DATA/doc/ianaport/examples/ianaport-update.cron
        PREFIX/lib/systemd/system/ianaport-update.service
        PREFIX/lib/systemd/system/ianaport-update.timer""",
    "python-runtime":
        "PYTHON/ianaport.py PYTHON/ianaport-stubs/__init__.pyi",
}


def introspect(build, what):
    return json.loads(pathlib.Path(
        build, "meson-info", f"intro-{what}.json").read_text())


def places(build, python):
    """The folders of this build, by the names that they have above."""
    option = {o["name"]: o["value"] for o in introspect(build, "buildoptions")}
    prefix = pathlib.Path(option["prefix"])
    found = {word: prefix / option[word.lower() + "dir"] for word in
             ("LIB", "INCLUDE", "MAN", "BIN", "SBIN", "DATA")}
    return {"PREFIX": prefix, "PYTHON": prefix / python, **found}


def wanted(tag, where, version, headers):
    text = "".join(pathlib.Path(header).read_text() for header in headers)
    functions = re.findall(r"^IANA_API[^(]*?\b(iana_\w+)\(", text, re.M)
    files = FILES[tag].replace("VERSION", version).replace(
        "FUNCTIONS", " ".join(f"MAN/man3/{name}.3" for name in functions))
    found = [file.partition("/") for file in files.split()]
    return {str(where[folder] / rest) for folder, _, rest in found}


def installed(build, *options):
    with tempfile.TemporaryDirectory() as root:
        subprocess.run(["meson", "install", "-C", build, "--no-rebuild",
                        "--quiet", "--destdir", root, *options], check=True)
        paths = [p for p in pathlib.Path(root).rglob("*") if not p.is_dir()]
        return {"/" + str(p.relative_to(root)) for p in paths}


def main(build, python, tags, *headers):
    where = places(build, python)
    version = introspect(build, "projectinfo")["version"]
    rest = installed(build)
    for tag in tags.split(","):
        files = installed(build, "--tags", tag)
        lists = wanted(tag, where, version, headers)
        if files != lists:
            sys.exit(f"{tag}: not in the list: {sorted(files - lists)}, "
                     f"not installed: {sorted(lists - files)}")
        if not files <= rest:
            sys.exit(f"{tag}: two tags have {sorted(files - rest)}")
        rest -= files
    if rest:
        sys.exit(f"without one of these tags: {sorted(rest)}")


if __name__ == "__main__":
    main(*sys.argv[1:])
