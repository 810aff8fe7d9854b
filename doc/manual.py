#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""usage: manual.py --list HEADER...
       manual.py FRAME FOLDER HEADER...

The manual of the functions, made of the comments of the headers.

Each section of a header, from one "/* ---- Title ---- */" to the next, makes a
page that has the name of its first function. FRAME is the page ianaport(3)
without what the headers say: lines such as @RULES@ stand for that. --list
prints the name of each page, and of all functions on it. Without
ianaport-netdb.h among the headers, the calls of <netdb.h> are left out."""

import collections
import errno
import itertools
import pathlib
import re
import sys
import textwrap
from typing import NamedTuple

# ---- Reading the headers ----------------------------------------------------

TITLE = re.compile(r"/\* ---- (.*?) -+ \*/")
# What a section holds. A comment without a declaration is about the section.
ITEM = re.compile(r"""
    /\*\*\s(?P<doc>(?:(?!\*/).)*?)\*/\s*
        (?:\#define\s(?P<macro>\w+)\s+(?P<value>\S+)\n
         |IANA_API\s+(?P<result>[^(]*?)(?P<name>\w+)\((?P<params>[^)]*)\);
         |(?P<type>(?:struct|enum)\s\w+)\s\{\n(?P<body>.*?)\n\};)
    |\#define\s(?P<bit>\w+)\s+(?P<number>\S+)\s*/\*\*<(?P<meaning>.*?)\*/
    |^/\*(?!\*)(?P<prose>.*?)\*/""", re.VERBOSE | re.DOTALL | re.MULTILINE)
MEMBER = re.compile(r"^\t(\w+).*?/\*\*<\s(.*?)\s\*/", re.MULTILINE)
THREADS = "Threads and signals. "


class Doc:
    """The text of a comment: paragraphs, and what its @ words say."""

    def __init__(self, comment):
        text = re.sub(r"(?m)^ ?\* ?", "", comment).strip()
        text, *tags = re.split(r"(?m)^@", text)
        paragraphs = [p for p in text.split("\n\n") if p.strip()]
        self.threads = [p[len(THREADS):] for p in paragraphs
                        if p.startswith(THREADS)]
        self.paragraphs = [p for p in paragraphs if not p.startswith(THREADS)]
        self.params, self.returns, self.errors = {}, None, []
        for tag in tags:
            self.read_tag(*re.match(r"(\w+)\S*\s*(.*)", tag, re.S).groups())

    def read_tag(self, word, text):
        text = " ".join(text.split())
        name, _, rest = text.partition(" ")
        if word == "param":
            self.params[name] = rest.strip()
        elif word == "retval":
            self.errors.append((name, rest.strip()))
        elif word == "return":
            self.returns = text
        else:
            raise ValueError(f"@{word} {text}")


class Constant(NamedTuple):
    name: str
    value: str
    doc: Doc
    bit: bool                   # one of several, each on a line of its own


class Type(NamedTuple):
    name: str
    body: str
    doc: Doc

    def members(self):
        return MEMBER.findall(self.body)


class Function(NamedTuple):
    name: str
    result: str
    params: list                # such as "int port"
    doc: Doc

    def brief(self):
        """The first sentence, without its full stop."""
        text = " ".join(self.doc.paragraphs[0].split())
        return re.split(r"\.(?: |$)", text)[0]


def item_of(match):
    if match["prose"]:
        return Doc(match["prose"])
    if match["bit"]:
        return Constant(match["bit"], match["number"].rstrip("u"),
                        Doc(match["meaning"]), True)
    doc = Doc(match["doc"])
    if match["macro"]:
        return Constant(match["macro"], match["value"].strip("()"), doc, False)
    if match["type"]:
        return Type(match["type"], match["body"], doc)
    params = [" ".join(p.split()) for p in match["params"].split(",")]
    return Function(match["name"], " ".join(match["result"].split()), params,
                    doc)


class Section:
    """A section of a header, which makes a page."""

    def __init__(self, header, title, text):
        self.header, self.title = header, title
        self.items = [item_of(m) for m in ITEM.finditer(text)]
        self.functions = [i for i in self.items if isinstance(i, Function)]
        self.name = self.functions[0].name


NETDB_HEADER = "ianaport-netdb.h"
NETDB = re.compile(r"^#if IANA_NETDB\n.*?^#endif\n", re.DOTALL | re.MULTILINE)


def read_header(path, netdb):
    """What stands before the first section, and the sections."""
    path = pathlib.Path(path)
    text = path.read_text("ascii")
    before, *parts = TITLE.split(text if netdb else NETDB.sub("", text))
    return before, [Section(path.name, title, text)
                    for title, text in zip(parts[::2], parts[1::2])]


# ---- Text to mdoc(7) --------------------------------------------------------

# Parameters with these names are English words where a comment has them.
ENGLISH = {"data", "error", "flags", "hints", "host", "name", "path", "port",
           "range", "registry", "service", "status", "text"}
MARKS = re.compile(r"""
    <(?P<In>[\w.-]+\.h)>|(?P<own>ianaport[\w-]*\.h)
    |"(?P<Qq>[^"]*)"
    |(?P<Xr>[\w.-]+\(\d\))
    |(?P<Fn>\w+)\(\)
    |(?P<Vt>(?:struct|enum)\s(?:iana_\w+|servent))
    |\b(?P<Dv>(?:IANA|AI|EAI|NI|IPPROTO)_\w+|NULL)\b
    |\b(?P<Er>""" + "|".join(errno.errorcode.values()) + r""")\b
    |(?<!\S)(?P<Fa>\*\w+)
    |(?P<Pa>/etc/[\w.]+)
    |(?<!\S)-(?P<Fl>-[a-z-]+)
    |\b(?P<Va>errno|iana_service\.\w+)\b
    |\b(?P<word>[a-z_]+)\b""", re.VERBOSE)


def escape(text):
    text = re.sub(r"(?<![\w-])-(?=\d)", r"\\-", text.replace("\\", "\\e"))
    return r"\&" + text if text[:1] in {".", "'"} else text


def quoted(text):
    """Words that no macro takes for a macro or for punctuation."""
    return " ".join(r"\&" + escape(word)
                    if re.fullmatch(r"[A-Z][a-z]|\W", word) else escape(word)
                    for word in text.split())


def wrap(text):
    """Lines of plain text, a new one for each sentence."""
    for sentence in re.split(r"(?<=[.!?]) +", text.strip()):
        yield from map(escape, textwrap.wrap(
            sentence, 78, break_long_words=False, break_on_hyphens=False))


class Writer:
    """Lines of one page."""

    def __init__(self, name, pages):
        self.name, self.pages = name, pages
        self.lines = []
        self.refers = set()

    def add(self, *lines):
        self.lines += lines

    def refer(self, name, section):
        self.refers.add((section, name))
        return f"Xr {name} {section}"

    def function(self, name):
        """On this page, or on another."""
        if self.pages.get(name, self.name) == self.name:
            return f"Fn {name}"
        return self.refer(name, "3")

    def macro(self, match, params):
        """What stands for a word of the text, if anything does."""
        kind, text = match.lastgroup, match[match.lastgroup]
        if kind == "Xr":
            return self.refer(*text.rstrip(")").split("("))
        if kind == "Fn":
            return self.function(text)
        if kind == "own":
            return f"In {text}"
        if kind == "word":
            return f"Fa {text}" if text in params - ENGLISH else None
        return kind + " " + (quoted(text) or r"\&")

    def text(self, text, params=()):
        """Running text, with its words marked."""
        text = " ".join(text.split())
        start = 0
        for match in MARKS.finditer(text):
            if match.start() < start:
                continue
            macro = self.macro(match, set(params))
            if macro is None:
                continue
            before = text[start:match.start()]
            stuck = re.search(r"\S*$", before)[0]
            after = re.match(r"\S*", text[match.end():])[0]
            self.add(*wrap(before[:len(before) - len(stuck)]))
            self.add(macro_line(stuck, macro, after))
            start = match.end() + len(after)
        self.add(*wrap(text[start:]))

    def paragraphs(self, paragraphs, params=()):
        for number, paragraph in enumerate(paragraphs):
            if paragraph.startswith("- "):
                self.bullets(paragraph)
            else:
                self.add(*[".Pp"] * (number > 0))
                self.text(paragraph, params)

    def bullets(self, paragraph):
        self.add(".Bl -tag -width Ds")
        for bullet in re.split(r"(?m)^- ", paragraph)[1:]:
            title, _, text = bullet.partition(". ")
            self.add(f".It Sy {title}")
            self.text(text)
        self.add(".El")

    def tags(self, tags, params=()):
        """A compact list of (macro, word, text)."""
        width = max(len(word) + (macro == "Xr") for macro, word, _ in tags)
        self.add(f".Bl -tag -width {'x' * width} -compact")
        for macro, word, text in tags:
            self.add(f".It {macro} {word}")
            self.text(text, params)
        self.add(".El")


def macro_line(before, macro, after):
    """A macro, with what stands close to it before and after."""
    end = re.match(r"[.,:;)\]?!]*", after)[0]
    rest = after[len(end):]
    words = [macro, *end] if not rest else [macro, "Ns", quoted(after)]
    if before in {"(", "["}:
        first, *words = words
        macro, _, argument = first.partition(" ")
        return " ".join([f".{macro}", before, argument, *words])
    if before:
        words = ["Pf", quoted(before), *words]
    return "." + " ".join(words)


# ---- A page for each section ------------------------------------------------

HEAD = """\
.\\" SPDX-License-Identifier: MIT
.\\" SPDX-FileCopyrightText: The libianaport authors
.\\" Made by doc/manual.py from include/{header}.
{date}
.Dt {title} 3
.Os
.Sh NAME"""


def page_of(section, pages, date):
    writer = Writer(section.name, pages)
    writer.add(HEAD.format(header=section.header, date=date,
                           title=section.name.upper()))
    names = [f.name for f in section.functions]
    writer.add(*(f".Nm {name} ," for name in names[:-1]), f".Nm {names[-1]}")
    writer.add(f".Nd {lower(section.title)}")
    writer.add(".Sh LIBRARY", "libianaport", ".Pq Fl lianaport")
    synopsis(writer, section)
    description(writer, section)
    returns = {f.name: f for f in section.functions if f.doc.returns}
    if returns:
        return_values(writer, returns)
    errors(writer, section)
    threads(writer, section)
    see_also(writer)
    return "\n".join(writer.lines) + "\n"


def lower(text):
    return text[0].lower() + text[1:]


def synopsis(writer, section):
    writer.add(".Sh SYNOPSIS", f".In {section.header}")
    for function in section.functions:
        writer.add(f".Ft {function.result}", f".Fo {function.name}")
        writer.add(*(f'.Fa "{param}"' for param in function.params), ".Fc")


def description(writer, section):
    writer.add(".Sh DESCRIPTION")
    writer.text("The rules in ianaport(3) hold for these functions.")
    for kind, items in itertools.groupby(section.items, kind_of):
        DESCRIBE[kind](writer, list(items))


def kind_of(item):
    if is_error(item):
        return "errors"
    if isinstance(item, Type):
        return item.name.split()[0]
    if isinstance(item, Constant):
        return "bits" if item.bit else "constants"
    return "prose" if isinstance(item, Doc) else "functions"


def is_error(item):
    return isinstance(item, Type) and item.name.endswith("_error")


def describe_prose(writer, comments):
    for comment in comments:
        writer.add(*[".Pp"] * bool(comment.paragraphs))
        writer.paragraphs(comment.paragraphs)


def describe_bits(writer, constants):
    writer.add(".Pp")
    writer.tags([("Dv", f"{c.name} Pq {c.value}", c.doc.paragraphs[0])
                 for c in constants])


def describe_constants(writer, constants):
    writer.add(".Bl -tag -width Ds")
    for constant in constants:
        writer.add(f".It Dv {constant.name} Pq {escape(constant.value)}")
        writer.paragraphs(constant.doc.paragraphs)
    writer.add(".El")


def describe_structs(writer, structs):
    for struct in structs:
        writer.add(".Pp")
        writer.paragraphs(struct.doc.paragraphs)
        body = struct.body.replace("/**<", "/*").replace("\t", "    ")
        writer.add(".Bd -literal", f"{struct.name} {{", body, "};", ".Ed")


def describe_enums(writer, enums):
    writer.add(".Bl -tag -width Ds")
    for enum in enums:
        writer.add(f".It Vt {enum.name}")
        writer.paragraphs(enum.doc.paragraphs)
        writer.add(".Pp")
        writer.tags([("Dv", *member) for member in enum.members()])
    writer.add(".El")


def describe_functions(writer, functions):
    shared = shared_params(functions)
    if shared:
        writer.add(".Pp")
        writer.text("Parameters, unless a function says otherwise:")
        writer.add(".Pp")
        writer.tags([("Fa", *param) for param in shared.items()], shared)
    writer.add(".Bl -tag -width Ds")
    for function in functions:
        describe_function(writer, function, shared)
    writer.add(".El")


def name_of(param):
    return re.search(r"\w+$", param)[0]


def shared_params(functions):
    """Parameters of which several functions say the same."""
    counts = collections.Counter(param for function in functions
                                 for param in function.doc.params.items())
    shared = {}
    for (name, text), count in counts.most_common():
        if count > 1:
            shared.setdefault(name, text)
    return shared


def describe_function(writer, function, shared):
    params = [name_of(p) for p in function.params if p != "void"]
    writer.add(" ".join([".It Fn", function.name, *params]))
    writer.paragraphs(function.doc.paragraphs, params)
    own = [("Fa", name, text) for name, text in function.doc.params.items()
           if text not in {shared.get(name), name}]
    if own:
        writer.add(".Pp")
        writer.tags(own, params)


DESCRIBE = {"prose": describe_prose, "bits": describe_bits,
            "constants": describe_constants, "struct": describe_structs,
            "enum": describe_enums, "functions": describe_functions,
            "errors": lambda *_: None}


def return_values(writer, functions):
    """Functions that return the same share a paragraph."""
    texts = {}
    for name, function in functions.items():
        same = re.fullmatch(r"as (\w+)\(\)", function.doc.returns)
        if same and same[1] in functions:
            function = functions[same[1]]
        texts.setdefault(function.doc.returns, []).append(name)
    writer.add(".Sh RETURN VALUES", ".Bl -tag -width Ds")
    for text, names in texts.items():
        writer.add(".It " + " , ".join(f"Fn {name}" for name in names))
        writer.text(text, functions[names[0]].doc.params)
    writer.add(".El")


def errors(writer, section):
    codes = {}
    for function in section.functions:
        for error in function.doc.errors:
            codes.setdefault(error, []).append(function)
    enums = [item for item in section.items if is_error(item)]
    if not codes and not enums:
        return
    writer.add(".Sh ERRORS")
    if codes:
        writer.add(".Bl -tag -width Er")
        for (code, text), functions in codes.items():
            writer.add(f".It Bq Er {code}")
            writer.text(", ".join(f"{f.name}()" for f in functions) + ": "
                        + text, functions[0].doc.params)
        writer.add(".El")
    for enum in enums:
        writer.paragraphs(enum.doc.paragraphs)
        writer.add(".Pp")
        writer.tags([("Dv", *member) for member in enum.members()])


def threads(writer, section):
    """The rule of ianaport(3), and where the header says something else."""
    writer.add(".Sh THREAD AND SIGNAL SAFETY")
    about = [text for item in section.items if isinstance(item, Doc)
             for text in item.threads]
    own = [f for f in section.functions if f.doc.threads]
    if own:
        writer.add(".Bl -tag -width Ds")
        for function in own:
            writer.add(f".It Fn {function.name}")
            writer.paragraphs(function.doc.threads)
        writer.add(".El")
    elif about:
        writer.paragraphs(about)
    else:
        writer.text("These functions are reentrant and async-signal-safe: "
                    "they do not allocate, lock or make a system call.")


def see_also(writer):
    writer.refers.add(("3", "ianaport"))
    refers = sorted(writer.refers)
    writer.add(".Sh SEE ALSO")
    writer.add(*(f".Xr {name} {section} ," for section, name in refers[:-1]),
               ".Xr {1} {0}".format(*refers[-1]))


# ---- The page that leads to them --------------------------------------------

def overview(frame, before, sections, pages):
    about = re.search(r"(?s)/\*\*\n \* @file\n(.*?)\*/", before)[1]
    about, *rules = Doc(about).paragraphs
    writer = Writer("ianaport", pages)
    for line in frame.splitlines():
        if line == "@ABOUT@":
            writer.paragraphs([about])
        elif line == "@RULES@":
            writer.paragraphs(rules)
        elif line == "@FUNCTIONS@":
            table(writer, sections)
        else:
            writer.add(line)
    return "\n".join(writer.lines) + "\n"


def table(writer, sections):
    for section in sections:
        writer.add(f".Ss {section.title}")
        writer.tags([("Xr", f"{f.name} 3", f.brief())
                     for f in section.functions])


def write(frame, folder, before, sections):
    frame = pathlib.Path(frame).read_text("ascii")
    if not any(section.header == NETDB_HEADER for section in sections):
        frame = frame.replace(f".Pp\n.In {NETDB_HEADER}\n", "")
    folder = pathlib.Path(folder)
    date = re.search(r"(?m)^\.Dd .*", frame)[0]
    pages = {f.name: s.name for s in sections for f in s.functions}
    for section in sections:
        (folder / f"{section.name}.3").write_text(
            page_of(section, pages, date), "ascii")
    (folder / "ianaport.3").write_text(
        overview(frame, before, sections, pages), "ascii")


def main(*arguments):
    list_only = arguments[0] == "--list"
    headers = arguments[1 if list_only else 2:]
    netdb = any(header.endswith(NETDB_HEADER) for header in headers)
    before, sections = map(list, zip(*(read_header(header, netdb)
                                       for header in headers)))
    sections = [section for found in sections for section in found]
    if list_only:
        for section in sections:
            print(*(f.name for f in section.functions))
    else:
        write(*arguments[:2], before[0], sections)


if __name__ == "__main__":
    main(*sys.argv[1:])
