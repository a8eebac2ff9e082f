# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""A picture as the bytes of a JPEG file, by the encoder that PyAV brings along."""

from fractions import Fraction
from typing import Any

import av

# JPEG's own matrix and range (JFIF 1.02: BT.601, full), and chroma as fine as luma.
TO_JPEG = ["scale=out_color_matrix=bt601:out_range=pc:flags=accurate_rnd+full_chroma_int", "format=yuvj444p"]
# The quantiser: 2 is the finest.
QUALITY = 3


def encode_jpeg(frame: Any) -> bytes:
    """The file of a picture that TO_JPEG made."""
    codec: Any = av.CodecContext.create("mjpeg", "w")
    codec.width, codec.height, codec.pix_fmt = frame.width, frame.height, frame.format.name
    codec.time_base = Fraction(1, 25)
    codec.qmin = codec.qmax = QUALITY
    frame.pts, frame.pict_type = 0, 0
    return b"".join(bytes(packet) for packet in [*codec.encode(frame), *codec.encode(None)])
