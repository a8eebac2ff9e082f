# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""How the fields of a pair go together: whether both sides hold them, and whether they changed places.

Where something moves, a line of a woven frame differs from those around it, which are of another moment. A side with
both fields has this of every second line and of those between; one that was deinterlaced has it of one field only.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cueffmpeg_gui.media.facts import ClipFacts
from cueffmpeg_gui.media.geometry import Geometry
from cueffmpeg_gui.media.pair_fields import ENCODE
from cueffmpeg_gui.pictures.colour_planes import Plane
from cueffmpeg_gui.pictures.gray_pictures import GrayPictures, spread
from cueffmpeg_gui.pictures.interlacing import LEAST, MOVES, between, blocks

PLACES = 9
# How much of the combs must be left of one field so that something is told, and what the other then has of that.
TOLD, BOTH = 0.42, 0.6
# How far (in codes) fields must be from those at their place so that something is told, and what is left of that when
# they are held against the others.
APART, SWAPPED = 2.0, 0.6
# Fields that lie between two of the other side: how near both are, how much farther the third is, and how much where
# the fields are nearer when exchanged.
BETWEEN, LOPSIDED, BESIDE, LOPSIDED_BESIDE = 1.3, 1.5, 0.97, 1.28

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class FieldPair:
    """Whether the side that is not called interlaced has both fields, and whether the fields are swapped.

    None: it cannot be told.
    """

    kept: bool | None = None
    swapped: bool | None = None


def look_at_field_pair(
    encode: ClipFacts, reference: ClipFacts, geometry: Geometry, offset: int, woven: str
) -> FieldPair:
    """What is seen of the frames of both; `woven` is a side that is called interlaced.

    `offset` is the number of pictures that the encode has before the reference's first. Raises InputRefused.
    """
    heights = {geometry.fixed[1], geometry.output[1], geometry.compared[1]}
    first, end = max(0, -offset), min(reference.video.frames, encode.video.frames - offset)
    if len(heights) > 1 or geometry.fixed != geometry.output or end - first < 3:
        return FieldPair()
    ours = GrayPictures(encode, geometry.encode_filter)
    theirs = GrayPictures(reference, geometry.fix_filter)
    sides = ((ours, offset), (theirs, 0))
    (combed, start), (other, place) = sides if woven == ENCODE else sides[::-1]
    kept, held = [], []
    try:
        for number in (first + 1 + step for step in spread(end - first - 2, PLACES)):
            near = [combed.read(start + number + step) for step in (-1, 0, 1)]
            before, now, after = near
            moving = np.minimum(np.abs(now - before), np.abs(after - now)) > MOVES
            if moving.mean() >= LEAST:
                beside = other.read(place + number)
                kept.append([_kept(now, beside, moving, parity) for parity in (1, 2)])
                held.append(_held(near, beside, moving))
    finally:
        ours.close()
        theirs.close()
    return FieldPair(_has_both(kept), _changed_places(held))


def _has_both(shares: list[list[float]]) -> bool | None:
    if not shares:
        return None
    one, two = (float(np.nanmedian(column)) for column in zip(*shares, strict=True))
    return min(one, two) > BOTH * max(one, two) if max(one, two) >= TOLD else None


def _changed_places(distances: list[tuple[float, float, float, float]]) -> bool | None:
    """Fields that changed places are as near to one neighbour's as to their own, or to the frame's other fields."""
    if not distances:
        return None
    own, exchanged, early, late = (float(np.median(column)) for column in zip(*distances, strict=True))
    is_beside = exchanged <= BESIDE * own
    farther = (LOPSIDED_BESIDE if is_beside else LOPSIDED) * min(early, late)
    is_between = min(early, late) <= BETWEEN * own and max(early, late) >= farther
    return own >= APART and (exchanged <= SWAPPED * own or is_between)


def _kept(now: Plane, other: Plane, moving: Mask, parity: int) -> float:
    """The share of a frame's combs that the other picture has, of every second line from `parity` on."""
    rows = np.arange(parity, len(now) - 1, 2)
    where, around = moving[rows], (now[rows - 1] + now[rows + 1]) / 2
    comb, left = (now[rows] - around)[where], (other[rows] - around)[where]
    square = float((comb**2).sum())
    return float((comb * left).sum()) / square if square >= 1 else float("nan")


def _held(near: list[Plane], other: Plane, moving: Mask) -> tuple[float, float, float, float]:
    """How far the other picture's fields are from those of their place in the frame, and from its other fields.

    Then how far the upper field is from that of the frame before and the lower one from that behind, and vice versa.
    """
    before, now, after = near
    lines = len(now) // 2 - 1
    mask = blocks(moving[0::2][:lines].astype(np.float32)) > 0
    fields = [[blocks(side[parity::2][:lines]) for parity in (0, 1)] for side in (before, now, after, other)]
    tops, bottoms = blocks(between(now[0::2])[:lines]), blocks(between(now[1::2])[:lines])
    top, bottom = fields[3]
    # Between two lower lines lies the upper one of the line after.
    exchanged = np.abs(blocks(other[2::2][:lines]) - bottoms) + np.abs(bottom - tops)
    own, early, late = (
        np.abs(top - fields[one][0]) + np.abs(bottom - fields[two][1]) for one, two in ((1, 1), (0, 2), (2, 0))
    )
    found = [float(values[mask].mean()) / 2 if mask.any() else 0.0 for values in (own, exchanged, early, late)]
    return found[0], found[1], found[2], found[3]
