# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The picture formats a sequence may have: one table from a name's ending to its reader and ffmpeg's decoder."""

import os
import struct
from dataclasses import dataclass
from typing import BinaryIO

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.media.open_file import open_regular
from cueffmpeg_gui.sequences.dpx import read_dpx
from cueffmpeg_gui.sequences.exr import read_exr
from cueffmpeg_gui.sequences.header import LONGEST_PART, HeaderReader, ImageHeader, ImageShape, NotThisFormat, read_at

PNG_MAGIC = b"\x89PNG\r\n\x1a\n"
PNG_END = b"IEND\xaeB`\x82"
# Components of a pixel by PNG's colour type.
PNG_COMPONENTS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
JPEG_MAGIC, JPEG_END = b"\xff\xd8", b"\xff\xd9"
# Segments before the picture's own, and what fills between them.
MOST_JPEG_MARKS = 10000
JPEG_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
JPEG_WITHOUT_LENGTH = {0x01, *range(0xD0, 0xD9)}
TIFF_ORDERS = {b"II*\0": "<", b"MM\0*": ">"}
TIFF_LAYOUTS = {1: "B", 3: "H", 4: "I"}
TIFF_WIDTH, TIFF_HEIGHT, TIFF_BITS, TIFF_SAMPLES = 256, 257, 258, 277
# Offsets and lengths of the picture's parts: in strips, in tiles.
TIFF_PARTS = ((273, 279), (324, 325))
TIFF_TAGS = {TIFF_WIDTH, TIFF_HEIGHT, TIFF_BITS, TIFF_SAMPLES, 273, 279, 324, 325}
# The end mark is looked for in so many last bytes; some writers add a few of their own behind it.
TAIL = 4096


@dataclass(frozen=True)
class ImageFormat:
    """A format: its displayed name, ffmpeg's decoder, and the reader of its header."""

    name: str
    codec: str
    read: HeaderReader


def _read_png(file: BinaryIO, size: int) -> ImageHeader:
    if file.read(8) != PNG_MAGIC:
        raise NotThisFormat
    width, height, bits, kind = struct.unpack("!IIBB", file.read(18)[8:])
    return ImageHeader(ImageShape(width, height, bits, PNG_COMPONENTS.get(kind, 0)), PNG_END in _tail(file, size, 0))


def _read_jpeg(file: BinaryIO, size: int) -> ImageHeader:
    if file.read(2) != JPEG_MAGIC:
        raise NotThisFormat
    at = 2
    for _ in range(MOST_JPEG_MARKS):
        mark, kind = read_at(file, "!BB", at)
        if mark != 0xFF:
            raise NotThisFormat
        if kind in JPEG_FRAMES:
            break
        at += 1 if kind == 0xFF else 2 if kind in JPEG_WITHOUT_LENGTH else 2 + read_at(file, "!H", at + 2)[0]
    else:
        raise NotThisFormat
    bits, height, width, components = read_at(file, "!BHHB", at + 4)
    return ImageHeader(ImageShape(width, height, bits, components), JPEG_END in _tail(file, size, at))


def _read_tiff(file: BinaryIO, size: int) -> ImageHeader:
    order = TIFF_ORDERS.get(file.read(4))
    if order is None:
        raise NotThisFormat
    tags = _read_tiff_tags(file, size, order)
    ends = [
        offset + length
        for places, lengths in TIFF_PARTS
        for offset, length in zip(tags.get(places, ()), tags.get(lengths, ()), strict=True)
    ]
    bits, samples = tags.get(TIFF_BITS, (1,)), tags.get(TIFF_SAMPLES, (1,))
    shape = ImageShape(tags[TIFF_WIDTH][0], tags[TIFF_HEIGHT][0], bits[0], samples[0])
    return ImageHeader(shape, is_whole=max(ends, default=0) <= size)


def _read_tiff_tags(file: BinaryIO, size: int, order: str) -> dict[int, tuple[int, ...]]:
    (directory,) = read_at(file, order + "I", 4)
    (count,) = read_at(file, order + "H", directory)
    found = {}
    for place in range(directory + 2, directory + 2 + 12 * count, 12):
        tag, kind, length = read_at(file, order + "HHI", place)
        if tag in TIFF_TAGS and kind in TIFF_LAYOUTS and length <= min(size, LONGEST_PART):
            layout = f"{order}{length}{TIFF_LAYOUTS[kind]}"
            # A value of up to four bytes stands in the entry itself.
            values = place + 8 if struct.calcsize(layout) <= 4 else read_at(file, order + "I", place + 8)[0]
            found[tag] = read_at(file, layout, values)
    return found


def _tail(file: BinaryIO, size: int, after: int) -> bytes:
    file.seek(max(after, size - TAIL))
    return file.read()


_TIFF = ImageFormat("TIFF", "tiff", _read_tiff)
_JPEG = ImageFormat("JPEG", "mjpeg", _read_jpeg)
IMAGE_FORMATS = {
    ".dpx": ImageFormat("DPX", "dpx", read_dpx),
    ".exr": ImageFormat("EXR", "exr", read_exr),
    ".png": ImageFormat("PNG", "png", _read_png),
    ".tif": _TIFF,
    ".tiff": _TIFF,
    ".jpg": _JPEG,
    ".jpeg": _JPEG,
}
IMAGE_EXTENSIONS = frozenset(IMAGE_FORMATS)


def extension_of(path: str) -> str:
    """The ending of a name in lower case, ".dpx"."""
    return os.path.splitext(path)[1].lower()


def read_image_header(path: str) -> ImageHeader:
    """The header of one picture, by the ending of its name.

    Raises InputRefused in one sentence: unreadable, or not of that format.
    """
    form = IMAGE_FORMATS[extension_of(path)]
    try:
        with open_regular(path) as file:
            return form.read(file, os.fstat(file.fileno()).st_size)
    except OSError as error:
        raise InputRefused(f"{path} cannot be read: {error.strerror}.") from None
    except (NotThisFormat, struct.error, LookupError, ValueError):
        raise InputRefused(f"{path} is no {form.name} picture that can be read; render or copy it again.") from None
