#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""usage: check_system.py MODULE SHIM PROBE TOOL COMPILER PATH REGISTRY.xml

A host's registry at PATH: do NSS module, shim and command use it when they
may, and the built-in one otherwise, whatever is done to it?"""

import errno
import itertools
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import threading
import time
import unittest

import host
import oracle
import probe

NOBODY = 65534
HTTPS = "https|443|tcp|"
# In two registries of a host, one newer than the other, and in none else.
SITE = {"first": ("site-first|50001|tcp|", "2098-01-01"),
        "second": ("site-second|50001|tcp|", "2099-01-01")}
ON_50001 = "port_r", 50001, "tcp"
MANY = [f"{'long-alias-' * 5}{number}" for number in range(60)]
MANY_ENTRY = f"many|50002|tcp|{','.join(MANY)}"
BLOB = {}                       # bytes by name
# In a namespace of an ordinary user there is nobody else.
SINGLE_ID = pathlib.Path("/proc/self/uid_map").read_text().split()[-1] == "1"


def compile_blob(date, overlay):
    """The snapshot with another date, and a site's names in front."""
    xml, names, blob = (pathlib.Path("/etc", f"ianaport-{suffix}")
                        for suffix in ("xml", "overlay", "blob"))
    xml.write_bytes(pathlib.Path(REGISTRY).read_bytes().replace(
        b"<updated>" + BUILT_IN.encode(), b"<updated>" + date.encode()))
    names.write_text("".join(line + "\n" for line in overlay))
    subprocess.run([COMPILER, "--overlay", names, "--blob", blob, xml],
                   check=True, stderr=subprocess.DEVNULL)
    return blob.read_bytes()


def make_blobs():
    for name, (entry, date) in SITE.items():
        BLOB[name] = compile_blob(date, probe.services_lines(
            [entry, MANY_ENTRY]))
    BLOB["older"] = compile_blob("2001-01-01", ["old 50001/tcp"])
    BLOB["same day"] = compile_blob(BUILT_IN, ["site-same 50001/tcp"])


def replace(content):
    """As an update does it; None for no file."""
    if content is None:
        PATH.unlink(missing_ok=True)
        return
    beside = PATH.with_name("beside")
    beside.write_bytes(content)
    beside.chmod(0o644)
    beside.rename(PATH)


def flipped(content, at):
    changed = bytearray(content)
    changed[at] ^= 1
    return bytes(changed)


def version():
    return probe.output_of(TOOL, "--version")


def ask(surface, *questions, **how):
    """With nobody else to ask."""
    host.use({"module": "ianaport", "shim": "files"}[surface])
    return PROBES[surface].ask(*questions, **how)


class Case(probe.Test):
    def setUp(self):
        host.use("ianaport")
        if PATH.is_dir():
            PATH.rmdir()
        replace(None)
        os.chown(PATH.parent, 0, 0)
        PATH.parent.chmod(0o755)

    def assert_answers(self, name):
        """Of that registry by every surface; None for the built-in one."""
        entry = SITE[name][0] if name in SITE else "-"
        asked = ON_50001, ("port", 50001, "tcp"), ("name_r", "https", "tcp")
        for surface in PROBES:
            self.assertEqual(ask(surface, *asked), [entry, entry, HTTPS],
                             surface)


ERRNO = """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
ctypes.set_errno(84)
libc.getservbyname(b"https", None)
print(ctypes.get_errno())
room, found = ctypes.create_string_buffer(99), ctypes.c_void_p()
print(libc.getservbyname_r(b"https", None, room, room, ctypes.c_size_t(1),
                           ctypes.byref(found)), ctypes.get_errno())
"""


