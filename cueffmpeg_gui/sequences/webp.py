# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The header of a WebP file (RFC 9649), with the orientation that its EXIF says."""

import struct
from typing import BinaryIO

from cueffmpeg_gui.sequences.header import ImageHeader, ImageShape, NotRead, NotThisFormat, read_at
from cueffmpeg_gui.sequences.tiff_tags import exif_orientation

MOST_CHUNKS = 100
ANIMATED, ALPHA = 0x02, 0x10
LOSSLESS_ALPHA = 1 << 28


def read_webp(file: BinaryIO, size: int) -> ImageHeader:
    """The header of a WebP file; one with several pictures is not read."""
    riff, length, form = struct.unpack("<4sI4s", file.read(12))
    if (riff, form) != (b"RIFF", b"WEBP"):
        raise NotThisFormat
    places = _chunks(file, min(size, 8 + length))
    if b"VP8X" in places and read_at(file, "B", places[b"VP8X"])[0] & ANIMATED:
        raise NotRead("is an animated WebP", "write its pictures one by one")
    width, height, components = _size(file, places)
    orientation = exif_orientation(file, size, places[b"EXIF"]) if b"EXIF" in places else 1
    # Lossless pictures are RGB, others YUV.
    kind = "lossless" if b"VP8L" in places else "lossy"
    return ImageHeader(ImageShape(width, height, 8, components, orientation, kind), is_whole=size >= 8 + length)


def _chunks(file: BinaryIO, end: int) -> dict[bytes, int]:
    """Where the content of each kind of chunk begins."""
    found: dict[bytes, int] = {}
    at = 12
    while at + 8 <= end and len(found) < MOST_CHUNKS:
        file.seek(at)
        name, length = struct.unpack("<4sI", file.read(8))
        found.setdefault(name, at + 8)
        at += 8 + length + length % 2
    return found


def _size(file: BinaryIO, places: dict[bytes, int]) -> tuple[int, int, int]:
    """Width, height and components, from the picture's own header."""
    if b"VP8L" in places:
        _, bits = read_at(file, "<BI", places[b"VP8L"])
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF), 4 if bits & LOSSLESS_ALPHA else 3
    width, height = read_at(file, "<HH", places[b"VP8 "] + 6)
    return width & 0x3FFF, height & 0x3FFF, 4 if b"ALPH" in places else 3
