#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""Do programs that were never changed know the registry? Usage:

    check_programs.py MODULE SHIM

runs those of programs.py three times, each time with an empty /etc/services:
over the NSS module, over the preload shim, and over neither, where they must
not know the answer. A program that is not here is skipped by name; those in
programs.NAMED must be here if CI=true is in the environment."""

import contextlib
import fcntl
import os
import shlex
import shutil
import signal
import socket
import socketserver
import struct
import subprocess
import sys
import threading

import host
import programs

SECONDS = 10
ENVIRONMENT = {"PATH": programs.PATH, "LC_ALL": "C"}


def ways(program, shim):
    """Name, sources of nsswitch.conf, LD_PRELOAD; is there an answer?"""
    yield "module", ["files", "ianaport"], "", True
    yield "shim", ["files"], shim, program.preloads
    yield "neither", ["files"], "", False


class Greeter(socketserver.BaseRequestHandler):
    def handle(self):
        with contextlib.suppress(OSError):
            self.request.sendall(programs.GREETING.encode() + b"\n")
            self.request.shutdown(socket.SHUT_WR)
            # What is not read makes a reset, which may overtake the greeting.
            while self.request.recv(4096):
                pass


def raise_loopback():
    set_flags, up = 0x8914, 1                   # SIOCSIFFLAGS, IFF_UP
    with socket.socket() as any_socket:
        fcntl.ioctl(any_socket, set_flags, struct.pack("16sh22x", b"lo", up))


@contextlib.contextmanager
def listening():
    address = "127.0.0.1", programs.PORT
    with (socketserver.ThreadingTCPServer(address, Greeter) as tcp,
          socket.socket(type=socket.SOCK_DGRAM) as udp):
        udp.bind(address)
        threading.Thread(target=tcp.serve_forever, daemon=True).start()
        yield
        tcp.shutdown()


def run(command, stdin="", preload=""):
    limited = ["timeout", "--signal=KILL", str(SECONDS)]
    return subprocess.run([*limited, *shlex.split(command)], input=stdin,
                          env=ENVIRONMENT | {"LD_PRELOAD": preload},
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True, errors="replace")


def fault(program, command, preload, wanted):
    """What is wrong, or "" if nothing is. Many fail after they answered: what
    listens here speaks none of their protocols."""
    done = run(command, program.stdin, preload)
    if done.returncode == -signal.SIGKILL:
        return f"no end after {SECONDS} seconds: {command}\n{done.stdout}"
    if (program.answer in done.stdout) == wanted:
        return ""
    found = "not found" if wanted else "found"
    return f"'{program.answer}' {found}: {command}\n{done.stdout}"


def check(program, command, shim):
    """Run it in all ways, and say how that went."""
    faults = 0
    for way, sources, preload, wanted in ways(program, shim):
        host.use(*sources)
        wrong = fault(program, command, preload, wanted)
        right = "answers" if wanted else "no answer, as it should be"
        say(program, f"{way:9}{'FAILED: ' + wrong if wrong else right}")
        faults += wrong != ""
    return "failed" if faults else "passed"


def why_absent(program, command):
    """Why it cannot run here, or "" if it can."""
    file = shlex.split(command)[0]
    if not shutil.which(file, path=programs.PATH):
        return f"there is no {file}"
    if run(program.needs).returncode:
        return f"needs what fails here: {program.needs}"
    return ""


def outcome(program, shim):
    command = program.command
    if callable(command):
        command = command()
    absent = why_absent(program, command)
    if not absent:
        return check(program, command, shim)
    if program in programs.NAMED and os.environ.get("CI") == "true":
        say(program, f"FAILED, CI=true: {absent}")
        return "failed"
    say(program, f"skipped: {absent}")
    return "skipped"


def say(program, text):
    print(f"{program.name:24}{text}", flush=True)


def check_all(shim):
    """Check every program, and count; True if none failed."""
    names = {"passed": [], "failed": [], "skipped": []}
    for program in programs.NAMED + programs.OPTIONAL:
        names[outcome(program, shim)].append(program.name)
    counts = ", ".join(f"{len(those)} {how}" for how, those in names.items())
    skipped = ": " + ", ".join(names["skipped"]) if names["skipped"] else ""
    print(f"programs: {counts}{skipped}")
    return not names["failed"]


def main():
    module, shim = map(os.path.abspath, sys.argv[1:])
    host.enter("--net")
    host.make_etc(module)
    host.write("services")
    host.write("hosts", "127.0.0.1 localhost")
    programs.FOLDER.mkdir()
    raise_loopback()
    with listening():
        good = check_all(shim)
    sys.exit(not good)


if __name__ == "__main__":
    main()
