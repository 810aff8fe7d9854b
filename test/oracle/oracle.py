#!/usr/bin/python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""What every look-up must answer, computed from the registry's XML alone.

    oracle.py [--conventional FILE] [--overlay FILE]... [--no-details]
        [--every N] REGISTRY.xml | oracle_ask

This shares no code with the compiler and the library that it judges. It
writes one line a question, "WORD TEXT<TAB>ANSWER", and "end<TAB>LINES" last.
oracle_ask puts the question to the library and must arrive at the same answer,
byte for byte. TEXT is verbatim, in Latin-1 so that any byte can stand there.
With --every, what is not enumerated is asked of every Nth name and port only; an
odd N meets all places of the library's chunks.

    date                    the registry's
    next-service N          with "|" before each of its details
    services-named NAME     for each of PROTOS: count:services
    services-on PORT        for each of PROTOS: count:services:status:text, and
                            :port|last_port|proto|details of a nameless record
    resolve TEXT            validity; then for each of PROTOS
                            port_of=port/protocol, the latter of iana_resolve
    format PORT             range; then for each of PROTOS
                            name_of:length=formatted
    entry-named NAME        for each of LIBC_PROTOS: the entry
    entry-on PORT           for each of LIBC_PROTOS: the entry
    entry-on-int INT        the same, for a port that htons() never gives
    next-entry N            by getservent
    next-entry-r N          by getservent_r
    rewind HOW              by setservent or endservent

A registry that is loaded answers the last six by the reentrant calls only.

A service is name|port|last_port|proto|flags, followed by >service if it is an
alias; an entry is name|port|protocol|alias,alias; "-" is none.
"""

import argparse
import functools
import re
import sys
import xml.etree.ElementTree

ALIAS, MOVED, ADDED, LOCAL, MALFORMED = 1, 2, 4, 8, 16
NUMBER = {"tcp": 6, "udp": 17, "sctp": 132, "dccp": 33}
PROTOCOL = {number: name for name, number in NUMBER.items()}
ANY, NONE = 0, -1
RANK = {6: 0, 17: 1, 132: 2, 33: 3, NONE: 4}
PROTOS = (ANY, 6, 17, 33, 132, NONE, 1, -2)
LIBC_PROTOS = (None, "tcp", "udp", "sctp", "dccp", "", "TCP", "ddp")
SUFFIXES = ("", "/tcp", "/udp", "/sctp", "/dccp", "/", "/TCP", "/ddp")
INTS = (-2**31, *range(-1, 70001), 2**31 - 1)
UNASSIGNED, RESERVED, ASSIGNED, DYNAMIC = 0, 1, 2, -1
STATUS = ("unassigned", "reserved", "assigned", "dynamic")
FREE = re.compile("(?!.*possibly).*unassigned", re.I | re.S)
NOTE = re.compile('This entry is an alias to "([^"]+)"'
                  '|This is a duplicate of the "([^"]+)" service')
DIGITS = re.compile(r"\d+(\.\d+)?", re.A)
CONTROL = re.compile("[\0-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
DASH = "[-\u2010-\u2015\u2212]"
NUMBERS = re.compile(rf"[ \xa0]*(\d+)[ \xa0]*(?:{DASH}[ \xa0]*(\d+)[ \xa0]*)?",
                     re.A)
VALID = re.compile("(?=.{1,15}$)(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*", re.I)
NO_DETAILS = ("",) * 9


@functools.lru_cache(16)
def fold(name):
    """Only ASCII letters: str.lower() knows more of them."""
    return name.encode("latin-1").lower().decode("latin-1")


class Service:
    """A named record of the registry, a conventional name, or a local one."""

    def __init__(self, name, port, last, proto, seq, flags=0, head=None):
        self.name, self.port, self.last, self.proto = name, port, last, proto
        self.seq, self.flags, self.head = seq, flags, head
        self.line = 0                   # of a local one: when it became so
        self.details = NO_DETAILS

    def rank(self):
        """By class, protocol, registry: the order within one port."""
        group = (0 if self.flags & LOCAL else 1 if self.flags & MOVED
                 else 3 if self.flags & ADDED else 2)
        if self.flags & LOCAL:
            return group, 0, self.line
        return group, RANK[self.proto], self.seq

    def name_order(self):
        group, proto, seq = self.rank()
        if self.flags & LOCAL:
            return group, False, 0, proto, seq
        return group, self.port < 0, self.port, proto, seq

    def port_order(self):
        """The rank, but an alias never comes before its head."""
        rank = self.rank()
        return max(rank, self.head.rank() + rank) if self.head else rank

    def enumeration_order(self):
        return self.port < 0, self.port, *self.port_order()

    def answers(self, proto):
        return proto in (ANY, self.proto)

    def is_entry(self, protocol):
        """Whether the libc calls have it for this protocol string."""
        if protocol is None:
            return self.proto != NONE
        return self.proto == NUMBER.get(protocol)

    def is_malformed(self):
        """IANA's own names of 1 to 15 printable characters have a letter."""
        good = re.fullmatch("(?=.*[A-Za-z])[!-~]{1,15}", self.name)
        return not (good or self.flags & ADDED)

    def __str__(self):
        flags = self.flags | (MALFORMED if self.is_malformed() else 0)
        fields = self.name, self.port, self.last, self.proto, flags
        text = "|".join(map(str, fields))
        return f"{text}>{self.head}" if self.head else text


