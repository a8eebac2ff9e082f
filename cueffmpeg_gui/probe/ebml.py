# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The elements of a Matroska file (RFC 8794, RFC 9559), as far as they are asked for."""

import os
from collections.abc import Iterator
from typing import BinaryIO, Optional

EBML, SEGMENT = 0x1A45DFA3, 0x18538067


def read_element(file: BinaryIO) -> tuple[int, Optional[int]]:
    """Id and size of the element that begins here; no size when it is not known."""
    kind, _ = _variable(file, keep_marker=True)
    size, bits = _variable(file, keep_marker=False)
    return kind, None if size == (1 << bits) - 1 else size


def children(file: BinaryIO, end: Optional[int]) -> Iterator[tuple[int, int]]:
    """Id and end of each element from here to `end` (None: of the file); the file stands at its content."""
    at = file.tell()
    while end is None or at < end:
        file.seek(at)
        if not file.read(1):
            return
        file.seek(at)
        kind, size = read_element(file)
        begin = file.tell()
        # Of a file that was written as a stream some elements end with it.
        at = file.seek(0, os.SEEK_END) if size is None else begin + size
        file.seek(begin)
        yield kind, at


def descend(file: BinaryIO, end: Optional[int], wanted: int) -> Optional[int]:
    """Goes into the first such element from here to `end`; its own end."""
    return next((inner for kind, inner in children(file, end) if kind == wanted), None)


def numbers(file: BinaryIO, end: int) -> dict[int, int]:
    """The elements from here to `end` as numbers."""
    found = ((kind, inner, file.tell()) for kind, inner in children(file, end))
    return {kind: int.from_bytes(file.read(8)[: inner - at], "big") for kind, inner, at in found}


def _variable(file: BinaryIO, *, keep_marker: bool) -> tuple[int, int]:
    """A number of variable length, and the bits it has; zeros in front of the first one tell how many bytes follow."""
    first = file.read(1) or b"\xff"
    length = 9 - first[0].bit_length()
    number = int.from_bytes(first + file.read(length - 1), "big")
    bits = 7 * length
    return (number if keep_marker else number & ((1 << bits) - 1)), bits
