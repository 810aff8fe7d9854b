#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""usage: synthetic.py NAMES

A registry of that many made-up names, always the same: one in seven without a
port, the others on ports spread over 1-49151, several on many of them, some on
several ports, some in ranges that others are within."""

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
    for i in range(count):
        name = f"{choose.choice('abcdwxyz')}{i:x}-{'synthetic' * 2}"
        name = name[:choose.randint(len(f"{i:x}") + 1, 15)].rstrip("-")
        for _ in range(1 + (choose.random() < .02)):
            first = choose.randint(1, 49100)
            number = str(first)
            if choose.random() < .002:
                number += f"-{first + choose.randint(1, 50)}"
            if i % 7 == 0:
                number = None
            for protocol in choose.choice(SETS):
                record(name, protocol, number)
    print("</registry>")


main(int(sys.argv[1]))