# ---- Records ----------------------------------------------------------------

def squeeze(text):
    """Only these are white space in XML: str.split() knows more."""
    return re.sub("[ \t\r\n]+", " ", text).strip(" ")


def markup(element):
    """The text of an element: breaks and paragraphs part words, references
    stand in brackets."""
    inner = element.text or ""
    inner += "".join(markup(child) + (child.tail or "") for child in element)
    if element.tag != OURS + "xref":
        return f" {inner} "
    data, is_rfc = element.get("data", ""), element.get("type") == "rfc"
    return f"[{squeeze(inner) or (data.upper() if is_rfc else data)}]"


OURS = "{http://www.iana.org/assignments}"


def text_of(record, tag):
    return squeeze(" ".join(map(markup, record.findall(OURS + tag))))


def printable(text):
    """Controls, and what changes the direction of text, part words."""
    return squeeze(CONTROL.sub(" ", text)) if CONTROL.search(text) else text


def details_of(record):
    return tuple(map(printable, columns_of(record)))


def columns_of(record):
    """In the order of ianaport.h."""
    contact, reference = "", ""
    for xref in record.findall(OURS + "xref"):
        if xref.get("type") == "person":
            contact += markup(xref)
        else:
            reference += markup(xref)
    assignee = text_of(record, "assignee").replace("] [", "][")
    return (text_of(record, "description"), reference, assignee or contact,
            contact, record.get("date", ""), record.get("updated", ""),
            text_of(record, "note"), text_of(record, "unauthorized"),
            text_of(record, "sc"))


def protocols(text):
    """Those of a list, in any case; None where none is known."""
    words = re.split("[ /,;&]+", text.lower().strip(" /,;&"))
    known = {NUMBER[word] for word in words if word in NUMBER}
    return sorted(known, key=RANK.get)


def numbers(text):
    """First and last port; -1 for none. A KeyError if they are not plain."""
    if not text:
        return -1, -1
    found = NUMBERS.fullmatch(text)
    first = int(found[1]) if found else 65536
    last = int(found[2] or first) if found else 0
    if not first <= last <= 65535:
        raise KeyError(text)
    return first, last


def utf8(text):
    """Its bytes, as the lines have them."""
    return text.encode().decode("latin-1")


