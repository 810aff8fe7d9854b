#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""usage: check_time.py COMPILER SYNTHETIC.py REGISTRY.xml NAMES.services

The compiler's time and memory grow with its input and no faster. Each row is
input of a kind that once took seconds, with how it ends. It may take SECONDS of
processor time or, on a slow machine, so many TIMES what the registry takes there;
and so many megabytes of MEMORY."""

import os
import pathlib
import subprocess
import sys
import tempfile

XML = ('<registry xmlns="http://www.iana.org/assignments"'
       ' id="service-names-port-numbers">\n<updated>2026-01-02</updated>\n')
ALL = "1-65535"


def record(name, number=None, protocol="tcp", more=""):
    number = f"<number>{number}</number>" if number else ""
    return (f"<record><name>{name}</name><protocol>{protocol}</protocol>"
            f"{number}{more}</record>\n")


def registry(*records):
    return "".join((XML, *records, "</registry>\n"))


def lines(count, form):
    return "".join(form(i) + "\n" for i in range(count))


def repeated(element, count):
    return registry(record("a", 1, more=element * count))


REGISTRIES = {
    "a record with 20,000 references": repeated(
        '<xref type="rfc" data="rfc1"/>', 20000),
    "a record with 20,000 notes": repeated("<note>A note.</note>", 20000),
    "a record with 20,000 protocols": repeated(
        "<protocol>udp</protocol>", 20000),
    "20,000 names without a port": registry(
        *(record(f"n{i}x") for i in range(20000))),
    "255 ranges over all ports": registry(
        *(record(f"n{i}x", ALL) for i in range(255))),
    "255 ranges within each other": registry(
        *(record(f"n{i}x", f"{i + 1}-{65535 - i}") for i in range(255))),
    "20,000 ranges over all ports": registry(
        *(record(f"n{i}x", ALL) for i in range(20000))),
    "20,000 aliases": registry(*(
        record(f"n{i}x", 1 + i % 60000, more="<note>This entry is an alias to "
               f'"n{i + 60000}x".</note>') for i in range(20000))),
}
FULL = registry(*(record(f"n{i}x", ALL) for i in range(254)),
                *(record(f"m{i}x", i) for i in range(1, 65535, 2)))
OVERLAYS = {
    "20,000 lines": lines(20000, lambda i: (
        f"svc-{i % 15000} {1 + i * 7 % 65535}/{('tcp', 'udp')[i % 3 % 2]} "
        f"al-{i}")),
    "27,500 lines of nmap": lines(27500, lambda i: (
        f"{'unknown' if i % 3 else f'svc{i}'}\t{1 + i * 5 % 65535}/"
        f"{('tcp', 'udp', 'sctp')[i % 3]}\t0.{i:06}")),
    "20,000 lines of a name": lines(20000, lambda i: f"a-name {i + 1}/tcp"),
    "20,000 lines of a port": lines(20000, lambda i: f"n{i}x 1/tcp"),
    "20,000 ranges": lines(20000, lambda i: f"n{i}x {ALL}/tcp"),
    "a line of 500,000 names": "zzz 1/tcp " + " ".join(
        f"n{i}x" for i in range(500000)),
}
SECONDS, TIMES, MEMORY = 1, 10, 200
# They would have look-ups that are too slow.
REFUSED = {"255 ranges within each other", "20,000 ranges"}


class Compiler:
    def __init__(self, path, folder, source):
        self.path, self.folder = path, folder
        self.seconds = max(SECONDS, TIMES * self.measure(source)[0])
        self.failed = 0

    def write(self, name, text):
        path = pathlib.Path(self.folder, name)
        path.write_text(text, "ascii")
        return path

    def measure(self, *options, enough=0):
        """Seconds, megabytes and exit status. The least of three times counts:
        others use the machine, too."""
        command = [self.path, "--lenient", "--blob", f"{self.folder}/blob",
                   "--dump", f"{self.folder}/dump", *options]
        taken = []
        while len(taken) < 3 and min(taken, default=enough + 1) > enough:
            with subprocess.Popen(command, stderr=subprocess.DEVNULL) as child:
                _, state, usage = os.wait4(child.pid, 0)
                child.returncode = os.waitstatus_to_exitcode(state)
            taken.append(usage.ru_utime + usage.ru_stime)
        return min(taken), usage.ru_maxrss / 1024, child.returncode

    def run(self, what, *options, status=0):
        taken, used, code = self.measure(*options, enough=self.seconds)
        good = taken <= self.seconds and used <= MEMORY and code == status
        self.failed += not good
        print(f"{'ok' if good else 'NOT OK'}: {what}: {taken:.2f} s of "
              f"{self.seconds:.2f}, {used:.0f} MB of {MEMORY}, exit {code}")


def main(path, synthetic, source, names):
    with tempfile.TemporaryDirectory() as folder:
        compiler = Compiler(path, folder, source)
        for what, text in REGISTRIES.items():
            compiler.run(what, compiler.write("xml", text),
                         status=int(what in REFUSED))
        compiler.run("more records than the format holds",
                     compiler.write("xml", FULL), status=1)
        for what, text in OVERLAYS.items():
            compiler.run(f"overlay: {what}", "--overlay",
                         compiler.write("overlay", text), "--conventional",
                         names, source, status=int(what in REFUSED))
        ten = subprocess.run([sys.executable, synthetic, "73270"], check=True,
                             capture_output=True, encoding="ascii").stdout
        compiler.run("ten times the registry", compiler.write("xml", ten))
    return 1 if compiler.failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
