# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The header of a JPEG 2000 file (ISO/IEC 15444-1): a bare code stream, or one in boxes."""

import struct
from typing import BinaryIO

from cueffmpeg_gui.sequences.header import ImageHeader, ImageShape, NotRead, NotThisFormat, file_tail, read_at

CODE_STREAM, END = b"\xff\x4f\xff\x51", b"\xff\xd9"
BOXES = b"\0\0\0\x0cjP  \r\n\x87\n"
MOST_BOXES = 100
DEEPEST = 16


def read_jpeg2000(file: BinaryIO, size: int) -> ImageHeader:
    """The header of a JPEG 2000 file."""
    start = _code_stream(file, size)
    right, bottom, left, top = read_at(file, ">4I", start + 8)
    (components,) = read_at(file, ">H", start + 40)
    depths = [depth for depth, _, _ in (read_at(file, "3B", start + 42 + 3 * n) for n in range(min(components, 4)))]
    if depths[0] & 0x80 or 1 + (depths[0] & 0x7F) > DEEPEST:
        raise NotRead("is a JPEG 2000 picture of signed numbers or more than 16 bits", "write it with 8 to 16 bits")
    shape = ImageShape(right - left, bottom - top, 1 + depths[0], components)
    return ImageHeader(shape, is_whole=END in file_tail(file, size, start))


def _code_stream(file: BinaryIO, size: int) -> int:
    """Where the code stream begins."""
    head = file.read(len(BOXES))
    at = 0
    for _ in range(MOST_BOXES if head == BOXES else 0):
        length, name = struct.unpack(">I4s", _at(file, at))
        if name == b"jp2c":
            at += 16 if length == 1 else 8
            break
        if length < 8 or at + length > size:
            raise NotThisFormat
        at += length
    file.seek(at)
    if file.read(4) != CODE_STREAM:
        raise NotThisFormat
    return at


def _at(file: BinaryIO, at: int) -> bytes:
    file.seek(at)
    return file.read(8)
