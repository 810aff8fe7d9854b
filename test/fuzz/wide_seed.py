#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""usage: wide_seed.py COMPILER OUT

A small blob that has something of everything, and cells of three bytes."""

import pathlib
import sys

from target import Target, compile_registry

pathlib.Path(sys.argv[2]).write_bytes(
    Target(compile_registry(sys.argv[1]), 3).pack())
