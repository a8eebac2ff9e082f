# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Why a pair may differ as a whole: range, matrix, or scale, each tested by making the fault from the reference.

A fault is named when the reference with that fault is much more like the encode than the reference itself.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cueffmpeg_gui.probe.small_picture import Small, difference, luma

Plane = npt.NDArray[np.float32]
# (red, blue) weights of luma, ITU-R BT.601, BT.709, BT.2020.
WEIGHTS = {"BT.601": (0.299, 0.114), "BT.709": (0.2126, 0.0722), "BT.2020": (0.2627, 0.0593)}
# Code values of limited and of full range in 8 bits: luma's offset and span, chroma's span (BT.709, table 4).
OFFSET, SPAN, CHROMA_SPAN, FULL = 16, 219, 224, 255
# A fault must explain this share of a mean difference that is at least so great (of 255).
EXPLAINED, LEAST_DIFFERENCE = 0.5, 1.2
# Enlargements that are tried, and how much better than the picture as it is one must fit.
ENLARGED = (1.01, 1.02, 1.03, 1.04, 1.05, 1.0667, 1.08, 1.1, 1.125, 1.1667, 1.2, 1.25, 1.3333)
SCALE_EXPLAINED, SCALE_LEAST_DIFFERENCE = 0.6, 3.0


@dataclass(frozen=True)
class Fault:
    """A fault: what it does to a picture, and the sentence that tells it."""

    make: Callable[[Small], Small]
    sentence: str


def suspect(reference: Small, encode: Small) -> str | None:
    """The sentence of the fault that explains how these two pictures of one size differ; None when none does."""
    plain = difference(reference, encode)
    if plain >= LEAST_DIFFERENCE:
        fault = min(FAULTS, key=lambda fault: difference(fault.make(reference), encode))
        if difference(fault.make(reference), encode) <= (1 - EXPLAINED) * plain:
            return fault.sentence
    return _suspect_scale(luma(reference), luma(encode))


def _analysed(picture: Small, matrix: str) -> tuple[Plane, Plane, Plane]:
    """Luma from 0 to 255, and the two colour differences around 0, by a matrix (BT.709's equations)."""
    red, blue = WEIGHTS[matrix]
    y = picture @ np.array((red, 1 - red - blue, blue), np.float32)
    return y, (picture[..., 2] - y) / (2 - 2 * blue), (picture[..., 0] - y) / (2 - 2 * red)


def _composed(y: Plane, cb: Plane, cr: Plane, matrix: str) -> Small:
    red, blue = WEIGHTS[matrix]
    r, b = y + (2 - 2 * red) * cr, y + (2 - 2 * blue) * cb
    g = (y - red * r - blue * b) / (1 - red - blue)
    found: Small = np.clip(np.stack((r, g, b), axis=-1), 0, FULL)
    return found


def _full_as_limited(picture: Small) -> Small:
    y, cb, cr = _analysed(picture, "BT.709")
    return _composed((y - OFFSET) * (FULL / SPAN), cb * (FULL / CHROMA_SPAN), cr * (FULL / CHROMA_SPAN), "BT.709")


def _limited_as_full(picture: Small) -> Small:
    y, cb, cr = _analysed(picture, "BT.709")
    return _composed(y * (SPAN / FULL) + OFFSET, cb * (CHROMA_SPAN / FULL), cr * (CHROMA_SPAN / FULL), "BT.709")


def _misread(made: str, read: str) -> Fault:
    return Fault(
        lambda picture: _composed(*_analysed(picture, made), read),
        f"The colours look as if one of the two was made with the matrix of {made} and is read with that of {read}; "
        "check the colour tags of both.",
    )


FAULTS = (
    Fault(
        _full_as_limited,
        "The encode looks too contrasty, as full-range pixels do that are read as limited range; "
        "check the range tags of both.",
    ),
    Fault(
        _limited_as_full,
        "The encode looks washed out, as limited-range pixels do that are read as full range; "
        "check the range tags of both.",
    ),
    *(_misread(made, read) for made in WEIGHTS for read in WEIGHTS if made != read),
)


def _suspect_scale(reference: Plane, encode: Plane) -> str | None:
    """Whether one picture is like the other enlarged around its middle, across, down or both."""
    plain = difference(reference, encode)
    if plain < SCALE_LEAST_DIFFERENCE:
        return None
    tries = [(across, down, factor) for factor in ENLARGED for across, down in ((1, 1), (1, 0), (0, 1))]
    for clip, larger, other in (("encode", reference, encode), ("reference", encode, reference)):
        errors = {t: difference(_enlarged(larger, _factor(t, 0), _factor(t, 1)), other) for t in tries}
        best = min(errors, key=errors.__getitem__)
        if errors[best] <= (1 - SCALE_EXPLAINED) * plain:
            return _say_scale(clip, *best)
    return None


def _factor(tried: tuple[int, int, float], axis: int) -> float:
    return tried[2] if tried[axis] else 1.0


def _say_scale(clip: str, across: int, down: int, factor: float) -> str:
    where = {(1, 1): "", (1, 0): " across", (0, 1): " down"}[across, down]
    return f"The pictures are of another scale: the {clip} looks enlarged by {100 * (factor - 1):.0f} %{where}."


def _enlarged(picture: Plane, across: float, down: float) -> Plane:
    """The picture enlarged around its middle, by linear interpolation."""
    height, width = picture.shape
    return _stretched(_stretched(picture.T, across, width).T, down, height)


def _stretched(rows: Plane, factor: float, count: int) -> Plane:
    if factor == 1.0:
        return rows
    places = (np.arange(count, dtype=np.float32) - (count - 1) / 2) / factor + (count - 1) / 2
    low = np.clip(np.floor(places).astype(int), 0, max(0, count - 2))
    share = (places - low).astype(np.float32)[:, None]
    found: Plane = rows[low] * (1 - share) + rows[low + 1] * share
    return found