class Registry:
    def __init__(self, path, conventional=None, overlays=(), details=True):
        root = xml.etree.ElementTree.parse(path).getroot()
        self.updated = text_of(root, "updated")
        self.services = []
        self.rows = {}                  # (port, proto): the best status
        self.nameless = []              # port, last, proto, details
        self.local_lines = 0
        notes = [note for r in root.findall(OURS + "record")
                 for note in self.read(r)]
        self.link_aliases(notes)
        if not details:
            self.leave_out_details()
        if conventional:
            self.read_lines(conventional, self.take_conventional)
        for overlay in overlays:
            self.read_lines(overlay, self.take_local)
        self.index()

    def leave_out_details(self):
        self.nameless = []
        for service in self.services:
            service.details = NO_DETAILS

    def add(self, name, *rest):
        assert not re.search("[|,:;>]", name), name
        service = Service(name, *rest[:3], len(self.services), *rest[3:])
        self.services.append(service)
        return service

    def read(self, record):
        """A record; yields each alias and what it stands for. What cannot be
        read as anything sound is left out."""
        if any(len(record.findall(OURS + tag)) > 1
               for tag in ("name", "number")):
            return
        name, number, protocol = (text_of(record, tag)
                                  for tag in ("name", "number", "protocol"))
        bad = CONTROL.search(name)
        name = utf8(name)
        try:
            port, last = numbers(number)
        except KeyError:
            return
        protos = protocols(protocol) if protocol else [NONE]
        if (not name and port < 0 or name and not port
                or DIGITS.fullmatch(name) or bad
                or len(name) > 255
                or name and protos == [NONE] and last - port >= 512):
            return
        for proto in protos:
            yield from self.read_one(record, name, port, last, proto)

    def read_one(self, record, name, port, last, proto):
        details = description, *_, note, _, _ = details_of(record)
        status = (ASSIGNED if name else
                  UNASSIGNED if FREE.match(description) else RESERVED)
        for key in ((p, proto) for p in range(port, last + 1)):
            self.rows[key] = max(status, self.rows.get(key, status))
        if not name:
            self.nameless.append((port, last, proto, details))
            return
        service = self.add(name, port, last, proto)
        service.details = details
        alias = NOTE.search(note)
        if alias:
            yield service, utf8(alias[1] or alias[2])

    def link_aliases(self, notes):
        """An alias counts if it has the number and protocol of its head."""
        def key(name, s):
            return fold(name), s.port, s.last, s.proto
        known = {}
        for s in self.services:
            if s.port >= 0:
                known.setdefault(key(s.name, s), []).append(s)
        for alias, name in notes:
            alias.head = next((s for s in known.get(key(name, alias), ())
                               if s is not alias), None)
            alias.flags |= ALIAS if alias.head else 0
        for alias in self.services:     # of an alias: what that stands for
            passed = set()
            while alias.head and alias.head.head:
                alias.head = alias.head.head
                if alias.head in passed:        # a circle has no end
                    alias.head = None
                    alias.flags &= ~ALIAS
                passed.add(alias.head)

    # ---- Lines in services(5) syntax ----------------------------------------

    def read_lines(self, path, take):
        """Protocols that the library does not have are of no use in it."""
        with open(path, "rb") as file:
            text = file.read().removeprefix(b"\xef\xbb\xbf")
        text = text.replace(b"\xc2\xa0", b"  ").decode("latin-1")
        for line in text.split("\n"):
            names = re.findall("[^ \t\r\v\f]+", line.partition("#")[0])
            if not names:
                continue
            place, protocol = names.pop(1).split("/", 1)
            if names[1:] and re.fullmatch(r"\d+\.\d+", names[1], re.A):
                del names[1]            # how often nmap found it open
            names = [name.removesuffix(",") or name for name in names]
            for proto in protocols(protocol):
                take(*numbers(place.encode("latin-1").decode()), proto, *names)

    def take_conventional(self, port, _, proto, name, *aliases):
        """What IANA registers is never hidden."""
        there = {fold(s.name): s for s in reversed(self.services)
                 if s.port <= port <= s.last and s.proto == proto}
        head = there.get(fold(name))
        if not head:
            head = self.add(name, port, port, proto, ADDED)
        elif head.head:
            head = head.head
        elif not head.flags & ADDED:
            head.flags |= MOVED
        for alias in aliases:
            elsewhere = [s for s in self.services if s.port >= 0
                         and fold(s.name) == fold(alias)
                         and not s.port <= port <= s.last
                         and not s.flags & ADDED]
            if fold(alias) not in there and not elsewhere:
                self.add(alias, port, port, proto, ALIAS | ADDED, head)

    def make_local(self, service):
        if not service.flags & LOCAL:
            service.flags |= LOCAL
            service.line = self.local_lines
            self.local_lines += 1

    def take_local(self, port, last, proto, name, *aliases):
        """A line is an entry, as in services(5). What the registry has comes
        to the front if the line means the same by it."""
        def here(name):
            return [s for s in self.services if fold(s.name) == fold(name)
                    and (s.port, s.last, s.proto) == (port, last, proto)]
        head = next((s for s in here(name) if not s.head), None)
        head = head or self.add(name, port, last, proto, ADDED)
        self.make_local(head)
        for alias in aliases:
            if fold(alias) == fold(name):
                continue
            own = next((s for s in here(alias) if s.head is head), None)
            self.make_local(own or self.add(alias, port, last, proto,
                                            ALIAS | ADDED, head))

    def index(self):
        self.named, self.on = {}, {}    # folded name, port: services in order
        for s in self.services:
            self.named.setdefault(fold(s.name), []).append(s)
            for port in range(s.port, s.last + 1) if s.port >= 0 else ():
                self.on.setdefault(port, []).append(s)
        for services in self.named.values():
            services.sort(key=Service.name_order)
        for services in self.on.values():
            services.sort(key=Service.port_order)
        self.says = {}                  # (port, proto): the first nameless
        for nameless in sorted(self.nameless, key=lambda n: n[0]):
            port, last, proto, _ = nameless
            for key in ((p, proto) for p in range(port, last + 1)):
                self.says.setdefault(key, nameless)

    # ---- Answering ----------------------------------------------------------

    @functools.lru_cache(16)
    def status(self, port, proto):
        if not 0 <= port <= 65535 or proto not in (ANY, *RANK):
            return "invalid"
        general = self.rows.get((port, NONE), UNASSIGNED if port <= 49151
                                else DYNAMIC)
        if proto in (ANY, NONE) and general == ASSIGNED:
            return STATUS[general]
        each = [self.rows.get((port, p), general) for p in NUMBER.values()]
        return STATUS[max(each) if proto == ANY else
                      min(each) if proto == NONE else
                      self.rows.get((port, proto), general)]

    def nameless_on(self, port, proto):
        """The record of a port that no service has, or None."""
        status = self.status(port, proto)
        if status in ("invalid", "assigned"):
            return None
        if proto == ANY:
            proto = next(p for p in RANK if self.status(port, p) == status)
        return self.says.get((port, proto), self.says.get((port, NONE)))

    def port_of(self, name, proto):
        """Port and protocol of the first service that has a port; the protocol
        that was asked for, if that has none."""
        for s in self.named.get(fold(name), ()):
            if s.port >= 0 and s.answers(proto):
                return s.port, proto if s.proto == NONE else s.proto
        return None

    def resolve(self, text, proto):
        """Port by name alone, then port and protocol by all that is tried."""
        rest, _, suffix = text.rpartition("/")
        wanted = NUMBER.get(suffix) if rest else None
        named = self.port_of(text, proto)
        hit = named or self.number(text, proto)
        if not hit and wanted and proto in (ANY, wanted):
            hit = self.port_of(rest, wanted) or self.number(rest, wanted)
        return (named or (-1,))[0], *(hit or (-1, proto))

    @staticmethod
    def number(text, proto):
        good = re.fullmatch("[0-9]{1,5}", text) and int(text) <= 65535
        return (int(text), proto) if good and proto in (ANY, *RANK) else None

    def entry(self, s, port):
        aliases = ",".join(a.name for a in self.on[port] if a.head is s)
        return f"{s.name}|{port}|{PROTOCOL[s.proto]}|{aliases}"

    def entry_named(self, name, protocol):
        found = self.named.get(fold(name), ())
        return next((self.entry(s.head or s, s.port) for s in found
                     if s.port >= 0 and s.is_entry(protocol)), "-")

    def entry_on(self, port, protocol):
        found = self.on.get(port, ()) if port else ()
        return next((self.entry(s, port) for s in found
                     if not s.head and s.is_entry(protocol)), "-")

    def entries(self):
        return [self.entry(s, port) for port in sorted(self.on)
                for s in self.on[port] if s.proto != NONE and not s.head]


