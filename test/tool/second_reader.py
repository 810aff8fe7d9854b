# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""registry/update/summarize-update.py as a module: it reads the registry's XML
without the compiler."""

import importlib.util
import pathlib

_spec = importlib.util.spec_from_file_location("summary", pathlib.Path(
    __file__).parents[2] / "registry/update/summarize-update.py")
summary = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(summary)
