#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""Tests of update.sh, in a copy of registry/ with a small registry.

usage: check_update.py COMPILER [unittest's arguments]

Beside it are the registry that is there, old.xml, what IANA publishes then,
new.xml, and what this changes, new.summary. That is changed by hand, after
reading the rules in summarize-update.py, never by copying what it said.
"""

import gzip
import http.server
import itertools
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import unittest

COMPILER = pathlib.Path(sys.argv[1]).resolve()
DATA = pathlib.Path(__file__).resolve().parent
SOURCE_ROOT = DATA.parents[1]
SCRIPTS = ("update.sh", "functions.sh", "verify-snapshot.py",
           "summarize-update.py")
CONVENTIONAL = b"unregistered 1111/tcp\n"
XML = "service-names-port-numbers.xml"
OLD, NEW = ((DATA / name).read_bytes() for name in ("old.xml", "new.xml"))
SIGNALS = signal.SIGHUP, signal.SIGINT, signal.SIGPIPE, signal.SIGTERM
needs_curl = unittest.skipUnless(shutil.which("curl"), "no curl")


def default_signals():
    """What is ignored, as SIGINT in the background, no shell can trap."""
    for number in SIGNALS:
        signal.signal(number, signal.SIG_DFL)


def contents(directory):
    return {path.name: path.read_bytes() for path in directory.iterdir()
            if path.name not in ("compiler", "update")}


def records(count):
    """A registry of that many records, as old as the one that is there."""
    return (b"<?xml version='1.0'?>\n"
            b'<registry xmlns="http://www.iana.org/assignments"'
            b' id="service-names-port-numbers">\n'
            b"  <updated>2026-01-02</updated>" + b"".join(
                b"  <record><name>n%d</name></record>\n" % i
                for i in range(count)) + b"</registry>\n")


def newer(content):
    return content.replace(b"2026-01-02", b"2026-01-03")


class UpdateCase(unittest.TestCase):
    def setUp(self):
        directory = tempfile.TemporaryDirectory(prefix="ianaport path ")
        self.addCleanup(directory.cleanup)
        self.directory = pathlib.Path(directory.name)
        for name in "registry", "bin", "tmp", "in":
            (self.directory / name).mkdir()
        self.registry = self.directory / "registry"
        self.scripts = self.registry / "update"
        self.scripts.mkdir()
        for name in SCRIPTS:
            shutil.copy(SOURCE_ROOT / "registry/update" / name, self.scripts)
        (self.registry / "conventional.services").write_bytes(CONVENTIONAL)
        self.install(OLD)

    def install(self, published):
        """Make the pair of a registry, without update.sh."""
        path = self.write("there.xml", published)
        snapshot = self.registry / XML
        subprocess.run([COMPILER, "--lenient", "--snapshot", snapshot, path],
                       stderr=subprocess.DEVNULL, check=True)
        with open(self.registry / "SOURCE", "wb") as source:
            subprocess.run([self.scripts / "verify-snapshot.py", path],
                           stdout=source, check=True)
        self.before = contents(self.registry)

    def write(self, name, content):
        path = self.directory / "in" / name
        path.write_bytes(content)
        return path

    def stand_in(self, name, script):
        """A program of that name, found first; "$real" is the real one."""
        path = self.directory / "bin" / name
        real = COMPILER if name == "compiler" else shutil.which(name)
        path.write_text(f"#!/bin/sh\nreal='{real}'\n{script}\n")
        path.chmod(0o755)
        return path

    def update(self, *arguments, compiler=COMPILER, **options):
        """Run it, and see that it leaves nothing behind."""
        result = self.run_update(*arguments, compiler=compiler, **options)
        self.assertEqual(list((self.directory / "tmp").iterdir()), [])
        self.assertEqual(contents(self.registry).keys(), self.before.keys())
        return result

    def run_update(self, *arguments, compiler=COMPILER, environment=(),
                   stdin=subprocess.DEVNULL, **options):
        environment = {**os.environ, "TMPDIR": str(self.directory / "tmp"),
                       "PATH": f"{self.directory}/bin:{os.environ['PATH']}",
                       "IANAPORT_COMPILE": str(compiler),
                       "LC_ALL": "C", "no_proxy": "*", **dict(environment)}
        return subprocess.run(
            [self.scripts / "update.sh", *arguments], env=environment,
            stdin=stdin, text=True, timeout=300, preexec_fn=default_signals,
            **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options})

    def assert_untouched(self):
        self.assertEqual(contents(self.registry), self.before)

    def assert_refused(self, result, *messages):
        self.assertEqual(result.returncode, 1, result.stdout + result.stderr)
        for message in messages:
            self.assertRegex(result.stderr, f"(?m)^{message}")
        self.assert_untouched()

    def assert_written(self, result, published=NEW):
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn(f"written: {self.registry / XML} and SOURCE\n",
                      result.stdout)
        written = contents(self.registry)
        self.install(published)
        self.assertEqual(written, self.before)


def add_tests(case, result, rows):
    """A test for each row of a table: self.check(*row)."""
    for name, row in rows.items():
        setattr(case, f"test_{name}_{result}",
                lambda self, row=row: self.check(*row))


# ---- What is refused --------------------------------------------------------

class Malformed(UpdateCase):
    def check(self, content, line, words):
        path = self.write("bad file.xml", content)
        place = re.escape(f"{path}:{line}: ")
        self.assert_refused(self.update(path), f"(update.sh: )?{place}{words}")
        self.assert_refused(self.update("--force", path))


NOT_XML = 1, "does not begin with <[?]xml"
REGISTRY = b"id=\"service-names-port-numbers\""
add_tests(Malformed, "refused", {
    "empty_file": (b"", *NOT_XML),
    "error_page": (b"<!DOCTYPE html>\n<html><br></html>\n", *NOT_XML),
    "error_page_in_xml": (b"<?xml version='1.0'?>\n<html></html>\n",
                          2, "<html> is not in the namespace"),
    "gzip": (gzip.compress(NEW), *NOT_XML),
    "plain_text": (b"Too many requests\n", *NOT_XML),
    "other_registry": (NEW.replace(REGISTRY, b'id="protocol-numbers"'),
                       6, "this is not the registry with the id"),
    "truncated_between_lines": (NEW[:NEW.rindex(b"</registry>")],
                                NEW.count(b"\n") - 1, "XML: the file ends"),
    "truncated_in_a_record": (NEW[:NEW.index(b"new-name")],
                              NEW[:NEW.index(b"new-name")].count(b"\n") + 1,
                              "XML: "),
    "no_date": (NEW.replace(b"2026-03-04", b"March"), 8, "<updated>: "),
    "bad_byte": (NEW.replace(b"Stays", b"\xff"), 11, "XML: "),
})


class Refused(UpdateCase):
    def test_file_that_is_not_there_refused(self):
        result = self.update(self.directory / "nonesuch")
        self.assert_refused(result, ".*nonesuch.*No such file")

    def test_directory_refused(self):
        self.assert_refused(self.update(self.directory),
                            f".*{re.escape(str(self.directory))}.*directory")

    def test_snapshot_refused(self):
        path = self.directory / "in/snapshot.xml"
        subprocess.run([COMPILER, "--lenient", "--snapshot", path,
                        self.write("new.xml", NEW)],
                       stderr=subprocess.DEVNULL, check=True)
        self.assert_refused(self.update("--force", path),
                            f"update.sh: {re.escape(str(path))}: is a snap")

    def test_source_without_a_line_refused(self):
        source = self.registry / "SOURCE"
        text = source.read_text().replace("source:", "Source:")
        source.write_text(text)
        self.before = contents(self.registry)
        self.assert_refused(self.update(),
                            'update.sh: .*/SOURCE: has no line "source"')

    def test_bad_usage_is_two(self):
        for arguments in (["--nonesuch"], ["a", "b"], ["a", "--force"],
                          ["--between"], ["--between", "a"]):
            result = self.update(*arguments)
            self.assertEqual((result.returncode, result.stdout), (2, ""))
            self.assertRegex(result.stderr, "^usage: update.sh")
            self.assert_untouched()


class Doubtful(UpdateCase):
    def check(self, there, published, *doubts):
        self.install(there)
        path = self.write("new.xml", published)
        place = re.escape(f"update.sh: {path}: ")
        self.assert_refused(self.update(path),
                            f"{place}{doubts[0]}; use --force to accept it")
        result = self.update("--force", path)
        self.assertEqual(result.stderr.count("; forced\n"), len(doubts))
        for doubt in doubts:
            self.assertRegex(result.stderr, f"(?m)^{place}{doubt}; forced$")
        self.assert_written(result, published)


OLDER = "is of 2026-01-02, older than the present one of 2026-03-04"
add_tests(Doubtful, "only_forced", {
    "older": (NEW, OLD, OLDER, "has 37 of 39 records: more than 2 % are gone"),
    "more_than_2_percent_less": (records(100), newer(records(97)),
                                 "has 97 of 100 records: more than 2 % are gone"),
    "less_within_one_date":
        (records(100), records(99),
         "is of 2026-01-02 like the present one, and has fewer records: 99, not 100"),
    "older_and_less": (NEW, records(3), OLDER, "has 3 of 39 records: .*"),
})


# ---- What is taken ----------------------------------------------------------

class Taken(UpdateCase):
    def test_newer_registry_summarized_and_written(self):
        result = self.update(self.write("new.xml", NEW))
        odd, not_needed = result.stderr.splitlines()
        self.assertIn('record "Odd Name (added)": the name has more', odd)
        self.assertIn('services:1: warning: "unregistered": no longer needed',
                      not_needed)
        *summary, _ = result.stdout.splitlines()
        self.assertEqual(summary,
                         (DATA / "new.summary").read_text().splitlines())
        self.assert_written(result)

    def test_between_any_two_only_summarized(self):
        old, new = self.write("old.xml", OLD), self.write("new.xml", NEW)
        *summary, _ = (DATA / "new.summary").read_text().splitlines()
        result = self.update("--between", old, new)
        self.assertEqual((result.returncode, result.stdout.splitlines()),
                         (0, summary), result.stderr)
        back = self.update("-q", "--between", new, old).stdout.splitlines()
        self.assertEqual(back[0], "registry: 2026-03-04 -> 2026-01-02")
        self.assertIn("services added: 9", back)
        self.assertIn("services removed: 10", back)
        self.assert_untouched()

    def test_2_percent_less_written(self):
        self.install(records(100))
        fewer = newer(records(98))
        self.assert_written(self.update(self.write("new.xml", fewer)), fewer)

    def test_same_date_other_content_written(self):
        other = OLD.replace(b"Stays", b"Stays as it is")
        result = self.update(self.write("new.xml", other))
        self.assertIn("another registry of the same date, 2026-01-02\n",
                      result.stdout)
        self.assert_written(result, other)

    def test_counts_alone(self):
        result = self.update("-q", self.write("new.xml", NEW))
        full = (DATA / "new.summary").read_text().splitlines()
        self.assertEqual(result.stdout.splitlines()[:-1],
                         [line for line in full if line[0] != " "])

    def test_name_with_spaces_and_quotes_is_one(self):
        def named(description):
            return OLD.replace(b"<name>stays<", b'<name>"It" stays<').replace(
                b"Stays<", description + b"<")
        self.install(named(b"Stays"))
        result = self.update(self.write("new.xml", named(b"Goes")))
        self.assertIn('\n        "It" stays  1000/tcp\n            - Stays\n'
                      "            + Goes\n", result.stdout)

    def test_nothing_controls_the_terminal(self):
        self.install(OLD)
        for path in (self.directory / "\33[2J\n\u009b\u202e",
                     self.write("\33\u202e.xml", b"no XML")):
            self.assertRegex(self.update(path).stderr.splitlines()[-1],
                             "^update.sh: /.*\\?")
            self.assertNotRegex(self.update(path).stderr,
                                "[\33\u009b\u202e]")
        result = self.update(self.write("new.xml", newer(OLD.replace(
            b"Stays", "\u009b\u202e".encode()))))
        self.assertNotRegex(result.stdout + result.stderr, "[\u009b\u202e]")

    def test_pipe_is_read_once(self):
        path = self.write("new.xml", NEW)
        for named in "/dev/stdin", "/proc/self/fd/0":
            self.install(OLD)
            with subprocess.Popen(["cat", path],
                                  stdout=subprocess.PIPE) as source:
                result = self.update(named, stdin=source.stdout)
            self.assert_written(result)
        self.install(OLD)
        os.mkfifo(self.directory / "in/fifo")
        with subprocess.Popen(["cp", path, self.directory / "in/fifo"]):
            self.assert_written(self.update(self.directory / "in/fifo"))

    def test_symbolic_links_stay(self):
        elsewhere = self.directory / "elsewhere"
        elsewhere.mkdir()
        pair = XML, "SOURCE"
        for name in pair:
            (self.registry / name).rename(elsewhere / name)
            (self.registry / name).symlink_to(elsewhere / name)
        self.assertEqual(self.update(self.write("new.xml", NEW)).returncode, 0)
        for name in pair:
            self.assertTrue((self.registry / name).is_symlink())
            self.assertIn(b"2026-03-04", (elsewhere / name).read_bytes())
        self.assertEqual({path.name for path in elsewhere.iterdir()},
                         set(pair))

    def test_owners_stay(self):
        if os.geteuid() != 0:
            self.skipTest("needs root")
        os.chown(self.registry / XML, 1234, 1235)
        self.assertEqual(self.update(self.write("new.xml", NEW)).returncode, 0)
        found = (self.registry / XML).stat()
        self.assertEqual((found.st_uid, found.st_gid), (1234, 1235))

    def test_relative_path_written(self):
        path = self.write("new file.xml", NEW)
        self.assert_written(self.update(path.name, cwd=path.parent))

    def test_array_of_a_release_removed(self):
        (self.registry / "builtin.c").write_bytes(b"")
        self.assert_written(self.update(self.write("new.xml", NEW)))

    def test_permissions_stay(self):
        for mode in 0o640, 0o664:
            self.install(OLD)
            pair = [self.registry / XML, self.registry / "SOURCE"]
            for path in pair:
                path.chmod(mode)
            self.update(self.write("new.xml", NEW))
            for path in pair:
                self.assertEqual(path.stat().st_mode & 0o777, mode)

    def test_nothing_changed_writes_nothing(self):
        people = OLD.replace(b"A Person", b"Another Person")
        for published in OLD, people, (self.registry / XML).read_bytes():
            pair = [self.registry / XML, self.registry / "SOURCE"]
            times = [path.stat() for path in pair]
            result = self.update(self.write("same.xml", published))
            self.assertEqual(
                (result.returncode, result.stdout, result.stderr),
                (0, "nothing changed: the registry is of 2026-01-02\n", ""))
            self.assertEqual([path.stat() for path in pair], times)
            self.assert_untouched()

    def test_half_a_pair_made_whole(self):
        source = (self.registry / "SOURCE").read_bytes()
        self.install(NEW)
        (self.registry / "SOURCE").write_bytes(source)
        self.assert_written(self.update(self.write("new.xml", NEW)))

    def test_compiler_built_if_none_is_named(self):
        if not shutil.which("meson"):
            self.skipTest("no meson")
        for path in SOURCE_ROOT.iterdir():
            if path.name != "registry":
                (self.directory / path.name).symlink_to(path)
        for path in (SOURCE_ROOT / "registry").iterdir():
            if path.is_file() and path.name not in self.before:
                shutil.copy(path, self.registry)
        (self.registry / "compiler").symlink_to(
            SOURCE_ROOT / "registry/compiler")
        shutil.copytree(SOURCE_ROOT / "registry/update", self.scripts,
                        dirs_exist_ok=True)
        self.before = contents(self.registry)
        self.assert_written(self.update(self.write("new.xml", NEW),
                                        compiler=""))


# ---- What happens in between ------------------------------------------------

class Failing(UpdateCase):
    def check(self, program, script, message=""):
        path = self.stand_in(program, script)
        compiler = path if program == "compiler" else COMPILER
        result = self.update(self.write("new.xml", NEW), compiler=compiler)
        self.assert_refused(result, message)


LOSING = '''"$real" "$@" && sed -i.bak '/>stays</d' "$5" && rm "$5.bak"'''
add_tests(Failing, "leaves_the_old_pair", {
    "compiler_that_fails": ("compiler", "exit 1", ".*new.xml: refused"),
    "compiler_that_writes_nothing": ("compiler", "exit 0", ".*refused"),
    "compiler_that_loses_a_record":
        ("compiler", LOSING, r".*: record 1 \(stays\) is lost"),
    "witness_that_fails": ("python3", "exit 1", ".*new.xml: refused"),
    "copy_that_fails": ("cat", '"$real" "$@" | head -n 5; exit 1'),
    "first_rename_that_fails": ("mv", "exit 1"),
    "second_rename_that_fails":
        ("mv", 'case $3 in */SOURCE) exit 1; esac; exec "$real" "$@"',
         "update.sh: .*: could not be written; the old files are back"),
})


class Interrupted(UpdateCase):
    def interrupt(self, program, number):
        path = self.stand_in(program,
                             f'kill -{int(number)} $PPID\nexec "$real" "$@"')
        compiler = path if program == "compiler" else COMPILER
        return self.update(self.write("new.xml", NEW), compiler=compiler)

    def test_before_the_renames_leaves_the_old_pair(self):
        programs = "head", "compiler", "python3", "diff", "cp", "cat"
        for program, number in zip(programs, itertools.cycle(SIGNALS)):
            result = self.interrupt(program, number)
            self.assertEqual(result.returncode, 128 + number, program)
            self.assert_untouched()
            (self.directory / "bin" / program).unlink()

    def test_within_the_renames_writes_both(self):
        for number in SIGNALS:
            self.install(OLD)
            self.assert_written(self.interrupt("mv", number))

    def test_reader_that_has_left_ends_it(self):
        """At a message of the shell's own, and at one of a program."""
        for content in OLD, NEW:
            reader, writer = os.pipe()
            os.close(reader)
            result = self.update(self.write("new.xml", content), stdout=writer)
            os.close(writer)
            self.assertEqual(result.returncode, 128 + signal.SIGPIPE)
            self.assert_untouched()

    def test_reader_that_leaves_within_the_renames(self):
        go_on = self.directory / "go-on"
        self.stand_in("mv", f"echo moving; until [ -e '{go_on}' ]; do sleep 0.1; done\n"
                            'exec "$real" "$@"')
        reader, writer = os.pipe()
        results = []
        update = threading.Thread(target=lambda: results.append(
            self.run_update(self.write("new.xml", NEW), stdout=writer)))
        update.start()
        with open(reader, "rb", buffering=0) as said:
            while b"moving" not in said.readline():
                pass
        go_on.touch()
        update.join()
        os.close(writer)
        self.assertEqual(results[0].returncode, 0, results[0].stderr)
        written = contents(self.registry)
        self.install(NEW)
        self.assertEqual(written, self.before)


KILL = """count=$(cat '{count}' 2>/dev/null || echo 0)
echo $((count + 1)) >'{count}'
[ "$count" = {at} ] && {{ {before} kill -9 $PPID; exit; }}
exec "$real" "$@"
"""


class Killed(UpdateCase):
    """At each call of each program; at a rename also after it."""
    PROGRAMS = {"mktemp": 1, "head": 1, "diff": 1, "cp": 4, "sync": 1,
                "mv": 2, "rm": 5}

    def kill(self, program, at, before=""):
        count = self.directory / "count"
        count.unlink(missing_ok=True)
        path = self.stand_in(program, KILL.format(count=count, at=at,
                                                  before=before))
        result = self.run_update(self.write("new.xml", NEW))
        path.unlink()
        self.assertEqual(result.returncode, -signal.SIGKILL,
                         f"{program} is not called {at + 1} times")

    def test_next_update_sets_it_right(self):
        """Which has nothing good to take."""
        self.install(NEW)
        new = self.before
        self.install(OLD)
        bad = self.write("bad.xml", b"")
        for program, calls in self.PROGRAMS.items():
            after = ['"$real" "$@";'] if program == "mv" else []
            for at, before in itertools.product(range(calls), ["", *after]):
                for name, content in self.before.items():
                    (self.registry / name).write_bytes(content)
                self.kill(program, at, before)
                self.assertEqual(self.update(bad).returncode, 1)
                self.assertIn(contents(self.registry), (self.before, new),
                              (program, at, before))

    def test_next_update_goes_on(self):
        """What was killed between its renames is there, and that is said."""
        self.kill("mv", 1)
        result = self.update(self.write("new.xml", NEW))
        self.assertIn("finished an update that had been killed", result.stderr)
        self.assertIn("nothing changed: the registry is of 2026-03-04",
                      result.stdout)
        now = contents(self.registry)
        self.install(NEW)
        self.assertEqual(now, self.before)


class Alone(UpdateCase):
    def test_second_update_refused_while_one_is_at_work(self):
        new = self.write("new.xml", NEW)
        go_on = self.directory / "go-on"
        slow = self.stand_in(
            "compiler", f"until [ -e '{go_on}' ]; do sleep 0.1; done\n"
                        'exec "$real" "$@"')
        results = []
        first = threading.Thread(target=lambda: results.append(
            self.run_update(new, compiler=slow)))
        first.start()
        while not [*self.registry.glob(".update.*")]:
            pass
        second = self.run_update(new)
        go_on.touch()
        first.join()
        self.assertEqual((second.returncode, second.stderr), (
            1, f"update.sh: {self.registry}: another update is running\n"))
        self.assert_written(results[0])


class ReadOnly(UpdateCase):
    def test_read_only_said_with_a_status_of_its_own(self):
        if os.geteuid() == 0:
            self.skipTest("nothing is read-only for root")
        for path in self.registry, self.registry / "SOURCE":
            mode = path.stat().st_mode
            path.chmod(0o555 if path.is_dir() else 0o444)
            self.assert_refused(self.update(self.write("new.xml", NEW)),
                                f"update.sh: {path}: is read-only")
            path.chmod(mode)


class LeftOut(UpdateCase):
    """A record with a protocol that is none."""
    def slip(self, content):
        return content.replace(
            b"<name>stays</name><protocol>tcp<",
            b"<name>stays</name><protocol>carrier-pigeon<")

    def test_only_accepted_if_names_are_lost(self):
        published = self.slip(NEW)
        path = self.write("new.xml", published)
        result = self.update(path)
        self.assert_refused(result, "update.sh: .*: records were left out, and"
                            " names lost: 10; use --accept")
        self.assertRegex(result.stdout, r"\Arecords left out: 1\n    .*new.xml:"
                         '11: .*record "stays": .*left out\n')
        self.assert_written(self.update("--accept", path), published)

    def test_taken_if_nothing_is_lost(self):
        self.install(self.slip(OLD))
        published = self.slip(OLD).replace(b"Spelling", b"spelling")
        self.assert_written(self.update(self.write("new.xml", published)),
                            published)


# ---- URLs -------------------------------------------------------------------

@needs_curl
class FileUrl(UpdateCase):
    def test_good_file_written(self):
        path = self.write("new file.xml", NEW)
        self.assert_written(self.update(path.as_uri()))

    def test_users_curlrc_is_not_read(self):
        curlrc = self.directory / "in/.curlrc"
        curlrc.write_text(f'output = "{self.directory}/in/elsewhere"\n')
        path = self.write("new.xml", NEW)
        self.assert_written(self.update(
            path.as_uri(), environment={"HOME": str(curlrc.parent),
                                        "CURL_HOME": str(curlrc.parent)}))

    def test_url_of_source_is_the_default(self):
        source = self.registry / "SOURCE"
        url = self.write("new.xml", NEW).as_uri()
        source.write_text(re.sub("(?m)^source: .*", f"source: {url}",
                                 source.read_text()))
        self.assert_written(self.update())

    def test_bad_file_refused(self):
        url = self.write("bad.xml", NEW.replace(REGISTRY, b'id="a"')).as_uri()
        self.assert_refused(self.update(url),
                            ".*/published.xml:6: this is not",
                            f"update.sh: {re.escape(url)}: refused")
        url = self.write("empty.xml", b"").as_uri()
        self.assert_refused(self.update(url),
                            f"update.sh: {re.escape(url)}:1: does not begin")

    def test_file_that_is_not_there_refused(self):
        url = (self.directory / "nonesuch").as_uri()
        self.assert_refused(self.update(url), "curl: ",
                            f"update.sh: {re.escape(url)}: could not be")


class Handler(http.server.BaseHTTPRequestHandler):
    """Good content always; what is wrong is around it."""
    def do_GET(self):
        self.send_response({"/moved": 302, "/lost": 404}.get(self.path, 200))
        if self.path == "/moved":
            self.send_header("Location", "/good")
        self.send_header("Content-Length",
                         str(len(NEW) + (self.path == "/short")))
        self.end_headers()
        self.wfile.write(NEW)

    def log_message(self, *_):
        pass


@needs_curl
class HttpUrl(UpdateCase):
    def setUp(self):
        super().setUp()
        try:
            server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
            socket.create_connection(server.server_address, 5).close()
        except OSError as error:
            self.skipTest(f"no loopback: {error}")
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        for cleanup in server.server_close, thread.join, server.shutdown:
            self.addCleanup(cleanup)
        self.url = f"http://127.0.0.1:{server.server_port}"

    def test_good_file_written(self):
        self.assert_written(self.update(f"{self.url}/good"))

    def test_fault_of_http_refused(self):
        for path, words in (("lost", ".*404"), ("short", ".*remaining"),
                            ("moved", ".*[Pp]rotocol")):
            url = f"{self.url}/{path}"
            self.assert_refused(self.update("--force", url), f"curl: {words}",
                                f"update.sh: {re.escape(url)}: could not be")


unittest.main(argv=sys.argv[:1] + sys.argv[2:])