class Used(Case):
    def test_the_hosts_registry_by_every_call(self):
        replace(BLOB["first"])
        entry = SITE["first"][0]
        for surface in PROBES:
            for asked in ("name", "site-first", "tcp"), ("port", 50001, "tcp"):
                self.assertEqual(ask(surface, *probe.ways_to_ask(*asked)),
                                 probe.ways_to_answer(asked, entry))
            self.assertEqual(ask(surface, ("all",)).count(entry), 1)
            everything = ask(surface, ("all_r",))
            self.assertEqual(everything[-1], probe.END)
            self.assertEqual(ask(surface, ("all_r",), threads=8).count(entry), 1)

    def test_command_says_which_and_of_which_date(self):
        replace(BLOB["first"])
        self.assertRegex(version(), rf"registry of 2098-01-01\n{PATH}: used; "
                                    rf"the built-in registry is of {BUILT_IN}")
        self.assertIn("site-first", probe.output_of(TOOL, "50001/tcp"))

    @unittest.skipUnless("IANAPORT_LIBRARY" in os.environ, "no library")
    def test_python_module_opens_it(self):
        import ianaport
        replace(BLOB["first"])
        with ianaport.Registry.open_system() as registry:
            self.assertEqual(registry.updated(), "2098-01-01")
            self.assertEqual(registry.port_of("site-first"), 50001)
        replace(BLOB["older"])
        with self.assertRaises(ianaport.Error) as caught:
            ianaport.Registry.open_system()
        self.assertEqual(caught.exception.code, ianaport.Reason.OLDER)

    def test_same_date_is_used(self):
        replace(BLOB["same day"])
        self.assertEqual(PROBES["shim"].ask(ON_50001),
                         ["site-same|50001|tcp|"])

    def test_entry_of_any_size(self):
        """The plain calls of the shim have room of their own for it."""
        replace(BLOB["first"])
        for surface in PROBES:
            # glibc's own, over the module, share one result in all threads.
            threads = 8 if surface == "shim" else 1
            answers = ask(surface, ("name", MANY[7], "tcp"),
                          ("port", 50002, "tcp"), ("name", "https", "tcp"),
                          threads=threads)
            self.assertEqual(answers,
                             [MANY_ENTRY, MANY_ENTRY, HTTPS] * threads)

    def test_symbolic_link_to_a_file_of_roots(self):
        target = PATH.with_name("target")
        target.write_bytes(BLOB["first"])
        target.chmod(0o644)
        PATH.symlink_to(target)
        self.assert_answers("first")

    def test_set_uid_program(self):
        if SINGLE_ID:
            self.skipTest("needs root and another user")
        replace(BLOB["first"])
        program = pathlib.Path("/etc/ianaport-setuid")
        shutil.copy(PROBES["module"].path, program)
        program.chmod(0o4755)
        asked = subprocess.run(
            [program], user=NOBODY, input=f"port_r\t50001\ttcp\n", text=True,
            capture_output=True, env={"LD_LIBRARY_PATH": "/nonesuch"})
        self.assertEqual(asked.stdout, SITE["first"][0] + "\n", asked.stderr)

    def test_fork_before_and_after_the_first_look_up(self):
        replace(BLOB["first"])
        entry = SITE["first"][0]
        for surface in PROBES:
            self.assertEqual(ask(surface, ("fork",), ON_50001), [entry] * 2)
            self.assertEqual(ask(surface, ON_50001, ("fork",), ON_50001),
                             [entry] * 4)

    def test_errno_is_left_alone_but_by_an_error(self):
        """As with glibc, which some programs rely on."""
        host.use("files")
        done = subprocess.run(
            [sys.executable, "-c", ERRNO], text=True, capture_output=True,
            env={**os.environ, "LD_PRELOAD": str(SHIM)})
        self.assertEqual(done.stdout, f"84\n{errno.ERANGE} {errno.ERANGE}\n",
                         done.stderr)

    def test_no_descriptor_at_first(self):
        replace(BLOB["first"])
        entry = SITE["first"][0]
        self.assertEqual(
            ask("shim", ("nofile", 0), ("port", 443, "tcp"),
                ("port", 50001, "tcp"), ("nofile", 99), ON_50001,
                ("nofile", 0), ON_50001),
            [HTTPS, "-", entry, entry])

    def test_thread_that_is_cancelled_leaves_no_lock(self):
        replace(BLOB["first"])
        for surface, source in ("module", "ianaport"), ("shim", "files"):
            self.assertEqual(
                ask(surface, ("cancelled", "site-first", source), ON_50001),
                ["not cancelled", SITE["first"][0]], surface)

    def test_shim_has_no_part_in_what_is_numeric(self):
        """Nor in what the program asks of the loader."""
        replace(BLOB["first"])
        numeric = "names", 443, socket.NI_NUMERICSERV
        self.assertEqual(
            ask("shim", ("dlopen", "/none"), numeric, ("port", 1, "udp"),
                ("name", "none", None), ("dlerror",)),
            ["127.0.0.1 443", "tcpmux|1|udp|", "-", "failed"])
        self.assertEqual(ask("shim", ("seccomp", "kill"), numeric),
                         ["127.0.0.1 443"])


