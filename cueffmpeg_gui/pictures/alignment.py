# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Whether a pair's pictures belong together: late, early or repeated pictures, found by comparing neighbours."""

from collections.abc import Mapping
from dataclasses import dataclass

from cueffmpeg_gui.pictures.colour_planes import Rgb
from cueffmpeg_gui.pictures.reduced_picture import difference, luma, psnr

# How far the encode may be out of step, in pictures, and the neighbours that must agree.
STEPS = (-2, -1, 0, 1, 2)
NEIGHBOURS = (-1, 0, 1)
# Offsets from a frame of the reference's pictures that a judgement wants, and of the encode's.
REFERENCE_OFFSETS = range(STEPS[0] + NEIGHBOURS[0], STEPS[-1] + NEIGHBOURS[-1] + 1)
# dB by which another picture must fit better: with neighbours that agree, and without any (a clip's end).
MARGIN, MARGIN_ALONE, MARGIN_IN_STEP = 1.0, 3.0, 0.5
# Mean luma difference (of 255) from which a reference is said to move.
MOVES = 0.3
# A picture is a repeat when it changes by less than this share of what the reference changes.
REPEATS = 0.15


@dataclass(frozen=True)
class Neighbours:
    """Rgb pictures around one frame, by offset from it; those beyond a clip's ends are absent."""

    frame: int
    reference: Mapping[int, Rgb]
    encode: Mapping[int, Rgb]

    def fits(self, offset: int) -> dict[int, float]:
        """PSNR of the encode's picture at an offset with the reference's, by step."""
        encode = self.encode[offset]
        return {s: psnr(encode, self.reference[offset + s]) for s in STEPS if offset + s in self.reference}

    def moves(self, offset: int) -> bool:
        """Whether the reference differs between the frame and an offset."""
        return difference(luma(self.reference[0]), luma(self.reference[offset])) > MOVES


@dataclass(frozen=True)
class Alignment:
    """What was found. `step` is how many pictures later the reference's fitting picture is (0: the frame's own)."""

    step: int
    sentence: str
    is_trouble: bool


def judge_alignment(near: Neighbours) -> Alignment:
    """The judgement of one frame; its own pictures must be there."""
    repeated = _repeated(near)
    if repeated:
        return Alignment(repeated, _repeated_sentence(near.frame, repeated), True)
    step = _step(near)
    if step:
        return Alignment(step, _step_sentence(near.frame, step), True)
    return Alignment(0, _in_step_sentence(near), False)


def _repeated(near: Neighbours) -> int:
    """The offset of the neighbour that the encode shows again instead of its own picture; 0 for none."""
    for offset in (-1, 1):
        if offset not in near.encode or offset not in near.reference or not near.moves(offset):
            continue
        moved = difference(luma(near.reference[0]), luma(near.reference[offset]))
        changed = difference(luma(near.encode[0]), luma(near.encode[offset]))
        fits = near.fits(0)
        if changed < REPEATS * moved and fits[offset] > fits[0] + MARGIN:
            return offset
    return 0


def _step(near: Neighbours) -> int:
    """The step at which the frame and all of its neighbours fit better than in step; 0 for none."""
    fits = near.fits(0)
    best = max(fits, key=lambda step: (fits[step], -abs(step)))
    if best == 0 or not near.moves(best):
        return 0
    others = [near.fits(offset) for offset in NEIGHBOURS if offset and offset in near.encode]
    telling = [fit for fit in others if best in fit and 0 in fit]
    if not all(max(fit, key=fit.__getitem__) == best for fit in telling):
        return 0
    return best if fits[best] - fits[0] >= (MARGIN if telling else MARGIN_ALONE) else 0


def _repeated_sentence(frame: int, offset: int) -> str:
    return f"The encode repeats a picture: its {frame} equals its {frame + offset}, while the reference moves on."


def _step_sentence(frame: int, step: int) -> str:
    count = abs(step)
    word = "late" if step < 0 else "early"
    return (
        f"The encode looks {count} {'frame' if count == 1 else 'frames'} {word}: its picture {frame} shows the "
        f"reference's {frame + step}."
    )


def _in_step_sentence(near: Neighbours) -> str:
    fits = near.fits(0)
    others = [fit for step, fit in fits.items() if step]
    if others and fits[0] - max(others) >= MARGIN_IN_STEP:
        return "In step with the reference."
    if any(near.moves(offset) for offset in near.reference if offset):
        return "No sign of being out of step."
    return "The picture stands still, so its step cannot be seen."
