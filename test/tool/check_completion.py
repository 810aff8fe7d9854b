#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""usage: check_completion.py IANAPORT FOLDER COMPILER

What shells complete, and whether they know every option and subcommand that
the help names."""

import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import unittest
from xml.sax.saxutils import escape

from command import TOOL, answer, ask

FOLDER, COMPILER = pathlib.Path(sys.argv.pop(1)), sys.argv.pop(1)
ENV = dict(os.environ, PATH=os.pathsep.join(
    [os.path.dirname(os.path.abspath(TOOL)), os.environ["PATH"]]))
SUBCOMMANDS = re.findall(r"^  (\w+)", answer("help"), re.M)


def quoted(path):
    """As a word for a shell."""
    return shlex.quote(str(path))


def output_of(*command, **how):
    done = subprocess.run(command, text=True, capture_output=True,
                          **{"env": ENV, **how})
    return done.stdout.splitlines()


def bash(*words, **how):
    line = " ".join(map(shlex.quote, words))
    script = f"""
        . {quoted(FOLDER / 'ianaport.bash')}
        COMP_WORDS=(ianaport {line}) COMP_CWORD={len(words)}
        _ianaport
        printf '%s\\n' "${{COMPREPLY[@]}}" """
    return sorted({*output_of("bash", "-c", script, **how)} - {""})


def fish(*words, **how):
    line = " ".join(["ianaport", *map(shlex.quote, words[:-1]), words[-1]])
    found = output_of(
        "fish", "--no-config", "-c", f"source {quoted(FOLDER / 'ianaport.fish')}; "
        f"complete -C {shlex.quote(line)}", **how)
    return sorted({line.split("\t")[0] for line in found})


def zsh_names(word, **how):
    """What compadd gets."""
    return sorted({*output_of("zsh", "-fc", f"""
        compadd() {{ print -rl -- "${{(@P)@[-1]}}" }}
        _arguments() {{ _ianaport_names }}
        words=(ianaport {word}) PREFIX={word}
        . {quoted(FOLDER / '_ianaport')}""", **how)})


SHELLS = [shell for shell in (bash, fish) if shutil.which(shell.__name__)]
NAMES_OF = SHELLS + [zsh_names] * bool(shutil.which("zsh"))


def registry_of(names):
    return "\n".join([
        '<?xml version="1.0"?>',
        '<registry xmlns="http://www.iana.org/assignments"',
        'id="service-names-port-numbers"><updated>2026-01-01</updated>',
        *(f"<record><name>{escape(name)}</name><protocol>tcp</protocol>"
          f"<number>{port}</number></record>"
          for port, name in enumerate(names, 1)), "</registry>"])


class Completion(unittest.TestCase):
    def check(self, words, expected):
        for shell in SHELLS:
            self.assertEqual(shell(*words), sorted(expected), shell)

    def test_names(self):
        self.check(["https"], ["https", "https-wmap"])
        self.check(["--port", "postg"], ["postgresql"])

    def test_names_are_no_commands(self):
        names = sorted(["http", "http two", "http;>semicolon", "http'",
                        "http$(>dollar)", "http`>backquote`", "http\\"])
        with tempfile.TemporaryDirectory() as folder:
            xml, blob, tool, made = (
                pathlib.Path(folder, name)
                for name in ("xml", "blob", "ianaport", "made"))
            xml.write_text(registry_of(names))
            subprocess.run([COMPILER, "--lenient", "--blob", blob, xml],
                           check=True, stderr=subprocess.DEVNULL)
            tool.write_text("#!/bin/sh\n"
                            f"exec {quoted(os.path.abspath(TOOL))}"
                            f" -r {quoted(blob)} \"$@\"\n")
            tool.chmod(0o755)
            made.mkdir()
            how = {"cwd": made, "env": dict(
                ENV, PATH=f"{folder}{os.pathsep}{ENV['PATH']}")}
            for shell in NAMES_OF:
                found = shell("http", **how)
                self.assertEqual(os.listdir(made), [], shell)
                if shell is bash:       # others quote what they get
                    found = sorted(sum(map(shlex.split, found), []))
                self.assertEqual(found, names, shell)

    def test_subcommands(self):
        self.assertEqual(SUBCOMMANDS, ["search", "free", "list", "annotate",
                                       "export", "diff", "map", "help"])
        self.check(["help", "s"], ["search"])
        self.check(["anno"], ["annotate"])
        self.check(["--json", "anno"], ["annotate"])
        self.check(["-rx", "anno"], ["annotate"])
        self.check(["search"], ["search", "search-agent"])

    def test_options_and_their_values(self):
        self.check(["--js"], ["--json"])
        for before in [], ["--json"], ["-r", "search"], ["-l", "--tsv"]:
            self.check([*before, "list", "--st"], ["--status"])
        self.check(["--", "list", "--st"], [])
        self.check(["list", "--status", "r"], ["reserved"])
        self.check(["free", "--ne"], ["--near"])
        protocols, ranges = ["tcp", "udp", "sctp", "dccp"], ["system", "user"]
        self.check(["free", "--proto", ""], protocols)
        self.check(["free", "--range", ""], ranges)
        self.check(["list", "--proto", ""], [*protocols, "none"])
        self.check(["list", "--range", ""], [*ranges, "dynamic"])
        self.check(["export", "--format", "n"], ["nftables", "nmap"])
        self.check(["annotate", "--"], ["--help", "--registry", "--replace",
                                        "--version"])

    def test_every_word_of_the_help_is_known(self):
        helps = {name: answer("help", name) for name in SUBCOMMANDS}
        known = {*SUBCOMMANDS}.union(*(
            re.findall(r"(?<!\S)--([a-z]+)", text)
            for text in [answer("--help"), *helps.values()])) - {"blob"}
        self.assertIn("near", known)
        for file in FOLDER.iterdir():
            text = file.read_text()
            for word in known:
                self.assertRegex(text, rf"\b{word}\b", file)

    @unittest.skipUnless(shutil.which("zsh"), "no zsh")
    def test_zsh_finds_the_subcommand(self):
        for words in "list", "--json list", "-r search list", "-- list":
            shown = "\n".join(output_of("zsh", "-fc", f"""
                _arguments() {{ print -rl -- "$@" }}
                words=(ianaport {words} --st) CURRENT=$#words
                . {quoted(FOLDER / '_ianaport')}"""))
            self.assertEqual("--status" in shown, words != "-- list", words)

    @unittest.skipUnless(shutil.which("zsh"), "no zsh")
    def test_zsh_has_no_complaint(self):
        done = subprocess.run(["zsh", "-n", FOLDER / "_ianaport"],
                              capture_output=True, text=True)
        self.assertEqual((done.returncode, done.stderr), (0, ""))


class Help(unittest.TestCase):
    def test_every_text_fits_a_screen(self):
        for name in SUBCOMMANDS:
            text = answer("help", name)
            self.assertTrue(text.startswith(f"usage: ianaport {name}"))
            self.assertEqual(answer(name, "-h"), text)
            self.assertLess(len(text.splitlines()), 24)
            self.assertLess(max(map(len, text.splitlines())), 80)
        self.assertEqual(answer("help"), answer("help", "help"))

    def test_list_names_the_operands_of_each_usage(self):
        for line in re.findall("^  (.*?)  ", answer("help"), re.M):
            usage = answer("help", line.split()[0]).splitlines()[0]
            if " " in line:
                self.assertEqual(line, re.sub(
                    r"usage: ianaport|\[OPTION]...", "", usage).replace(
                    "  ", " ").strip())

    def test_forms_are_for_what_has_rows(self):
        for name in SUBCOMMANDS[3:]:
            for word, form in {"-l": "--long", "--js": "--json",
                               "--tsv": "--tsv", "--port": "--port",
                               "-ln": "--long", "--name": "--name"}.items():
                self.assertEqual(ask(name, word), (
                    2, "", f"ianaport: {form}: not for this subcommand\n"
                    + answer("help", name).partition("\n")[0] + "\n"))

    def test_wrong_usage(self):
        usage = "usage: ianaport help [SUBCOMMAND]\n"
        self.assertEqual(ask("help", "https"), (
            2, "", "ianaport: https: no such subcommand\n" + usage))
        self.assertEqual(ask("help", "list", "map"), (
            2, "", "ianaport: map: one subcommand is enough\n" + usage))


unittest.main()