# ---- Refused ----------------------------------------------------------------

def other_owner(path):
    os.chown(path, NOBODY, 0)


BAD_FILES = {
    "empty": (b"", "not a registry"),
    "text": (b"ssh 22/tcp\n" * 99, "not a registry"),
    "cut": (lambda: BLOB["first"][:-8], "shorter or longer"),
    "cut in the head": (lambda: BLOB["first"][:60], "shorter or longer"),
    "longer": (lambda: BLOB["first"] + bytes(8), "shorter or longer"),
    "changed": (lambda: flipped(BLOB["first"], 40000), "its checksum"),
    "changed in the head": (lambda: flipped(BLOB["first"], 97), "its checks"),
    "newer format": (lambda: flipped(BLOB["first"], 9), "newer format"),
    "older": (lambda: BLOB["older"], "older than the built-in registry"),
}
BAD_OWNERS = {
    "group may write": lambda: PATH.chmod(0o664),
    "others may write": lambda: PATH.chmod(0o646),
    "group may write to the folder": lambda: PATH.parent.chmod(0o775),
    "others may write to the folder": lambda: PATH.parent.chmod(0o1777),
}
OTHER_OWNERS = {
    "of somebody else": lambda: other_owner(PATH),
    "folder of somebody else": lambda: other_owner(PATH.parent),
}


class Refused(Case):
    def assert_refused(self, reason):
        self.assert_answers(None)
        self.assertRegex(version(), f"registry of {BUILT_IN}\n{PATH}: not "
                                    f"used: .*{reason}")

    def test_no_file(self):
        self.assert_refused("No such file")

    def test_bad_files(self):
        for name, (content, reason) in BAD_FILES.items():
            with self.subTest(name):
                replace(content() if callable(content) else content)
                self.assert_refused(reason)

    def test_what_others_could_change(self):
        owners = dict(BAD_OWNERS)
        if not SINGLE_ID:
            owners.update(OTHER_OWNERS)
        for name, spoil in owners.items():
            with self.subTest(name):
                self.setUp()
                replace(BLOB["first"])
                spoil()
                self.assert_refused("users other than root could change it")

    def test_what_is_no_file(self):
        PATH.mkdir()
        self.assert_refused("not a regular file")
        PATH.rmdir()
        os.mkfifo(PATH, 0o644)
        self.assert_refused("not a regular file")

    def test_details_are_not_looked_at(self):
        """But by the command, which shows them."""
        replace(flipped(BLOB["first"], len(BLOB["first"]) - 100))
        self.assert_answers("first")
        self.assertRegex(version(), "not used: does not match its checksum")


# ---- What is done to it meanwhile -------------------------------------------

RUNNING = """
import socket, sys
for line in sys.stdin:
    try:
        print(socket.getservbyport(50001, "tcp"), flush=True)
    except OSError:
        print("-", flush=True)
"""


