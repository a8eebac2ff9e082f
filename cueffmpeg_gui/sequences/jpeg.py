# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The header of a JPEG file (ITU-T T.81), with the orientation that its EXIF says."""

from typing import BinaryIO

from cueffmpeg_gui.sequences.header import ImageHeader, ImageShape, NotRead, NotThisFormat, file_tail, read_at
from cueffmpeg_gui.sequences.tiff_tags import exif_orientation

MAGIC, END = b"\xff\xd8", b"\xff\xd9"
EXIF_MARK, EXIF = 0xE1, b"Exif\0\0"
# Segments before the picture's own, and what fills between them.
MOST_MARKS = 10000
FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
# Baseline, extended, progressive; ffmpeg reads these of 8 bits.
READ_FRAMES = (0xC0, 0xC1, 0xC2)
FRAME_NAMES = {0xC3: "a lossless JPEG", **dict.fromkeys((0xC9, 0xCA), "a JPEG with arithmetic coding")}
MOST_BITS = 16
WITHOUT_LENGTH = {0x01, *range(0xD0, 0xD9)}


def read_jpeg(file: BinaryIO, size: int) -> ImageHeader:
    """The header of a JPEG file; raises NotRead for kinds that cameras and scanners of medicine write."""
    if file.read(2) != MAGIC:
        raise NotThisFormat
    at, orientation = 2, 1
    for _ in range(MOST_MARKS):
        mark, kind = read_at(file, "!BB", at)
        if mark != 0xFF:
            raise NotThisFormat
        if kind in FRAMES:
            break
        if kind == EXIF_MARK and orientation == 1:
            orientation = _orientation(file, size, at + 4)
        at += 1 if kind == 0xFF else 2 if kind in WITHOUT_LENGTH else 2 + read_at(file, "!H", at + 2)[0]
    else:
        raise NotThisFormat
    bits, height, width, components = read_at(file, "!BHHB", at + 4)
    if bits > MOST_BITS:
        raise NotThisFormat
    if kind not in READ_FRAMES or bits != 8:
        name = FRAME_NAMES.get(kind, "a JPEG") if kind not in READ_FRAMES else f"a JPEG of {bits} bits"
        raise NotRead(f"is {name}", "write it as an ordinary JPEG of 8 bits, or as PNG")
    sampling = "".join(f"{read_at(file, 'B', at + 11 + 3 * n)[0]:02x}" for n in range(components))
    return ImageHeader(
        ImageShape(width, height, bits, components, orientation, sampling), END in file_tail(file, size, at)
    )


def _orientation(file: BinaryIO, size: int, at: int) -> int:
    file.seek(at)
    return exif_orientation(file, size, at + len(EXIF)) if file.read(len(EXIF)) == EXIF else 1
