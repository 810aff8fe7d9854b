#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""usage: check_manual.py IANAPORT ianaport.1

The examples of the manual page, each run by a shell."""

import os
import re
import subprocess
import sys

TOOL, PAGE = sys.argv[1:]
PATH = os.pathsep.join([os.path.dirname(os.path.abspath(TOOL)),
                        os.environ["PATH"]])

with open(PAGE, encoding="utf-8") as file:
    text = file.read().replace("\\e", "\\").replace("\\-", "-")
examples = [example for block in re.findall(
    r"^\.Bd -literal\n(.*?)^\.Ed", text, re.S | re.M)
    for example in block.rstrip().split("\n\n") if example[:2] == "$ "]
assert len(examples) > 4, examples
for example in examples:
    command, _, printed = example[2:].partition("\n")
    done = subprocess.run(["sh", "-c", command], capture_output=True,
                          text=True, env=dict(os.environ, PATH=PATH))
    if done.stdout.rstrip() != printed:
        sys.exit(f"$ {command}\n{done.stdout}instead of\n{printed}")