class Meanwhile(Case):
    def running(self, surface):
        """A program that answers for each line it gets."""
        environment = dict(os.environ)
        if surface == "shim":
            environment["LD_PRELOAD"] = str(SHIM)
        program = subprocess.Popen(
            [sys.executable, "-c", RUNNING], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, text=True, env=environment)
        self.addCleanup(program.wait)
        self.addCleanup(program.stdin.close)
        self.addCleanup(program.stdout.close)

        def ask():
            program.stdin.write("\n")
            program.stdin.flush()
            return program.stdout.readline().strip()
        return ask

    def test_running_programs_keep_what_they_have(self):
        changes = (lambda: replace(BLOB["second"]), lambda: replace(None),
                   lambda: replace(b"bad"), lambda: PATH.write_bytes(b""),
                   lambda: PATH.write_bytes(BLOB["second"]))
        for surface in PROBES:
            host.use("ianaport" if surface == "module" else "files")
            replace(None)
            without = self.running(surface)
            self.assertEqual(without(), "-")
            replace(BLOB["first"])
            having = self.running(surface)
            self.assertEqual(having(), "site-first")
            for change in changes:
                change()
                self.assertEqual((having(), without()), ("site-first", "-"))

    def under_load(self, change, allowed):
        """Programs that start all the while each get one whole registry."""
        end = time.monotonic() + 3
        seen, failures = set(), []

        def start(one):
            while time.monotonic() < end:
                try:
                    *answers, https = one.ask(
                        *[ON_50001] * 2, ("name_r", "https", "tcp"), threads=2)
                    first, second, *_ = answers
                    seen.add(first)
                    if first != second or https != HTTPS:
                        failures.append(answers)
                except RuntimeError as error:
                    failures.append(error)

        starters = [threading.Thread(target=start, args=[one])
                    for one in PROBES.values()]
        for starter in starters:
            starter.start()
        while time.monotonic() < end:
            change()
        for starter in starters:
            starter.join()
        self.assertEqual(failures, [])
        self.assertLessEqual(seen, allowed)
        return seen

    def test_replaced_under_load(self):
        contents = itertools.cycle([BLOB["first"], None, BLOB["second"], b""])
        seen = self.under_load(lambda: replace(next(contents)),
                               {"-", *(entry for entry, _ in SITE.values())})
        self.assertEqual(len(seen), 3)

    def test_overwritten_in_place_under_load(self):
        """Which no update does."""
        contents = itertools.cycle([BLOB["first"], BLOB["second"]])
        PATH.touch(0o644)
        self.under_load(lambda: PATH.write_bytes(next(contents)),
                        {"-", *(entry for entry, _ in SITE.values())})

    def test_threads_race_for_the_first_look_up(self):
        replace(BLOB["first"])
        for surface in PROBES:
            for _ in range(20):
                self.assertEqual(
                    ask(surface, ON_50001, ("name", "https", "tcp"), threads=16),
                    [SITE["first"][0], HTTPS] * 16)


class Cost(Case):
    def calls_on_the_path(self):
        if not shutil.which("strace"):
            self.skipTest("no strace")
        done = subprocess.run(
            ["strace", "-f", "-e", "trace=file", PROBES["module"].path],
            input="name\thttps\ttcp\nname\tssh\ttcp\nname\tnone\ttcp\n",
            capture_output=True, text=True)
        if done.returncode:
            self.skipTest("no ptrace here")
        return [line for line in done.stderr.splitlines()
                if str(PATH.parent) in line]

    def test_without_the_file_one_failed_open(self):
        [only] = self.calls_on_the_path()
        self.assertRegex(only, "open.*ENOENT")

    def test_with_the_file_it_is_opened_once(self):
        replace(BLOB["first"])
        opened, folder = self.calls_on_the_path()
        self.assertRegex(opened, r"open.*\) = \d")
        self.assertIn("stat", folder)


def cover(path):
    """Let the test have its folder to itself."""
    above = path.parent
    while not above.exists():
        above = above.parent
    if above == pathlib.Path("/"):
        print("skipped: nothing but / is above", path)
        sys.exit(host.SKIP)
    host.run("mount", "-t", "tmpfs", "-o", "mode=755", "tmpfs", above)
    path.parent.mkdir(parents=True, exist_ok=True)


if __name__ == "__main__":
    host.enter()
    MODULE, SHIM, PROBE, TOOL, COMPILER, PATH, REGISTRY = sys.argv[1:]
    SHIM, PATH = (pathlib.Path(path).absolute() for path in (SHIM, PATH))
    host.make_etc(MODULE)
    host.use("ianaport")
    cover(PATH)
    BUILT_IN = oracle.Registry(REGISTRY).updated
    make_blobs()
    PROBES = {"module": probe.Probe(PROBE), "shim": probe.Probe(PROBE, SHIM)}
    unittest.main(argv=sys.argv[:1], verbosity=2)
