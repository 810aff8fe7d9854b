#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""usage: felt.py MODULE SHIM IANAPORT FELT OUTPUT.json

What a user waits for: programs that print names of services, of which none
was changed, on 10,000 sockets or packets; a process's first look-up; all
entries from first to last; and a log of a million lines through annotate.

Each is tried in turn with glibc's own file, Debian's and one that has the whole
registry, over the NSS module and over the shim. The figures are medians. For
programs they are milliseconds of processor time, which what else the machine
does disturbs less. It needs root, for a network and an /etc of its own."""

import contextlib
import datetime
import json
import os
import pathlib
import resource
import socket
import statistics
import struct
import subprocess
import sys
import tempfile

import host
import logs

COUNT = 10000                   # of sockets and of packets, half with a name
REPEAT = 5
FIRST_CALLS = 51
LINES = 10**6
LOOPBACK = "127.0.0.1"

ENVIRONMENT = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C"}

# What Debian's file does not have.
NAME, PORT = "coap", 5683

PROGRAMS = {
    "ss": "ss -Hlt",
    "tcpdump": "tcpdump -Z root -r packets",
    "lsof": "lsof -n -a -p {pid} -i tcp",
    "netstat": "netstat -lt --numeric-hosts",
}


class Way:
    """A way in which a process gets its names."""

    def __init__(self, title, file, *sources, preload=""):
        self.title, self.file, self.sources = title, file, sources
        self.environment = ENVIRONMENT | {"LD_PRELOAD": preload}

    def prepare(self):
        pathlib.Path("/etc/services").write_text(self.file)
        host.use(*self.sources)

    def knows_all(self):
        return NAME in self.file or "ianaport" in self.sources or bool(
            self.environment["LD_PRELOAD"])


def processor_time():
    """Milliseconds, of the children that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return 1e3 * (used.ru_utime + used.ru_stime)


def output_of(command, way):
    return subprocess.run(command, env=way.environment, capture_output=True,
                          text=True).stdout


def in_turn(ways, repeat, measure):
    """The medians of what it measures, by the titles of the ways."""
    measured = {way.title: [] for way in ways}
    for _ in range(repeat):
        for way in ways:
            way.prepare()
            measured[way.title].append(measure(way))
    return {title: round(statistics.median(values), 4)
            for title, values in measured.items()}


def program(command):
    def measure(way):
        before = processor_time()
        output = output_of(command, way)
        milliseconds = processor_time() - before
        lines = output.count("\n")
        if not COUNT <= lines <= COUNT + 10:
            sys.exit(f"{command}: {lines} lines")
        if (f":{NAME} " in output or f".{NAME}:" in output) != way.knows_all():
            sys.exit(f"{command}: wrong names with {way.title}")
        return milliseconds
    return measure


def call(felt, what, entries):
    def measure(way):
        microseconds, count = output_of([felt, what], way).split()
        if int(count) < entries:
            sys.exit(f"felt {what}: {count} entries with {way.title}")
        return float(microseconds) / 1e3
    return measure


# ---- What programs are tried on ---------------------------------------------

def ports_to_use(whole):
    """Half of them are registered, and half are not; the same each time."""
    lines = [line.split()[1] for line in whole.splitlines()
             if line and line[0] != "#"]
    named = {int(line.split("/")[0]) for line in lines if line.endswith("tcp")}
    other = sorted({*range(1, 65536)} - named)
    half = COUNT // 2

    def spread(ports):
        return [ports[n * len(ports) // half] for n in range(half)]
    ports = spread(sorted(named - {PORT}))[1:] + [PORT] + spread(other)
    return sorted(ports)


@contextlib.contextmanager
def listening(ports):
    resource.setrlimit(resource.RLIMIT_NOFILE, (COUNT + 100, COUNT + 100))
    with contextlib.ExitStack() as stack:
        for port in ports:
            s = stack.enter_context(socket.socket())
            s.bind((LOOPBACK, port))
            s.listen(1)
        yield


def write_packets(ports, path):
    """The start of a connection to each port."""
    address, raw_ip = socket.inet_aton(LOOPBACK), 101
    packets = [struct.pack("<IHHiIII", 0xa1b2c3d4, 2, 4, 0, 0, 65535, raw_ip)]
    for port in ports:
        tcp = struct.pack(">HHIIBBHHH", 61000, port, 0, 0, 5 << 4, 2, 0, 0, 0)
        packets.append(struct.pack("<IIII", 0, 0, 40, 40) + struct.pack(
            ">BBHHHBBH4s4s", 0x45, 0, 40, 0, 0, 64, 6, 0, address, address)
            + tcp)
    path.write_bytes(b"".join(packets))


def annotate(ianaport):
    """How long a log of four kinds of lines takes."""
    kinds = "ss", "tcpdump", "nftables", "conntrack"
    text = b"".join(logs.make(kind, 1 << 20) for kind in kinds)
    times, rest = divmod(LINES, text.count(b"\n"))
    lines = text.splitlines(keepends=True)[:rest]
    with tempfile.TemporaryFile() as log:
        log.write(text * times + b"".join(lines))
        size = log.tell()
        measured = []
        for _ in range(REPEAT):
            log.seek(0)
            before = processor_time()
            subprocess.run([ianaport, "annotate"], stdin=log, check=True,
                           stdout=subprocess.DEVNULL, env=ENVIRONMENT)
            measured.append(processor_time() - before)
    return {"lines": LINES, "bytes": size,
            "milliseconds": round(statistics.median(measured), 1)}


def main(module, shim, ianaport, felt, output):
    host.enter("--net")
    debian = pathlib.Path("/etc/services").read_text()
    whole = subprocess.run([ianaport, "export", "--format", "services"],
                           check=True, capture_output=True, text=True).stdout
    host.make_etc(module)
    host.write("hosts", f"{LOOPBACK} localhost")
    host.run("ip", "link", "set", "lo", "up")
    ways = [Way("file", debian, "files"),
            Way("full file", whole, "files"),
            Way("module", debian, "files", "ianaport"),
            Way("module first", debian, "ianaport", "files"),
            Way("shim", debian, "files", preload=shim)]
    os.chdir("/etc")                    # its own
    ports = ports_to_use(whole)
    write_packets(ports, pathlib.Path("packets"))
    rows = {}
    with listening(ports):
        for name, command in PROGRAMS.items():
            command = command.format(pid=os.getpid()).split()
            rows[name] = in_turn(ways, REPEAT, program(command))
    rows["first look-up"] = in_turn(ways, FIRST_CALLS,
                                    call(felt, "first", 1))
    rows["getservent() to the end"] = in_turn(ways, FIRST_CALLS,
                                              call(felt, "all", 300))
    result = json.dumps({"date": datetime.date.today().isoformat(),
                         "milliseconds": rows,
                         "annotate": annotate(ianaport)}, indent=1)
    print(result)
    pathlib.Path(output).write_text(result + "\n")


if __name__ == "__main__":
    main(*map(os.path.abspath, sys.argv[1:]))