def listing(services, proto):
    found = [str(s) for s in services if s.answers(proto)]
    return f"{len(found)}:{';'.join(found)}"


def text_answer(registry, text):
    yield "valid" if VALID.fullmatch(text) else "odd"
    for proto in PROTOS:
        yield "%d=%d/%d" % registry.resolve(text, proto)


def format_answer(registry, port):
    found = registry.on.get(port, ())
    real = 0 <= port <= 65535
    yield ("invalid" if not real else "System Ports" if port <= 1023 else
           "User Ports" if port <= 49151 else "Dynamic Ports")
    for proto in PROTOS:
        name = next((s.name for s in found if s.answers(proto)), None)
        written = name or (str(port) if real else "")
        yield f"{name or '-'}:{len(written)}={written}"


def port_answer(registry, port):
    found = registry.on.get(port, ())
    for proto in PROTOS:
        answer = f"{listing(found, proto)}:{registry.status(port, proto)}:"
        nameless = registry.nameless_on(port, proto)
        if nameless:
            first, last, of, details = nameless
            answer += utf8(f"{details[0]}:{first}|{last}|{of}|"
                           + "|".join(details))
        yield answer


# ---- Asking -----------------------------------------------------------------

def near_misses(name):
    """Texts that a careless comparison takes for the name."""
    yield from (name[:n] for n in range(1, len(name)))
    yield from (name + c for c in "x- /\x80")
    yield from (" " + name, name + name, chr(ord(name[0]) | 0x80) + name[1:])
    yield from (name[:-1] + chr(ord(name[-1]) ^ bit) for bit in (1, 0x80))
    for n, c in enumerate(name):
        if not (c.isascii() and c.isalpha()):   # folded as if it were a letter
            yield name[:n] + chr(ord(c) ^ 0x20) + name[n + 1:]


