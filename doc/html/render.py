#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""usage: render.py MANDOC FOLDER FRAME.html STYLE.css PAGE...

The manual as linked HTML in FOLDER: each PAGE as mandoc renders it, the style
sheet, and index.html. FRAME is the index page without what the pages say:
lines such as "@subcommands ianaport.1@" stand for that."""

import html
import json
import pathlib
import re
import shutil
import subprocess
import sys

HEAD = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<link rel="stylesheet" href="style.css">
</head>
<body>
"""
SECTIONS = {"1": "Commands", "3": "Functions", "5": "Files and formats",
            "7": "Miscellany", "8": "Administration"}
# A heading, an option, a constant and the like, with an address of its own.
NAMED = re.compile(r'<a class="permalink" href="#([^"]*)">(.*?)</a>', re.S)
# Headings that most pages have lead nowhere in particular.
COMMON = {"NAME", "LIBRARY", "SYNOPSIS", "DESCRIPTION", "RETURN VALUES",
          "ERRORS", "THREAD AND SIGNAL SAFETY", "EXAMPLES", "EXIT STATUS",
          "FILES", "NOTES", "SEE ALSO", "STANDARDS"}


def plain(markup):
    """What a reader sees of it, on one line."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", markup)).split())


def link(target, text):
    return f'<a href="{html.escape(target)}">{html.escape(text)}</a>'


class Page:
    """A page of the manual, with the body that mandoc makes of it."""

    def __init__(self, mandoc, path):
        self.name, self.section = re.fullmatch(r"(.*)\.(\d)", path.name).groups()
        self.title = f"{self.name}({self.section})"
        self.file = f"{path.name}.html"
        done = subprocess.run([mandoc, "-T", "html", "-O", "fragment", path],
                              check=True, capture_output=True, text=True)
        self.body = tidy(done.stdout)
        self.about = plain(re.search(r'<span class="Nd">(.*?)</span>',
                                     self.body, re.S)[1])

    def part(self, anchor, level=2):
        """What stands under a heading, up to the next of its level."""
        found = re.search(rf'<h{level} [^>]*id="{re.escape(anchor)}">.*?</h{level}>\n'
                          rf"(.*?)(?=<h{level} |\Z)", self.body, re.S)
        return re.sub(r"</section>\s*(<section[^>]*>\s*)?\Z", "", found[1])

    def functions(self):
        return [name for name in re.findall(r'id="(iana_\w+)"', self.body)
                if self.section == "3"]

    def names(self):
        """(name, address) of all that has an address on this page."""
        for anchor, markup in NAMED.findall(self.body):
            name = plain(markup)
            if name not in COMMON and "~" not in anchor:    # "~2" is a second
                yield name, f"{self.file}#{html.unescape(anchor)}"


def tidy(body):
    """The body without mandoc's frame, below a heading of ours."""
    body = re.search(r'(?s)<div class="manual-text">\n(.*)</div>\n<table', body)[1]
    body = re.sub(r'<a class="In">(.*?)</a>', r"\1", body)
    body = re.sub(r"(?s)<table.*?</table>", r'<div class="wide">\g<0></div>',
                  body)
    body = re.sub(r'<p class="Pp"></p>\n', "", body)
    return re.sub(r"<(/?)h([12])\b", lambda h: f"<{h[1]}h{int(h[2]) + 1}", body)


def targets_of(pages):
    """Where each page and function is: {"iana_resolve(3)": address}."""
    targets = {f"{name}(3)": f"{page.file}#{name}"
               for page in pages for name in page.functions()}
    return {page.title: page.file for page in pages} | targets


def refer(body, targets):
    """Links to our pages; those of the system stay text."""
    def one(match):
        if match[1] in targets:
            return f'<a class="Xr" href="{targets[match[1]]}">{match[1]}</a>'
        return f'<span class="Xr">{match[1]}</span>'
    return re.sub(r'<a class="Xr">(.*?)</a>', one, body)


# ---- The pages --------------------------------------------------------------

