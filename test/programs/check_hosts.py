#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""usage: check_hosts.py MODULE

The NSS module in what a host runs with privileges, or confines: sshd, sudo, su,
login, cron, a set-uid perl, nscd, namespaces and limits. Each must know coap,
and must not without the module. What is not here is skipped, but not if CI=true
is in the environment."""

import contextlib
import os
import pathlib
import shlex
import shutil
import socket
import subprocess
import sys
import time
import unittest

import host
import programs

NOBODY = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
SECONDS = 20
ENVIRONMENT = {"PATH": programs.PATH, "LC_ALL": "C", "HOME": "/"}
ASK = "getent services coap"
PRIVATE = ("/run", "/var/log", "/var/cache", "/var/spool")


def output_of(*command, stdin=""):
    """Both outputs; many commands also complain of what has no part in this."""
    return subprocess.run(command, input=stdin, env=ENVIRONMENT, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          errors="replace", timeout=SECONDS).stdout


def needs(*files):
    absent = [file for file in files
              if not shutil.which(file, path=programs.PATH)]
    if os.environ.get("CI") == "true":
        absent = []
    return unittest.skipIf(absent, f"there is no {absent}")


@contextlib.contextmanager
def running(*command):
    """A daemon that stays in the foreground."""
    with subprocess.Popen(command, env=ENVIRONMENT, text=True,
                          stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT) as daemon:
        try:
            yield daemon
        finally:
            daemon.terminate()


def until(answer):
    """What it gives once that is something; a daemon needs time."""
    end = time.monotonic() + SECONDS
    while not (found := answer()) and time.monotonic() < end:
        time.sleep(.05)
    return found


class Host(unittest.TestCase):
    def assert_knows(self, ask, known="5683/"):
        """Only with the module."""
        host.use("files")
        self.assertNotIn(known, ask())
        host.use("files", "ianaport")
        self.assertIn(known, ask())

    def assert_command_knows(self, *command, stdin=""):
        self.assert_knows(lambda: output_of(*command, stdin=stdin))


class Users(Host):
    @needs("su")
    def test_su(self):
        self.assert_command_knows("su", "-s", "/bin/sh", "nobody", "-c", ASK)

    @needs("sudo")
    def test_sudo(self):
        """From another user to root."""
        host.write("sudoers", "nobody ALL=(ALL) NOPASSWD: ALL")
        self.assert_command_knows(*NOBODY, "sudo", "-n", *shlex.split(ASK))

    @needs("login", "script")
    def test_login(self):
        self.assert_command_knows("script", "-qec", "login -f root",
                                  "/dev/null", stdin=f"{ASK}\nexit\n")

    @needs("perl")
    def test_set_uid_perl(self):
        perl = shutil.copy(shutil.which("perl", path=programs.PATH),
                           programs.FOLDER)
        os.chmod(perl, 0o4755)
        script = programs.FOLDER / "ask.pl"
        script.write_text("print $<, ' ', $>, ' ', "
                          "scalar(getservbyname('coap', 'udp')) // '-';")
        self.assert_knows(lambda: output_of(*NOBODY, perl, script),
                          "65534 0 5683")


class Daemons(Host):
    @needs("cron")
    def test_cron(self):
        """A command of a user, at the start of the host."""
        answer = pathlib.Path("/run/answer")
        table = pathlib.Path("/var/spool/cron/crontabs/root")
        table.parent.mkdir(parents=True)
        table.write_text(f"@reboot {ASK} >{answer} 2>&1; echo >>{answer}\n")
        table.chmod(0o600)

        def ask():
            for file in answer, pathlib.Path("/run/crond.reboot"):
                file.unlink(missing_ok=True)
            with running("cron", "-f"):
                return until(lambda: answer.exists() and answer.read_text())
        self.assert_knows(ask)

    @needs("sshd", "ssh", "ssh-keygen")
    def test_sshd(self):
        """It listens on a port that it knows by name, and lets a user in."""
        key = programs.FOLDER / "key"
        config = programs.FOLDER / "sshd_config"
        keygen = output_of("ssh-keygen", "-q", "-N", "", "-f", key)
        self.assertEqual(keygen, "")
        config.write_text(f"Port coap\nListenAddress 127.0.0.1\n"
                          f"HostKey {key}\nAuthorizedKeysFile {key}.pub\n"
                          f"StrictModes no\nUsePAM yes\n")
        pathlib.Path("/run/sshd").mkdir(mode=0o755)
        sshd = shutil.which("sshd", path=programs.PATH)

        def ask():
            with running(sshd, "-D", "-e", "-f", config) as daemon:
                ssh = ("ssh", "-p", "5683", "-i", key, "-F", "/dev/null",
                       "-o", "StrictHostKeyChecking=no", "-o",
                       "UserKnownHostsFile=/dev/null", "root@127.0.0.1", ASK)
                return until(lambda: daemon.poll() is not None
                             and daemon.stdout.read()
                             or (said := output_of(*ssh))
                             and "refused" not in said and said)
        self.assert_knows(ask)

    @needs("nscd")
    def test_nscd(self):
        """It asks the module for its clients, and keeps the answer when they
        have no module any more."""
        config = programs.FOLDER / "nscd.conf"
        config.write_text("enable-cache services yes\n"
                          "check-files services no\n"
                          "persistent services no\n")
        door = pathlib.Path("/run/nscd/socket")
        door.parent.mkdir()

        def ask():
            with running("nscd", "-F", "-f", config):
                self.assertTrue(until(door.exists))
                first = output_of(*shlex.split(ASK))
                host.use("files")
                self.assertEqual(output_of(*shlex.split(ASK)), first)
            door.unlink(missing_ok=True)
            return first
        self.assert_knows(ask)


class Confined(Host):
    def test_service_without_privileges(self):
        """As a unit file with NoNewPrivileges= and the like has it."""
        self.assert_command_knows(
            *NOBODY, "--no-new-privs", "--bounding-set=-all",
            "--inh-caps=-all", *shlex.split(ASK))

    def test_user_namespace(self):
        for user in (), NOBODY:
            self.assert_command_knows(*user, "unshare", "--user",
                                      "--map-root-user", "--net", "--ipc",
                                      *shlex.split(ASK))

    def test_address_space_of_four_megabytes(self):
        self.assert_command_knows("prlimit", "--as=4000000",
                                  *shlex.split(ASK))


if __name__ == "__main__":
    host.enter("--net", "--pid", "--fork", "--kill-child", "--mount-proc")
    if pathlib.Path("/proc/self/uid_map").read_text().split()[-1] == "1":
        print("skipped: needs root, to become other users")
        sys.exit(host.SKIP)
    host.make_etc()
    programs.FOLDER.mkdir()
    shutil.copy(sys.argv[1], programs.FOLDER)   # where all users may read it
    host.write("ld.so.conf.d/00-ianaport.conf", str(programs.FOLDER))
    host.run("/sbin/ldconfig", "-X")
    host.write("services")
    host.write("hosts", f"127.0.0.1 localhost {socket.gethostname()}")
    host.run("ip", "link", "set", "lo", "up")
    for folder in PRIVATE:
        host.run("mount", "-t", "tmpfs", "-o", "mode=755", "tmpfs", folder)
    unittest.main(argv=sys.argv[:1], verbosity=2)
