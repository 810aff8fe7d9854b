# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""Texts with ports in them, as programs write them, for annotate."""

import random

PORTS = [22, 53, 80, 443, 514, 123, 8080, 6010, 3306, 5353, 25, 179, 65535]


def make(kind, size, seed=1):
    """Lines of a kind, of so many bytes or a few more."""
    rng = random.Random(seed)
    lines, length = [], 0
    while length < size:
        lines.append(KINDS[kind](rng))
        length += len(lines[-1])
    return b"".join(lines)


def port(rng):
    return (rng.choice(PORTS) if rng.random() < .6
            else rng.randrange(70000 if rng.random() < .1 else 65536))


def address(rng):
    return ".".join(str(rng.randrange(256)) for _ in range(4))


def address_6(rng):
    return rng.choice(["::1", "fe80::1", "2001:db8::%x:%x" % (
        rng.randrange(65536), rng.randrange(65536))])


def ss(rng):
    ends = []
    for _ in range(2):
        host = rng.choice([address(rng), "[%s]" % address_6(rng), "*",
                           address(rng) + "%eth0.7",
                           "[%s]%%wlan-0" % address_6(rng)])
        ends.append("%s:%s" % (host, rng.choice([port(rng), "*"])))
    return ("%-5s %-6s %-6d %-6d %20s %20s users:((\"%s\",pid=%d,fd=%d))\n" % (
        rng.choice(["tcp", "udp", "sctp"]),
        rng.choice(["ESTAB", "LISTEN", "UNCONN"]), rng.randrange(500),
        rng.randrange(500), *ends, rng.choice(["sshd", "apache2", "port 80"]),
        rng.randrange(99999), rng.randrange(99))).encode()


def tcpdump(rng):
    make_address = rng.choice([address, address_6])
    return ("%02d:%02d:%02d.%06d IP%s %s.%d > %s.%d: %s\n" % (
        rng.randrange(24), rng.randrange(60), rng.randrange(60),
        rng.randrange(1000000), "6" if make_address is address_6 else "",
        make_address(rng), port(rng), make_address(rng), port(rng),
        rng.choice(["Flags [S], seq 1234567, win 64240, length 0",
                    "UDP, length 64", "Flags [P.], seq 1:42, ack 1"]))).encode()


def nftables(rng):
    return ("Nov 26 01:%02d:%02d host kernel: [%d.%06d] drop IN=eth0 OUT= "
            "MAC=52:54:00:12:34:56:0a SRC=%s DST=%s LEN=60 TOS=0x00 TTL=%d "
            "ID=%d DF PROTO=%s SPT=%d DPT=%d WINDOW=64240 SYN\n" % (
                rng.randrange(60), rng.randrange(60), rng.randrange(10**6),
                rng.randrange(10**6), address(rng), address(rng),
                rng.randrange(255), rng.randrange(65536),
                rng.choice(["TCP", "UDP", "17", "132", "ICMP"]),
                port(rng), port(rng))).encode()


def conntrack(rng):
    name, number = rng.choice([("tcp", 6), ("udp", 17), ("dccp", 33)])
    return ("%s %d %d ESTABLISHED src=%s dst=%s sport=%d dport=%d "
            "[ASSURED] mark=0 proto=%d use=1\n" % (
                name if rng.random() < .7 else "ip", number,
                rng.randrange(431999), address(rng), address(rng), port(rng),
                port(rng), number)).encode()


def words(rng):
    """Near misses, and bytes that are no text."""
    parts = [b"port ", b"Port=", b"dport ", b"SPT=", b"xport=", b":::", b"::1.",
             b"*:", b"]:", b"]%lo:", b"%", b".", b":", b"-", b"/", b"_", b" ",
             b"\t", b"\0", b"\xff", b"\r", b"tcp", b"UDP6", b"tcp6", b"udp7",
             b"proto=17", b"PROTO ", b"proto=", b"33", b"sctp", b"xtcp", b"a",
             b"0", b"443", b"80", b"00080", b"65535", b"65536", b"1.2.3.4",
             b"256.1.1.1", b"10.0.0.1", b"1.2.3", b"fe80:", b"[", b"("]
    return b"".join(rng.choice(parts) for _ in range(rng.randrange(30))
                    ) + (b"\n" if rng.random() < .95 else b"")


def long(rng):
    """Lines that are taken in pieces, with spaces and without."""
    parts = [words(rng).replace(b"\n", b" "), b"x" * rng.randrange(9000)]
    if rng.random() < .01:
        parts.append(rng.choice([b"y", b".1"]) * 70000)
    return b"".join(parts) + (b"\n" if rng.random() < .02 else b"")


KINDS = {"ss": ss, "tcpdump": tcpdump, "nftables": nftables,
         "conntrack": conntrack, "words": words, "long": long}
