#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""Every line that the daemon logs, of thousands of connections from ports of
every kind, against what oracle.py reads in the registry. The daemon's standard
output is a socket that keeps writes apart, so that a line in two writes or two
lines in one are seen. On loopback only; nothing waits longer than PATIENCE.
README's example must be made of the daemon's lines."""

import argparse
import collections
import concurrent.futures
import contextlib
import itertools
import os
import pathlib
import re
import signal
import socket
import struct
import subprocess
import sys
import unittest

import oracle

HERE = pathlib.Path(__file__).resolve().parent
README = HERE.parent.parent / "README.md"
SERVICES = "radan-http", "http-alt", "amqps", "postgresql", "pichat", "ircu"
OF_A_KIND, CONNECTIONS, ENDS = 50, 1500, 10
CLIENTS, WAVE = 8, 100          # a backlog holds 128 at least, the log more
PATIENCE = 30
LOCALHOST = "127.0.0.1"
RESET = struct.pack("ii", 1, 0)
SALT = os.getpid()              # keeps runs at the same time apart
NETWORK = f"127.{SALT % 250 + 1}"

parser = argparse.ArgumentParser(description=__doc__.split(".")[0])
parser.add_argument("--conventional", metavar="FILE")
parser.add_argument("daemon")
parser.add_argument("registry", metavar="REGISTRY.xml")
args = parser.parse_args()
registry = oracle.Registry(args.registry, args.conventional)


def describe(port):
    name = registry.entry_on(port, "tcp").partition("|")[0]
    reach = next(oracle.format_answer(registry, port))
    return f"{port} ({name}, {reach}, {status(port)})"


def status(port):
    return registry.status(port, oracle.NUMBER["tcp"])


# ---- Ports and addresses ----------------------------------------------------

def can_bind(port, address):
    """System ports are for root, and a server may have the port everywhere."""
    with socket.socket() as s, contextlib.suppress(OSError):
        s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        s.bind((address, port))
        return True


def free_service():
    """A registered name, with its port."""
    n = SALT % len(SERVICES)
    known = ((name, registry.port_of(name, 6)[0])
             for name in SERVICES[n:] + SERVICES[:n])
    return next(s for s in known if can_bind(s[1], LOCALHOST))


def kind(port):
    services = {(s.proto, s.flags, s.port == s.last)
                for s in registry.on.get(port, ())}
    return (next(oracle.format_answer(registry, port)), status(port),
            frozenset(services))


def ports_of_every_kind():
    """OF_A_KIND ports or all of each, the first and the last among them."""
    kinds = collections.defaultdict(list)
    for port in range(1, 65536):
        kinds[kind(port)].append(port)
    for ports in kinds.values():
        step = -(-len(ports) // OF_A_KIND)
        yield from {*ports[::step], ports[-1]}


ports = [p for p in sorted(ports_of_every_kind())
         if can_bind(p, NETWORK + ".255.254")]
serial = itertools.count(1)


def clients(count):
    """Each has an address of its own, and all ports come once or more."""
    for port in itertools.islice(itertools.cycle(ports), count):
        high, low = divmod(next(serial), 256)
        yield f"{NETWORK}.{high}.{low}", port


# ---- The daemon and its clients ---------------------------------------------

class Daemon:
    def __init__(self, setting):
        self.log, stdout = socket.socketpair(type=socket.SOCK_SEQPACKET)
        with stdout:
            self.process = subprocess.Popen(
                [args.daemon, setting], stdout=stdout, stderr=subprocess.PIPE,
                text=True)
        self.title, self.writes = "", []
        self.log.settimeout(PATIENCE)
        with contextlib.suppress(TimeoutError):
            self.title = self.log.recv(4096).decode("latin-1")
        self.log.setblocking(False)
        listening = re.match(r"listening on port (\d+) ", self.title)
        self.port = int(listening[1]) if listening else 0

    def read(self):
        with contextlib.suppress(BlockingIOError):
            while write := self.log.recv(4096):
                self.writes.append(write.decode("latin-1"))

    def connect(self, client):
        s = socket.socket()
        s.settimeout(PATIENCE)
        s.bind(client)
        s.connect((LOCALHOST, self.port))
        return s

    def connect_all(self, everyone):
        """While the daemon is stopped, so that then all its threads have work
        at once. The first client is gone before it is accepted."""
        self.process.send_signal(signal.SIGSTOP)
        try:
            with self.connect(everyone[0]) as s:
                s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
            with concurrent.futures.ThreadPoolExecutor(CLIENTS) as pool:
                return list(pool.map(self.connect, everyone[1:]))
        finally:
            self.process.send_signal(signal.SIGCONT)

    def serve(self, everyone):
        """Returns what went wrong. As the daemon accepts in order, it has also
        accepted a wave's first client when it has closed all others."""
        try:
            for n in range(0, len(everyone), WAVE):
                for s in reversed(self.connect_all(everyone[n:n + WAVE])):
                    with s:
                        s.recv(1)
                self.read()
            self.threads = len(os.listdir(f"/proc/{self.process.pid}/task"))
        except OSError as e:
            return str(e)

    def stop(self):
        """Returns its exit status and what it complained of."""
        self.process.terminate()
        try:
            end = self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            end = "hangs"
            self.process.kill()
        complaints = self.process.communicate()[1]
        self.read()
        self.log.close()
        return end, complaints


