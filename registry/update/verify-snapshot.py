#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""Prove that the snapshot is the published registry, except for white space.

usage: verify-snapshot.py PUBLISHED [SNAPSHOT] > SOURCE
       verify-snapshot.py --counts SNAPSHOT SOURCE

The first form compares the registry as IANA publishes it with the snapshot
that ianaport-compile wrote from it, field by field, and prints the content for
the file SOURCE. The second form does not need the published file: it counts the
snapshot's records, and compares the counts with SOURCE. Exit status: 0 if
nothing differs, 1 if something differs, 2 for bad usage.

The snapshot has one element a line, in the published order: title, category,
updated, xref, expert, note, record, footnote. Comments, processing instructions
and people are dropped. A field is a child of a record; outside of records, it is
the line's element. In each field, a run of XML white space is one space, and
there is none at the two ends of the field. Between fields there is none.

This script shares no code with the compiler, which must not be its own witness.
"""

import collections
import difflib
import hashlib
import itertools
import pathlib
import re
import sys
import xml.etree.ElementTree as ET
from xml.sax.saxutils import escape, quoteattr

NAMESPACE = "http://www.iana.org/assignments"
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'
ROOT = f'<registry xmlns="{NAMESPACE}" id="service-names-port-numbers">'
SOURCE = {
    "source": "https://www.iana.org/assignments/service-names-port-numbers/"
              "service-names-port-numbers.xml",
    "licence": "CC0 1.0, https://www.iana.org/help/licensing-terms",
}
FIRST = 3                       # line of the snapshot's first element
# Section 5.1: 1 to 15 letters, digits and single inner hyphens, one letter
RFC_6335 = re.compile(r"(?=.{1,15}$)(?=.*[A-Za-z])[A-Za-z0-9]+(-[A-Za-z0-9]+)*")
SHOWN = 20                      # differences, of perhaps thousands

# A child of the root. Its fields are text; the published ones are folded.
Entry = collections.namedtuple("Entry", "label element fields")


def fail(path, line, what):
    sys.exit(f"{path}:{line}: {what}")


def fold(text):
    return re.sub("[ \t\r\n]+", " ", text)      # \s would take U+00A0 along


def bare(tag):
    """The tag without our namespace; any other, or none, stays visible."""
    return tag[len(NAMESPACE) + 2:] if tag.startswith(f"{{{NAMESPACE}}}") else f"{{}}{tag}"


def render(element, white):
    """The element as text, its character data passed through white()."""
    attributes = "".join(f" {key}={quoteattr(value)}" for key, value in element.items())
    inside = [white(escape(element.text or ""))]
    for child in element:
        inside += render(child, white), white(escape(child.tail or ""))
    return f"<{bare(element.tag)}{attributes}>{''.join(inside)}</{bare(element.tag)}>"


def folded(element):
    text = re.sub("^(<[^>]*>) ", r"\1", render(element, fold))
    return re.sub(" (</[^>]*>)$", r"\1", text)


def between(element):
    return (element.text or "") + "".join(child.tail or "" for child in element)


def stray(element):
    """Data between an element's children, where white space is expected."""
    return between(element).strip(" \t\r\n")


def entries_of(elements, render_field):
    """Entries of the root's children except the people."""
    records = itertools.count(1)
    for element in elements:
        label, fields = bare(element.tag), [element]
        if label == "record":
            label += f" {next(records)} ({value(element, 'name') or value(element, 'number')})"
            own = ET.Element(element.tag, element.attrib)
            own.text, fields = stray(element), [own, *element]
        if label != "people":
            yield Entry(label, element, tuple(map(render_field, fields)))


def read_published(path):
    root, ours = ET.parse(path).getroot(), ET.fromstring(f"{ROOT}</registry>")
    if (root.tag, root.attrib) != (ours.tag, ours.attrib) or stray(root):
        fail(path, 1, "not this registry, or text between its elements")
    return list(entries_of(root, folded))


def read_snapshot(path):
    """Entries of the snapshot as they are, after a check of its form."""
    with open(path, "rb") as file:
        lines = file.read().decode().split("\n")
    if lines[0].replace("'", '"') != DECLARATION or lines[1:2] != [ROOT]:
        fail(path, 1, f"does not begin with {DECLARATION} and {ROOT}")
    if lines[-2:] != ["</registry>", ""]:
        fail(path, len(lines), "does not end with </registry>")
    elements = (element_of(path, *line) for line in enumerate(lines[2:-2], FIRST))
    return list(entries_of(elements, lambda element: render(element, str)))


