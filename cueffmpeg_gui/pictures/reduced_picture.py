# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""A small RGB picture as numbers, to judge pairs by: noise and coding errors average out, and it is quick."""

from typing import Any

import numpy as np

from cueffmpeg_gui.media.colour import Colour, scale_matrix
from cueffmpeg_gui.pictures.colour_planes import Plane, Rgb, composed, from_limited

WIDEST = 480
# swscale makes 16 bits of 8 by moving them up, in limited and in full range.
TO_8_BITS, MIDDLE = np.float32(1 / 256), 128
# BT.709's weights; both pictures are RGB, so any one set is fair.
LUMA = np.array((0.2126, 0.7152, 0.0722), np.float32)


def reduced_size(width: int, height: int) -> tuple[int, int]:
    """The size of the small picture of one of this size."""
    scale = min(1.0, WIDEST / max(width, height))
    return max(16, round(width * scale)), max(16, round(height * scale))


def reducing_filters(colour: Colour, size: tuple[int, int]) -> list[str]:
    """The filters that shrink components of these colours, converting neither matrix nor range."""
    if colour.matrix == "gbr":
        return [f"scale={size[0]}:{size[1]}:flags=area+accurate_rnd", "format=gbrp16le"]
    matrix = scale_matrix(colour.matrix)
    same = f"in_color_matrix={matrix}:out_color_matrix={matrix}:in_range={colour.range}:out_range={colour.range}"
    return [f"scale={size[0]}:{size[1]}:{same}:flags=area+accurate_rnd", "format=yuv444p16le"]


def reduced_picture(frame: Any, colour: Colour) -> Rgb:
    """The numbers of a picture that `reducing_filters` made, by its matrix and range."""
    planes = [_plane(plane) for plane in frame.planes]
    if colour.matrix == "gbr":
        green, blue, red = planes
        found: Rgb = np.stack((red, green, blue), axis=-1)
        return found
    y, cb, cr = planes[0], planes[1] - MIDDLE, planes[2] - MIDDLE
    if colour.range == "pc":
        return composed(y, cb, cr, colour.matrix)
    return composed(*from_limited(y, cb, cr), colour.matrix)


def luma(picture: Rgb) -> Plane:
    """Luma from 0 to 255."""
    found: Plane = picture @ LUMA
    return found


def difference(one: Plane, other: Plane) -> float:
    """The mean difference of two pictures, in code values of 0 to 255."""
    return float(np.abs(one - other).mean())


def psnr(one: Rgb, other: Rgb) -> float:
    """Peak signal to noise ratio of luma in dB: 10 log10(255² / mean squared error), 100 where they are equal."""
    error = float(np.square(luma(one) - luma(other)).mean())
    return 100.0 if error < 255**2 / 1e10 else 10 * float(np.log10(255**2 / error))


def _plane(plane: Any) -> Plane:
    rows = np.frombuffer(plane, "<u2").reshape(plane.height, plane.line_size // 2)
    return rows[:, : plane.width].astype(np.float32) * TO_8_BITS
