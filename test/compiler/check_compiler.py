#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""Which registries and conventional names does the registry compiler take, what
does it make of them, and what does it say of the others?

usage: check_compiler.py COMPILER DATADIR [unittest's arguments]

A dump in DATADIR is changed by hand, after reading what the rule says, never by
copying what the compiler said."""

import re
import sys
import unittest

from blob import Blob
from compiler_case import (
    DATA, GOOD, NAMED, OUTPUTS, ROOT, UPDATED, WHOLE, XML, CompilerCase, add_tests, contents,
    held, lost, names_of, record, registry)
from target import words_of_copies, words_without_protocol

WARNINGS = {"services": [29], "ranges": [34], "text": [52]}     # lines that get one
NOT_NEEDED = {"ranges": [2]}                    # of conventional names


def array(source):
    """The bytes of a C array."""
    numbers = re.search(rb"\{([0-9,\s]+)\}", source)[1]
    return bytes(map(int, numbers.strip(b", \n").split(b",")))


# ---- Good registries ---------------------------------------------------------

class Goldens(CompilerCase):
    def check(self, path):
        names = names_of(path)
        files, stderr = self.compiled(*names, path)
        self.assertEqual(files["dump"].decode().splitlines(),
                         path.with_suffix(".dump").read_text("utf-8").splitlines())
        warned = [int(line) for line in
                  re.findall(rf"(?m)^{re.escape(str(path))}:(\d+): warning: ", stderr)]
        self.assertEqual(warned, WARNINGS.get(path.stem, []), stderr)
        unneeded = [int(line) for line in re.findall(
            r"(?m)^.*services:(\d+): warning: .*no longer needed", stderr)]
        self.assertEqual(unneeded, NOT_NEEDED.get(path.stem, []), stderr)
        self.assertEqual(len(stderr.splitlines()), len(warned + unneeded), stderr)

        again, _ = self.compiled(*names, path)
        self.assertTrue(again == files, "a second run differs")
        copy = self.write("another-name", files["snapshot"])
        self.assertEqual(lost(path, copy), [])
        again, _ = self.compiled(*names, copy.name, cwd=self.directory)
        self.assertTrue(again == files, "the snapshot compiles to something else")
        for name in OUTPUTS:
            for trace in b"ianaport-path", b"another-name", bytes(path.parent):
                self.assertNotIn(trace, files[name])
        self.check_arrays(files, names, path)

    def check_arrays(self, files, names, path):
        """The C array is the blob without details, and the other one is the rest of it."""
        out = self.make_directory()
        result = self.compile("--no-details", "--blob", out / "blob", "--c", out / "c",
                              "--header", out / "header", *names, path)
        self.assertEqual(result.returncode, 0, result.stderr)
        bare = contents(out)
        self.assertEqual(array(files["c"]), bare["blob"])
        self.assertEqual(bare["c"], files["c"])
        whole, details = files["blob"], array(files["details"])
        # But for SIZE, DETAILS and the checksums.
        self.assertEqual(whole[24:96], bare["blob"][24:96])
        self.assertEqual(whole[112:], bare["blob"][112:] + details)
        self.assertEqual(int.from_bytes(whole[96:100], "little"), len(bare["blob"]))
        for header, name in (files["header"], b"iap_builtin_details"), (bare["header"], b"NULL"):
            self.assertIn(b"#define IAP_BUILTIN_DETAILS " + name + b"\n", header)
            self.assertEqual(b"extern const unsigned char %s[" % name in header, name != b"NULL")
        self.assertIn(b"iap_builtin_details[%d];" % len(details), files["header"])

    def test_conventional_left_out_changes_no_registered_line(self):
        path = DATA / "conventional.xml"
        files, _ = self.compiled("--conventional", path.with_suffix(".services"), path)
        plain, _ = self.compiled(path)
        lines = files["dump"].decode().splitlines()
        registered = [line.replace(" moved", "") for line in lines if " added" not in line]
        self.assertLess(len(registered), len(lines))
        self.assertEqual(sorted(registered), sorted(plain["dump"].decode().splitlines()))
        self.assertEqual(files["snapshot"], plain["snapshot"])

    def test_cells_of_3_bytes_lead_to_every_service(self):
        """The first try, with 2, ends within the ports."""
        path = self.write("large.xml", registry(*(
            record(f"a-name-{port}", str(port), "tcp") for port in range(1, 12000))))
        files, _ = self.compiled(path)
        blob = Blob(files["blob"])
        self.assertEqual(blob.cell, 3)
        self.assertEqual([*blob.services()], [
            line for line in files["dump"].decode().splitlines() if line.startswith("service")])

    def test_largest_entry_measured(self):
        """Also if it is the first: "good", its alias, and "sctp"."""
        files, _ = self.compiled(self.write("good.xml", registry(record(
            "alias", "80", "tcp", more='<note>This entry is an alias to "good".</note>'))))
        self.assertEqual(re.findall(rb"#define IAP_BUILTIN_(?:ALIASES|STRINGS) (\d+)",
                                    files["header"]), [b"1", b"%d" % len("good.alias.sctp.")])

    def test_services_need_no_runs(self):
        """Their records say that their ports are assigned."""
        files, _ = self.compiled(self.write("good.xml", registry(
            record("a-range", "100-110", "udp"))))
        self.assertEqual(Blob(files["blob"]).run, [(0, 0), (49152, 255)])

    def test_prefixes_declared_once_in_snapshot(self):
        name = '<name xml:lang="en" xmlns:x="urn:x" x:y="1" x:z="2">'
        files, _ = self.compiled("--lenient", self.write("good.xml", registry(
            NAMED.replace("<name>", name))))
        self.assertIn(name, files["snapshot"].decode())

    def test_next_key_taken_where_one_fails(self):
        """After 16 of them, there are more buckets."""
        for names, key, buckets in (200, 2, 67), (800, 17, 267 + 7):
            files, _ = self.compiled(self.write("good.xml", WHOLE.replace(GOOD, "".join(
                record(f"n{i}", str(i + 1), "tcp") for i in range(names)))))
            blob = Blob(files["blob"])
            self.assertEqual((blob.key, blob.buckets),
                             (key * 0x9e3779b97f4a7c15 % 2 ** 64, buckets))

    def test_repeats_accepted(self):
        path = self.write("good.xml", registry(
            GOOD, held("5-9"), held("7-20", words="reserved - still"), *[record("rdp")] * 2))
        self.assertEqual(self.compiled(path)[1], "")

    def test_reference_to_an_rfc_in_upper_case(self):
        path = self.write("good.xml", registry(record(
            "a-name", "80", more='<xref type="rfc" data="rfc-`az{"/>')))
        self.assertIn(b"[RFC-`AZ{]", array(self.compiled(path)[0]["details"]))

    def test_first_of_many_names_is_known(self):
        source = self.write("good.xml", registry(*(
            record(f"n{i}", str(i), "tcp") for i in range(1000, 2200))))
        path = self.write("good.services", "good 80/tcp\n")
        _, stderr = self.compiled("--conventional", path, source)
        self.assertIn("no longer needed", stderr)

    def test_references_to_nothing_kept_with_warning(self):
        for xref in ("<xref/>", '<xref type="rfc"/>', '<xref type="rfc" data=""/>',
                     '<xref type="person"> </xref>', '<xref data=""><br/></xref>'):
            path = self.write("good.xml", registry(record("a-name", "80", more="\n" + xref)))
            stderr = self.compiled(path)[1]
            self.assertRegex(stderr, rf"^{re.escape(str(path))}:6: warning: .*xref.*nothing\n$")

    def test_status_words_unknown_reserved_with_warning(self):
        for words in "Sold to a collector", "Possibly unassigned":
            path = self.write("good.xml", registry(held("5", "udp", words)))
            files, stderr = self.compiled(path)
            self.assertRegex(stderr, rf"^{re.escape(str(path))}:5: warning: .*{words}")
            self.assertRegex(files["dump"].decode(), r"(?m)^row 5/udp reserved\b")

    def test_unknown_elements_kept_in_the_snapshot_alone(self):
        plain, _ = self.compiled(self.write("plain.xml", registry(NAMED)))
        for text, kept in (
                (NAMED + "<more>x</more>", "<more>x</more>"),
                (record("a-name", "7", "tcp", more="<more>x</more>"), "<more>x</more>")):
            path = self.write("good.xml", registry(text))
            files, stderr = self.compiled(path)
            self.assertRegex(stderr, rf"^{re.escape(str(path))}:5: warning: [^\n]*<more>[^\n]*\n$")
            self.assertIn(kept, files["snapshot"].decode())
            for name in set(OUTPUTS) - {"snapshot"}:
                self.assertEqual(files[name], plain[name], name)


add_tests(Goldens, "compiled_as_its_dump",
          {path.stem: [path.with_suffix(".xml")] for path in DATA.glob("*.dump")})


class OddRecords(CompilerCase):
    """What the registry says in a form of its own is kept, with a warning."""

    def check(self, text, *words):
        path = self.write("odd.xml", registry(text))
        files, stderr = self.compiled(path)
        self.assertRegex(stderr, rf"^{re.escape(str(path))}:5: warning: [^\n]*\n$")
        for word in words:
            self.assertIn(word, stderr)
            self.assertIn(word, files["snapshot"].decode())
        self.assertIn(words[-1].encode(), array(files["details"]))

    def test_largest_service_code_kept_without_warning(self):
        files, stderr = self.compiled(self.write("good.xml", registry(
            record("a-name", "80", more="<sc>4294967295</sc>"))))
        self.assertEqual(stderr, "")
        self.assertIn(b"4294967295", array(files["details"]))


add_tests(OddRecords, "kept_with_warning", {
    **{f"{attribute}_{case}": (record("a-name", "80").replace(
        "<record", f'<record {attribute}="{date}"'), attribute, date)
       for attribute in ("date", "updated") for case, date in {
           "in_words": "yesterday", "of_a_year": "2020", "backwards": "01-02-2020",
           "too_long": "2020-01-02-03", "with_letter": "2020-0l-02"}.items()},
    **{f"service_code_{case}": (
        record("a-name", "80", more=f"<sc>{code}</sc>"), "a-name", "sc", code)
       for case, code in {"in_words": "yes", "hexadecimal": "0x10", "of_33_bits": "4294967296",
                          "negative": "-1"}.items()},
})


# ---- Bad registries ----------------------------------------------------------

class SlipCase(CompilerCase):
    """Registries whose last record is at fault."""

    def slip(self, words, *records):
        """What it changes in the dump where slips are accepted: lines that go and come. It is
        reported with its line; nothing else is; and where none are wanted, it is an error."""
        lines = registry(*records).split("\n")
        number = 4 + len(records)
        self.assert_line_refused(lines, number, words)
        path = self.write("slip.xml", "\n".join(lines))
        out = self.make_directory()
        strict = self.compile("--strict", "--dump", out / "dump", path)
        self.assert_message(strict, f"{path}:{number}", words)
        self.assertEqual(contents(out), {})
        plain = self.compile("--dump", out / "dump", path)
        self.assertEqual(plain.returncode, 0, plain.stderr)
        files, stderr = self.compiled("--lenient", path)
        self.assertEqual(stderr, plain.stderr)
        self.assertRegex(stderr, rf"^{re.escape(str(path))}:{number}: warning: [^\n]*\n$")
        self.assertEqual((out / "dump").read_bytes(), files["dump"])
        before, _ = self.compiled(self.write("sound.xml", registry(*records[:-1])))
        self.check_snapshot(path, files)
        old, new = (text.decode().splitlines() for text in (before["dump"], files["dump"]))
        return [line for line in old if line not in new], [line for line in new if line not in old]

    def check_snapshot(self, path, files):
        """It loses nothing by that, and means the same."""
        copy = self.write("copy", files["snapshot"])
        self.assertEqual(lost(path, copy), [])
        again, _ = self.compiled("--lenient", copy)
        self.assertTrue(again == files, "the snapshot compiles to something else")


class LeftOut(SlipCase):
    """It cannot be kept; the others are as they are without it."""

    def check(self, words, *records):
        self.assertEqual(self.slip([*words, "left out"], *records), ([], []))

    def test_fault_beyond_line_70000_has_its_line(self):
        many = "\n".join(f"<record>\n<name>n{port}</name>\n<protocol>udp</protocol>\n"
                         f"<number>{port}</number>\n</record>" for port in range(1, 15001))
        for words, *records in ((["a-name", "65536"], record("a-name", "65536", "tcp")),
                                (["a-name", "7"], NAMED, held("7")),
                                (["XML"], "<record><name>a-name</number></record>")):
            with self.subTest(records):
                lines = registry(many, *records).split("\n")
                self.assertGreater(len(lines), 75000)
                self.assert_line_refused(lines, len(lines) - 2, words)


add_tests(LeftOut, "left_out", {
    **{f"number_{case}": (["a-name", number], record("a-name", number, "tcp"))
       for case, number in {
           "65536": "65536", "negative": "-1", "with_letter": "80a", "descending": "10-5",
           "range_over_65535": "65000-65536", "huge": "99999999999999999999",
           "2_to_the_32_plus_80": "4294967376", "hexadecimal": "0x50", "signed": "+80",
           "with_inner_space": "8 0", "open_range": "80-", "two_ranges": "80-81-82",
           "hair_space": "80\u200a90", "double_line": "80\u201690",
           "in_words": "eighty", "fraction": "80.5", "two": "80,81", "0_named": "0"}.items()},
    "range_from_0_named": (["a-name", "0"], record("a-name", "0-5", "tcp")),
    "number_with_markup": (["a-name"], record("a-name", "8<br/>0")),
    "number_bad_and_no_name": (["70000"], held("70000")),
    "number_twice": (["second <number>"], record("a-name", "80", more="<number>81</number>")),
    "name_twice": (["second <name>"], record("a-name", "80", more="<name>b-name</name>")),
    **{f"protocol_{case}": (["a-name", protocol], record("a-name", "80", protocol))
       for case, protocol in {
           "unknown": "quic", "of_two": "quic, xtp", "almost": "tcpx", "number": "6",
           "none_in_list": ","}.items()},
    **{f"name_{case}": (["name", said, why], record(name, "80", "tcp"))
       for case, name, said, why in (
           ("with_del", "a\x7fb", "a\\x7fb", "control"), ("of_256", "n" * 256, "nnn", "255"),
           ("of_digits", "8080", "8080", "number"), ("fraction", "0.5", "0.5", "number"))},
    "name_and_number_missing": (["number", "no more"], held(None, words="no more")),
    "name_empty_and_number_missing": (["number", "no more"], record("", description="no more")),
    "record_empty": (["record", "number"], record()),
    "name_alike_to_the_hash": (["a{b", "hash"], record("a[b", "1"), record("a{b", "2")),
    "name_too_many_on_port": (["n255", "255 names"], *(
        record(f"n{i}", "7", "tcp") for i in range(256))),
    "name_too_often": (["a-name", "255 services"], *(
        record("a-name", f"{i + 1}", "tcp") for i in range(256))),
    "range_without_protocol": (["a-name", "512 ports", "protocol"], record("a-name", "1-513")),
    "description_too_long": (["a-name", "4095"], record("a-name", "7", "tcp", "d" * 4096)),
    **{f"name_with_{case}": (["name", shown, "control"], record(f"a{character}b", "7", "tcp"))
       for case, character, shown in (
           ("c1", "&#x9b;", r"a\xc2\x9bb"), ("right_to_left", "\u202e", r"\xe2\x80\xae"))},
})


class ReadAsMeant(SlipCase):
    """What the record adds to the dump."""

    def check(self, words, last, *expected):
        self.assertEqual(self.slip(words, last), ([], [*expected]))

    def test_nameless_over_assigned_kept_as_assigned(self):
        row = 'row 7/{} reserved "Reserved"'
        for records, lines in (
                ((NAMED, held("7")), [row.format("tcp")]),
                ((held("7"), NAMED), ["service 7/tcp a-name"]),
                ((record("b-name", "7-9", "tcp"), held("8")), ['row 8/tcp reserved "Reserved"']),
                ((record("a-name", "7"), held("7", None)), [row.format("-")])):
            with self.subTest(records):
                self.assertEqual(self.slip(["is also", "assigned", "line"], *records),
                                 ([], lines))
                files, _ = self.compiled("--lenient", self.directory / "slip.xml")
                blob = Blob(files["blob"])
                self.assertEqual((blob.status(7, 0), blob.status(8, 0)), (
                    "assigned", "assigned" if "7-9" in records[0] else "unassigned"))

    def test_two_statuses_kept_as_reserved(self):
        for records in ((held("5", words="Unassigned"), held("5")),
                        (held("5"), held("5", words="Unassigned")),
                        (held("3-5", words="Unassigned"), held("5-9"))):
            with self.subTest(records):
                self.slip(["5/tcp", "Unassigned", "Reserved", "taken as reserved"], *records)
                files, _ = self.compiled("--lenient", self.directory / "slip.xml")
                self.assertEqual(Blob(files["blob"]).status(5, 0), "reserved")

    def check_details(self, text, **expected):
        path = self.write("slip.xml", registry(text))
        files, stderr = self.compiled("--lenient", path)
        self.assertEqual(len(stderr.splitlines()), 1, stderr)
        blob = Blob(files["blob"])
        found = blob.details_of(blob.chain_of(b"a-name")[0], 4)
        self.assertEqual({key: found[key] for key in expected}, expected)

    def test_second_texts_are_more_of_the_first(self):
        for field, key in {"description": "DESCRIPTION", "note": "NOTE",
                           "unauthorized": "UNAUTHORIZED_USE"}.items():
            self.check_details(record("a-name", "80", more=(
                f"<{field}>one</{field}><{field}> two</{field}>")), **{key: "one two"})
        assignees = "".join(f'<assignee><xref data="{who}"/></assignee>' for who in "xy")
        self.check_details(record("a-name", "80", more=assignees), ASSIGNEE="[x][y]")

    def test_foreign_markup_is_text(self):
        self.check_details(record("a-name", "80", None,
                                  'a<b xmlns="urn:x">bold</b>word'), DESCRIPTION="a bold word")

    def test_reference_in_reference_follows_it(self):
        self.check_details(record("a-name", "80", more=(
            '<xref type="rfc" data="rfcz1"><xref type="rfc" data="rfc2"/></xref>')),
            REFERENCE="[RFCZ1][RFC2]")

    def test_control_characters_part_words(self):
        """Those that change the direction of text, too."""
        self.check_details(
            record("a-name", "80", "tcp", "\x9b1m\x7f a\u202e \u2066b\u200f", more=(
                "<note>caf\u00e9\x7fs\u061c\u2028</note><assignee>\x80</assignee>"
                '<xref type="person" data="A\x85B"/>')),
            DESCRIPTION="1m a b", NOTE="caf\u00e9 s", CONTACT="[A B]")

    def test_text_between_fields_is_left_out(self):
        path = self.write("slip.xml", registry(record("a-name", "7", "tcp", more="words")))
        files, stderr = self.compiled("--lenient", path)
        self.assertRegex(stderr, rf"^{re.escape(str(path))}:5: warning: [^\n]*text[^\n]*\n$")
        plain, _ = self.compiled(self.write("plain.xml", registry(NAMED)))
        self.assertTrue(files == plain)

    def test_circle_of_aliases_has_a_head(self):
        path = self.write("slip.xml", registry(*(
            record(f"{name}-name", "7", "tcp", more=f'<note>This entry is an alias to "{of}-name".'
                   "</note>") for name, of in ("ab", "bc", "ca"))))
        self.assert_refused(f"{path}:5", ["a-name", "alias of itself"], path)
        files, stderr = self.compiled("--lenient", path)
        self.assertEqual(len(stderr.splitlines()), 1, stderr)
        self.assertEqual(re.findall("7/tcp .*", files["dump"].decode()), [
            "7/tcp a-name", "7/tcp b-name alias-of a-name", "7/tcp c-name alias-of a-name"])

    def test_foreign_attributes_have_one_prefix(self):
        path = self.write("slip.xml", registry(record("a-name", "80", "tcp").replace(
            "<name>", '<name xmlns:x="urn:x" x:y="z" x:w="v" xmlns:u="urn:u" u:v="w">')))
        files, stderr = self.compiled("--lenient", path)
        self.assertEqual(len(stderr.splitlines()), 3, stderr)
        self.assertEqual(re.findall('xmlns:.="[^"]*"', files["snapshot"].decode()),
                         ['xmlns:x="urn:x"', 'xmlns:u="urn:u"'])
        self.check_snapshot(path, files)

    def test_names_of_before_2025_answered(self):
        """By number, by name as it stands, and flagged by the library."""
        path = self.write("history.xml", registry(*HISTORY))
        files, stderr = self.compiled("--lenient", path)
        self.assertEqual(re.findall(r"xml:(\d+): warning: ", stderr), ["5", "6", "7", "8"])
        blob = Blob(files["blob"])
        self.assertEqual({r.name: r.port for name in (
            b"apple remote desktop (net assistant)", b"Escale (Newton Dock)", b"-", b"#")
            for r in blob.chain_of(name)}, {
                b"Apple Remote Desktop (Net Assistant)": 3283, b"Escale (Newton Dock)": 3679,
                b"-": 1775, b"#": 1776})


HISTORY = (record("Apple Remote Desktop (Net Assistant)", "3283", "tcp"),
           record("Escale (Newton Dock)", "3679", "udp"), record("-", "1775", "tcp"),
           record("#", "1776", "tcp"))
TCP, UDP = "service 80/tcp a-name", "service 80/udp a-name"
add_tests(ReadAsMeant, "read_as_meant", {
    **{f"number_{case}": (["a-name", number, "usual form"], record("a-name", number, "tcp"),
                          f"service {port}/tcp a-name")
       for case, number, port in (
           ("range_with_spaces", "81 - 90", "81-90"), ("range_with_en_dash", "81–90", "81-90"),
           ("range_with_all", "81 — 90", "81-90"), ("minus", "81−90", "81-90"),
           ("no_break_space", "81\xa0- 90", "81-90"), ("no_break_space_behind", "81\xa0", "81"))},
    **{f"protocol_{case}": (["a-name", protocol], record("a-name", "80", protocol), *lines)
       for case, protocol, lines in (
           ("uppercase", "TCP", [TCP]), ("mixed", "Tcp", [TCP]),
           ("two", "tcp/udp", [TCP, UDP]), ("list", "tcp,udp", [TCP, UDP]),
           ("list_backwards", "UDP, TCP", [TCP, UDP]), ("and", "tcp and udp", [TCP, UDP]),
           ("one_known", "udp, quic", [UDP]))},
    "protocol_twice": (["tcp udp", "usual form"], record(
        "a-name", "80", "tcp", more="<protocol>udp</protocol>"), TCP, UDP),
    **{f"{field}_twice": ([f"second <{field}>", "record of line 5"], record(
        "a-name", "80", "tcp", more=f"<{field}>1</{field}>" * 2), TCP)
       for field in ("note", "assignee", "unauthorized")},
    "assignee_empty_twice": (["assignee"], record("a-name", "80", "tcp", more="<assignee/>" * 2),
                             TCP),
    "control_character": (["record of line 5", "control character"], record(
        "a-name", "80", "tcp", "a&#x9b;b"), TCP),
    "description_twice": (["second <description>"], record(
        "a-name", "80", "tcp", "one", more="<description>two</description>"), TCP),
    "reference_in_reference": (["xref"], record("a-name", "80", "tcp", more=(
        '<xref type="rfc" data="rfc1"><xref type="rfc" data="rfc2"/></xref>')), TCP),
    "language": (["xml:lang"], record("a-name", "80", "tcp").replace(
        "<name>", '<name xml:lang="en">'), TCP),
    "foreign_attribute": (["x:y"], record("a-name", "80", "tcp").replace(
        "<name>", '<name xmlns:x="urn:x" x:y="z">'), TCP),
    "foreign_element_in_text": (["<b>", "namespace"], record(
        "a-name", "80", "tcp", 'a <b xmlns="urn:x">bold</b> word'), TCP),
    **{f"name_{case}": (["name", said, "kept", why], record(name, "80", "tcp"),
                        f"service 80/tcp {dumped}")
       for case, name, said, dumped, why in (
           ("of_16", "sixteen-letters-", "sixteen-letters-", "sixteen-letters-", "15 characters"),
           ("of_15_with_space", "fifteen letters", "fifteen letters", '"fifteen letters"',
            "printable ASCII"),
           ("with_inner_space", "a\tb", "a b", '"a b"', "printable ASCII"),
           ("with_line_break", "a&#10;b", "a b", '"a b"', "printable ASCII"),
           ("with_quotes", 'a "b" \\c', 'a "b"', r'"a \"b\" \\c"', "printable ASCII"),
           ("not_ascii", "é", "é", "é", "printable ASCII"),
           ("of_255", "n" * 255, "nnn", "n" * 255, "15 characters"),
           ("point", "1.", "1.", "1.", "no letter"),
           ("minus", "-", "-", "-", "no letter"), ("tilde", "~", "~", "~", "no letter"),
           ("number_sign", "#", "#", "#", "no letter"))},
})


class Limits(CompilerCase):
    """What the format cannot hold as a whole; a little less is accepted."""

    def check(self, fits, exceeds, *words):
        self.compiled(self.write("good.xml", registry(*fits)))
        path = self.write("bad.xml", registry(*exceeds))
        self.assert_refused(path, words, path)

    def test_16_mib_of_text_refused(self):
        """Offsets have 24 bits. libxml2 takes no text of 10 MB."""
        for size, code in (2 ** 24 - 1, 0), (2 ** 24, 1):
            path = self.write("large.xml", registry(*(
                record(name, "80", more=f"<note>{name * length}</note>")
                for name, length in (("a", 2 ** 23 - 1), ("b", size - 2 ** 23 - 1)))))
            result = self.compile("--blob", self.directory / "blob", path)
            self.assertEqual(result.returncode, code, result.stderr)
            if code:
                self.assert_message(result, path, ["16 MiB", "text"])


def ending(count):
    """Ranges that end one after the other."""
    return [record(f"range{i}", f"1000-{2000 + 2 * i}", "tcp") for i in range(count)]


def without_protocol(ports, names=1, start="n"):
    return [record(f"{start}{i}", f"{1000 + i // names}") for i in range(ports * names)]


def after_tcp(count):
    return [record("first", "1000-1001", "tcp"), *(
        record(f"a{ports[-1]}-{i:03}".ljust(15, "n"), ports)
        for ports in ("1000-1001", "1002") for i in range(count))]


def nested(count):
    return [held("1000-4000"), *(held(f"{2000 + i}", "udp") for i in range(count))]


add_tests(Limits, "refused", {
    "ranges_that_change": (ending(20), ending(40), "up to port 20", "ranges"),
    "ports_without_protocol": (without_protocol(512), without_protocol(513), "up to port 1512",
                               "without a protocol"),
    "ranges_without_protocol": ([record("n", "1000-1400"), record("m", "1401-1511")],
                                [record("n", "1000-1400"), record("m", "1401-1512")],
                                "up to port 1512", "without a protocol"),
    "words_on_ports_of_a_range": (after_tcp(150), after_tcp(240), "up to port 1002",
                                  "without a protocol"),
    "words_without_protocol": (without_protocol(2, 200, "n" * 12),
                               without_protocol(3, 200, "n" * 12),
                               "up to port 1002", "without a protocol"),
    "word_of_copies": ([words_of_copies(4096)], [words_of_copies(4097)], "up to port 2071",
                       "ranges"),
    "word_without_protocol": ([words_without_protocol(4096)], [words_without_protocol(4097)],
                              "up to port 1409", "without a protocol"),
    "records_without_name": (nested(1023), nested(1024), "1024 records without a name"),
})


class BadDocuments(CompilerCase):
    """Faults of the file rather than of a record's line."""

    def check(self, text, line, *words):
        path = self.write("bad.xml", text)
        result = self.assert_refused(f"{path}:{line}", words, path)
        self.assertNotIn("root:", result.stderr)        # of /etc/passwd


ENTITIES = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 10))


