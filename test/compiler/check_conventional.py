#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""usage: check_conventional.py COMPARE LIBRARY DOCUMENT [SERVICES]

How much of Debian's services file the library knows: the share that we aim at,
and, difference by difference, what the document says. Skipped if SERVICES, or
/etc/services, is not the file that the document names; how compare-services.py
reads a file is tested before, with a small one."""

import hashlib
import pathlib
import re
import subprocess
import sys
import tempfile

AIM = 0.97
SKIPPED = 77

SMALL = """\
# comment
ssh\t22/tcp
\tnicname 43/tcp whois   # the same
whois 43/tcp
urd 465/tcp WWW\r
www 80/udp\tworld-wide-web
nobody 4/tcp nobody-else
nobody 6/tcp
echo 4/ddp
twice 22/tcp"""
DIFFERENCES = """\
5 of 10 names have the same port, 50.0 %
4 of 6 ports have a name, 66.7 %
name nobody/tcp 4 none
name nobody-else/tcp 4 none
name twice/tcp 22 none
name world-wide-web/udp 80 none
name WWW/tcp 465 80
port 4/tcp nobody
port 6/tcp nobody
first 80/udp www http
first 465/tcp urd submissions
"""
FAULTY = {"a 1/tcp\n\nb\n": ':3: "b": ""',
          "a tcp": ':1: "a": "tcp"',
          "a 1 tcp": ':1: "a": "1"',
          "a 1/": ':1: "a": "1/"',
          "a 65536/tcp": ':1: "a": "65536/tcp"',
          "a -1/tcp": ':1: "a": "-1/tcp"',
          "# nothing\n": ": no services"}


def run(command, services):
    return subprocess.run(command + [services], capture_output=True, text=True)


def expect(what, got, wanted):
    if got != wanted:
        sys.exit(f"{what}:\n{got}instead of\n{wanted}")


def check_small(command):
    with tempfile.TemporaryDirectory() as directory:
        path = pathlib.Path(directory) / "services"
        path.write_text(SMALL, encoding="ascii")
        expect("differences", run(command, path).stdout, DIFFERENCES)
        for text, message in FAULTY.items():
            path.write_text(text, encoding="ascii")
            done = run(command, path)
            if done.returncode != 1 or f"{path}{message}" not in done.stderr:
                sys.exit(f"{text!r}: {done.returncode}, {done.stderr}")


def stated(document):
    """The lines of compare-services.py that the document has."""
    for line in document.splitlines():
        if line.startswith("|") and re.search(r"\| +\|", line):
            sys.exit(f"an empty cell: {line}")
        if row := re.match(r"\| (\D\S*/\w+) \| (\d+) \| (\w+) \|", line):
            yield "name " + " ".join(row.groups())
        elif row := re.match(r"\| (\d+/\w+) \| ([\w-]+) \|", line):
            yield "port " + " ".join(row.groups())
        elif row := re.match(r"    (first .*|\d+ of \d+ .*)", line):
            yield row.group(1)


def check_aim(lines):
    for line in lines[:2]:
        known, _, total = line.split()[:3]
        if int(known) < AIM * int(total):
            sys.exit(f"{line}, but the aim is {AIM:.0%}")


def main(compare, library, document, services="/etc/services"):
    command = [sys.executable, compare, library]
    check_small(command)
    with open(document, encoding="utf-8") as f:
        text = f.read()
    version = re.search(r"netbase [\d.]+\d", text).group()
    digest = re.search(r"\b[0-9a-f]{64}\b", text).group()
    path = pathlib.Path(services)
    if (not path.exists()
            or hashlib.sha256(path.read_bytes()).hexdigest() != digest):
        print(f"skipped: {services} is not that of {version}")
        sys.exit(SKIPPED)
    lines = run(command, services).stdout.splitlines()
    check_aim(lines)
    wrong = set(lines) ^ set(stated(text))
    if wrong:
        sys.exit("\n".join([f"{document} or the library is wrong:",
                            *sorted(wrong)]))


main(*sys.argv[1:])
