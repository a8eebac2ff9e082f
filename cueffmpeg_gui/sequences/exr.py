# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The header of an OpenEXR file: its shape, its frame rate and time code, and whether all its lines were written.

The layout is that of "OpenEXR File Layout" of the OpenEXR project.
"""

import struct
from collections.abc import Iterator
from fractions import Fraction
from typing import BinaryIO

from cueffmpeg_gui.media.timing import snap_rate
from cueffmpeg_gui.sequences.exr_layers import choosable, choose_layer, layers_of
from cueffmpeg_gui.sequences.exr_primaries import space_of
from cueffmpeg_gui.sequences.header import (
    LONGEST_PART,
    ImageHeader,
    ImageShape,
    NotRead,
    NotThisFormat,
    binary_timecode,
    read_at,
)

MAGIC = b"\x76\x2f\x31\x01"
# Tiles, deep data and several parts have other tables of offsets.
NOT_PLAIN_LINES = 0x200 | 0x800 | 0x1000
# Lines in one block, by compression.
BLOCK_LINES = {0: 1, 1: 1, 2: 1, 3: 16, 4: 32, 5: 16, 6: 32, 7: 32, 8: 32, 9: 256}
MAXIMUM_ATTRIBUTES = 10000
DEEP, SEVERAL_PARTS = 0x800, 0x1000
MOST_PARTS = 1000
# All but the number of the layout, 2, and the flags of tiles, long names, deep data and several parts.
UNKNOWN_FLAGS = 0xFFFFFFFF & ~(0x2 | 0x200 | 0x400 | DEEP | 0x1000)
LONGEST_SIDE = 1 << 20


def read_exr(file: BinaryIO, size: int, layer: str = "") -> ImageHeader:
    """The header of an EXR file, of one of its layers; the size is that of the display window, as ffmpeg shows it."""
    if file.read(4) != MAGIC:
        raise NotThisFormat
    (version,) = struct.unpack("<I", file.read(4))
    parts = list(_read_parts(file, size, version))
    attributes = parts[0]
    left, top, right, bottom = struct.unpack("<4i", attributes["displayWindow"])
    if version & UNKNOWN_FLAGS or not (0 <= right - left < LONGEST_SIDE and 0 <= bottom - top < LONGEST_SIDE):
        raise NotThisFormat
    if (left, top) != (0, 0):
        kind = f"is an EXR whose display window begins at {left},{top}"
        raise NotRead(kind, "render it with a display window that begins at 0,0")
    if version & DEEP:
        raise NotRead("is a deep EXR", "render it flattened")
    chosen = choose_layer(parts, layer)
    plain = not version & NOT_PLAIN_LINES
    return ImageHeader(
        shape=ImageShape(right - left + 1, bottom - top + 1, chosen.bits, 4 if chosen.has_alpha else 3),
        is_whole=not plain or _has_all_lines(file, size, attributes),
        rates=_rates(attributes.get("framesPerSecond", b"")),
        timecode=_timecode(attributes.get("timeCode", b"")),
        space=space_of(attributes.get("chromaticities", b"")),
        layer=chosen.name,
        prefix=chosen.prefix,
        layers=choosable(layers_of(parts)),
    )


def _read_parts(file: BinaryIO, size: int, version: int) -> Iterator[dict[str, bytes]]:
    """The attributes of each part; of several, an empty one ends them."""
    yield _read_attributes(file, size)
    for _ in range(MOST_PARTS if version & SEVERAL_PARTS else 0):
        attributes = _read_attributes(file, size)
        if not attributes:
            return
        yield attributes


def _read_attributes(file: BinaryIO, size: int) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for _ in range(MAXIMUM_ATTRIBUTES):
        name = _read_text(file)
        if not name:
            return found
        _read_text(file)
        (length,) = struct.unpack("<I", file.read(4))
        if length > min(size, LONGEST_PART):
            raise NotThisFormat
        found[name] = file.read(length)
    raise NotThisFormat


def _read_text(file: BinaryIO) -> str:
    """A text that ends with a zero; at most 255 bytes by the format."""
    text = b""
    while (byte := file.read(1)) != b"\0":
        if not byte or len(text) > 255:
            raise NotThisFormat
        text += byte
    return text.decode("latin-1")


def _has_all_lines(file: BinaryIO, size: int, attributes: dict[str, bytes]) -> bool:
    """Whether every block's offset was filled in, and the last block ends within the file.

    A writer leaves room for the offsets first and fills them in at the end.
    """
    _, top, _, bottom = struct.unpack("<4i", attributes["dataWindow"])
    lines = BLOCK_LINES.get(attributes["compression"][0])
    if lines is None:
        return True
    count = -(-(bottom - top + 1) // lines)
    if not 0 < 8 * count < min(size, LONGEST_PART):
        return False
    table = file.read(8 * count)
    if len(table) < 8 * count:
        return False
    offsets: tuple[int, ...] = struct.unpack(f"<{count}Q", table)
    last: int = max(offsets)
    if 0 in offsets or last + 8 > size:
        return False
    _, length = read_at(file, "<ii", last)
    return size >= last + 8 + length


def _rates(value: bytes) -> tuple[Fraction, ...]:
    if len(value) != 8:
        return ()
    numerator, denominator = struct.unpack("<iI", value)
    good = denominator and 1 <= Fraction(numerator, denominator) <= 1000
    return (snap_rate(Fraction(numerator, denominator)),) if good else ()


def _timecode(value: bytes) -> str | None:
    if len(value) != 8:
        return None
    (word,) = struct.unpack("<I", value[:4])
    return binary_timecode(word)