def misses(registry):
    """Texts that are no name; a line break or tab would end the question."""
    texts = {"", "/", "-", "/tcp", "+80", "-1", "80 ", "0x50", "http" * 9999}
    for stored in registry.named.values():
        texts.update(near_misses(stored[0].name))
    for number in (*range(0, 65536, 61), 65535, 65536, 99999, 2**32 + 80):
        texts.update((f"{number}", f"{number:05}", f"{number:06}"))
    return sorted(t for t in texts if fold(t) not in registry.named
                  and not set(t) & {"\0", "\n", "\t"})


def about_name(registry, name, spellings):
    """All questions of a text; how it is spelt must not matter."""
    found = registry.named.get(fold(name), ())
    native = " ".join(listing(found, proto) for proto in PROTOS)
    libc = " ".join(registry.entry_named(name, p) for p in LIBC_PROTOS)
    known = found or name.isdecimal()
    suffixes = SUFFIXES if known else SUFFIXES[:1]
    answers = ()
    for text in dict.fromkeys(spellings):
        yield f"services-named {text}\t{native}"
        yield f"entry-named {text}\t{libc}"
        if "/" in text or not answers:  # a name's own suffix may be one
            answers = [" ".join(text_answer(registry, text + suffix))
                       for suffix in suffixes]
        for suffix, answer in zip(suffixes, answers):
            yield f"resolve {text}{suffix}\t{answer}"


def about_port(registry, port):
    yield f"services-on {port}\t{' '.join(port_answer(registry, port))}"
    yield f"format {port}\t{' '.join(format_answer(registry, port))}"
    libc = " ".join(registry.entry_on(port & 0xffff, p) for p in LIBC_PROTOS)
    yield f"entry-on {port}\t{libc}"
    if not 0 < port <= 65535:           # the others are some htons(port)
        yield f"entry-on-int {port}\t{' '.join('-' for _ in LIBC_PROTOS)}"


def enumerations(registry):
    """Both, asked again when at the end; look-ups must not disturb them."""
    services = sorted(registry.services, key=Service.enumeration_order)
    for n, service in enumerate(services):
        details = utf8("|".join(service.details))
        yield f"next-service {n}\t{service}|{details}"
    for n in range(2):
        yield f"next-service {len(services) + n}\t-"
    plain, r = "next-entry", "next-entry-r"
    for by, rewind in (((plain, plain), "setservent"), ((r, r), "endservent"),
                       ((plain, r), "setservent")):
        for n, entry in enumerate((*registry.entries(), "-", "-")):
            yield f"{by[n % 2]} {n}\t{entry}"
            if n % 64 == 0:
                yield from about_port(registry, n)
        yield f"rewind {rewind}\t-"


def questions(registry, every):
    yield f"date \t{registry.updated}"
    yield from enumerations(registry)
    for stored in [*registry.named.values()][::every]:
        name = stored[0].name
        upper = name.encode("latin-1").upper().decode("latin-1")
        yield from about_name(registry, name, (name, upper, fold(name)))
    for text in misses(registry)[::every]:
        yield from about_name(registry, text, (text,))
    for port in INTS[::every]:
        yield from about_port(registry, port)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--conventional", metavar="FILE")
    parser.add_argument("--overlay", metavar="FILE", action="append",
                        default=[])
    parser.add_argument("--no-details", action="store_true")
    parser.add_argument("--every", metavar="N", type=int, default=1)
    parser.add_argument("registry", metavar="REGISTRY.xml")
    args = parser.parse_args()
    registry = Registry(args.registry, args.conventional, args.overlay,
                        not args.no_details)
    sys.stdout.reconfigure(encoding="latin-1", newline="\n")
    lines = 0
    for lines, line in enumerate(questions(registry, args.every), 1):
        sys.stdout.write(line + "\n")
    print(f"end\t{lines}")


if __name__ == "__main__":
    main()
