# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""From stored components to red, green, blue and back, in floats that are never clipped (ITU-T H.273, 8.3)."""

import numpy as np
import numpy.typing as npt

Plane = npt.NDArray[np.float32]
# One picture: rows, columns, (red, green, blue) from 0 to 255 and, where a clip stores such, beyond.
Rgb = npt.NDArray[np.float32]

# (red, blue) weights of luma by matrix.
WEIGHTS = {
    "bt709": (0.2126, 0.0722),
    "smpte170m": (0.299, 0.114),
    "bt470bg": (0.299, 0.114),
    "bt2020nc": (0.2627, 0.0593),
    "bt2020c": (0.2627, 0.0593),
    "smpte240m": (0.212, 0.087),
    "fcc": (0.30, 0.11),
}
# Code values in 8 bits of limited range: luma's offset and span, chroma's span; and of full range.
OFFSET, SPAN, CHROMA_SPAN, FULL = 16, 219, 224, 255


def analysed(picture: Rgb, matrix: str) -> tuple[Plane, Plane, Plane]:
    """Luma from 0 to 255 and the two colour differences around 0."""
    red, blue = WEIGHTS[matrix]
    y = picture @ np.array((red, 1 - red - blue, blue), np.float32)
    return y, (picture[..., 2] - y) / (2 - 2 * blue), (picture[..., 0] - y) / (2 - 2 * red)


def composed(y: Plane, cb: Plane, cr: Plane, matrix: str) -> Rgb:
    """The inverse of `analysed`."""
    red, blue = WEIGHTS[matrix]
    r, b = y + (2 - 2 * red) * cr, y + (2 - 2 * blue) * cb
    found: Rgb = np.stack((r, (y - red * r - blue * b) / (1 - red - blue), b), axis=-1)
    return found


def from_limited(y: Plane, cb: Plane, cr: Plane) -> tuple[Plane, Plane, Plane]:
    """Limited-range codes (chroma around 0) as full range."""
    return (y - OFFSET) * (FULL / SPAN), cb * (FULL / CHROMA_SPAN), cr * (FULL / CHROMA_SPAN)


def to_limited(y: Plane, cb: Plane, cr: Plane) -> tuple[Plane, Plane, Plane]:
    """The inverse of `from_limited`."""
    return y * (SPAN / FULL) + OFFSET, cb * (CHROMA_SPAN / FULL), cr * (CHROMA_SPAN / FULL)
