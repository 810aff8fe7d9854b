#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""usage: check_map.py IANAPORT COMPILER REGISTRY.xml PORTS.svg

The picture of all ports, each square of it, and the page around it, as a
browser has it where there is one."""

import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as ElementTree

from command import answer, ask

COMPILER, REGISTRY, README_PICTURE = sys.argv[1:]
del sys.argv[1:]

SVG = "{http://www.w3.org/2000/svg}"
PICTURE = answer("map")
PAGE = answer("map", "--html")
CHROMIUM = shutil.which("chromium")


def kinds_of_services():
    """What each port is to be, out of the list."""
    kinds = {}
    for status in "dynamic", "unassigned", "reserved", "assigned":
        try:
            lines = answer("list", "--status", status, "--json").splitlines()
        except AssertionError:
            continue
        for row in map(json.loads, lines):
            for port in range(row["port"], row["last_port"] + 1):
                kinds[port] = ("n" if row["name"] and status != "assigned" else
                               {"d": "d", "u": "f", "r": "r",
                                "a": "s" if port < 1024 else "u"}[status[0]])
    return kinds


class Picture(unittest.TestCase):
    def test_every_port_is_one_square_of_its_kind(self):
        seen = {}
        for path in ElementTree.fromstring(PICTURE).iter(f"{SVG}path"):
            for x, y, width, height, back in re.findall(
                    r"M(\d+) (\d+)h(\d+)v(\d+)h-(\d+)z", path.get("d")):
                self.assertEqual((height, back), ("4", width))
                for port in range(int(width) // 4):
                    at = (int(y) - 44) // 4 * 256 + int(x) // 4 + port
                    self.assertNotIn(at, seen)
                    seen[at] = path.get("class")
        self.assertEqual(len(seen), 65536)
        expected = kinds_of_services()
        self.assertEqual({p: (k, expected[p]) for p, k in seen.items()
                          if k != expected[p]}, {})

    def test_labels_and_legend(self):
        texts = [text.text for text in
                 ElementTree.fromstring(PICTURE).iter(f"{SVG}text")]
        self.assertIn("443 https", texts)
        self.assertEqual(len([t for t in texts if t[0].isdigit()]), 21)
        for word in "assigned, a User Port", "reserved", "unassigned":
            self.assertIn(word, texts)

    def test_light_and_dark(self):
        self.assertIn("prefers-color-scheme:dark", PICTURE)

    def test_readme_has_this_one(self):
        self.assertEqual(PICTURE, pathlib.Path(README_PICTURE).read_text())

    def test_wrong_usage(self):
        self.assertEqual(ask("map", "x"), (
            2, "", "ianaport: x: unexpected operand\n"
            "usage: ianaport map [OPTION]... >FILE\n"))


class Page(unittest.TestCase):
    def test_needs_nothing_else(self):
        self.assertEqual(re.findall(r"(?:src|href)=", PAGE), [])
        self.assertEqual(re.findall(r"https?://(?!www.w3.org/2000/svg)",
                                    PAGE.partition("const services")[0]), [])
        self.assertIn(PICTURE, PAGE)

    def test_has_every_service(self):
        data = PAGE.partition("const services = [\n")[2].partition("\n];")[0]
        self.assertEqual(
            [row[:4] for row in json.loads(f"[{data.rstrip(',')}]")
             if row[0] in ("http", "x11", "rdp", "boe-cms")][:6], [
                ["http", 80, 80, "tcp"], ["http", 80, 80, "udp"],
                ["http", 80, 80, "sctp"], ["x11", 6000, 6063, "tcp"],
                ["x11", 6000, 6063, "udp"], ["boe-cms", 6400, 6400, ""]])

    @unittest.skipUnless(CHROMIUM, "no chromium")
    def test_in_a_browser(self):
        for size in "360,640", "1400,900":
            for dark in False, True:
                self.check_in_browser(size, dark)

    def check_in_browser(self, size, dark):
        """The page, driven by a script of ours; what it saw is in the title."""
        script = """<script>
const seen = [];
function key(k) {
  document.dispatchEvent(new KeyboardEvent("keydown", {key: k, bubbles: true}));
}
function state() {
  const one = document.querySelector("[aria-selected=true]");
  seen.push([list.children.length, one && one.textContent,
             mark.isConnected && mark.getAttribute("x")]);
}
key("/"); seen.push(document.activeElement.id);
input.value = "https"; input.oninput(); state();
key("ArrowDown"); state(); key("ArrowUp"); state();
input.value = "NAME domain server"; input.oninput(); state();
input.value = "6010/tcp"; input.oninput(); state();
input.value = "<b>"; input.oninput(); state();
key("Escape"); state();
const box = svg.getBoundingClientRect();
const scale = box.width / svg.viewBox.baseVal.width;
svg.dispatchEvent(new MouseEvent("click", {
  clientX: box.left + (22 * 4 + 2) * scale,
  clientY: box.top + (44 + 2) * scale})); state();
seen.push(document.documentElement.scrollWidth <= innerWidth);
seen.push(getComputedStyle(document.body).backgroundColor);
seen.push(getComputedStyle(document.querySelector(".s")).fill);
document.title = JSON.stringify(seen);
</script>"""
        with tempfile.TemporaryDirectory() as folder:
            page = pathlib.Path(folder, "page.html")
            page.write_text(PAGE + script)
            done = subprocess.run(
                [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu",
                 f"--user-data-dir={folder}", f"--window-size={size}",
                 *(["--blink-settings=preferredColorScheme=0"] if dark else
                   ["--blink-settings=preferredColorScheme=1"]),
                 "--dump-dom", page.as_uri()], capture_output=True, text=True,
                timeout=120)
        title = re.search("<title>(.*?)</title>", done.stdout)
        seen = json.loads(title[1].replace("&lt;", "<").replace("&amp;", "&"))
        focus, https, down, up, words, port, none, escape, click, fits, *look \
            = seen
        self.assertEqual(focus, "q")
        self.assertEqual(https[1:], ["https 443/tcp http protocol over TLS/SSL",
                                     str(443 % 256 * 4 - 3)])
        self.assertTrue(down[1].startswith("https 443/udp"))
        self.assertEqual(up, https)
        self.assertTrue(words[1].startswith("domain 53/tcp"))
        self.assertTrue(port[1].startswith("x11 6000-6063/tcp"))
        self.assertEqual(none, [0, None, False])
        self.assertEqual(escape, [0, None, False])
        self.assertTrue(click[1].startswith("ssh 22/tcp"))
        self.assertTrue(fits)
        self.assertEqual(look, ["rgb(20, 24, 28)", "rgb(140, 200, 255)"] if dark
                         else ["rgb(255, 255, 255)", "rgb(11, 79, 138)"])


unittest.main()
