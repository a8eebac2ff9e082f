# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The header of a PNG file (ISO/IEC 15948), with the orientation that its EXIF says."""

import struct
from typing import BinaryIO

from cueffmpeg_gui.sequences.header import ImageHeader, ImageShape, NotThisFormat, file_tail
from cueffmpeg_gui.sequences.tiff_tags import exif_orientation

MAGIC = b"\x89PNG\r\n\x1a\n"
END = b"IEND\xaeB`\x82"
# Components of a pixel by colour type.
COMPONENTS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
# Chunks before the picture's own that are looked at.
MOST_CHUNKS = 100


def read_png(file: BinaryIO, size: int) -> ImageHeader:
    """The header of a PNG file."""
    if file.read(8) != MAGIC:
        raise NotThisFormat
    width, height, bits, kind = struct.unpack("!IIBB", file.read(18)[8:])
    shape = ImageShape(width, height, bits, COMPONENTS.get(kind, 0), _orientation(file, size), str(kind))
    return ImageHeader(shape, END in file_tail(file, size, 0))


def _orientation(file: BinaryIO, size: int) -> int:
    at = len(MAGIC)
    for _ in range(MOST_CHUNKS):
        if at + 12 > size:
            break
        file.seek(at)
        length, name = struct.unpack("!I4s", file.read(8))
        if name == b"eXIf":
            return exif_orientation(file, size, at + 8)
        at += 12 + length
    return 1
