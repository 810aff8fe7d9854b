#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""usage: figures.py README.md BENCH.json FELT.json SOURCE BUILTIN.h [--write]

Makes the README's paragraphs that have figures, from what was measured: the
benchmarks' BENCH.json and FELT.json, registry/SOURCE and the header of the
built-in array.
Fails if the README has other text there; --write replaces that text."""

import json
import pathlib
import re
import sys
import textwrap

MARKED = r"(<!-- {0} -->\n).*?(\n<!-- end -->)"


def said(source, key):
    return re.search(rf"(?m)^{key}: (.*)$", source)[1]


def of(results, peer):
    return next(r for r in results if r["peer"] == peer)


def filled(paragraph):
    return textwrap.fill(paragraph, 79, break_long_words=False,
                         break_on_hyphens=False)


# The columns of FELT.json, and how the table calls them.
WAYS = {"file": "Debian's file", "full file": "file with all names",
        "module": "module", "module first": "module before file",
        "shim": "shim"}


def rounded(value):
    return f"{float(f'{value:.2g}'):,g}"


def table(rows):
    yield "| | " + " | ".join(WAYS.values()) + " |"
    yield "|---" + "|---:" * len(WAYS) + "|"
    for name, values in rows.items():
        name = re.sub(r"^(ss|tcpdump|lsof|netstat|\w+\(\))", r"`\1`", name)
        yield f"| {name} | " + " | ".join(rounded(values[way])
                                          for way in WAYS) + " |"


def paragraphs(bench, felt, source, header):
    size = {name: int(bytes) for name, bytes in
            re.findall(r"unsigned char (\w+)\[(\d+)\]", header)}
    names, ports = (of(bench[by], "libianaport") for by in ("names", "ports"))
    gperf = min((peer for peer in bench["names"] if "gperf" in peer["peer"]),
                key=lambda peer: peer["hit"]["median"])
    debian, whole = (
        1 / of(bench["libc"], f"getservbyname_r, {file}")["ratio_hit"]["median"]
        for file in ("this host's file", "full registry"))
    yield "intro", filled(
        f"Registry of {said(source, 'updated')}: "
        f"{int(said(source, 'distinct names')):,} names in "
        f"{size['iap_builtin'] / 1024:.0f} KiB "
        f"([registry/SOURCE](registry/SOURCE)).")
    yield "speed", filled(
        f"Names and ports take {size['iap_builtin']:,} bytes, and the details "
        f"another {size['iap_builtin_details']:,}. A static program that does "
        f"not ask for details does not contain them. Neither part has "
        f"relocations. On the machine that the chart names, a look-up by name "
        f"took {names['hit']['median']:.3g} ns, which is "
        f"{gperf['ratio_hit']['median']:.2g} times the time of gperf's perfect "
        f"hash. A look-up by port took {ports['hit']['median']:.3g} ns. "
        f"`iana_getservbyname_r()` was {debian:,.0f} times as fast "
        f"as glibc's call with Debian's `/etc/services`, and "
        f"{whole:,.0f} times as fast when that file held the whole registry. "
        f"From one run to the next, the ratios vary less than the "
        f"nanoseconds.")
    log = felt["annotate"]
    yield "felt", "\n".join(table(felt["milliseconds"])) + "\n\n" + filled(
        f"These are milliseconds, measured on {felt['date']}; for programs, "
        f"of processor time. `ianaport annotate` took "
        f"{rounded(log['milliseconds'])} ms for a log of {log['lines']:,} "
        f"lines, {log['bytes'] / 1e6:.0f} MB.")


def main(readme, bench, felt, source, header, *write):
    path = pathlib.Path(readme)
    text = path.read_text("utf-8")
    bench, felt = (json.loads(pathlib.Path(measured).read_text("utf-8"))
                   for measured in (bench, felt))
    for name, paragraph in paragraphs(bench, felt,
                                      pathlib.Path(source).read_text(),
                                      pathlib.Path(header).read_text()):
        mark = re.compile(MARKED.format(name), re.DOTALL)
        if not mark.search(text):
            sys.exit(f"{readme}: no mark <!-- {name} -->")
        text = mark.sub(lambda m: m[1] + paragraph + m[2], text)
    if write:
        path.write_text(text, "utf-8")
    elif text != path.read_text("utf-8"):
        sys.exit(f"{readme}: figures differ; doc/figures.py --write mends it")


if __name__ == "__main__":
    main(*sys.argv[1:])
