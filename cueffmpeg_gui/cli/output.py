# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""How results leave: JSON alone on stdout, everything said to a person on stderr, tables for people on stdout."""

import json
import sys
from collections.abc import Iterable, Sequence
from typing import Any

# Rows of a table that are laid out to fit a terminal; that is slow, and nobody reads more of them there.
MOST_FOLDED = 500
MOST_INDENTED = 4


def say(text: str) -> None:
    """One line to the person."""
    sys.stderr.write(printable(text) + "\n")
    sys.stderr.flush()


def print_json(data: Any) -> None:
    """The result of a command with --json."""
    sys.stdout.write(_indented(data) + "\n")
    sys.stdout.flush()


def _indented(data: Any, indent: str = "") -> str:
    """JSON with two steps of indentation; what lies deeper is in one line, which Python writes many times faster."""
    inner = indent + "  "
    if len(inner) > MOST_INDENTED or not data or not isinstance(data, dict | list):
        return json.dumps(data)
    if isinstance(data, dict):
        lines = [f"{json.dumps(str(key))}: {_indented(value, inner)}" for key, value in data.items()]
    else:
        lines = [_indented(value, inner) for value in data]
    first, last = "{}" if isinstance(data, dict) else "[]"
    return f"{first}\n{inner}" + f",\n{inner}".join(lines) + f"\n{indent}{last}"


def print_line(text: str = "") -> None:
    """One line of result."""
    sys.stdout.write(printable(text) + "\n")
    sys.stdout.flush()


def print_log(content: bytes) -> None:
    """What a frame printed: as it is into a file or a pipe, to a terminal without what would steer it."""
    if sys.stdout.isatty():
        lines = content.decode("utf-8", "surrogateescape").replace("\t", "    ").split("\n")
        sys.stdout.write("\n".join(map(printable, lines)))
    else:
        sys.stdout.buffer.write(content)
    sys.stdout.flush()


def print_table(headings: Sequence[str], rows: Iterable[Sequence[object]], right: Sequence[str] = ()) -> None:
    """A table of result: columns named in `right` are numbers. As wide as it needs where it goes to no terminal."""
    cells = [[printable(str(cell)) for cell in row] for row in rows]
    if sys.stdout.isatty() and len(cells) <= MOST_FOLDED:
        _print_folded(headings, cells, right)
        return
    columns = zip(headings, *cells, strict=True)
    for line in zip(*(_padded(column, column[0] in right) for column in columns), strict=True):
        sys.stdout.write("  ".join(line).rstrip() + "\n")
    sys.stdout.flush()


def _padded(column: Sequence[str], on_right: bool) -> list[str]:
    """The cells of a column, all of one width."""
    widths = [len(cell) if cell.isascii() else _width(cell) for cell in column]
    width = max(widths)
    if on_right:
        return [" " * (width - taken) + cell for cell, taken in zip(column, widths, strict=True)]
    return [cell + " " * (width - taken) for cell, taken in zip(column, widths, strict=True)]


def _width(text: str) -> int:
    """Places a text takes in a terminal."""
    from rich.cells import cell_len

    return cell_len(text)


def _print_folded(headings: Sequence[str], rows: Iterable[Sequence[str]], right: Sequence[str]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in headings:
        table.add_column(heading, justify="right" if heading in right else "left", overflow="fold")
    for row in rows:
        table.add_row(*map(Text, row))
    Console(highlight=False).print(table)


def printable(text: str) -> str:
    """The text with control characters shown as escapes, so a hostile name cannot break a line or a terminal.

    Bytes that are no text leave as they came, but for those that are controls in terminals of 8 bits.
    """
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or "\udca0" <= c <= "\udcff" else repr(c)[1:-1] for c in text)
