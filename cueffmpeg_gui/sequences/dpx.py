# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The header of a DPX file (SMPTE ST 268): its shape, its frame rate and its time code."""

import math
import struct
from collections.abc import Iterator
from fractions import Fraction
from typing import Any, BinaryIO

from cueffmpeg_gui.media.timing import snap_rate
from cueffmpeg_gui.media.view import CINEON
from cueffmpeg_gui.sequences.header import ImageHeader, ImageShape, NotRead, NotThisFormat, binary_timecode

HEADER_BYTES = 2048
BYTE_ORDERS = {b"SDPX": ">", b"XPDS": "<"}
DATA_OFFSET = 4
ORIENTATION_OFFSET, SIZE_OFFSET = 768, 772
# EXIF's numbers for where lines begin and which comes first; those that stand upright are not known to be written.
ORIENTATIONS = {1: 2, 2: 4, 3: 3}
YUV, YUV_BITS, RUN_LENGTHS = (100, 101, 102, 103), 8, 1
DESCRIPTOR_OFFSET, BITS_OFFSET, PACKING_OFFSET, ENCODING_OFFSET = 800, 803, 804, 806
UNREAD_BITS, DEEP_BITS, ABGR, WITHOUT_FILL = (1, 64), (10, 12, 16, 32), 52, 0
TIMECODE_OFFSET = 1920
# In the film industry's header and in television's.
RATE_OFFSETS = (1724, 1940)
# Printing density, and logarithmic.
TRANSFER_OFFSET, LOG_TRANSFERS = 801, (1, 3)
UNDEFINED = 0xFFFFFFFF
# Components of a pixel by the descriptor of an element; others are rare, and their size is not checked.
COMPONENTS = {6: 1, 50: 3, 51: 4, 52: 4}


def read_dpx(file: BinaryIO, size: int) -> ImageHeader:
    """The header of a DPX file."""
    header = file.read(HEADER_BYTES)
    order = BYTE_ORDERS.get(header[:4])
    if order is None:
        raise NotThisFormat
    width, height = struct.unpack_from(order + "II", header, SIZE_OFFSET)
    descriptor, bits = header[DESCRIPTOR_OFFSET], header[BITS_OFFSET]
    (encoding,) = struct.unpack_from(order + "H", header, ENCODING_OFFSET)
    (data,) = struct.unpack_from(order + "I", header, DATA_OFFSET)
    if descriptor in YUV and bits != YUV_BITS:
        raise NotRead(f"is a {bits}-bit YUV DPX", "render it as RGB")
    (packing,) = struct.unpack_from(order + "H", header, PACKING_OFFSET)
    if (bits, packing) == (10, WITHOUT_FILL):
        raise NotRead("is a 10-bit DPX packed without fill", "write it filled to 32 bits (method A)")
    if bits in UNREAD_BITS or (descriptor == ABGR and bits in DEEP_BITS):
        raise NotRead(f"is a {bits}-bit DPX of kind {descriptor}", "write it as RGB of 8, 10, 12 or 16 bits")
    if encoding == RUN_LENGTHS:
        raise NotRead("is a DPX with run-length encoding", "write it without")
    components = COMPONENTS.get(descriptor, 0)
    (lies,) = struct.unpack_from(order + "H", header, ORIENTATION_OFFSET)
    least = data + width * height * components * bits // 8
    return ImageHeader(
        shape=ImageShape(width, height, bits, components or descriptor, ORIENTATIONS.get(lies, 1)),
        is_whole=encoding != 0 or size >= least,
        is_uncompressed=encoding == 0,
        rates=tuple(dict.fromkeys(_rates(header[:data], order))),
        timecode=_timecode(header[:data], order),
        space=CINEON if descriptor not in YUV and header[TRANSFER_OFFSET] in LOG_TRANSFERS else "",
    )


def _field(header: bytes, layout: str, offset: int) -> Any:
    """A field of the industry headers; None in a file without them (ffmpeg's own), where pixels follow at once."""
    if offset + struct.calcsize(layout) > len(header):
        return None
    return struct.unpack_from(layout, header, offset)[0]


def _rates(header: bytes, order: str) -> Iterator[Fraction]:
    for offset in RATE_OFFSETS:
        rate = _field(header, order + "f", offset)
        # An undefined field is all ones, which is no number; many writers leave zeros.
        if rate is not None and math.isfinite(rate) and 1 <= rate <= 1000:
            yield snap_rate(Fraction(rate))


def _timecode(header: bytes, order: str) -> str | None:
    word = _field(header, order + "I", TIMECODE_OFFSET)
    return None if word in (None, UNDEFINED) else binary_timecode(word)
