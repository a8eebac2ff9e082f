# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The headers of simple formats: TGA, BMP, SGI, PPM and PGM, QOI. Where pixels are not compressed, a length follows."""

import re
import struct
from typing import BinaryIO

from cueffmpeg_gui.sequences.header import ImageHeader, ImageShape, NotRead, NotThisFormat, file_tail, read_at

TGA_COMPRESSED = 8
TGA_PALETTE, TGA_RGB, TGA_GRAY = 1, 2, 3
TGA_BITS = {TGA_PALETTE: (8,), TGA_RGB: (15, 16, 24, 32), TGA_GRAY: (8,)}
# Bit 4 of the descriptor: columns run from right to left.
TGA_RIGHT_TO_LEFT = 0x10
BMP_PLAIN, BMP_RLE8, BMP_RLE4, BMP_FIELDS = 0, 1, 2, 3
SGI_MAGIC = 474
PNM = re.compile(rb"P([2356])((?:\s|#[^\n]*\n)+)(\d+)((?:\s|#[^\n]*\n)+)(\d+)((?:\s|#[^\n]*\n)+)(\d+)\s")
PNM_HEADER_BYTES = 65536
PNM_COMPONENTS = {b"2": 1, b"5": 1, b"3": 3, b"6": 3}
QOI_END = bytes(7) + b"\1"


def read_tga(file: BinaryIO, size: int) -> ImageHeader:
    """The header of a Truevision TGA file, which has no mark of its own at its beginning."""
    note, has_map, kind, _, colours, colour_bits, _, _, width, height, bits, order = struct.unpack(
        "<BBBHHBHHHHBB", file.read(18)
    )
    plain = kind & ~TGA_COMPRESSED
    if plain not in TGA_BITS or has_map > 1 or not width or not height:
        raise NotThisFormat
    if bits not in TGA_BITS[plain]:
        raise NotRead(f"is a TGA of {bits} bits", "write it with 24 or 32 bits")
    if order & TGA_RIGHT_TO_LEFT:
        raise NotRead("is a TGA whose lines run from right to left", "write it from left to right")
    start = 18 + note + has_map * colours * ((colour_bits + 7) // 8)
    least = start + (0 if kind & TGA_COMPRESSED else width * height * ((bits + 7) // 8))
    components = 1 if plain != TGA_RGB else 4 if bits == 32 else 3
    return ImageHeader(ImageShape(width, height, 8 if bits != 16 else 5, components), is_whole=size >= least)


def read_bmp(file: BinaryIO, size: int) -> ImageHeader:
    """The header of a Windows bitmap."""
    magic, _, _, start, header = struct.unpack("<2sIIII", file.read(18))
    if magic != b"BM":
        raise NotThisFormat
    layout = "<HHHH" if header == 12 else "<iiHHI"
    width, height, _, bits, *rest = struct.unpack(layout, file.read(struct.calcsize(layout)))
    compression = rest[0] if rest else BMP_PLAIN
    if compression not in (BMP_PLAIN, BMP_RLE8, BMP_RLE4, BMP_FIELDS):
        raise NotRead(f"is a BMP compressed as kind {compression}", "write it without compression, or as PNG")
    packed = compression in (BMP_RLE8, BMP_RLE4)
    least = start + (0 if packed else (width * bits + 31) // 32 * 4 * abs(height))
    components = {24: 3, 16: 3, 32: 4}.get(bits, 1)
    return ImageHeader(ImageShape(width, abs(height), min(bits, 8), components), is_whole=size >= least)


def read_sgi(file: BinaryIO, size: int) -> ImageHeader:
    """The header of an SGI (.rgb) file."""
    magic, packed, depth, dimensions, width, height, planes = struct.unpack(">HBBHHHH", file.read(12))
    if magic != SGI_MAGIC or packed > 1 or depth not in (1, 2):
        raise NotThisFormat
    planes, height = (planes if dimensions == 3 else 1), (height if dimensions > 1 else 1)
    if packed and depth == 2:
        raise NotRead("is a compressed SGI picture of 16 bits", "write it without compression, or with 8 bits")
    least = _sgi_end(file, height * planes) if packed else 512 + width * height * planes * depth
    return ImageHeader(ImageShape(width, height, 8 * depth, planes), is_whole=size >= least)


def _sgi_end(file: BinaryIO, lines: int) -> int:
    """Where the last line of a compressed one ends, by its tables of starts and of lengths."""
    starts, lengths = read_at(file, f">{lines}I", 512), read_at(file, f">{lines}I", 512 + 4 * lines)
    return max(start + length for start, length in zip(starts, lengths, strict=True))


def read_pnm(file: BinaryIO, size: int) -> ImageHeader:
    """The header of a PPM or PGM file, with pixels in bytes or in words."""
    found = PNM.match(file.read(PNM_HEADER_BYTES))
    if found is None:
        raise NotThisFormat
    width, height, most = int(found[3]), int(found[5]), int(found[7])
    if not 0 < most < 65536:
        raise NotThisFormat
    components = PNM_COMPONENTS[found[1]]
    wide = 2 if most > 255 else 1
    # Numbers in words have a digit and a space, each.
    pixels = width * height * components
    least = found.end() + (pixels * wide if found[1] in b"56" else 2 * pixels - 1)
    return ImageHeader(ImageShape(width, height, most.bit_length(), components), is_whole=size >= least)


def read_qoi(file: BinaryIO, size: int) -> ImageHeader:
    """The header of a QOI file ("Quite OK Image Format")."""
    magic, width, height, components = struct.unpack(">4sIIB", file.read(13))
    if magic != b"qoif":
        raise NotThisFormat
    return ImageHeader(ImageShape(width, height, 8, components), QOI_END in file_tail(file, size, 14))
