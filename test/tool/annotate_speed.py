#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""usage: annotate_speed.py IANAPORT [MEGABYTES]

How fast annotate is, beside the same rule in perl, whose output must be the
same, and sed with a rule for each of 300 ports, which does less. Megabytes a
second of processor time, the best of three runs; the logs are random."""

import os
import resource
import subprocess
import sys
import tempfile

import logs

TOOL, SIZE = os.path.abspath(sys.argv[1]), int((sys.argv[2:] or ["32"])[0]) << 20

PERL = r"""
BEGIN {
    $o = qr/(?:25[0-5]|2[0-4]\d|[01]?\d?\d)/a;
    %number = (6 => "tcp", 17 => "udp", 33 => "dccp", 132 => "sctp");
    open N, "<", "names"; chomp(@names = <N>);
    $i = 0;
    for $p ("", "tcp", "udp", "sctp", "dccp") {
        $name{$p} = [@names[$i .. $i + 65535]]; $i += 65536;
    }
}
$p = "";
if (/(?<!\w)(?:(tcp6?|udp6?|sctp|dccp)|proto[= ]0*(6|17|33|132))(?!\w)/ai) {
    $p = $number{$2 || ""} || lc $1; $p =~ s/6$//;
}
$n = $name{$p};
s{((?:(?<![\w.])$o(?:\.$o){3}(?:[.:]|%[\w.-]+:)|[]*](?:%[\w.-]{1,32})?:
  |(?:^|(?<=[ \t])):::|(?<![\w.:])(?=[\da-f]*:[\da-f]*:)[\da-f:]{2,39}\.
  |(?<!\w)(?:[sd]?port|[sd]pt)[ =])([1-9]\d{0,4}))(?!\w|[.-]\d)}
 {$2 < 65536 && $n->[$2] ne "" ? "$1($n->[$2])" : $1}gexai;
print
"""


def seconds(command, log, out):
    best = float("inf")
    for _ in range(3):
        with open(log, "rb") as given, open(out, "wb") as to:
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run(command, stdin=given, stdout=to, check=True,
                           env={"LC_ALL": "C", "PATH": os.environ["PATH"]})
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
        best = min(best, after.ru_utime + after.ru_stime - before.ru_utime
                   - before.ru_stime)
    return best


def name_table():
    asked = "".join(f"{port}{proto}\n" for proto in
                    ("", "/tcp", "/udp", "/sctp", "/dccp")
                    for port in range(65536))
    return subprocess.run([TOOL, "--name"], input=asked, text=True,
                          capture_output=True).stdout


def sed_rules(names):
    ports = [p for p in range(65536) if names[p]][:300]
    return "".join(f"s/\\([]0-9*:][:.]\\|[pP][oO]*[rR]*[tT][= ]\\){p}\\b/"
                   f"&({names[p]})/g\n" for p in ports)


def main():
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        table = name_table()
        with open("names", "w") as file:
            file.write(table)
        with open("rules", "w") as file:
            file.write(sed_rules(table.split("\n")))
        for kind in "ss", "tcpdump", "nftables", "conntrack":
            text = logs.make(kind, 1 << 20) * (SIZE >> 20)
            small = text[:1 << 20].rpartition(b"\n")[0] + b"\n"
            for name, content in ("log", text), ("small", small):
                with open(name, "wb") as file:
                    file.write(content)
            ours = len(text) / seconds([TOOL, "annotate"], "log", "out")
            seconds([TOOL, "annotate"], "small", "out")
            perl = len(small) / seconds(["perl", "-ne", PERL], "small", "perl")
            sed = len(small) / seconds(["sed", "-f", "rules"], "small", "sed")
            with open("out", "rb") as one, open("perl", "rb") as other:
                same = one.read() == other.read()
            print(f"{kind:10} ianaport {ours / 1e6:6.1f} MB/s, "
                  f"perl {perl / 1e6:6.2f} MB/s, sed {sed / 1e6:6.2f} MB/s"
                  f"{'' if same else ', but perl differs'}")


main()
