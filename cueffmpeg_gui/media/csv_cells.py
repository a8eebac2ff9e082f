# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Cells of CSV files that a spreadsheet takes for text, whatever their text begins with."""

import re

# What makes a spreadsheet reckon, or fetch, instead of showing; it may trim space before it looks.
FORMULA_MARKS = ("=", "+", "-", "@", "|", "%")
CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def text_cell(text: str) -> str:
    """Text for a cell, in one line; behind an apostrophe, as spreadsheets mark text, where it could be a formula."""
    line = CONTROLS.sub(" ", text)
    return f"'{line}" if line.lstrip().startswith(FORMULA_MARKS) else line
