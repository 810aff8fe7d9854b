#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""What ianaport-compile makes of a site's own files, such as /etc/services.

usage: check_overlay.py COMPILER DATADIR [unittest's arguments]

The files are merged into a small registry and conventional names. What they
must not change is compared with the dump that is made without them, and what
stands in the blob with the dump. A whole site's file is a golden of
check_compiler.py: DATADIR/site.overlay."""

import errno
import os
import re
import sys
import unittest

from blob import Blob
from compiler_case import (
    DATA, GOOD, CompilerCase, add_tests, contents, held, names_of, record, registry)

ALIAS = '<note>This entry is an alias to "{}".</note>'
REGISTRY = registry(
    record("www", "80", "tcp", more=ALIAS.format("http")),
    record("http", "80", "tcp"), record("http", "80", "udp"),
    record("shell", "514", "tcp"), record("syslog", "514", "udp"),
    record("x11", "6000-6063", "tcp"),
    record("x-window", "6000-6063", "tcp", more=ALIAS.format("x11")),
    record("inside", "6010", "tcp"), record("all-four", "6400"),
    record("dns-sd"), record("dns-sd-tcp", None, "tcp"),
    held("90", None), held("91", "udp", "Unassigned"))
CONVENTIONAL = "shell 514/tcp cmd\nsyslog 514/tcp\nwebmin 10000/tcp admin\n"
LONGEST = "l" * 254 + "g"


class OverlayCase(CompilerCase):
    def setUp(self):
        super().setUp()
        self.inputs = ("--conventional", self.write("services", CONVENTIONAL),
                       self.write("registry.xml", REGISTRY))

    def overlays(self, *texts):
        """The options for files with these texts."""
        return [word for i, text in enumerate(texts)
                for word in ("--overlay", self.write(f"overlay{i}", text))]

    def merged(self, *options):
        """Outputs, the lines of the dump, and what is said on stderr."""
        files, stderr = self.compiled(*options, *self.inputs)
        return files, files["dump"].decode().splitlines(), stderr


def is_local(line):
    return re.match(r"service \S+ \S+ local\b", line)


class Merges(OverlayCase):
    """Lines of a dump that files give, "service" and "local" left out."""

    def check(self, texts, *expected):
        files, dump, stderr = self.merged(*self.overlays(
            *([texts] if isinstance(texts, (str, bytes)) else texts)))
        self.assertEqual(stderr, "")
        local = [line.split(" ", 1)[1].replace(" local", "", 1)
                 for line in dump if is_local(line)]
        self.assertEqual(local, [*expected])
        self.check_nothing_lost(dump)
        self.assertEqual([*Blob(files["blob"]).services()],
                         [line for line in dump if line[0] == "s"])

    def check_nothing_lost(self, dump):
        before = self.merged()[1]
        rest = [line for line in dump if not is_local(line)]
        brought = {line.replace(" local", "") for line in dump
                   if is_local(line)}
        missing = [line for line in before if line not in rest]
        self.assertEqual([line for line in rest if line not in before], [])
        self.assertLessEqual({*missing}, brought)
        self.assertEqual([line for line in before if line not in missing],
                         rest)


Z, Y = "1/tcp zzz added", "1/tcp yyy added alias-of zzz"

add_tests(Merges, "merged", {
    # Syntax
    "empty_file": ("",),
    "nothing_but_comments": ("# zzz 1/tcp\n  # b\n\t#\n#",),
    "blank_lines": ("\n \n\t\nzzz 1/tcp\n\r\n\v\n\f\n\n", Z),
    "comment_behind": ("zzz 1/tcp # yyy # xxx\n", Z),
    "comment_behind_aliases": ("zzz 1/tcp yyy# xxx\n", Z, Y),
    "comment_right_behind": ("zzz 1/tcp# xxx\n", Z),
    "crlf": ("# a\r\nzzz 1/tcp yyy\r\n\r\nxxx\t2/udp\r\n", Z, Y,
             "2/udp xxx added"),
    "crlf_comment": ("zzz 1/tcp yyy # b\r\n", Z, Y),
    "tabs": ("\tzzz\t\t1/tcp\t yyy\t\n", Z, Y),
    "other_blanks": ("zzz\v1/tcp\fyyy \r\n", Z, Y),
    "last_line_without_newline": ("xxx 2/tcp\nzzz 1/tcp yyy", Z, Y,
                                  "2/tcp xxx added"),
    "last_line_without_newline_no_alias": ("zzz 1/tcp", Z),
    "leading_zeros": ("zzz 00001/tcp", Z),
    "first_and_last_port": ("zzz 65535/tcp\nzzz 1/tcp", Z,
                            "65535/tcp zzz added"),
    "four_protocols": (
        "zzz 1/dccp\nzzz 1/sctp\nzzz 1/udp\nzzz 1/tcp", "1/dccp zzz added",
        "1/sctp zzz added", "1/udp zzz added", Z),
    "names_before_protocols": (
        "zzz 1/udp\nyyy 1/tcp\nxxx 1/udp\nzzz 1/tcp", "1/udp zzz added",
        "1/tcp yyy added", "1/udp xxx added", Z),
    # What other systems' files have
    "byte_order_mark": ("\ufeffzzz 1/tcp yyy\n", Z, Y),
    "byte_order_mark_before_comment": ("\ufeff# zzz\nzzz 1/tcp yyy\n", Z, Y),
    "no_break_spaces": ("\xa0zzz\xa01/tcp\xa0 yyy\xa0#\xa0xxx\n", Z, Y),
    "uppercase_protocol": ("zzz 1/TCP yyy", Z, Y),
    "two_protocols": ("zzz 1/tcp/udp yyy", Z, Y, "1/udp zzz added",
                      "1/udp yyy added alias-of zzz"),
    "three_protocols": ("zzz 1/Tcp/UDP,sctp", Z, "1/udp zzz added",
                        "1/sctp zzz added"),
    "range": ("zzz 9990-9999/tcp yyy", "9990-9999/tcp zzz added",
              "9990-9999/tcp yyy added alias-of zzz"),
    "range_with_en_dash": ("zzz 9990\u20139999/tcp", "9990-9999/tcp zzz added"),
    "range_of_one": ("zzz 1-1/tcp yyy", Z, Y),
    "range_registered": ("x11 6000-6063/tcp zzz", "6000-6063/tcp x11",
                         "6000-6063/tcp zzz added alias-of x11"),
    "commas": ("zzz, 1/tcp yyy, xxx,\n", Z, Y, "1/tcp xxx added alias-of zzz"),
    "comma_within": ("z,z 1/tcp , y", "1/tcp z,z added",
                     "1/tcp , added alias-of z,z", "1/tcp y added alias-of z,z"),
    "nmap_frequency": ("zzz\t1/tcp\t0.000330\t# a comment\n", Z),
    "nmap_frequency_and_alias": ("zzz\t1/tcp\t0.000330\tyyy\n", Z, Y),
    "five_aliases": ("zzz 1/tcp yyy a b c d\n", Z, Y, *(
        f"1/tcp {name} added alias-of zzz" for name in "abcd")),
    "names_of_15_and_16": (
        f"{'a' * 15} 1/tcp {'b' * 16}\n{'c' * 16} 2/tcp {'d' * 15}",
        f"1/tcp {'a' * 15} added",
        f"1/tcp {'b' * 16} added alias-of {'a' * 15}",
        f"2/tcp {'c' * 16} added",
        f"2/tcp {'d' * 15} added alias-of {'c' * 16}"),
    "name_and_alias_of_255": (
        f"{LONGEST} 1/tcp {LONGEST.upper()} {LONGEST[:-1]}h\n",
        f"1/tcp {LONGEST} added",
        f"1/tcp {LONGEST[:-1]}h added alias-of {LONGEST}"),
    "names_of_any_characters": (
        "a/b 1/tcp 1-2 + _ é 914c/g\n", "1/tcp a/b added", *(
            f"1/tcp {name} added alias-of a/b"
            for name in ("1-2", "+", "_", "é", "914c/g"))),
    # What the registry and the conventional names have
    "registered": ("http 80/tcp", "80/tcp http"),
    "registered_in_other_case": ("HTTP 80/tcp", "80/tcp http"),
    "registered_for_other_port": ("http 8888/tcp", "8888/tcp http added"),
    "registered_for_other_protocol": ("http 80/sctp", "80/sctp http added"),
    "registered_for_any_protocol": (
        "all-four 6400/tcp", "6400/tcp all-four added"),
    "registered_without_port": ("dns-sd 5353/udp\ndns-sd-tcp 5353/tcp",
                                "5353/udp dns-sd added",
                                "5353/tcp dns-sd-tcp added"),
    "registered_with_new_alias": ("http 80/tcp zzz", "80/tcp http",
                                  "80/tcp zzz added alias-of http"),
    "registered_with_its_alias": ("http 80/tcp WWW", "80/tcp http",
                                  "80/tcp www alias-of http"),
    "registered_alias_by_itself": ("www 80/tcp", "80/tcp www added"),
    "registered_alias_with_its_service": (
        "www 80/tcp http", "80/tcp www added",
        "80/tcp http added alias-of www"),
    "alias_registered_here": ("good 80/tcp http", "80/tcp good",
                              "80/tcp http added alias-of good"),
    "alias_registered_elsewhere": (
        "zzz 1/tcp http", Z, "1/tcp http added alias-of zzz"),
    "moved": ("shell 514/tcp", "514/tcp shell moved"),
    "moved_with_its_alias": ("shell 514/tcp cmd", "514/tcp shell moved",
                             "514/tcp cmd added alias-of shell"),
    "conventional": ("webmin 10000/tcp", "10000/tcp webmin added"),
    "conventional_with_aliases": (
        "webmin 10000/tcp zzz admin", "10000/tcp webmin added",
        "10000/tcp zzz added alias-of webmin",
        "10000/tcp admin added alias-of webmin"),
    "conventional_alias_by_itself": (
        "admin 10000/tcp", "10000/tcp admin added"),
    "conventional_as_alias": (
        "zzz 514/tcp syslog", "514/tcp zzz added",
        "514/tcp syslog added alias-of zzz"),
    "range_by_its_first_port": ("x11 6000/tcp", "6000/tcp x11 added"),
    "range_with_its_alias_and_another": (
        "x11 6000/tcp zzz x-window", "6000/tcp x11 added",
        "6000/tcp zzz added alias-of x11",
        "6000/tcp x-window added alias-of x11"),
    "range_by_another_port": ("x11 6001/tcp", "6001/tcp x11 added"),
    "alias_of_range": ("x-window 6000/tcp", "6000/tcp x-window added"),
    "within_range": ("zzz 6010/tcp inside", "6010/tcp zzz added",
                     "6010/tcp inside added alias-of zzz"),
    # What the files have themselves
    "twice": (["zzz 1/tcp yyy\nzzz 1/tcp yyy\n", "zzz 1/tcp yyy"], Z, Y),
    "twice_with_other_aliases": (
        "zzz 1/tcp\nzzz 1/tcp yyy\nzzz 1/tcp yyy xxx", Z, Y,
        "1/tcp xxx added alias-of zzz"),
    "alias_twice": ("zzz 1/tcp yyy YYY yyy", Z, Y),
    "alias_of_itself": ("zzz 1/tcp ZZZ zzz", Z),
    "alias_of_two": ("zzz 1/tcp yyy\nxxx 1/tcp yyy", Z, Y,
                     "1/tcp xxx added", "1/tcp yyy added alias-of xxx"),
    "alias_then_service": ("zzz 1/tcp yyy\nyyy 1/tcp xxx", Z, Y,
                           "1/tcp yyy added",
                           "1/tcp xxx added alias-of yyy"),
    "service_then_alias": ("yyy 1/tcp\nzzz 1/tcp yyy xxx", "1/tcp yyy added",
                           Z, Y, "1/tcp xxx added alias-of zzz"),
    "registered_as_alias_then_service": (
        "good 80/tcp http\nhttp 80/tcp www", "80/tcp good",
        "80/tcp http added alias-of good", "80/tcp http",
        "80/tcp www alias-of http"),
    "several_names_of_a_port": ("zzz 1/tcp\nyyy 1/tcp\nxxx 1/udp",
                                Z, "1/tcp yyy added", "1/udp xxx added"),
    "two_files": (["zzz 1/tcp", "xxx 1/tcp yyy\nzzz 1/tcp yyy www"], Z,
                  "1/tcp xxx added", "1/tcp yyy added alias-of xxx", Y,
                  "1/tcp www added alias-of zzz"),
    "two_files_the_other_way": (
        ["xxx 1/tcp yyy\nzzz 1/tcp yyy www", "zzz 1/tcp"],
        "1/tcp xxx added", "1/tcp yyy added alias-of xxx", Z, Y,
        "1/tcp www added alias-of zzz"),
})


class Names(OverlayCase):
    """What a name leads to: port/protocols and flags of each record."""

    def check(self, text, name, *expected):
        files, _, _ = self.merged(*self.overlays(text))
        blob = Blob(files["blob"])
        flags = "LOCAL", "MOVED", "ADDED", "ALIAS"
        self.assertEqual([" ".join([f"{r.port}/{r.bits & 31}", *(
            f for f in flags if f in r.marks)])
            for r in blob.chain_of(name.encode())], [*expected])


add_tests(Names, "found_local_first", {
    "registered": ("http 80/udp", "http", "80/2 LOCAL", "80/1"),
    "on_a_higher_port": ("http 8888/tcp", "http", "8888/1 LOCAL ADDED",
                         "80/3"),
    "alias_on_a_higher_port": ("zzz 8888/tcp http", "http",
                               "8888/1 LOCAL ADDED ALIAS", "80/3"),
    "before_moved": ("shell 515/tcp", "shell", "515/1 LOCAL ADDED",
                     "514/1 MOVED"),
    "before_conventional": (
        "syslog 515/tcp", "syslog", "515/1 LOCAL ADDED", "514/2",
        "514/1 ADDED"),
    "protocols_in_one": ("zzz 1/tcp\nzzz 1/udp", "ZZZ", "1/3 LOCAL ADDED"),
    "protocols_in_two": ("zzz 1/udp\nzzz 1/tcp", "ZZZ", "1/2 LOCAL ADDED",
                         "1/1 LOCAL ADDED"),
    "in_the_order_of_lines": (
        "http-alt 8080/tcp\nhttp-alt 591/tcp\nhttp-alt 8008/udp", "http-alt",
        *(f"{number} LOCAL ADDED" for number in ("8080/1", "591/1", "8008/2"))),
    "alias_before_a_service_of_that_name": (
        "zzz 9/tcp yyy\nyyy 1/tcp", "yyy", "9/1 LOCAL ADDED ALIAS",
        "1/1 LOCAL ADDED"),
    "of_16": (f"{'b' * 16} 2/tcp\n{'b' * 16} 1/tcp", "b" * 16,
              "2/1 LOCAL ADDED", "1/1 LOCAL ADDED"),
    "of_255": (f"{LONGEST} 1/tcp\n{LONGEST[:-1]} 2/tcp", LONGEST.upper(),
               "1/1 LOCAL ADDED"),
    "only_begin_alike": (f"{LONGEST} 1/tcp", LONGEST[:-1]),
})


class Skipped(OverlayCase):
    """Lines whose protocol no registry has are no error."""

    def check(self, protocol):
        bad = f"ours 7/{protocol} other"
        options = self.overlays(f"yyy 2/tcp\n{bad}\nzzz 1/tcp")
        for option in [], ["--lenient"]:
            _, dump, stderr = self.merged(*option, *options)
            self.assertEqual(stderr, f'{options[1]}:2: warning: "ours": '
                             f'unknown protocol "{protocol}"; line skipped\n')
            self.assertEqual([line for line in dump if is_local(line)], [
                "service 1/tcp zzz local added",
                "service 2/tcp yyy local added"])


add_tests(Skipped, "skipped", {f"protocol_{name}": [name] for name in (
    "ddp", "tcpx", "tc", "udplite", "6", "tcp6", "é")})


class BadLines(OverlayCase):
    """An error; with --lenient a warning, and nothing else is lost."""

    def check(self, bad, message):
        if isinstance(bad, str):
            bad = bad.encode("utf-8", "surrogateescape")
        before, behind = b"# ours\nyyy 2/tcp\n", b"\nzzz 1/tcp www\n"
        options = self.overlays(before + bad + behind)
        place = f"{options[1]}:3:"
        result = self.assert_refused(place[:-1], [], *options, *self.inputs)
        self.assertEqual((result.stderr, result.returncode),
                         (f"{place} {message}\n", 1))
        _, dump, stderr = self.merged("--lenient", *options)
        self.assertEqual(stderr,
                         f"{place} warning: {message}; line skipped\n")
        self.assertEqual(dump, self.merged(
            *self.overlays(before + behind))[1])
        self.check_as_last_line(before + bad, place, message)

    def check_as_last_line(self, text, place, message):
        result = self.compile(*self.overlays(text), *self.inputs)
        self.assertEqual(result.stderr, f"{place} {message}\n")

    def test_each_bad_line_has_its_warning(self):
        text = "ok 1/tcp\r\n\r\nbad\r\n" * 3 + "8 1/tcp"
        options = self.overlays(text)
        _, dump, stderr = self.merged("--lenient", *options)
        self.assertEqual(stderr.splitlines(), [
            *(f'{options[1]}:{line}: warning: "bad": no port/protocol; '
              "line skipped" for line in (3, 6, 9)),
            f'{options[1]}:10: warning: "8": the name is a number; '
            "line skipped"])
        self.assertEqual(len([line for line in dump if is_local(line)]), 1)

    def test_first_bad_line_of_the_first_file_is_the_error(self):
        options = self.overlays("ok 1/tcp", "\nbad\nworse", "bad")
        result = self.compile(*options, *self.inputs)
        self.assertEqual(result.stderr,
                         f'{options[3]}:2: "bad": no port/protocol\n')

    def test_lenient_is_for_overlays_only(self):
        for option, text in ("--conventional", "bad\n"), (
                "--conventional", "zzz 1/ddp\n"):
            path = self.write("bad", text)
            self.assert_refused(f"{path}:1", [], "--lenient", option, path,
                                self.inputs[-1])


def bad_port(text):
    return f'"bad": "{text}" is not a port within 1-65535'


add_tests(BadLines, "refused", {
    **{f"port_{case}": (f"bad {port}/tcp x", bad_port(port))
       for case, port in {
           "missing": "", "0": "0", "65536": "65536", "negative": "-1",
           "huge": "99999999999999999999", "signed": "+80",
           "2_to_the_32_plus_80": "4294967376", "2_to_the_64_plus_80":
           "18446744073709551696", "hexadecimal": "0x50", "range": "81-80", "range_from_0": "0-9",
           "range_of_three": "80-81-82", "open_range": "80-",
           "with_letter": "80a", "fraction": "80.5",
           "in_words": "eighty", "list": "80,81", "zeros": "000",
           "not_ascii": "٨"}.items()},
    **{case: (line, '"bad": no port/protocol') for case, line in {
        "place_missing": "bad", "place_missing_blank": "bad \t\r",
        "place_in_comment": "bad #80/tcp", "protocol_missing": "bad 80",
        "protocol_apart": "bad 80 tcp", "colon_for_slash": "bad 80:tcp",
        "backslash": "bad 80\\tcp",
        "port_second": "bad x 80/tcp"}.items()},
    **{case: (line, '"bad": unknown protocol ""') for case, line in {
        "protocol_empty": "bad 80/", "protocol_in_comment": "bad 80/#tcp",
        "protocol_empty_and_alias": "bad 80/ tcp"}.items()},
    "name_missing": ("80/tcp", '"80/tcp": no port/protocol'),
    "name_missing_alias": ("/tcp bad", '"/tcp": no port/protocol'),
    "name_of_digits": ("8080 80/tcp", '"8080": the name is a number'),
    "name_0": ("0 80/tcp bad", '"0": the name is a number'),
    "name_decimal": ("0.5 80/tcp", '"0.5": the name is a number'),
    "alias_decimal": ("bad 80/tcp a 0.5", '"0.5": the name is a number'),
    "name_of_256": ("n" * 256 + " 80/tcp", '"' + "n" * 256 + '": the name '
                    "has more than 255 bytes"),
    "names_too_long_on_port": (
        f"a 80/tcp {' '.join('n' * 250 + str(i) for i in range(10, 72))}",
        '"a": more than 8 KiB of names on its port'),
    "alias_of_digits": ("bad 80/tcp a 42 b", '"42": the name is a number'),
    "alias_of_256": ("bad 80/tcp ok " + "n" * 256, '"' + "n" * 256 + '": '
                     "the name has more than 255 bytes"),
    **{f"{field}_with_{case}": (
        line.format(f"a{character}b"),
        f'"a{shown}b": the name has a control character')
       for case, character, shown in (
           ("escape", "\x1b", r"\x1b"), ("bell", "\a", r"\x07"),
           ("del", "\x7f", r"\x7f"), ("backspace", "\b", r"\x08"),
           ("1", "\1", r"\x01"), ("c1", "\x9b", r"\xc2\x9b"),
           ("c1_of_latin_1", "\udc9b", r"\x9b"),
           ("right_to_left", "\u202e", r"\xe2\x80\xae"),
           ("isolate", "\u2066", r"\xe2\x81\xa6"),
           ("letter_mark", "\u061c", r"\xd8\x9c"))
       for field, line in {"name": "{} 80/tcp",
                           "alias": "bad 80/tcp x {} y"}.items()},
    **{f"nul_{case}": (line, "a NUL byte") for case, line in {
        "in_name": "b\0d 80/tcp", "in_place": "bad 80\0/tcp",
        "behind": "bad 80/tcp\0", "alone": "\0", "in_comment": "# \0",
        "in_many": "\0" * 5000}.items()},
})


class Warned(OverlayCase):
    """Taken all the same."""

    def check(self, text, *expected):
        texts = [text] if isinstance(text, str) else text
        options = self.overlays(*texts)
        _, _, stderr = self.merged(*options)
        self.assertEqual(stderr.splitlines(), [
            line.format(*options[1::2]) for line in expected])

    def test_protocol_unknown_in_list_left_out(self):
        options = self.overlays("zzz 1/tcp/quic")
        _, dump, stderr = self.merged(*options)
        self.assertEqual(stderr, f'{options[1]}:1: warning: "zzz": unknown '
                         'protocol "quic", left out\n')
        self.assertIn("service 1/tcp zzz local added", dump)

    def test_first_spelling_answers(self):
        _, dump, _ = self.merged(*self.overlays("Mon 1/tcp\nmon 1/tcp\n"))
        self.assertEqual([line for line in dump if is_local(line)],
                         ["service 1/tcp Mon local added"])


add_tests(Warned, "warned_of", {
    "case": ("Mon 1/tcp\nmon 2/tcp\nMON 3/tcp", '{0}:2: warning: "mon": '
             'differs only in case from "Mon" in {0}:1, which comes first'),
    "case_of_alias": ("x11 1/tcp\nzzz 2/tcp X11", '{0}:2: warning: "X11": '
                      'differs only in case from "x11" in {0}:1, which comes '
                      "first"),
    "case_in_another_file": (
        ["mon 1/tcp", "\nMon 2/tcp"], '{1}:2: warning: "Mon": differs only in '
        'case from "mon" in {0}:1, which comes first'),
    "nothing_in_one_line": ("mon 1/tcp/udp Mon",),
    "nothing_of_the_registry": ("HTTP 80/tcp\nHTTP 81/tcp",),
})


class LongLines(OverlayCase):
    """However long a line is, its message says what is wrong with it."""

    def check(self, line, start, end):
        options = self.overlays("ok 1/tcp\n" + line)
        result = self.assert_refused(f"{options[1]}:2", [start, end],
                                     *options, *self.inputs)
        self.assertTrue(result.stderr.endswith(f"{end}\n"), result.stderr)
        _, dump, stderr = self.merged("--lenient", *options)
        self.assertIn(f"{options[1]}:2: warning: ", stderr)
        self.assertTrue(stderr.endswith(f"{end}; line skipped\n"), stderr)
        self.assertEqual([line for line in dump if is_local(line)],
                         ["service 1/tcp ok local added"])

    def test_line_of_a_megabyte_taken(self):
        aliases = [f"alias-{i:05}" for i in range(200)]
        line = "zzz 1/tcp" + " " * 2 ** 19 + " ".join(aliases)
        _, dump, _ = self.merged(*self.overlays(line + "#" * 2 ** 19))
        self.assertEqual([line for line in dump if is_local(line)], [
            "service 1/tcp zzz local added",
            *(f"service 1/tcp {alias} local added alias-of zzz"
              for alias in aliases)])


TOO_LONG = "has more than 255 bytes"
add_tests(LongLines, "refused", {
    "name": ("n" * 5000 + " 1/tcp", '"nnn', TOO_LONG),
    "name_of_a_megabyte": ("n" * 2 ** 20 + " 1/tcp", '"nnn', TOO_LONG),
    "name_of_a_megabyte_alone": ("n" * 2 ** 20, '"nnn', "no port/protocol"),
    "alias": ("bad 1/tcp " + "n" * 5000, '"nnn', TOO_LONG),
    "port": ("bad " + "1" * 5000 + "/tcp", '"bad"',
             "is not a port within 1-65535"),
    "many_aliases_one_bad": ("bad 1/tcp " + "x " * 50000 + "8", '"8"',
                             "the name is a number"),
})


class Files(OverlayCase):
    def check_refused(self, path, error):
        for option in [], ["--lenient"]:
            result = self.assert_refused(
                path, [os.strerror(error)], *option, "--overlay", path,
                *self.inputs)
            self.assertEqual(result.stderr,
                             f"{path}: {os.strerror(error)}\n")

    def test_absent_refused(self):
        self.check_refused(self.directory / "absent", errno.ENOENT)

    def test_below_a_file_refused(self):
        self.check_refused(self.inputs[-1] / "x", errno.ENOTDIR)

    def test_directory_refused(self):
        self.check_refused(self.directory, errno.EISDIR)

    def test_pipe_read(self):
        out = self.directory / "dump"
        result = self.compile("--overlay", "/dev/stdin", "--dump", out,
                              *self.inputs, input="zzz 1/tcp")
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        self.assertIn("service 1/tcp zzz local added", out.read_text())

    def test_bytes_that_are_no_utf8_kept(self):
        files, _ = self.compiled(*self.overlays(b"caf\xe9 1/tcp \xbf\xff\n"),
                                 *self.inputs)
        self.assertIn(b"service 1/tcp caf\xe9 local added\n", files["dump"])
        blob = Blob(files["blob"])
        for name in b"caf\xe9", b"\xbf\xff":
            self.assertEqual([r.port for r in blob.chain_of(name)], [1])

    def test_file_given_twice_changes_nothing(self):
        site = DATA / "site.xml"
        once, _ = self.compiled(*names_of(site), site)
        twice, _ = self.compiled(*names_of(site), *names_of(site)[2:], site)
        self.assertTrue(once == twice, "the outputs differ")

    def test_options_in_any_order(self):
        options = self.overlays("zzz 1/tcp", "shell 514/tcp\nyyy 1/tcp")
        first = self.merged(*options)[0]
        last, _ = self.compiled(*self.inputs, *options)
        self.assertTrue(first == last, "the outputs differ")


SITE = """\
good 80/tcp
http 80/udp
zzz 80/tcp ours
zzz 80/sctp
zzz 90/tcp
zzz 91/udp ours
zzz 91/tcp
zzz 92/tcp
shell 514/tcp
syslog 514/tcp
zzz 514/udp
zzz 514/dccp
x11 6000/tcp
zzz 6001/udp
inside 6010/udp
all-four 6400/tcp
zzz 49151/tcp
zzz 49152/tcp
zzz 65535/udp
"""


class Invariants(OverlayCase):
    def test_status_of_each_port_unchanged(self):
        site = DATA / "site.xml"
        for options, inputs in ([], [*self.overlays(SITE), *self.inputs]), (
                ["--conventional", site.with_suffix(".services")],
                [*names_of(site), site]):
            before, _ = self.compiled(*options, inputs[-1])
            after, _ = self.compiled(*inputs)
            self.assertNotEqual(before["blob"], after["blob"])
            statuses = zip(Blob(before["blob"]).statuses(),
                           Blob(after["blob"]).statuses())
            self.assertEqual([(divmod(i, 4), *both) for i, both
                              in enumerate(statuses) if len({*both}) > 1], [])

    def test_snapshot_unchanged(self):
        plain, site = self.merged(), self.merged(*self.overlays(SITE))
        self.assertEqual(plain[0]["snapshot"], site[0]["snapshot"])

    def test_details_kept_and_none_invented(self):
        path = self.write("with.xml", registry(
            record("http", "80", "tcp", "Web"),
            record("http", "80", "udp", "Web, but over UDP")))
        files, _ = self.compiled(
            *self.overlays("http 80/tcp zzz\nhttp 81/tcp"), path)
        blob = Blob(files["blob"])
        self.assertEqual({(name, r.port, bit): blob.details_of(r, bit)
                          for name in ("http", "zzz")
                          for r in blob.chain_of(name.encode())
                          for bit in range(2) if r.bits >> bit & 1}, {
            ("http", 80, 0): {"DESCRIPTION": "Web"},
            ("http", 80, 1): {"DESCRIPTION": "Web, but over UDP"},
            ("http", 81, 0): {"DESCRIPTION": ""},
            ("zzz", 80, 0): {"DESCRIPTION": ""}})

    def test_alias_keeps_its_place_if_its_head_is_local(self):
        path = self.write("place.xml", registry(
            record("www", "81", "tcp", more=ALIAS.format("http")),
            record("other", "81", "tcp"), record("http", "81", "tcp")))
        files, _ = self.compiled(*self.overlays("http 81/tcp"), path)
        self.assertEqual(files["dump"].decode().splitlines()[-3:], [
            "service 81/tcp http local",
            "service 81/tcp www alias-of http", "service 81/tcp other"])

    def test_room_for_the_largest_entry(self):
        header = self.merged(*self.overlays(
            f"http 80/tcp {LONGEST} www zzz\n"))[0]["header"].decode()
        self.assertIn("#define IAP_BUILTIN_ALIASES 3\n", header)
        self.assertIn("#define IAP_BUILTIN_STRINGS "
                      f"{5 + 256 + 4 + 4 + len('sctp') + 1}\n", header)

    def test_no_name_but_long_ones(self):
        path = self.write("rows.xml",
                          registry(held("1")).replace(f"{GOOD}\n", ""))
        files, _ = self.compiled(
            *self.overlays(f"{'b' * 16} 1/tcp {'a' * 17}\n"), path)
        blob = Blob(files["blob"])
        self.assertEqual(
            [r.name for place in blob.long for r in [blob.all[place]]],
            [b"a" * 17, b"b" * 16])
        self.assertIsNone(blob.first_of(b"good"))
        self.assertEqual(blob.status(1, 0), "reserved")

    def check_last_line(self, lines, fault):
        """It is one too many."""
        self.merged(*self.overlays("".join(lines[:-1])))
        options = self.overlays("".join(lines))
        self.assert_refused(f"{options[1]}:{len(lines)}", [fault], *options,
                            *self.inputs)
        _, _, stderr = self.merged("--lenient", *options)
        self.assertEqual(stderr.count("line skipped"), 1)

    def test_port_with_255_names_taken_and_256_refused(self):
        lines = [f"n{i} 1/tcp\n" for i in range(256)]
        files, _, _ = self.merged(*self.overlays("".join(lines[:255])))
        self.assertEqual(len(Blob(files["blob"]).on_port(1)), 255)
        self.check_last_line(lines, '"n255": more than 255 names on its port')

    def test_port_with_8_kib_of_names_taken_and_a_word_more_refused(self):
        lines = [f"n{i}".ljust(117, "x") + " 1/tcp\n" for i in range(64)]
        self.merged(*self.overlays("".join(lines)))
        lines[-1] = "x" + lines[-1]
        name = lines[-1].split()[0]
        self.check_last_line(
            lines, f'"{name}": more than 8 KiB of names on its port')

    def test_port_with_255_conventional_names_taken_and_256_refused(self):
        names = self.write("many", "".join(f"n{i} 1/tcp\n"
                                           for i in range(255)))
        options = "--conventional", names, self.inputs[-1]
        files, _ = self.compiled(*options)
        self.assertEqual(len(Blob(files["blob"]).on_port(1)), 255)
        with open(names, "a") as file:
            file.write("n255 1/tcp\n")
        self.assert_refused(f"{names}:256", ['"n255": more than 255 names'],
                            *options)

    def test_name_that_looks_like_another_to_the_hash_refused(self):
        for one, other in ("[a", "{a"), ("\u00d6l", "\u00f6l"):
            self.check_last_line([f"{one} 1/tcp\n", f"x 2/udp {other}\n"],
                                 '"x": has a name that differs')
        self.check_last_line(["[a 1/tcp\n", "{a 2/udp\n"],
                             '"{a": has a name that differs')

    def test_names_of_a_line_alike_to_the_hash_refused(self):
        self.check_last_line(["zzz 1/tcp\n", "x 2/udp [a {a\n"],
                             '"x": has a name that differs')

    def test_file_given_again_on_a_full_port_taken(self):
        text = "".join(f"n{i} 1/tcp\n" for i in range(255))
        _, _, stderr = self.merged(*self.overlays(text, text))
        self.assertEqual(stderr, "")

    def test_long_names_need_no_hash(self):
        self.merged(*self.overlays(f"[{'a' * 15} 1/tcp\n{{{'a' * 15} 1/tcp\n"))


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
