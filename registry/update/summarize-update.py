#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""Print what an update of the registry changes, first what can break programs.

usage: summarize-update.py [-q] OLD.dump OLD.xml NEW.dump NEW.xml

The dumps, see ianaport-compile(1), have the services of the two registries,
including conventional names and those of a site. The XML has the details. Both
may be of any version. -q: print only how many changes of each kind there are.

First come changes that affect a program with names and ports in its
configuration:

names that no longer answer    with any port, by this protocol
names that answer another port     first, for this protocol
ports whose first name changed     for this protocol, or that have none now

Then come the services. A service is a name, a protocol, and a number or range;
"-" is none. Services that only one registry has are listed, in this order, as

moved    if they have name and protocol in common, and the number differs: a
         name is what programs keep. A service may get or lose its number, and
         a range its bounds.
respelled    if number and protocol are the same, and only the case of the name
         differs.
reassigned   if number and protocol are the same, and name, description and
         assignee all differ: somebody else has them now.
renamed  if number and protocol are the same, and the name differs. A service
         without a number cannot be recognized after its name changed.
removed, added    otherwise.

If several services would fit each other, they are not paired, because nobody can
know which became which. If a name loses two numbers and gets two, that is two
removed and two added.

Last come the details, of services that both have or that were paired, and of
records without a name.
"""

import collections
import itertools
import re
import sys
import xml.etree.ElementTree as ET

PROTOCOLS = "tcp", "udp", "sctp", "dccp"
LAST_USER_PORT, PORTS = 49151, 65536
CLASSES = "local", "moved", "", "added"         # the order of ianaport.h
NAME = r'"(?:[^"\\]|\\.)*"|\S+'           # quoted if it has a space
CONTROL = re.compile(
    "[\0-\37\177-\237\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
SERVICE = re.compile(rf"(?P<name>{NAME})(?P<local> local)?(?P<moved> moved)?"
                     rf"(?P<added> added)?(?: alias-of (?P<head>{NAME}))?")

Service = collections.namedtuple("Service", "name place protocol")
# What a dump says beside: the class, and the service that an alias stands for.
Standing = collections.namedtuple("Standing", "kind head")


# ---- Reading ----------------------------------------------------------------

def unquoted(name):
    """As the registry has it: the dump has quotes around one with spaces."""
    if name and name[0] == '"':
        return re.sub(r"\\(.)", r"\1", name[1:-1])
    return name


def ports(place):
    first, _, last = place.partition("-")
    return range(int(first), int(last or first) + 1) if first else ()


class Dump:
    def __init__(self, path):
        self.services, self.standing = [], {}
        self.statuses = {protocol: {} for protocol in (*PROTOCOLS, "-")}
        with open(path, encoding="utf-8") as file:
            self.updated = next(file).split()[1]
            for line in file:
                kind, what, rest = line.rstrip("\n").split(" ", 2)
                getattr(self, f"add_{kind}")(*what.split("/"), rest)

    def add_service(self, place, protocol, rest):
        found = SERVICE.fullmatch(rest)
        service = Service(unquoted(found["name"]), place, protocol)
        kind = ("local" if found["local"] else "added" if found["added"]
                else "moved" if found["moved"] else "")
        self.services.append(service)
        self.standing[service] = Standing(kind, unquoted(found["head"]))
        if not found["added"]:
            self.set_status(place, protocol, "assigned")

    def add_row(self, place, protocol, rest):
        self.set_status(place, protocol, rest.split()[0])

    def set_status(self, place, protocol, status):
        """A service beats a record without a name."""
        for port in ports(place):
            if self.statuses[protocol].get(port) != "assigned":
                self.statuses[protocol][port] = status

    def status(self, protocol, port):
        """A row of the protocol's own beats the row for all."""
        return (self.statuses[protocol].get(port)
                or self.statuses["-"].get(port)
                or ("dynamic" if port > LAST_USER_PORT else "unassigned"))

    def in_order(self):
        """The services with a port, those first that answer first."""
        return sorted((s for s in self.services if s.place != "-"),
                      key=lambda s: (CLASSES.index(self.standing[s].kind),
                                     ports(s.place)[0]))

    def answers(self):
        """The port by name and protocol, and the name as it is spelled."""
        found = {}
        for s in self.in_order():
            found.setdefault((s.name.lower(), s.protocol),
                             (ports(s.place)[0], s.name))
        return found

    def first_names(self, protocol):
        found = {}
        for s in self.in_order():
            if s.protocol == protocol and not self.standing[s].head:
                for port in ports(s.place):
                    found.setdefault(port, s.name)
        return found


def squeezed(text):
    return re.sub("[ \t\r\n]+", " ", text).strip(" ")


def text_of(element):
    """What it says; a reference without words by its id, in brackets."""
    if element is None:
        return ""
    said = element.text or ""
    for child in element:
        said += f" {text_of(child)} {child.tail or ''}"
    if element.tag.endswith("xref"):
        data = element.get("data", "")
        if element.get("type") == "rfc":        # as IANA's page has it
            data = data.upper()
        said = f"[{squeezed(said) or data}]"
    return squeezed(said)


