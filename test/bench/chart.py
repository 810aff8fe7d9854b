#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""usage: chart.py BENCH.json > chart.svg

Nanoseconds of a look-up by name, hit, against the bytes of all tables: the
nearer to the lower left corner, the better. Both axes are logarithmic."""

import json
import math
import sys
from xml.sax.saxutils import escape

WIDTH, HEIGHT = 760, 480
LEFT, RIGHT, TOP, BOTTOM = 70, 30, 70, 96
RELOCATION = 24  # bytes of an Elf64_Rela
OURS, OTHERS, INK, GRID = "#0b6e4f", "#5b6b7f", "#24292f", "#e3e7ec"


def points(bench):
    for peer in bench["names"]:
        size = (peer.get("readonly", 0) + peer.get("heap", 0)
                + RELOCATION * peer.get("relocations", 0))
        if size and "hit" in peer:
            yield peer["peer"], size, peer["hit"]["median"]


def ticks(low, high, steps):
    """Round values that a logarithmic axis from low to high shows."""
    for power in range(-1, 9):
        for step in steps:
            value = step * 10 ** power
            if low <= value <= high:
                yield value


class Axis:
    def __init__(self, values, start, end, steps):
        low, high = min(values) / 1.5, max(values) * 1.6
        self.ticks = list(ticks(low, high, steps))
        self.low, self.span = math.log(low), math.log(high / low)
        self.start, self.length = start, end - start

    def __call__(self, value):
        part = (math.log(value) - self.low) / self.span
        return self.start + part * self.length


def text(x, y, words, size=13, colour=INK, anchor="start", more=""):
    return (f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" '
            f'fill="{colour}" text-anchor="{anchor}"{more}>'
            f'{escape(words)}</text>')


def line(x1, y1, x2, y2, colour=GRID):
    return (f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" '
            f'stroke="{colour}"/>')


def grid(x, y):
    bottom, right = HEIGHT - BOTTOM, WIDTH - RIGHT
    for size in x.ticks:
        yield line(x(size), TOP, x(size), bottom)
        yield text(x(size), bottom + 20, f"{size // 1000:.0f} KB", 12,
                   OTHERS, "middle")
    for nanoseconds in y.ticks:
        yield line(LEFT, y(nanoseconds), right, y(nanoseconds))
        yield text(LEFT - 8, y(nanoseconds) + 4, f"{nanoseconds:.0f} ns", 12,
                   OTHERS, "end")
    yield line(LEFT, bottom, right, bottom, OTHERS)
    yield line(LEFT, TOP, LEFT, bottom, OTHERS)


def overlap(a, b):
    return (a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3])


def place_label(x, y, width, taken):
    """Beside its point, above it, below it: where there is room."""
    for dx, dy, anchor in ((11, 4, "start"), (-11, 4, "end"),
                           (0, -13, "middle"), (0, 23, "middle"),
                           (11, 21, "start"), (-11, -13, "end")):
        left = x + dx - {"start": 0, "end": width, "middle": width / 2}[anchor]
        box = (left, y + dy - 12, left + width, y + dy + 4)
        if (box[0] > LEFT and box[2] < WIDTH
                and not any(overlap(box, other) for other in taken)):
            break
    taken.append(box)
    return x + dx, y + dy, anchor


def marks(found, x, y):
    at = [(x(size), y(ns)) for _, size, ns in found]
    taken = [(px - 7, py - 7, px + 7, py + 7) for px, py in at]
    for (label, size, ns), (px, py) in zip(found, at):
        ours = label == "libianaport"
        colour = OURS if ours else OTHERS
        words = f"{label}  {ns:.0f} ns, {size / 1000:.0f} KB"
        lx, ly, anchor = place_label(px, py, 6.6 * len(words), taken)
        yield (f'<circle cx="{px:.1f}" cy="{py:.1f}" r="{7 if ours else 5}" '
               f'fill="{colour}"/>')
        yield text(lx, ly, words, 13, colour if ours else INK, anchor,
                   ' font-weight="bold"' if ours else "")


def main(path):
    with open(path, encoding="utf-8") as file:
        bench = json.load(file)
    found = list(points(bench))
    x = Axis([size for _, size, _ in found], LEFT, WIDTH - RIGHT, (1, 2, 5))
    y = Axis([ns for _, _, ns in found], HEIGHT - BOTTOM, TOP, (1, 2, 5))
    print(f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" '
          f'height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}" '
          'font-family="-apple-system, Segoe UI, Helvetica, Arial, '
          'DejaVu Sans, sans-serif">')
    print(f'<rect width="{WIDTH}" height="{HEIGHT}" rx="6" fill="#ffffff"/>')
    print(text(LEFT, 30, "Port of a service name: time against size", 17,
               more=' font-weight="bold"'))
    print(text(LEFT, 50, "nanoseconds of a look-up that finds, random names; "
               "bytes of all tables with relocations", 12, OTHERS))
    print(*grid(x, y), *marks(found, x, y), sep="\n")
    print(text(LEFT, HEIGHT - 48, "libianaport's bytes also answer by port "
               "and hold protocols, aliases, ranges and status.", 12, OTHERS))
    print(text(LEFT, HEIGHT - 30, f"Registry of {bench['registry']}, measured "
               f"on {bench['date']}", 11, OTHERS))
    print(text(LEFT, HEIGHT - 14, bench["machine"], 11, OTHERS))
    print("</svg>")


main(*sys.argv[1:])