def element_of(path, line, text):
    """The element of a line. Parsed on its own, for that proves it whole."""
    try:
        root = ET.fromstring(f"{ROOT}{text}</registry>")
    except ET.ParseError as error:
        fail(path, line, f"not one whole element: {error}")
    if len(root) != 1 or between(root) or "<!" in text or "<?" in text:
        fail(path, line, "something else than just one element")
    if bare(root[0].tag) == "people":
        fail(path, line, "the people are to be dropped")
    record = root[0] if bare(root[0].tag) == "record" else root
    if between(record):
        fail(path, line, "text or white space between fields")
    for field in record:
        if render(field, str) != folded(field):
            fail(path, line, f"white space is not folded: {render(field, str)}")
    return root[0]


def value(record, tag):
    return fold(record.findtext(f"{{{NAMESPACE}}}{tag}", "")).strip(" ")


def several(pairs):
    """How many keys have more than one distinct value."""
    values = collections.defaultdict(set)
    for key, one in pairs:
        values[key].add(one)
    return sum(len(group) > 1 for group in values.values())


def counts_of(entries):
    """What SOURCE says of the registry, the published file's digest apart."""
    records = [[value(entry.element, tag)
                for tag in ("name", "protocol", "number", "note")]
               for entry in entries if bare(entry.element.tag) == "record"]
    named = [record for record in records if record[0]]
    names = {name for name, *_ in named}
    served = [record for record in named if all(record[:3])]
    protocols = collections.Counter(record[1] or "none" for record in records)
    return {
        "updated": "".join(e.element.text or "" for e in entries if e.label == "updated"),
        "records": len(records),
        "named": len(named),
        "named with a number": sum(bool(record[2]) for record in named),
        "named with number and protocol": len(served),
        "named without a number": sum(not record[2] for record in named),
        "distinct names": len(names),
        "longest name": max(map(len, names), default=0),
        "names outside RFC 6335": sum(not RFC_6335.fullmatch(name) for name in names),
        "ranges": sum("-" in record[2] for record in records),
        "several names on a number and protocol":
            several(((proto, number), name) for name, proto, number, _ in served),
        "several numbers of a name and protocol":
            several(((name, proto), number) for name, proto, number, _ in served),
        "notes of an alias": sum('is an alias to "' in record[3] for record in records),
        "notes of a duplicate": sum("is a duplicate of" in record[3] for record in records),
        **{f"protocol {protocol}": protocols[protocol] for protocol in sorted(protocols)},
    }


def differences(published, snapshot):
    """Pairs of line and words on what the snapshot lost, added or changed."""
    matcher = difflib.SequenceMatcher(None, [entry.fields for entry in published],
                                      [entry.fields for entry in snapshot], False)
    for kind, a, a_end, b, b_end in matcher.get_opcodes():
        pairs = itertools.zip_longest(published[a:a_end], snapshot[b:b_end])
        for line, (old, new) in enumerate(pairs if kind != "equal" else (), FIRST + b):
            if not new:
                yield FIRST + b_end, f"{old.label} is lost"
            elif not old:
                yield line, f"{new.label} is not published"
            else:
                yield line, f"{old.label}: {first_difference(old.fields, new.fields)}"


def first_difference(old, new):
    pairs = enumerate(itertools.zip_longest(old, new, fillvalue="nothing"))
    number, (published, ours) = next((i, pair) for i, pair in pairs if pair[0] != pair[1])
    return f"field {number}: published {published}, here {ours}"


def verify(published_path, path):
    published, snapshot = read_published(published_path), read_snapshot(path)
    found = list(differences(published, snapshot))
    for line, what in found[:SHOWN]:
        print(f"{path}:{line}: {what}", file=sys.stderr)
    if found:
        sys.exit(f"{path}: {len(found)} differences from {published_path}")
    with open(published_path, "rb") as file:
        digest = hashlib.sha256(file.read()).hexdigest()
    for key, what in {**SOURCE, "sha256": digest, **counts_of(snapshot)}.items():
        print(f"{key}: {what}")


def recount(path, source_path):
    counts = {**SOURCE, "sha256": "of the published file", **counts_of(read_snapshot(path))}
    expected = [f"{key}: {what}" for key, what in counts.items()]
    with open(source_path, encoding="utf-8") as file:
        said, digests = re.subn("(?m)^sha256: [0-9a-f]{64}$",
                                f"sha256: {counts['sha256']}", file.read())
    said = said.splitlines()
    for line in difflib.unified_diff(said, expected, source_path, f"{path}, counted",
                                     n=0, lineterm=""):
        print(line, file=sys.stderr)
    return said != expected or digests != 1


def main(arguments):
    beside = pathlib.Path(__file__).parents[1] / "service-names-port-numbers.xml"
    try:
        if len(arguments) == 3 and arguments[0] == "--counts":
            return recount(*arguments[1:])
        if len(arguments) in (1, 2) and arguments[0] != "--counts":
            return verify(*(arguments + [beside])[:2])
    except (OSError, ET.ParseError, UnicodeDecodeError) as error:
        sys.exit(f"verify-snapshot.py: {type(error).__name__}: {error}")
    print(__doc__.split("\n\n")[1], file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
