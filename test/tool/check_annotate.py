#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""usage: check_annotate.py IANAPORT COMPILER REGISTRY.xml

Ports named in a text, against a model in regular expressions; of a megabyte of
each kind of log, given in pieces of random sizes."""

import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import threading
import unittest

from command import TOOL, answer, ask
from logs import KINDS, make

COMPILER, REGISTRY = sys.argv[1:]
del sys.argv[1:]

OCTET = rb"(?:25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])"
PORT = re.compile(rb"""
    (?: (?<![\w.]) %(octet)s (?:\.%(octet)s){3} (?:[.:] | %%[\w.-]+:)
      | []*] (?:%%[\w.-]{1,32})? :
      | (?:(?<=^) | (?<=[ \t])) :::
      | (?<![\w.:]) (?=[\da-f]*:[\da-f]*:) [\da-f:]{2,39} \.
      | (?<!\w) (?i:[sd]?port|[sd]pt) [ =]
    ) ([1-9]\d{0,4}) (?!\w | [.-]\d)""" % {
        b"octet": OCTET}, re.X | re.A | re.I)
PROTOCOL = re.compile(rb"""(?<!\w) (?: (tcp6?|udp6?|sctp|dccp)
                                    | proto[= ]0*(6|17|33|132)) (?!\w)""",
                      re.X | re.A | re.I)
NUMBERS = {b"6": b"tcp", b"17": b"udp", b"33": b"dccp", b"132": b"sctp"}


def names():
    """First name of each port and protocol, and of each port."""
    asked = [f"{port}{proto}" for proto in ("", "/tcp", "/udp", "/sctp",
                                            "/dccp") for port in range(65536)]
    out = ask("--name", given="\n".join(asked).encode())[1]
    return dict(zip(asked, map(str.encode, out.split("\n"))))


NAMES = names()


def model_of_line(line, replace):
    found = PROTOCOL.search(line)
    proto = ""
    if found:
        word = NUMBERS.get(found[2]) or found[1].lower().rstrip(b"6")
        proto = "/" + word.decode()
    out, done, at = [], 0, 0
    while match := PORT.search(line, at):
        number, at = match[1], match.end()
        name = int(number) < 65536 and NAMES[number.decode() + proto]
        if not name:
            if int(number) > 65535:     # nothing was read: it goes on there
                at = match.start() + 1
            continue
        out += [line[done:match.start(1)] if replace else line[done:at],
                name if replace else b"(" + name + b")"]
        done = at
    return b"".join(out) + line[done:]


def model(text, replace=False):
    out = []
    for line in re.findall(rb"[^\n]*\n|[^\n]+$", text):
        while len(line) >= 65536 and b"\n" not in line[:65536]:
            cut = line[:65536].rfind(b" ") + 1 or 65536
            out.append(model_of_line(line[:cut], replace))
            line = line[cut:]
        out.append(model_of_line(line, replace))
    return b"".join(out)


def in_pieces(text, rng, *words):
    """Gives the text in pieces, so that a read ends anywhere."""
    child = subprocess.Popen([TOOL, "annotate", *words], stdin=subprocess.PIPE,
                             stdout=subprocess.PIPE)

    def feed():
        at = 0
        while at < len(text):
            n = rng.choice([1, 7, 100, 4096, 60000, 70000])
            child.stdin.write(text[at:at + n])
            child.stdin.flush()
            at += n
        child.stdin.close()

    thread = threading.Thread(target=feed)
    thread.start()
    with child.stdout:
        out = child.stdout.read()
    thread.join()
    return child.wait(), out


class Annotate(unittest.TestCase):
    def check(self, given, expected, *words):
        self.assertEqual(answer("annotate", *words, given=given.encode()),
                         expected)

    def test_each_form(self):
        self.check("""\
10.0.0.1:443 [::1]:22 10.0.0.1.443 dport=443 DPT=443 port 443 Port=443 *:443
10.0.0.1%lo:53 [fe80::1]%eth0.7:546 udp :::514 fe80::1.546
""", """\
10.0.0.1:443(https) [::1]:22(ssh) 10.0.0.1.443(https) dport=443(https) \
DPT=443(https) port 443(https) Port=443(https) *:443(https)
10.0.0.1%lo:53(domain) [fe80::1]%eth0.7:546(dhcpv6-client) udp :::514(syslog) \
fe80::1.546(dhcpv6-client)
""")

    def test_protocol_of_the_line(self):
        self.check("""\
