# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Whether a pair differs as a whole: by range or matrix, each tested by making the fault from the reference.

A fault is named when the reference with that fault is much more like the encode than the reference itself.
"""

from collections.abc import Callable
from dataclasses import dataclass

from cueffmpeg_gui.pictures.colour_planes import Rgb, analysed, composed, from_limited, to_limited
from cueffmpeg_gui.pictures.reduced_picture import difference, luma
from cueffmpeg_gui.pictures.scale_mismatch import scale_mismatch

MATRICES = {"bt709": "BT.709", "smpte170m": "BT.601", "bt2020nc": "BT.2020"}
ADVICE = {
    True: "check the colour tags of both",
    False: "not both clips say it, and what was taken instead may be wrong",
}
# A fault must explain this share of a mean difference that is at least so great (of 255).
EXPLAINED, LEAST_DIFFERENCE = 0.5, 1.2


@dataclass(frozen=True)
class Fault:
    """A fault: what it does to a picture, and what describes it."""

    make: Callable[[Rgb], Rgb]
    text: str


def colour_mismatch(reference: Rgb, encode: Rgb, *, is_said: bool = True) -> str | None:
    """The sentence of the fault that explains how these two pictures of one size differ; None when none does.

    `is_said` is whether both clips say their range and matrix, or one was taken for what it does not say.
    """
    plain = difference(reference, encode)
    if plain >= LEAST_DIFFERENCE:
        rests = [difference(fault.make(reference), encode) for fault in FAULTS]
        least = min(rests)
        if least <= (1 - EXPLAINED) * plain:
            return f"{FAULTS[rests.index(least)].text}; {ADVICE[is_said]}."
    return scale_mismatch(luma(reference), luma(encode))


def _full_as_limited(picture: Rgb) -> Rgb:
    return composed(*from_limited(*analysed(picture, "bt709")), "bt709")


def _limited_as_full(picture: Rgb) -> Rgb:
    return composed(*to_limited(*analysed(picture, "bt709")), "bt709")


def _misread(made: str, read: str) -> Fault:
    return Fault(
        lambda picture: composed(*analysed(picture, made), read),
        f"The colours look as if the encode was made with the matrix of {MATRICES[made]} and is read with that of "
        f"{MATRICES[read]}",
    )


FAULTS = (
    Fault(
        _full_as_limited,
        "The encode looks too contrasty, as full-range pixels do that are read as limited range",
    ),
    Fault(
        _limited_as_full,
        "The encode looks washed out, as limited-range pixels do that are read as full range",
    ),
    *(_misread(made, read) for made in MATRICES for read in MATRICES if made != read),
)
