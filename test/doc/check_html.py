#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""usage: check_html.py BUILD

The manual as HTML: every page and function is there, no link is dead, and a
browser shows it on a telephone, dark and light, and finds names."""

import html.parser
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

BUILD = pathlib.Path(sys.argv.pop(1))
FOLDER = BUILD / "doc/html"
CHROMIUM = shutil.which("chromium")


def setUpModule():
    if not shutil.which("mandoc"):
        raise unittest.SkipTest("no mandoc")
    subprocess.run(["meson", "compile", "-C", BUILD, "html"], check=True,
                   stdout=subprocess.DEVNULL)


class Reader(html.parser.HTMLParser):
    """The addresses in a file, what it refers to, and what is not closed."""

    def __init__(self, path):
        super().__init__()
        self.ids, self.links, self.open = [], [], []
        self.feed(path.read_text("utf-8"))

    def handle_starttag(self, tag, attrs):
        self.links += [value for name, value in attrs
                       if name in ("href", "src", "action")]
        self.ids += [value for name, value in attrs if name == "id"]
        if tag not in {"br", "input", "link", "meta"}:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if self.open[-1:] == [tag]:
            self.open.pop()


def installed():
    """The pages, and the links that lead to them."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["meson", "install", "-C", BUILD, "--no-rebuild",
                        "--quiet", "--destdir", folder], check=True)
        found = list(pathlib.Path(folder).rglob("man/man?/*"))
        return ({path.name for path in found if not path.is_symlink()},
                {path.stem: path.readlink().name
                 for path in found if path.is_symlink()})


