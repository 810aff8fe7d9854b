#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""usage: figures.py README.md BENCH.json SOURCE BUILTIN.h [--write]

Makes the README's paragraphs that have figures, from what was measured: the
benchmark's BENCH.json, registry/SOURCE and the header of the built-in array.
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


def paragraphs(bench, source, header):
    size = {name: int(bytes) for name, bytes in
            re.findall(r"unsigned char (\w+)\[(\d+)\]", header)}
    names, ports = (of(bench[by], "libianaport") for by in ("names", "ports"))
    gperf = min((peer for peer in bench["names"] if "gperf" in peer["peer"]),
                key=lambda peer: peer["hit"]["median"])
    debian, whole = (
        1 / of(bench["libc"], f"getservbyname_r, {file}")["ratio_hit"]["median"]
        for file in ("this host's file", "full registry"))
    yield "intro", (
        f"Registry of {said(source, 'updated')}: "
        f"{int(said(source, 'distinct names')):,} names in "
        f"{size['iap_builtin'] / 1024:.0f} KiB "
        f"([registry/SOURCE](registry/SOURCE)).")
    yield "speed", (
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


def main(readme, bench, source, header, *write):
    path = pathlib.Path(readme)
    text = path.read_text("utf-8")
    bench = json.loads(pathlib.Path(bench).read_text("utf-8"))
    for name, paragraph in paragraphs(bench, pathlib.Path(source).read_text(),
                                      pathlib.Path(header).read_text()):
        filled = textwrap.fill(paragraph, 79, break_long_words=False,
                               break_on_hyphens=False)
        mark = re.compile(MARKED.format(name), re.DOTALL)
        if not mark.search(text):
            sys.exit(f"{readme}: no mark <!-- {name} -->")
        text = mark.sub(lambda m: m[1] + filled + m[2], text)
    if write:
        path.write_text(text, "utf-8")
    elif text != path.read_text("utf-8"):
        sys.exit(f"{readme}: figures differ; doc/figures.py --write mends it")


if __name__ == "__main__":
    main(*sys.argv[1:])
