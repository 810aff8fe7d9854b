# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""The commands that a manual page shows, so that a test can run them."""

import pathlib
import re

# Behind "# " or "$ ", with the lines that it goes on in, and its output.
COMMAND = r"(?m)^[#$] ((?:.*(?:\\|\|\|)\n)*.*)\n((?:[^#$].*\n)*)"


def commands_of(page):
    """Commands and their outputs, by the title of the section."""
    commands = {}
    text = pathlib.Path(page).read_text("ascii").replace("\\e", "\\")
    for section in text.split("\n.Sh ")[1:]:
        for literal in re.findall(r"(?ms)^\.Bd -literal\n(.*?)^\.Ed", section):
            title = section.split("\n")[0]
            commands.setdefault(title, []).extend(re.findall(COMMAND, literal))
    return {title: found for title, found in commands.items() if found}
