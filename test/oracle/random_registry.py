# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""Small random registries with random names of a system and of a site.

A Case is lists of lines: records of XML, conventional names, and two files of a
site. Its names and ports come from small pools, so that they meet: on a port,
in a range, under one name in several spellings, as an alias and what it stands
for. Some lines are slips or name unknown protocols."""

import random
from xml.sax.saxutils import escape

PARTS = "records", "conventional", "overlay", "second"
EDGES = (1, 2, 62, 63, 64, 65, 127, 128, 1023, 1024, 9999, 10000, 49151,
         49152, 65472, 65534, 65535)
PROTOCOLS = ("tcp", "udp", "sctp", "dccp")
ODD_PROTOCOLS = ("TCP", "udp, TCP", "tcp/udp/sctp", "quic, udp", "quic",
                 "dccp and tcp", "udp;dccp")
STATUSES = ("Unassigned", "unassigned", "Reserved", "RESERVED for IANA",
            "(unassigned) Possibly assigned", "De-registered", "Removed", "",
            "any private mail system", "Unassigned (Removed)", "no such word")
LETTERS = "abcdexyz019-"
ODD = ("cl/1", "a/tcp", "x.y_z", "of words", 'a "quoted" one', "back\\slash",
       "caf\u00e9", "-", "#", "+x", "@123", "_abc", "a" * 15, "a" * 16, "a" * 15 + "b",
       "a" * 255, "1a", "tcp", "a-")


class Case:
    def __init__(self, parts=(), details=True):
        self.parts = {name: [] for name in PARTS} | dict(parts)
        self.details = details

    def xml(self):
        return "\n".join([
            '<?xml version="1.0" encoding="UTF-8"?>',
            '<registry xmlns="http://www.iana.org/assignments"'
            ' id="service-names-port-numbers">',
            "<updated>2026-01-02</updated>", *self.parts["records"],
            "</registry>", ""])


class Generator:
    def __init__(self, seed):
        self.choose = random.Random(seed)
        self.names = [self.new_name() for _ in range(self.choose.randint(3, 12))]
        self.names += self.choose.sample(ODD, self.choose.randint(0, 4))
        self.names += [self.choose.choice(self.names)[:14] + "b"]
        self.ports = [self.new_port() for _ in range(self.choose.randint(2, 9))]

    def chance(self, share):
        return self.choose.random() < share

    def new_name(self):
        length = self.choose.choice((1, 2, 3, 8, 14, 15))
        return self.choose.choice("abcxyz") + "".join(
            self.choose.choice(LETTERS) for _ in range(length - 1))

    def new_port(self):
        return self.choose.choice(
            (self.choose.choice(EDGES), self.choose.randint(1, 200),
             self.choose.randint(1, 65535)))

    def name(self):
        """One of the pool, at times in another spelling."""
        name = self.choose.choice(self.names)
        if name.isascii() and self.chance(.15):
            return self.choose.choice((name.upper(), name.capitalize()))
        return name

    def plain_name(self):
        """One that may stand in a file of lines."""
        while True:
            name = self.name()
            if not set(name) & set(" #") and not name.endswith(","):
                return name

    def span(self):
        """A port and the last of its range."""
        first = self.choose.choice(self.ports)
        last = first
        if self.chance(.2):
            last += self.choose.choice((1, 2, 9, 63, 64, 65, 200))
        elif self.chance(.02):
            last += self.choose.randint(1, 4000)
        return first, min(last, 65535)

    def number(self):
        first, last = self.span()
        if self.chance(.02):
            return self.choose.choice(("0", "65536", "9-8", "x", "1-"))
        if first < last:
            dash = "\u2013" if self.chance(.1) else "-"
            return f"{first}{dash}{last}"
        return f" {first} " if self.chance(.05) else str(first)

    def protocol(self):
        if self.chance(.08):
            return self.choose.choice(ODD_PROTOCOLS)
        return "" if self.chance(.1) else self.choose.choice(PROTOCOLS)

    # ---- Lines --------------------------------------------------------------

    def details(self):
        for tag, text in (("assignee", "[Some_One]"), ("sc", "12"),
                          ("note", "A note."), ("unauthorized", "Yes."),
                          ("description", "said twice")):
            if self.chance(.1):
                yield tag, f"{text}{self.choose.randint(0, 3)}"

    def record(self):
        named = self.chance(.8)
        fields = [("name", self.name() if named else ""),
                  ("protocol", self.protocol()),
                  ("number", "" if self.chance(.08) else self.number())]
        fields.append(("description",
                       f"D{self.choose.randint(0, 3)}" if named and
                       self.chance(.7) else self.choose.choice(STATUSES)))
        fields += self.details()
        if self.chance(.3):
            phrase = self.choose.choice(("This entry is an alias to",
                                         "This is a duplicate of the"))
            fields.append(("note", f'{phrase} "{self.name()}" service.'))
        text = "".join(f"<{tag}>{escape(value)}</{tag}>"
                       for tag, value in fields if value)
        date = ' date="2001-02-03"' if self.chance(.2) else ""
        xref = '<xref type="person" data="P"/>' if self.chance(.2) else ""
        return f"<record{date}>{text}{xref}</record>"

    def twins(self):
        """A record, or one for each of several protocols."""
        record = self.record()
        yield record
        for protocol in self.choose.sample(PROTOCOLS, self.choose.choice(
                (0, 0, 1, 2))):
            for other in PROTOCOLS:
                record = record.replace(f"<protocol>{other}<",
                                        f"<protocol>{protocol}<")
            yield record

    def conventional(self):
        names = [name for name in (self.plain_name() for _ in range(
            self.choose.choice((1, 1, 2, 3)))) if name.isascii()
            and len(name) <= 15 and any(map(str.isalpha, name))]
        if not names:
            return "# none"
        names.insert(1, f"{self.choose.choice(self.ports)}/"
                     f"{self.choose.choice(PROTOCOLS)}")
        return " ".join(names)

    def local(self):
        if self.chance(.05):
            return self.choose.choice(("", "# a comment", " \t", "q 9/ddp z"))
        names = [self.plain_name() for _ in range(
            self.choose.choice((1, 1, 2, 3, 4)))]
        first, last = self.span()
        place = f"{first}-{last}" if first < last else str(first)
        protocol = self.choose.choice(PROTOCOLS)
        if self.chance(.1):
            protocol = self.choose.choice(("TCP", "udp/tcp", "quic/udp",
                                           "tcp,udp"))
        names.insert(1, f"{place}/{protocol}")
        if self.chance(.05):
            names.insert(2, "0.0003")
        end = " # end" if self.chance(.1) else "\r" if self.chance(.1) else ""
        return self.choose.choice((" ", "\t", " \u00a0")).join(names) + end

    def case(self):
        case = Case(details=self.chance(.9))
        case.parts["records"] = [f"<record><name>{self.names[0]}</name>"
                                 "</record>"]   # an error without any
        for _ in range(self.choose.randint(1, 12)):
            case.parts["records"] += self.twins()
        if self.chance(.5):
            case.parts["conventional"] = [
                self.conventional() for _ in range(self.choose.randint(1, 5))]
        for part, share in (("overlay", .7), ("second", .2)):
            if self.chance(share):
                case.parts[part] = [
                    self.local() for _ in range(self.choose.randint(1, 8))]
        return case