def references(record, are_people):
    return "".join(text_of(xref) for xref in record.findall("{*}xref")
                   if (xref.get("type") == "person") == are_people)


def texts_of(record, tag):
    return " ".join(map(text_of, record.findall("{*}" + tag)))


def details_of(record):
    return {
        "description": texts_of(record, "description"),
        "assignee": texts_of(record, "assignee") or references(record, True),
        "contact": references(record, True),
        "reference": references(record, False),
        "registration date": record.get("date", ""),
        "modification date": record.get("updated", ""),
        "note": texts_of(record, "note"),
        "service code": texts_of(record, "sc"),
        "unauthorized use": texts_of(record, "unauthorized"),
    }


class Details:
    """Of every service in the XML; and of every port without one."""

    def __init__(self, path):
        self.of = collections.defaultdict(list)
        self.nameless = {p: {} for p in (*PROTOCOLS, "-")}
        for record in ET.parse(path).getroot().findall("{*}record"):
            details, name = details_of(record), texts_of(record, "name")
            place = re.sub(" ?[-\u2013] ?", "-", texts_of(record, "number"))
            protocols = texts_of(record, "protocol").lower() or "-"
            for protocol in re.split("[ ,/]+", protocols):
                service = Service(name.lower(), place or "-", protocol)
                if name:
                    self.of[service].append(details)
                elif protocol in self.nameless:
                    for port in self.ports(place):
                        self.nameless[protocol][port] = details

    @staticmethod
    def ports(place):
        return ports(place) if re.fullmatch(r"\d+(-\d+)?", place) else ()

    def all(self, service):
        return self.of[service._replace(name=service.name.lower())]

    def first(self, service):
        return (self.all(service) or [{}])[0]


# ---- Services ---------------------------------------------------------------

def only(services, others):
    """What others have not, or not as often."""
    counts = collections.Counter(services)
    return [*(counts - collections.Counter(others)).elements()]


def pair(gone, come, key):
    """Take pairs out of both lists: what alone, in each, has that key."""
    def alone(services):
        count = collections.Counter(map(key, services))
        return {key(service): service for service in services
                if key(service) and count[key(service)] == 1}

    old, new = alone(gone), alone(come)
    pairs = [(old[one], new[one]) for one in old if one in new]
    for service, successor in pairs:
        gone.remove(service)
        come.remove(successor)
    return pairs


def spelling_key(service):
    return service.name.lower(), service.place, service.protocol


def name_key(service):
    return service.name.lower(), service.protocol


def number_key(service):
    return service.place != "-" and (service.place, service.protocol)


def is_reassigned(before, after):
    return all(before.get(field, "").lower() != after.get(field, "").lower()
               for field in ("description", "assignee"))


def by_kind(old_number_pairs, old, new):
    """Pairs on the same number: reassigned, and renamed."""
    kinds = [], []
    for a, b in old_number_pairs:
        kinds[not is_reassigned(old.first(a), new.first(b))].append((a, b))
    return kinds


def where(service):
    return f"{service.place}/{service.protocol}"


# ---- Ports ------------------------------------------------------------------

def runs(changes_of):
    """Runs of ports with the same change, with their protocols. changes_of(
    protocol) gives a dict of changes by port."""
    found = collections.defaultdict(list)
    for protocol in (*PROTOCOLS, "-"):
        changes = changes_of(protocol)
        steady = itertools.groupby(
            enumerate(sorted(changes)),
            lambda pair: (pair[1] - pair[0], changes[pair[1]]))
        for (_, change), run in steady:
            run = [port for _, port in run]
            found[run[0], run[-1], change].append(protocol)
    for (first, last, change), protocols in sorted(found.items()):
        place = f"{first}-{last}" if first < last else first
        yield f"{place}/{','.join(protocols)}", change


def changed_statuses(old, new):
    def changes_of(protocol):
        if protocol == "-":
            return {}
        pairs = ((port, (old.status(protocol, port),
                         new.status(protocol, port)))
                 for port in range(PORTS))
        return {port: pair for port, pair in pairs if pair[0] != pair[1]}

    return [(place, " -> ".join(change))
            for place, change in runs(changes_of)]


def changed_first_names(old, new):
    def changes_of(protocol):
        before, after = (dump.first_names(protocol) for dump in (old, new))
        pairs = {port: (name, after.get(port, "none"))
                 for port, name in before.items()}
        return {port: pair for port, pair in pairs.items()
                if pair[0].lower() != pair[1].lower()}

    return [(place, " -> ".join(change))
            for place, change in runs(changes_of)]


# ---- Names ------------------------------------------------------------------

