# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The tags of a TIFF directory (TIFF 6.0, section 2), which is also how EXIF is written."""

import struct
from typing import BinaryIO

from cueffmpeg_gui.sequences.header import LONGEST_PART, NotRead, NotThisFormat, read_at

ORDERS = {b"II*\0": "<", b"MM\0*": ">"}
BIG_ORDERS = (b"II+\0", b"MM\0+")
LAYOUTS = {1: "B", 3: "H", 4: "I"}
ORIENTATION = 274
TURNED = range(1, 9)


def read_tags(file: BinaryIO, size: int, base: int = 0) -> dict[int, tuple[int, ...]]:
    """The numbers of the first directory, by tag; offsets in it count from `base`.

    Raises NotThisFormat, struct.error, and NotRead for files with 64-bit offsets.
    """
    file.seek(base)
    mark = file.read(4)
    if mark in BIG_ORDERS:
        raise NotRead("is a BigTIFF", "write it as plain TIFF, with offsets of 32 bits")
    order = ORDERS.get(mark)
    if order is None:
        raise NotThisFormat
    (directory,) = read_at(file, order + "I", base + 4)
    (count,) = read_at(file, order + "H", base + directory)
    found = {}
    for place in range(base + directory + 2, base + directory + 2 + 12 * count, 12):
        tag, kind, length = read_at(file, order + "HHI", place)
        if kind in LAYOUTS and length <= min(size, LONGEST_PART):
            layout = f"{order}{length}{LAYOUTS[kind]}"
            # A value of up to four bytes stands in the entry itself.
            short = struct.calcsize(layout) <= 4
            found[tag] = read_at(file, layout, place + 8 if short else base + read_at(file, order + "I", place + 8)[0])
    return found


def orientation_of(tags: dict[int, tuple[int, ...]]) -> int:
    """How the picture is to be turned; 1 where nothing, or nothing that makes sense, is said."""
    (turned, *_) = tags.get(ORIENTATION) or (1,)
    return turned if turned in TURNED else 1


def exif_orientation(file: BinaryIO, size: int, base: int) -> int:
    """The orientation that EXIF at an offset says; damaged EXIF says nothing, as it does for ffmpeg."""
    try:
        return orientation_of(read_tags(file, size, base))
    except (NotThisFormat, NotRead, struct.error, LookupError, OverflowError):
        return 1
