# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The boxes of an MP4 or MOV file (ISO/IEC 14496-12, 4.2), as far as they are asked for."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Optional


@dataclass(frozen=True)
class Box:
    """Its name, and where its content begins and ends."""

    name: str
    begin: int
    end: int


def whole_file(file: BinaryIO) -> Box:
    """A box around all boxes."""
    return Box("", 0, file.seek(0, os.SEEK_END))


def boxes(file: BinaryIO, outer: Box, skip: int = 0) -> Iterator[Box]:
    """The boxes in a box, behind so many bytes of its own."""
    at = outer.begin + skip
    while at + 8 <= outer.end:
        file.seek(at)
        size, name = int.from_bytes(file.read(4), "big"), file.read(4)
        head = 8
        if size == 1:
            size, head = int.from_bytes(file.read(8), "big"), 16
        end = outer.end if size == 0 else at + size
        if (size and size < head) or end > outer.end:
            return
        yield Box(name.decode("latin-1"), at + head, end)
        at = end


def find_box(file: BinaryIO, outer: Box, *names: str) -> Optional[Box]:
    """The box under these names, from the outside in; None where there is none."""
    found: Optional[Box] = outer
    for name in names:
        found = next((box for box in boxes(file, found) if box.name == name), None) if found else None
    return found


def read_content(file: BinaryIO, box: Box, most: int = 1 << 16) -> bytes:
    """What is in a box."""
    file.seek(box.begin)
    return file.read(min(most, box.end - box.begin))
