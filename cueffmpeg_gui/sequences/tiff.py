# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The header of a TIFF file, and which kinds ffmpeg reads: of some others it makes a picture without decoding them."""

from typing import BinaryIO

from cueffmpeg_gui.sequences.header import ImageHeader, ImageShape, NotRead
from cueffmpeg_gui.sequences.tiff_tags import orientation_of, read_tags

Tags = dict[int, tuple[int, ...]]

SMALLER_VERSION, WIDTH, HEIGHT, BITS, COMPRESSION, PHOTOMETRIC, SAMPLES = 254, 256, 257, 258, 259, 262, 277
SAMPLE_FORMAT, TILE_OFFSETS = 339, 324
# Offsets and lengths of the picture's parts: in strips, in tiles.
PARTS = ((273, 279), (TILE_OFFSETS, 325))
LZW, DEFLATE, OLD_DEFLATE, PACKBITS, LZMA = 5, 8, 32946, 32773, 34925
READ_COMPRESSIONS = (1, 2, 3, 4, LZW, DEFLATE, OLD_DEFLATE, PACKBITS, LZMA)
COMPRESSIONS = {
    6: "old JPEG", 7: "JPEG", 33003: "JPEG 2000", 33004: "JPEG 2000", 33005: "JPEG 2000", 34712: "JPEG 2000",
    34887: "LERC", 34892: "lossy JPEG", 34926: "Zstandard", 34927: "WebP", 50000: "Zstandard", 50001: "WebP",
    50002: "JPEG XL", 52546: "JPEG XL",
}  # fmt: skip
# What a pixel is made of.
WHITE_IS_ZERO, BLACK_IS_ZERO, RGB, PALETTE, CMYK = 0, 1, 2, 3, 5
READ_PHOTOMETRICS = (WHITE_IS_ZERO, BLACK_IS_ZERO, RGB, PALETTE, CMYK)
PHOTOMETRICS = {4: "a mask", 6: "YCbCr", 8: "CIE L*a*b*", 9: "ICC L*a*b*", 32803: "a camera's raw mosaic",
                32844: "LogL", 32845: "LogLuv"}  # fmt: skip
# Bits of a component that are read, by how many there are.
READ_BITS = {1: (1, 2, 4, 8, 12, 16), 2: (8, 16), 3: (8, 16), 4: (8, 16)}
UNSIGNED, SIGNED, FLOAT = 1, 2, 3
NUMBERS = {SIGNED: "signed numbers", FLOAT: "floating point", 4: "undefined data", 5: "complex numbers"}
AS_LZW = "write it with LZW or ZIP (deflate)"
AS_16 = "write it with integers of 8 or 16 bits"


def read_tiff(file: BinaryIO, size: int) -> ImageHeader:
    """The header of a TIFF file; raises NotRead for a kind that ffmpeg does not read."""
    tags = read_tags(file, size)
    _check_layout(tags)
    _check_samples(tags)
    ends = [
        offset + length
        for places, lengths in PARTS
        for offset, length in zip(tags.get(places, ()), tags.get(lengths, ()), strict=True)
    ]
    bits, samples = tags.get(BITS, (1,)), tags.get(SAMPLES, (1,))
    shape = ImageShape(tags[WIDTH][0], tags[HEIGHT][0], bits[0], samples[0], orientation_of(tags))
    return ImageHeader(shape, is_whole=max(ends, default=0) <= size)


def _check_layout(tags: Tags) -> None:
    if TILE_OFFSETS in tags:
        raise NotRead("is a tiled TIFF", "write it in strips (scan lines)")
    compression = _first(tags, COMPRESSION, 1)
    if compression not in READ_COMPRESSIONS:
        kind = COMPRESSIONS.get(compression, f"kind {compression}")
        raise NotRead(f"is a TIFF compressed as {kind}", AS_LZW)
    photometric = _first(tags, PHOTOMETRIC, BLACK_IS_ZERO)
    if photometric not in READ_PHOTOMETRICS:
        kind = PHOTOMETRICS.get(photometric, f"kind {photometric}")
        raise NotRead(f"is a TIFF whose pixels are {kind}", "write it as RGB")
    if _first(tags, SMALLER_VERSION, 0) & 1:
        raise NotRead("is a TIFF that begins with a smaller version of its picture", "write the picture alone")


def _check_samples(tags: Tags) -> None:
    bits, samples = tags.get(BITS, (1,)), _first(tags, SAMPLES, 1)
    form = _first(tags, SAMPLE_FORMAT, UNSIGNED)
    if len(set(bits)) > 1:
        raise NotRead(f"is a TIFF of {', '.join(map(str, bits))} bits", AS_16)
    if form == FLOAT and (bits[0], samples) != (32, 3):
        raise NotRead(f"is a TIFF of {samples} components in floating point of {bits[0]} bits", f"{AS_16}, or as EXR")
    if form not in (UNSIGNED, FLOAT):
        raise NotRead(f"is a TIFF of {NUMBERS.get(form, f'numbers of kind {form}')}", AS_16)
    if form == UNSIGNED and bits[0] not in READ_BITS.get(samples, ()):
        raise NotRead(f"is a TIFF of {samples} components of {bits[0]} bits", AS_16)


def _first(tags: Tags, tag: int, fallback: int) -> int:
    return (tags.get(tag) or (fallback,))[0]
