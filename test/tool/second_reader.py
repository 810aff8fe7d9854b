# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The libianaport authors
"""registry/update/summarize-update.py as a module: it reads the registry's XML
without the compiler."""

import importlib.util
import pathlib
import re

_spec = importlib.util.spec_from_file_location("summary", pathlib.Path(
    __file__).parents[2] / "registry/update/summarize-update.py")
summary = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(summary)


def as_published(details):
    """With references to RFCs as IANA's page has them."""
    for field, text in details.items():
        details[field] = re.sub(r"\[rfc(?=\d)", "[RFC", text)
    return details
