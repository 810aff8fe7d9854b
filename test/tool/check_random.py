#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""usage: check_random.py IANAPORT COMPILER [COUNT]

COUNT random arguments, each with a random input, for a command with
sanitizers. It must end by itself, with a status that the manual knows, and
leave no control character in what it prints. The registries are the built-in
one and hostile ones: some of their texts are control characters, and some of
their files are broken."""

import os
import pathlib
import random
import re
import resource
import subprocess
import sys
import tempfile

from command import TOOL, run_on_terminal
from logs import KINDS, make

COMPILER = sys.argv[1]
COUNT = int((sys.argv[2:] or ["1000"])[0])
SUBCOMMANDS = ["search", "free", "list", "annotate", "export", "diff", "map",
               "help"]
OPTIONS = [
    "-l", "--long", "--json", "--tsv", "--port", "--name", "-h", "--help", "-V",
    "--version", "--", "--proto", "--range", "--status", "--origin", "--near",
    "--count", "--run", "--local", "--format", "--html", "--replace", "-r",
    "--registry", "-x", "--proto=udp", "--range=system", "--status=reserved",
    "--origin=conventional", "--near=80", "--count=3", "--run=4", "-lr",
    *(f"--format={name}" for name in ("services", "csv", "json", "nftables",
                                      "wireshark", "nmap"))]
PIECES = ["https", "HTTP", "443", "65536", "-", "--", "/", "tcp", "UDP", "sctp",
          ":", "::", "[", "]", "*", "?", "://", "@", "_", "._tcp", "_ssh", ".",
          "%", "#", "x", "\\", "\33[2J", "\n", " ", "\u00e9", "\u009b",
          "\u202e", "\u061c", "0", "99999999999", "user", "system", "dynamic",
          "reserved", "iana", "local", "x11", "6000-6063", "a" * 300, "\udcff"]
# What could control a terminal: all but the newline, and the tab of --tsv.
CONTROL = re.compile(
    "[\0-\10\13-\37\177-\237\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
LOOK = re.compile("\33\\[(?:0|1|33)m|\33]8;;[!-~]*\33\\\\")
# The status of a sanitizer must be none that the command has.
ENV = {"ASAN_OPTIONS": "detect_leaks=0:exitcode=99",
       "UBSAN_OPTIONS": "exitcode=99", "PATH": os.environ["PATH"]}
SECONDS = 60

XML = """<registry xmlns="http://www.iana.org/assignments" \
id="service-names-port-numbers"><updated>2999-01-01\
</updated>
<record><name>two</name><protocol>tcp</protocol><number>1-9</number>
<description>&#x9b;31m &#x202e; &#x2066; &#x61c; long %s</description>
<xref type="uri" data="http://x/&#x9b;">http://x/&#x9b;</xref>
<xref type="rfc" data="rfc1"/><note>alias to \\ &lt;/script&gt; "%s"</note>
</record>
<record><name>http</name><protocol>udp</protocol><number>80</number>
<description>&#x85;</description></record>
<record><number>24</number><description>&#x2028;Reserved&#x7f;</description>
<note>&#x90;</note></record></registry>"""


def registries(folder):
    """Blobs in a folder: good ones, and broken ones. A compiler that refuses
    the controls leaves the former without any."""
    xml, good = folder / "xml", []
    for name, words, controls in (("a", "text " * 99, False),
                                  ("b", "\u00e9" * 200, True)):
        content = XML % (words, words)
        xml.write_text(content if controls
                       else re.sub("&#x.*?;", "", content),
                       encoding="utf-8")
        blob = str(folder / name)
        if not subprocess.run([COMPILER, "--blob", blob, xml],
                              stderr=subprocess.DEVNULL).returncode:
            good.append(blob)
    blob, rng = pathlib.Path(good[0]).read_bytes(), random.Random(1)
    broken = [str(xml), "/dev/null", str(folder), str(folder / "\33none")]
    for i in range(8):
        bytes_of = bytearray(blob)
        bytes_of[rng.randrange(len(blob))] ^= 1 << rng.randrange(8)
        broken.append(str(folder / f"broken\x9b{i}"))
        pathlib.Path(broken[-1]).write_bytes(bytes_of[:rng.choice(
            [None, rng.randrange(len(blob))])])
    return good, broken


def text(rng):
    return "".join(rng.choice(PIECES) for _ in range(rng.randrange(6)))


def registry(rng, good, broken):
    return rng.choice([*good * 5, *broken, "built-in"])


def arguments(rng, good, broken):
    """The whole built-in registry takes seconds to export, so it is rare."""
    words = [rng.choice([text(rng), text(rng), rng.choice(OPTIONS)])
             for _ in range(rng.randrange(5))]
    if rng.random() < .6:
        if rng.random() < .5:
            words = [word for word in words if word in OPTIONS]
        words.insert(0, rng.choice(SUBCOMMANDS))
        if words[0] == "diff":
            words += [registry(rng, good, broken) for _ in range(2)]
        elif rng.random() < .95:
            words[1:1] = ["-r", registry(rng, good, broken)]
    elif rng.random() < .2:
        words.insert(0, "-r" + registry(rng, good, broken))
    return [word.replace("\0", "") for word in words]


def given(rng):
    if rng.random() < .1:
        return rng.randbytes(rng.randrange(300))
    if rng.random() < .3:
        return make(rng.choice(list(KINDS)), 2000, seed=rng.random())
    return "\n".join(text(rng) for _ in range(rng.randrange(9))).encode(
        errors="surrogateescape")


def limited(child):
    """A command that never ends gets a signal. The machine may be busy, so
    the time is that of the processor."""
    resource.prlimit(child.pid, resource.RLIMIT_CPU, (SECONDS, SECONDS))


def ask(words, lines):
    """Status, and what a pipe and the messages got."""
    child = subprocess.Popen([TOOL, *words], stdin=subprocess.PIPE, env=ENV,
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    limited(child)
    outs = child.communicate(lines)
    return child.returncode, *outs


def check(words, lines, on_terminal):
    if on_terminal:
        status, out = run_on_terminal(*words, env=ENV, started=limited,
                                      columns=20 + len(lines) % 100)
        outs = [LOOK.sub("", out)]
    else:
        status, *outs = ask(words, lines)
        outs = [out.decode(errors="surrogateescape") for out in outs]
        if words[:1] == ["annotate"]:    # it copies its input
            del outs[0]
    if status not in (0, 1, 2, 3):
        sys.exit(f"{words} {lines!r}: {status}\n{outs}")
    for out in outs:
        if found := CONTROL.search(out):
            sys.exit(f"{words} {lines!r}: {found[0]!r} in\n{out!r}")


def main():
    with tempfile.TemporaryDirectory() as folder:
        files = registries(pathlib.Path(folder))
        for seed in range(COUNT):
            rng = random.Random(seed)
            words, lines = arguments(rng, *files), given(rng)
            check(words, lines, rng.random() < .1 and words[:1] != ["annotate"])


main()
