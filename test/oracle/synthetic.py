#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""usage: synthetic.py NAMES

A registry of that many made-up names, always the same. Names are as long as
IANA's; one in seven has no port, the others are spread evenly over ports
1-49151, one in fifty is on another port too, and some have ranges that others
are within. Ten times IANA's names use every port, a third of them for several
names."""

import random
import sys

SETS = [["tcp", "udp"]] * 6 + [["tcp"], ["udp"], ["tcp", "udp", "sctp"],
                               ["udp", "dccp"], [None]]


def record(name, protocol, number):
    fields = [("name", name), ("protocol", protocol), ("number", number),
              ("description", f"Service {name}")]
    print("<record>" + "".join(f"<{tag}>{text}</{tag}>" for tag, text in fields
                               if text is not None) + "</record>")


def main(count):
    choose = random.Random(count)
    print('<?xml version="1.0" encoding="UTF-8"?>\n'
          '<registry xmlns="http://www.iana.org/assignments"'
          ' id="service-names-port-numbers">\n<updated>2026-01-01</updated>')
    placed = 0
    for i in range(count):
        unique = f"{choose.choice('abcdwxyz')}{i:x}"
        length = max(len(unique), choose.randint(4, 14))
        name = f"{unique}-{'synthetic' * 2}"[:length].rstrip("-")
        for again in range(1 + (choose.random() < .02)):
            first = (placed * 7919 + again * 12345) % 49151 + 1
            number = str(first) if i % 7 else None
            if number and choose.random() < .0005:
                number += f"-{first + choose.randint(1, 50)}"
            for protocol in choose.choice(SETS):
                record(name, protocol, number)
        placed += i % 7 > 0
    print("</registry>")


main(int(sys.argv[1]))