port 514
tcp port 514 port 514 udp
port 514 UDP6
PROTO=TCP DPT=514
proto 17 port 514
proto=132 port 22; port 514
xudp udp_ proto=7 17 port 514/TCP
""", """\
port 514(shell)
tcp port 514(shell) port 514(shell) udp
port 514(syslog) UDP6
PROTO=TCP DPT=514(shell)
proto 17 port 514(syslog)
proto=132 port 22(ssh); port 514
xudp udp_ proto=7 17 port 514(shell)/TCP
""")

    def test_what_is_no_port(self):
        text = """\
12:30:45 1.2.3:80 1.2.3.4 256.1.1.1:80 1.2.3.4.5.6 host:80 xport=80 port=080
port 80.5 port 80-90 port 80_ port 80a port 0 port 70000 port 800000 port -80
1.2.3.4:60999 port  80 ports 80 ::80 f::80 10.0.0.0001:80 import_port 80
"""
        self.check(text, text)

    def test_bounds(self):
        zone, address = "z" * 32, "a:" * 18 + "abc"
        self.check(f"]%{zone}:22 ]%z{zone}:22 {address}.22 {address}0.22\n",
                   f"]%{zone}:22(ssh) ]%z{zone}:22 {address}.22(ssh) "
                   f"{address}0.22\n")

    def test_long_line_is_cut_at_a_space(self):
        for length in range(65520, 65540):
            text = "x" * length + " port=443 port=22"
            self.check(text, text.replace("443", "443(https)")
                       .replace("22", "22(ssh)"))

    def test_replace(self):
        self.check("1.2.3.4:443 port 80\0\n\r\n", "1.2.3.4:https port http\0\n"
                   "\r\n", "--replace")

    def test_line_comes_as_it_is_fed(self):
        with subprocess.Popen([TOOL, "annotate"], stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE) as child:
            for _ in range(3):
                child.stdin.write(b" port 22\nport 80")
                child.stdin.flush()
                self.assertIn(b" port 22(ssh)\n", child.stdout.readline())
            child.stdin.close()

    def test_loaded_registry_with_odd_names(self):
        with tempfile.TemporaryDirectory() as folder:
            overlay = pathlib.Path(folder, "services")
            overlay.write_text("our-own-name 60999/tcp\n")
            blob = os.path.join(folder, "blob")
            subprocess.run([COMPILER, "--overlay", overlay, "--blob", blob,
                            REGISTRY], check=True)
            self.check("[::]:60999 port 443\n",
                       "[::]:60999(our-own-name) port 443(https)\n", "-r", blob)

    def test_every_kind_as_the_model_in_random_pieces(self):
        for kind in KINDS:
            text = make(kind, 1 << 20, seed=2)
            for options in [], ["--replace"]:
                expected = model(text, bool(options))
                self.assertNotEqual(expected, text)
                status, out = in_pieces(text, random.Random(3), *options)
                self.assertEqual(status, 0)
                if out != expected:
                    at = len(os.path.commonprefix([out, expected]))
                    self.fail(f"{kind} at {at}:\n{out[at - 90:at + 60]}\n"
                              f"{expected[at - 90:at + 60]}")

    def test_endless_line_in_bounded_memory(self):
        with open("/dev/null", "wb") as null:
            child = subprocess.Popen([TOOL, "annotate"], stdout=null,
                                     stdin=subprocess.PIPE)
            for _ in range(200):
                child.stdin.write(bytes(1 << 20))
            child.stdin.close()
            _, status, usage = os.wait4(child.pid, 0)
            child.returncode = status
        self.assertEqual(status, 0)
        self.assertLess(usage.ru_maxrss, 64 << 10)      # of 200 MiB

    def test_failures(self):
        self.assertEqual(ask("annotate", "file"), (
            2, "", "ianaport: file: unexpected operand\n"
            "usage: ianaport annotate [OPTION]... <TEXT\n"))
        with open("/dev/full", "w") as full:
            done = subprocess.run([TOOL, "annotate"], input=b"x\n",
                                  stdout=full, stderr=subprocess.PIPE)
        self.assertEqual((done.returncode, done.stderr), (
            3, b"ianaport: standard output: No space left on device\n"))
        folder = os.open("/", os.O_RDONLY)
        done = subprocess.run([TOOL, "annotate"], stdin=folder,
                              capture_output=True)
        os.close(folder)
        self.assertEqual((done.returncode, done.stderr), (
            3, b"ianaport: standard input: Is a directory\n"))


unittest.main()