def contents(page):
    """The headings, folded: a page may have dozens."""
    headings = re.findall(r'(?s)<h([23]) [^>]*>(.*?)</h\1>', page.body)
    items = [f'<li class="level{level}">'
             + link("#" + html.unescape(anchor), plain(text)) + "</li>\n"
             for level, heading in headings
             for anchor, text in NAMED.findall(heading)]
    return ("<details><summary>On this page</summary>\n<ul>\n"
            + "".join(items) + "</ul>\n</details>\n")


def write_page(page, targets, folder):
    text = (HEAD.format(title=page.title)
            + '<nav><a href="index.html">libianaport manual</a></nav>\n'
            + f"<main>\n<h1>{page.title}</h1>\n" + contents(page)
            + refer(page.body, targets) + "</main>\n</body>\n</html>\n")
    (folder / page.file).write_text(text, "utf-8")


# ---- The index --------------------------------------------------------------

class Index:
    """What the lines of the frame stand for."""

    def __init__(self, pages):
        self.pages = {f"{page.name}.{page.section}": page for page in pages}

    def head(self, title):
        return HEAD.format(title=title)

    def part(self, where):
        page, _, anchor = where.partition("#")
        return re.sub(r'<a class="permalink"[^>]*>(.*?)</a>', r"\1",
                      self.pages[page].part(anchor), flags=re.S)

    def example(self, where):
        """The first ones of a page: "ianaport.3 2"."""
        page, count = where.split()
        examples = self.pages[page].part("EXAMPLES")
        found = re.findall(r"(?s)<pre>.*?</pre>\n", examples)
        return "".join(found[:int(count)])

    def subcommands(self, name):
        page = self.pages[name]
        part = page.part("SUBCOMMANDS")
        items = []
        for anchor in re.findall(r'<h3 [^>]*id="(\w+)"', part):
            first = re.search(r'(?s)<p class="Pp">(.*?)</p>',
                              page.part(anchor, 3))[1]
            items.append(f"<dt>{link(f'{page.file}#{anchor}', anchor)}</dt>\n<dd>"
                         + re.split(r"(?<=\.)\s", first)[0] + "</dd>\n")
        return "<dl>\n" + "".join(items) + "</dl>\n"

    def link(self, line):
        """A page or section of it; nothing where the build lacks the page."""
        where, _, text = line.partition(" ")
        name, hash_mark, anchor = where.partition("#")
        if name not in self.pages:
            return ""
        page = self.pages[name]
        return f"<li>{link(page.file + hash_mark + anchor, text)}</li>\n"

    def all(self, _):
        text = ""
        for section, title in SECTIONS.items():
            items = [f"<dt>{link(page.file, page.title)}</dt>\n"
                     f"<dd>{html.escape(page.about)}</dd>\n"
                     for page in self.pages.values() if page.section == section]
            text += f"<h3>{title}</h3>\n<dl>\n{''.join(items)}</dl>\n"
        return text

    def briefs(self):
        """What each function does, from the overview."""
        return {name: plain(brief) for name, brief in re.findall(
            r'(?s)<dt><a class="Xr">(\w+)\(3\)</a></dt>\s*<dd>(.*?)</dd>',
            self.pages["ianaport.3"].part("FUNCTIONS"))}

    def names(self, _):
        """What the search knows, as JSON: pages, and then what they name."""
        pages, briefs = self.pages.values(), self.briefs()
        names = [(page.title, page.file, page.about) for page in pages
                 if page.name not in briefs]
        names += [(name, address, briefs.get(name, page.title))
                  for page in pages for name, address in page.names()]
        return json.dumps(names, indent=0).replace("<", r"\u003c") + "\n"


def write_index(frame, pages, targets, folder):
    index = Index(pages)
    text = re.sub(r"(?m)^@(\w+) ?(.*)@\n",
                  lambda line: getattr(index, line[1])(line[2]), frame)
    (folder / "index.html").write_text(refer(text, targets), "utf-8")


def main(mandoc, folder, frame, style, *paths):
    folder = pathlib.Path(folder)
    pages = [Page(mandoc, path) for path in sorted(map(pathlib.Path, paths))]
    targets = targets_of(pages)
    for page in pages:
        write_page(page, targets, folder)
    write_index(pathlib.Path(frame).read_text("utf-8"), pages, targets, folder)
    shutil.copyfile(style, folder / "style.css")


if __name__ == "__main__":
    main(*sys.argv[1:])