class Files(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.pages, cls.functions = installed()
        names = ["index.html", *(f"{page}.html" for page in cls.pages)]
        cls.files = {name: Reader(FOLDER / name) for name in names}

    def test_every_function_has_its_address(self):
        for function, page in self.functions.items():
            self.assertIn(function, self.files[f"{page}.html"].ids)

    def test_index_leads_to_every_page_and_function(self):
        index = set(self.files["index.html"].links)
        self.assertLessEqual({f"{page}.html" for page in self.pages}, index)
        self.assertLessEqual({f"{page}.html#{function}" for function, page
                              in self.functions.items()}, index)

    def test_index_leads_to_every_subcommand(self):
        index = set(self.files["index.html"].links)
        page = (FOLDER / "ianaport.1.html").read_text()
        subcommands = re.findall(r'<h3 [^>]*id="([a-z]+)"', page)
        self.assertIn("annotate", subcommands)
        self.assertLessEqual({f"ianaport.1.html#{name}"
                              for name in subcommands}, index)

    def test_no_link_is_dead_or_leads_elsewhere(self):
        for name, file in self.files.items():
            self.assertEqual([link for link in file.links
                              if not self.leads_somewhere(name, link)], [],
                             name)

    def leads_somewhere(self, name, link):
        target, _, anchor = link.partition("#")
        target = target or name
        return (target == "style.css" or target in self.files and (
            not anchor or anchor in self.files[target].ids))

    def test_search_leads_somewhere(self):
        for _, link, _ in known():
            self.assertTrue(self.leads_somewhere("index.html", link), link)

    def test_every_element_is_closed(self):
        for name, file in self.files.items():
            self.assertEqual(file.open, [], name)

    def test_no_address_is_given_twice(self):
        for name, file in self.files.items():
            self.assertEqual(len(set(file.ids)), len(file.ids), name)

    def test_pages_of_the_system_are_no_links(self):
        text = (FOLDER / "iana_port_of.3.html").read_text()
        self.assertIn('<span class="Xr">snprintf(3)</span>', text)


def known():
    """What the search knows."""
    text = (FOLDER / "index.html").read_text("utf-8")
    return json.loads(re.search(r"(?s)const names =\n(.*?)\n;", text)[1])


# ---- In a browser -----------------------------------------------------------

DRIVER = """<!DOCTYPE html>
<meta charset="utf-8">
%s
<script>
const seen = {pages: {}, found: {}, keys: []};

function look(frame) {
  const doc = frame.contentDocument, of = frame.contentWindow;
  doc.querySelectorAll("details").forEach(one => one.open = true);
  const color = name => of.getComputedStyle(doc.querySelector(name)).color;
  return {width: doc.documentElement.scrollWidth, inner: of.innerWidth,
          ground: of.getComputedStyle(doc.body).backgroundColor,
          text: [color("body"), color("a"),
                 color(doc.querySelector("summary") ? "summary" : "a")]};
}

function search(doc, text) {
  const input = doc.getElementById("q");
  input.value = text;
  input.dispatchEvent(new Event("input"));
  return [...doc.querySelectorAll("#found a")]
    .map(link => [link.firstChild.data, link.getAttribute("href")]);
}

function press(doc, key) {
  doc.activeElement.dispatchEvent(
    new KeyboardEvent("keydown", {key, bubbles: true, cancelable: true}));
  const at = doc.activeElement;
  seen.keys.push(at.id || at.getAttribute("href"));
}

onload = () => {
  for (const frame of document.querySelectorAll("iframe"))
    seen.pages[frame.name] = look(frame);
  const doc = document.querySelector("[name='index.html']").contentDocument;
  for (const text of %s)
    seen.found[text] = search(doc, text);
  search(doc, "iana_resolve");
  press(doc, "/"); press(doc, "ArrowDown"); press(doc, "ArrowUp");
  doc.addEventListener("click", event => {
    event.preventDefault();
    seen.keys.push(event.target.closest("a").getAttribute("href"));
  });
  doc.getElementById("search").requestSubmit();
  const width = doc.documentElement.scrollWidth;
  document.title = JSON.stringify({...seen, width});
};
</script>
"""
SEARCHES = ["iana_resolve", "RESOLVE", "servbyname", "--json", "annotate",
            "blob", "IANA_E_SYSTEM", "records blob", "no such name", ""]


def browse(dark):
    """What a browser saw at 360 pixels."""
    frames = "".join(f'<iframe name="{path.name}" src="{path.as_uri()}" '
                     'width="360" height="640" style="border:0"></iframe>\n'
                     for path in sorted(FOLDER.resolve().glob("*.html")))
    with tempfile.TemporaryDirectory() as folder:
        driver = pathlib.Path(folder, "driver.html")
        driver.write_text(DRIVER % (frames, json.dumps(SEARCHES)))
        done = subprocess.run(
            [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu",
             "--disable-quic", "--no-first-run", "--disable-sync",
             "--disable-background-networking", "--disable-component-update",
             "--hide-scrollbars", "--allow-file-access-from-files",
             f"--user-data-dir={folder}",
             f"--blink-settings=preferredColorScheme={0 if dark else 1}",
             "--dump-dom", driver.as_uri()],
            capture_output=True, text=True, timeout=120)
    title = re.search("<title>(.*?)</title>", done.stdout)
    return json.loads(html.unescape(title[1]))


def luminance(color):
    """Of "rgb(20, 24, 28)", as WCAG 2 has it."""
    parts = [int(part) / 255 for part in re.findall(r"\d+", color)[:3]]
    red, green, blue = [part / 12.92 if part <= 0.03928 else
                        ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    dark, light = sorted(map(luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


@unittest.skipUnless(CHROMIUM, "no chromium")
class Browser(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.light, cls.dark = browse(dark=False), browse(dark=True)

    def test_nothing_is_wider_than_a_telephone(self):
        self.assertGreater(len(self.light["pages"]), 10)
        for name, page in self.light["pages"].items():
            self.assertEqual((page["inner"], page["width"]), (360, 360), name)
        self.assertEqual(self.light["width"], 360, "with results")

    def test_readable_dark_and_light(self):
        for seen, is_dark in (self.light, False), (self.dark, True):
            for name, page in seen["pages"].items():
                ground = page["ground"]
                self.assertEqual(luminance(ground) < 0.1, is_dark, name)
                for color in page["text"]:
                    self.assertGreater(contrast(ground, color), 5, name)

    def test_search_finds(self):
        found = self.light["found"]
        first = {text: (found[text] or [None])[0] for text in SEARCHES}
        self.assertEqual(first, {
            "iana_resolve": ["iana_resolve", "iana_port_of.3.html#iana_resolve"],
            "RESOLVE": ["iana_resolve", "iana_port_of.3.html#iana_resolve"],
            "servbyname": ["iana_getservbyname",
                           "iana_getservbyname.3.html#iana_getservbyname"],
            "--json": ["--json", "ianaport.1.html#json"],
            "annotate": ["annotate", "ianaport.1.html#annotate"],
            "blob": ["ianaport-blob(5)", "ianaport-blob.5.html"],
            "IANA_E_SYSTEM": ["IANA_E_SYSTEM",
                              "iana_registry_open.3.html#IANA_E_SYSTEM"],
            "records blob": ["Records", "ianaport-blob.5.html#Records"],
            "no such name": None, "": None})

    def test_search_with_the_keyboard(self):
        address = "iana_port_of.3.html#iana_resolve"
        self.assertEqual(self.light["keys"], ["q", address, "q", address])


unittest.main(verbosity=2)
