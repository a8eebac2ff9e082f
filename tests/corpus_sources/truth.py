# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The film that every source of the corpus shows, as a formula: so each sample's right value is known by no program.

Red grows to the right, green downwards, blue both ways; all are lifted by another step in each picture.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Plane = NDArray[np.float64]
FRAMES = 16
# Weights of red, green and blue in luma (ITU-R BT.709, BT.601, BT.2020, SMPTE 240M).
WEIGHTS = {
    "bt709": (0.2126, 0.7152, 0.0722), "smpte170m": (0.299, 0.587, 0.114), "bt470bg": (0.299, 0.587, 0.114),
    "bt2020nc": (0.2627, 0.678, 0.0593), "smpte240m": (0.212, 0.701, 0.087),
}  # fmt: skip
# How far samples of chroma lie right of, and below, the first of the samples of luma they belong to.
SITES = {"left": (0.0, 0.5), "center": (0.5, 0.5), "topleft": (0.0, 0.0)}


@dataclass(frozen=True)
class Pixels:
    """How samples are stored: components and bits, how many columns and rows share a sample of chroma."""

    kind: str
    bits: int
    across: int = 1
    down: int = 1
    order: str = "<"


FORMATS = {
    **{f"yuv{k}p{e}": Pixels("yuv", b, x, y)
       for k, x, y in (("420", 2, 2), ("422", 2, 1), ("444", 1, 1), ("411", 4, 1))
       for e, b in (("", 8), ("10le", 10), ("12le", 12), ("16le", 16))},
    **{f"gbrp{e}": Pixels("gbr", b) for e, b in (("", 8), ("10le", 10), ("12le", 12), ("16le", 16))},
    **{f"gray{e}": Pixels("gray", b) for e, b in (("", 8), ("10le", 10), ("12le", 12), ("16le", 16))},
    "rgb24": Pixels("rgb", 8), "rgb48le": Pixels("rgb", 16), "rgb48be": Pixels("rgb", 16, order=">"),
    "rgba": Pixels("rgba", 8), "rgba64le": Pixels("rgba", 16), "gbrpf32le": Pixels("gbrf", 32),
}  # fmt: skip


def lift(number: int) -> float:
    """No picture is as bright as one beside it."""
    return 0.2 * (7 * number % FRAMES) / FRAMES


def colour(number: int, x: Plane, y: Plane, size: tuple[int, int]) -> Plane:
    """Red, green and blue between 0 and 1 at places in a picture: 0, 0 is the middle of its first pixel."""
    u, v = (x + 0.5) / size[0], (y + 0.5) / size[1]
    lifted = 0.15 + lift(number)
    return np.stack([lifted + 0.5 * u, lifted + 0.5 * v, lifted + 0.25 * (u + v)], -1)


def grid(size: tuple[int, int], across: int = 1, down: int = 1, site: str = "left") -> tuple[Plane, Plane]:
    """The places of the samples of a plane that has one for so many columns and rows."""
    right, below = SITES[site]
    wide, high = -(-size[0] // across), -(-size[1] // down)
    y, x = np.mgrid[0:high, 0:wide]
    # "Middle" is between two samples; of four columns, too.
    return x * across + right * (across > 1), y * down + below * (down > 1)


def codes(rgb: Plane, matrix: str, full: bool, bits: int) -> Plane:
    """Y, Cb and Cr as code values (ITU-T H.273, 8.3), not rounded."""
    weights = np.array(WEIGHTS[matrix])
    luma = rgb @ weights
    blue = (rgb[..., 2] - luma) / (2 * (1 - weights[2]))
    red = (rgb[..., 0] - luma) / (2 * (1 - weights[0]))
    if full:
        most, half = 2**bits - 1, 2 ** (bits - 1)
        return np.stack([most * luma, most * blue + half, most * red + half], -1)
    unit = 2 ** (bits - 8)
    return unit * np.stack([16 + 219 * luma, 128 + 224 * blue, 128 + 224 * red], -1)


def raw(
    pix_fmt: str,
    size: tuple[int, int] = (64, 48),
    numbers: "range | list[int]" = range(FRAMES),
    *,
    matrix: str = "bt709",
    full: bool = False,
    site: str = "left",
) -> bytes:
    """The pictures as ffmpeg's rawvideo has them."""
    return b"".join(_picture(FORMATS[pix_fmt], number, size, matrix, full, site) for number in numbers)


def _picture(form: Pixels, number: int, size: tuple[int, int], matrix: str, full: bool, site: str) -> bytes:  # noqa: PLR0917
    rgb = colour(number, *grid(size), size)
    if form.kind == "gbrf":
        return b"".join(rgb[..., c].astype("<f4").tobytes() for c in (1, 2, 0))
    word = "u1" if form.bits == 8 else f"{form.order}u2"
    most = 2**form.bits - 1
    if form.kind == "gbr":
        return b"".join(np.round(most * rgb[..., c]).astype(word).tobytes() for c in (1, 2, 0))
    if form.kind in ("rgb", "rgba"):
        alpha = [np.ones((*rgb.shape[:2], 1))] if form.kind == "rgba" else []
        return np.round(most * np.concatenate([rgb, *alpha], -1)).astype(word).tobytes()
    planes = list(_planes(form, number, size, matrix, full, site))
    return b"".join(np.round(plane).astype(word).tobytes() for plane in planes[: 1 if form.kind == "gray" else 3])


def _planes(form: Pixels, number: int, size: tuple[int, int], matrix: str, full: bool, site: str) -> Iterator[Plane]:  # noqa: PLR0917
    yield codes(colour(number, *grid(size), size), matrix, full, form.bits)[..., 0]
    chroma = codes(colour(number, *grid(size, form.across, form.down, site), size), matrix, full, form.bits)
    yield from (chroma[..., 1], chroma[..., 2])