def with_doctype(rest, name="good"):
    return WHOLE.replace(XML, f"{XML}\n<!DOCTYPE registry {rest}>").replace("good", name)


add_tests(BadDocuments, "refused", {
    "not_xml": ("http 80/tcp\n", 1, "XML"),
    "empty_file": ("", 1, "XML"),
    "binary_file": (bytes(range(256)), 1, "XML"),
    "truncated_in_record": (WHOLE[:WHOLE.index("</name>")], 4, "ends early"),
    "truncated_after_record": (WHOLE[:WHOLE.index("\n</registry>")], 4, "ends early"),
    "invalid_utf8": (registry(record("x", description="\xe9")).encode("latin-1"), 5, "XML"),
    "control_character": (registry(record("x\x01")), 5, "XML"),
    "text_after_root": (WHOLE + "more\n", 6, "XML"),
    "other_registry": (WHOLE.replace("service-names-port", "protocol"), 2, "id"),
    "id_missing": (WHOLE.replace(' id="service-names-port-numbers"', ""), 2, "id"),
    "other_root": (f"{XML}\n<html/>\n", 2, "html"),
    "other_root_in_namespace": (WHOLE.replace("registry", "book"), 2, "book"),
    "namespace_missing": (WHOLE.replace(ROOT, "<registry>"), 2, "namespace"),
    "namespace_wrong": (WHOLE.replace("assignments", "assignment"), 2, "namespace"),
    "namespace_of_record_wrong": (
        registry('<record xmlns="urn:x"><name>x</name></record>'), 5, "unknown element", "record"),
    "updated_missing": (WHOLE.replace(UPDATED, ""), 6, "updated"),
    "updated_empty": (WHOLE.replace("2026-01-02", ""), 3, "updated"),
    "updated_no_date": (WHOLE.replace("2026-01-02", "2026-01-0x"), 3, "updated", "2026-01-0x"),
    "updated_twice": (registry(UPDATED), 5, "updated"),
    "records_missing": (WHOLE.replace(GOOD, ""), 6, "record"),
    "number_on_a_line_of_its_own": (
        registry("<record>", "<name>x</name>", "<number>65536</number>", "</record>"), 7, "x"),
    "registry_nested": (registry('<registry id="x">', record("y"), "</registry>"), 5, "registry"),
    "text_between_fields": (
        registry("<record>", "<name>x</name>", "", "more", "", "</record>"), 8, "text"),
    "text_between_records": (registry("more", ""), 5, "text"),
    "entity_bomb": (with_doctype(f'[<!ENTITY e0 "lol">{ENTITIES}]', "&e9;"), 2, "document type"),
    "external_entity": (
        with_doctype('[<!ENTITY x SYSTEM "file:///etc/passwd">]', "&x;"), 2, "document type"),
    "external_dtd": (with_doctype('SYSTEM "file:///etc/passwd"'), 2, "document type"),
    "entity_undeclared": (registry(record("&x;")), 5, "XML"),
})


