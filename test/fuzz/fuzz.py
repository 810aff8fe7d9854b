#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""usage: fuzz.py SOURCE OUT [SECONDS [TARGET]...]

Builds the fuzzers with clang and libFuzzer, for 64 and for 32 bits, and runs
each until it has used so many seconds of the processor, by default 60. They
start with the corpora that meson test replays, and with what they found before,
which is in OUT/corpus. Prints a line for each; fails if one found a fault. A
signal TERM ends them early."""

import concurrent.futures
import os
import pathlib
import re
import signal
import subprocess
import sys
import time

SOURCE, OUT = map(pathlib.Path, sys.argv[1:3])
SECONDS = int((sys.argv[3:] or ["60"])[0])
ROOM, DATA = SOURCE / "test/fuzz", SOURCE / "test/data"
TARGETS = {64: ("blob", "query", "annotate", "command", "names", "xml"),
           32: ("blob", "query", "annotate", "command")}        # no libxml2
SEEDS = ("details", "ranges", "services", "status", "wide")
SANITIZERS = "-fsanitize=fuzzer-no-link -fsanitize=address,undefined"
# To learn from each comparison takes twice the time.
FLAGS = [f"-Dc_args={SANITIZERS} -fno-sanitize-coverage=trace-cmp"
         " -fno-sanitize-recover=undefined",
         f"-Dc_link_args={SANITIZERS}", "-Db_lundef=false",
         "-Ddefault_library=static", "-Dnss=disabled", "-Dpreload=disabled",
         "-Dpython=disabled"]
CROSS = """[binaries]
c = ['clang', '--target=i686-linux-gnu']
ar = 'ar'
strip = 'strip'
[host_machine]
system = 'linux'
cpu_family = 'x86'
cpu = 'i686'
endian = 'little'
"""
ENV = {**os.environ, "ASAN_OPTIONS": "detect_leaks=0"}
TICKS = os.sysconf("SC_CLK_TCK")
ended = False


class Failure(Exception):
    """What a command said."""


def end(*_):
    global ended
    ended = True


def run(*command, **more):
    done = subprocess.run(list(map(str, command)), env={**ENV, **more},
                          text=True, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT)
    if done.returncode:
        raise Failure(f"{command}\n{done.stdout[-2000:]}")


def build(bits):
    folder, cross = OUT / f"build-{bits}", OUT / "i686.ini"
    if not (folder / "build.ninja").exists():
        cross.write_text(CROSS)
        if bits == 64:
            run("meson", "setup", folder, SOURCE, *FLAGS, CC="clang")
        else:
            run("meson", "setup", folder, SOURCE, *FLAGS, "--cross-file", cross)
    run("ninja", "-C", folder,
        *(f"test/fuzz/fuzz_{name}" for name in TARGETS[bits]),
        *(f"test/fuzz/fuzz-{name}.blob" for name in SEEDS))
    return folder / "test/fuzz"


def seeds_of(name, built):
    if name == "blob":
        return [built / f"fuzz-{seed}.blob" for seed in SEEDS]
    return sorted((ROOM / name).iterdir()) + (
        sorted(DATA.iterdir()) if name in ("names", "xml") else [])


def used(child):
    """Seconds of the processor."""
    stat = pathlib.Path(f"/proc/{child.pid}/stat").read_text().split()
    return (int(stat[13]) + int(stat[14])) / TICKS


def fuzz(name, bits, built):
    """The line of the report, and whether there was a fault."""
    corpus = OUT / "corpus" / f"{name}-{bits}"
    log = OUT / f"{name}-{bits}.log"
    words = ROOM / f"{name}.dict"
    corpus.mkdir(parents=True, exist_ok=True)
    for seed in seeds_of(name, built):
        (corpus / f"seed-{seed.name}").write_bytes(seed.read_bytes())
    with open(log, "wb") as to:
        child = subprocess.Popen(
            [built / f"fuzz_{name}", "-close_fd_mask=2", "-timeout=600",
             "-rss_limit_mb=2048", "-print_final_stats=1",
             f"-artifact_prefix={OUT}/{name}-{bits}-",
             *([f"-dict={words}"] if words.exists() else []), corpus],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=to,
            env=ENV)
        seconds = 0
        while child.poll() is None:
            time.sleep(.5)
            seconds = used(child)
            if ended or seconds >= SECONDS:
                child.send_signal(signal.SIGINT)
                child.wait()
    text = log.read_text(errors="replace")
    count = int((re.findall(r"executed_units: (\d+)", text) or ["0"])[-1])
    fault = "run interrupted" not in text
    return (f"{name:8} {bits}  {count:10,}  {count / max(seconds, 1):8,.0f}  "
            f"{seconds:7,.0f}  {f'see {log}' if fault else 0}"), fault


def all_targets(wanted):
    for bits, names in TARGETS.items():
        try:
            built = build(bits)
        except Failure as failure:
            if bits == 64:
                raise
            print(f"Nothing for 32 bits: {failure}", flush=True)
            continue
        yield from ((name, bits, built) for name in names
                    if not wanted or name in wanted)


def main():
    signal.signal(signal.SIGTERM, end)
    # In the background it is ignored, and a fuzzer would take that over.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    OUT.mkdir(exist_ok=True)
    targets = list(all_targets(sys.argv[4:]))
    print("target bits  executions  a second  seconds  faults", flush=True)
    with concurrent.futures.ThreadPoolExecutor(
            int(os.environ.get("JOBS", os.cpu_count()))) as pool:
        faults = 0
        for line, fault in pool.map(lambda target: fuzz(*target), targets):
            print(line, flush=True)
            faults += fault
    sys.exit(faults > 0)


main()