# ---- The tests --------------------------------------------------------------

class Ports(unittest.TestCase):
    def test_have_every_status_and_all_get_a_connection(self):
        self.assertEqual({status(port) for port in ports}, set(oracle.STATUS))
        self.assertLessEqual(len(ports), CONNECTIONS)
        print(f"{len(ports)} ports, {sum(p < 1024 for p in ports)} of them "
              "system ports")


class Life(unittest.TestCase):
    maxDiff = None

    def assert_log(self, daemon, everyone):
        """Each write is a line, and each client has one."""
        here = f"port {describe(daemon.port)}\n"
        self.assertEqual(daemon.title, f"listening on {here}")
        wanted = collections.Counter(
            f"{address} port {describe(port)} to {here}"
            for address, port in everyone)
        got = collections.Counter(daemon.writes)
        wrong, missing = [*(got - wanted)], [*(wanted - got)]
        if wrong or missing:
            self.fail(f"{len(wrong)} wrong: {wrong[:3]}, "
                      f"{len(missing)} missing: {missing[:3]}")

    def start(self, setting):
        daemon = Daemon(setting)
        self.addCleanup(daemon.process.kill)
        return daemon

    def drive(self, setting):
        """Returns the port."""
        daemon, everyone = self.start(setting), list(clients(CONNECTIONS))
        trouble = daemon.serve(everyone)
        self.assertEqual((trouble, *daemon.stop()), (None, 0, ""),
                         daemon.title)
        self.assertGreater(daemon.threads, 2, "threads, with main()'s")
        self.assert_log(daemon, everyone)
        return daemon.port

    def test_by_name_then_again_by_number(self):
        """The second takes over a port that was just in use."""
        name, port = free_service()
        self.assertEqual(self.drive(name.upper()), port)
        self.assertEqual(self.drive(f"{port}/tcp"), port)

    def test_port_that_the_system_chooses(self):
        self.assertGreater(self.drive("0"), 0)

    def test_dynamic_port(self):
        port = next(p for p in range(49152 + SALT % 16000, 65536)
                    if can_bind(p, LOCALHOST))
        self.assertEqual(self.drive(str(port)), port)

    def test_end_amid_connections(self):
        """Who was let in is in the log; who was not is not."""
        for _ in range(ENDS):
            daemon, everyone = self.start("0"), list(clients(WAVE))
            served = everyone[:1]
            for client, s in zip(everyone[1:], daemon.connect_all(everyone)):
                with s, contextlib.suppress(ConnectionResetError):
                    s.recv(1)
                    served.append(client)
                    daemon.process.terminate()
            self.assertEqual(daemon.stop(), (0, ""))
            self.assert_log(daemon, served)


class Refusal(unittest.TestCase):
    def assert_refused(self, why, *arguments, stdout=None):
        done = subprocess.run([args.daemon, *arguments], stdout=stdout,
                              stderr=subprocess.PIPE, text=True,
                              timeout=PATIENCE)
        self.assertGreater(done.returncode, 0)
        self.assertRegex(done.stderr, why)

    def test_of_what_is_no_tcp_port(self):
        for setting in "nonesuch", "8088/udp", "tftp/udp", "65536", "-1", "":
            self.assert_refused(f"^{setting}: no such tcp", setting)
        self.assert_refused("^usage: ")
        self.assert_refused("^usage: ", "0", "0")

    def test_of_a_port_in_use_names_it(self):
        name, port = free_service()
        with socket.create_server((LOCALHOST, port)):
            self.assert_refused(f"^{name}: Address .*in use", str(port))

    def test_of_a_full_disk(self):
        with open("/dev/full", "w") as full:
            self.assert_refused("^log: No space left", "0", stdout=full)


class Readme(unittest.TestCase):
    def test_example_is_this_daemon_shortened(self):
        use = README.read_text().partition("\n## Use\n")[2]
        example = re.search("```c\n(.*?)```", use, re.DOTALL)[1].splitlines()
        rest = iter((HERE / "daemon.c").read_text().splitlines())
        for line in filter(None, example):
            self.assertTrue(line in rest, f"README: not in daemon.c: {line}")


def loopback_is_up():
    with socket.create_server((LOCALHOST, 0)) as server, \
            contextlib.suppress(OSError):
        socket.create_connection(server.getsockname(), PATIENCE).close()
        return True


if __name__ == "__main__":
    if not loopback_is_up():
        print("skipped: no loopback")
        sys.exit(77)
    unittest.main(argv=sys.argv[:1], failfast=True, warnings="ignore")