# ---- Bad conventional names --------------------------------------------------

class BadConventional(CompilerCase):
    """The last line is at fault; without it all is well."""

    def check(self, words, *lines):
        lines = ["# names", "first 1000/tcp", *lines]
        source = self.write("good.xml", registry(record("smtp", "25", "tcp"),
                                                 record("mail", "26", "tcp")))
        path = self.write("bad.services", "\n".join(lines))
        self.assert_refused(f"{path}:{len(lines)}", words, "--conventional", path, source)
        path = self.write("good.services", "\n".join(lines[:-1]))
        self.compiled("--conventional", path, source)


class Unneeded(CompilerCase):
    """Where a line and the registry differ, the registry is right, and the build goes on."""

    def check(self, text, said, *expected):
        source = self.write("good.xml", registry(
            record("smtp", "25", "tcp"), record("mail", "26", "tcp"),
            record("post", "26", "tcp", more='<note>This entry is an alias to "mail".</note>'),
            record("second", "26", "tcp"), record("later", "9000", "tcp"),
            record("later", "8000", "tcp"), record("all", "10-19", "udp"),
            record("portless", None, "tcp"), record("both", "30", "tcp"),
            record("both", None, "tcp"), record("web", "80", "tcp")))
        path = self.write("site.services", f"# names\n{text}\n")
        files, stderr = self.compiled("--conventional", path, source)
        last = 1 + len(text.splitlines())
        self.assertEqual(stderr, f"{path}:{last}: warning: {said}\n" if said else "")
        plain, _ = self.compiled(source)
        before, after = (out["dump"].decode().splitlines() for out in (plain, files))
        self.assertEqual([line for line in after if line not in before], [*expected])
        self.assertEqual([line for line in before if line not in after],
                         [line.replace(" moved", "") for line in expected if " moved" in line])