def with_protocols(rows):
    """Rows of a name, a protocol and more, those that differ in the protocol
    only as one."""
    found = collections.defaultdict(list)
    for name, protocol, what in rows:
        found[name, what].append(protocol)
    return [(name, f"{what}/{','.join(protocols)}")
            for (name, what), protocols in found.items()]


def lost_names(old, new):
    return with_protocols((name, protocol, port) for (key, protocol), (
        port, name) in old.items() if (key, protocol) not in new)


def other_ports(old, new):
    return with_protocols(
        (name, key[1], f"{port} -> {new[key][0]}")
        for key, (port, name) in old.items()
        if key in new and new[key][0] != port)


# ---- Details ----------------------------------------------------------------

def of_services(old, new, pairs):
    """Field, service, and the two texts."""
    for a, b in pairs:
        for before, after in zip(old.all(a), new.all(b)):
            for field in before:
                if before[field] != after[field]:
                    yield (field, b.name, where(b)), before[field], after[field]


def of_nameless(old, new):
    fields = details_of(ET.Element("record"))
    for field in fields:
        def changes_of(protocol):
            before, after = old.nameless[protocol], new.nameless[protocol]
            return {port: (before[port][field], after[port][field])
                    for port in before.keys() & after.keys()
                    if before[port][field] != after[port][field]}

        for place, (before, after) in runs(changes_of):
            yield (field, "", place), before, after


def changed_details(changes):
    """A heading for each field, then a line for the old text and the new one;
    services of one name with the same change together."""
    together = collections.defaultdict(list)
    for (field, name, place), before, after in changes:
        together[field, name, before, after].append(place)
    by_field = collections.defaultdict(list)
    for (field, name, before, after), places in together.items():
        by_field[field].append((name, ", ".join(places), before, after))
    yield f"details changed: {len(together)}"
    for field, rows in by_field.items():
        yield f"    {field}: {len(rows)}"
        for name, places, before, after in rows:
            yield f"        {name}  {places}" if name else f"        {places}"
            yield f"            - {before}".rstrip()
            yield f"            + {after}".rstrip()


# ---- All together -----------------------------------------------------------

def standing_words(standing):
    words = [standing.kind] if standing.kind else []
    if standing.head:
        words.append(f"alias-of {standing.head}")
    return " ".join(words) or "registered"


def tables(old, new, old_details, new_details):
    """Pairs of a title and rows of columns; last, the pairs of services."""
    was, now = old.answers(), new.answers()
    gone = only(old.services, new.services)
    come = only(new.services, old.services)
    kept = list(dict.fromkeys(s for s in old.services if s in new.standing))
    respelled = pair(gone, come, spelling_key)
    moved = pair(gone, come, name_key)
    reassigned, renamed = by_kind(pair(gone, come, number_key),
                                  old_details, new_details)
    yield "names that no longer answer", lost_names(was, now)
    yield "names that answer another port", other_ports(was, now)
    yield "ports whose first name changed", changed_first_names(old, new)
    yield "services removed", [(s.name, where(s)) for s in gone]
    yield "services reassigned", named_pairs(reassigned)
    yield "services renamed", named_pairs(renamed)
    yield "services respelled", named_pairs(respelled)
    yield "services moved", [(a.name, f"{where(a)} -> {where(b)}")
                             for a, b in moved]
    yield "services added", [(s.name, where(s)) for s in come]
    yield "standing changed", [
        (s.name, where(s), " -> ".join(map(standing_words, change)))
        for s in kept
        if (change := (old.standing[s], new.standing[s]))[0] != change[1]]
    yield "statuses changed", changed_statuses(old, new)
    yield "", [*((s, s) for s in kept), *moved, *respelled, *reassigned,
               *renamed]


def named_pairs(pairs):
    return [(where(a), f"{a.name} -> {b.name}") for a, b in pairs]


def lines_of(rows):
    widths = [max(map(len, column)) for column in zip(*rows)]
    for row in rows:
        yield "    " + "  ".join(map(str.ljust, row, widths)).rstrip()


def summarize(old, new, old_details, new_details):
    yield f"registry: {old.updated} -> {new.updated}"
    *titled, (_, pairs) = tables(old, new, old_details, new_details)
    for title, rows in titled:
        yield f"{title}: {len(rows)}"
        yield from lines_of(rows)
    yield from changed_details(itertools.chain(
        of_services(old_details, new_details, pairs),
        of_nameless(old_details, new_details)))


def shown(line):
    """Without what could control a terminal; as the ianaport command."""
    return CONTROL.sub(lambda found: "".join(
        f"\\x{byte:02x}" for byte in found[0].encode()), line)


def main(arguments):
    quiet = arguments[:1] == ["-q"]
    paths = arguments[quiet:]
    if len(paths) != 4 or any(path.startswith("-") for path in paths):
        print(__doc__.split("\n\n")[1], file=sys.stderr)
        return 2
    for line in summarize(*map(Dump, paths[::2]), *map(Details, paths[1::2])):
        if not quiet or not line.startswith(" "):
            print(shown(line))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