NO_LONGER = "no longer needed: "
add_tests(Unneeded, "line_reported", {
    "alias_registered_here": (
        "mail 26/tcp second", f'alias "second": {NO_LONGER}it is registered for this port and '
        "protocol; left out", "service 26/tcp mail moved"),
    "alias_registered_elsewhere": (
        "mail 26/tcp smtp", 'alias "smtp": is registered for port 25; left out',
        "service 26/tcp mail moved"),
    "name_registered_as_alias": (
        "post 26/tcp letter", f'"post": {NO_LONGER}the registry has it as an alias of "mail"',
        "service 26/tcp letter added alias-of mail"),
    "name_registered_first": (
        "smtp 25/tcp", f'"smtp": {NO_LONGER}the registry has it first of its port and name',
        "service 25/tcp smtp moved"),
    "range_registered_first": (
        "all 12/udp", f'"all": {NO_LONGER}the registry has it first of its port and name',
        "service 10-19/udp all moved"),
    "name_with_an_alias_registered_first": (
        "mail 26/tcp", f'"mail": {NO_LONGER}the registry has it first of its port and name',
        "service 26/tcp mail moved"),
    "name_also_without_port_registered_first": (
        "both 30/tcp", f'"both": {NO_LONGER}the registry has it first of its port and name',
        "service 30/tcp both moved"),
    "name_behind_an_added_one_registered_first": (
        "extra 26/tcp\nmail 26/tcp",
        f'"mail": {NO_LONGER}the registry has it first of its port and name',
        "service 26/tcp mail moved", "service 26/tcp extra added"),
})
add_tests(Unneeded, "line_needed", {
    "alias": ("smtp 25/tcp email", None, "service 25/tcp smtp moved",
              "service 25/tcp email added alias-of smtp"),
    "second_of_the_first_port": ("web 80/tcp", None, "service 80/tcp web moved"),
    "second_of_port": ("second 26/tcp", None, "service 26/tcp second moved"),
    "second_of_name": ("later 9000/tcp", None, "service 9000/tcp later moved"),
    "between_ports_of_name": ("later 8500/tcp", None, "service 8500/tcp later added"),
    "port_of_another_protocol": ("smtp 25/udp mail", 'alias "mail": is registered for port 26; '
                                 "left out", "service 25/udp smtp added"),
    "behind_one_that_moved": ("second 26/tcp\nmail 26/tcp", None, "service 26/tcp mail moved",
                              "service 26/tcp second moved"),
    "name_that_moved": ("later 9000/tcp\nlater 8000/tcp", None, "service 8000/tcp later moved",
                        "service 9000/tcp later moved"),
    "alias_without_port_registered": ("mail 26/tcp portless", None, "service 26/tcp mail moved",
                                      "service 26/tcp portless added alias-of mail"),
    "alias_registered_here_for_another_protocol": (
        "submit 25/udp smtp", None, "service 25/udp submit added",
        "service 25/udp smtp added alias-of submit"),
    **{f"alias_of_other_protocol_on_{port}": (
        f"letter {port}/tcp all", None, f"service {port}/tcp letter added",
        f"service {port}/tcp all added alias-of letter") for port in (10, 19)},
    "alias_that_is_registered": ("mail 26/tcp post", None, "service 26/tcp mail moved"),
})
add_tests(BadConventional, "refused", {
    **{case: (["a-name"], f"a-name {place}") for case, place in {
        "place_missing": "", "protocol_missing": "80", "protocol_empty": "80/",
        "protocol_unknown": "80/xtp", "protocol_uppercase": "80/TCP",
        "two_protocols": "80/tcp/udp", "port_missing": "/tcp", "port_with_letter": "80a/tcp",
        "port_65536": "65536/tcp", "port_negative": "-1/tcp", "port_signed": "+80/tcp",
        "port_0": "0/tcp", "port_huge": "99999999999999999999/tcp",
        "port_range": "80-81/tcp"}.items()},
    **{f"{field}_{kind}": (["name", shown], line.format(name))
       for field, line in {"name": "{} 80/tcp", "alias": "ok 80/tcp {}"}.items()
       for kind, name, shown in (
           ("too_long", "sixteen-letters-", "sixteen-letters-"), ("of_digits", "8080", "8080"),
           ("not_ascii", "é", "é"), ("with_del", "a\x7fb", r"a\x7fb"))},
    "alias_twice": (["dup"], "ok 80/tcp dup dup"),
    "alias_of_itself": (["dup"], "dup 90/tcp dup"),
    "alias_of_a_line_before": (["dup"], "smtp 25/tcp dup", "dup 25/tcp"),
    "added_twice": (["dup"], "dup 90/tcp", "dup 90/tcp"),
    "moved_twice": (["smtp"], "smtp 25/tcp", "SMTP 25/tcp other"),
})


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
