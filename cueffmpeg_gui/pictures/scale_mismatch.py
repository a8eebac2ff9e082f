# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Whether an encode shows the reference enlarged, reduced or moved: by their mean rows and columns, then as a whole."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from cueffmpeg_gui.pictures.colour_planes import Plane

Profile = npt.NDArray[np.floating[Any]]
# What is tried: scales up to a third in steps of 1 %, moves up to a tenth of a side in steps of 0.5 %; then finer.
SCALES, MOVES = 1.01 ** np.arange(-29, 30), np.arange(-0.1, 0.101, 0.005)
FINER_SCALES, FINER_MOVES = 1.00125 ** np.arange(-8, 9), np.arange(-0.005, 0.0051, 0.00125)
# Mean rows or columns must differ so much (of 255), and the fault explain this share of the pictures' difference.
EXPLAINED, LEAST_DIFFERENCE = 0.6, 1.0
# Smaller ones are not reported.
LEAST_SCALE, LEAST_MOVE = 0.008, 0.004
SIDES = (("across", "width"), ("down", "height"))


@dataclass(frozen=True)
class Change:
    """Along one side: the place x of the encode (-0.5 … 0.5) shows the reference's place x / scale - move."""

    scale: float
    move: float

    def places(self, count: int) -> Profile:
        """Where in the reference (0 … count - 1) the encode's pixels come from; some lie beyond it."""
        middle = (count - 1) / 2
        found: Profile = ((np.arange(count) - middle) / self.scale - self.move * count + middle).astype(np.float32)
        return found

    def sentence(self, direction: str, side: str) -> str:
        """ "enlarged by 4 % across"; "" for nothing worth telling."""
        if abs(self.scale - 1) >= LEAST_SCALE:
            word, share = ("enlarged", self.scale - 1) if self.scale > 1 else ("reduced", 1 - self.scale)
            return f"{word} by {100 * share:.0f} % {direction}"
        return f"moved by {100 * abs(self.move):.1f} % of its {side}" if abs(self.move) >= LEAST_MOVE else ""


def scale_mismatch(reference: Plane, encode: Plane) -> str | None:
    """The sentence about luma pictures of one size; None when they do not differ so."""
    profiles = [(reference.mean(axis), encode.mean(axis)) for axis in (0, 1)]
    if all(float(np.abs(ours - theirs).mean()) < LEAST_DIFFERENCE for ours, theirs in profiles):
        return None
    changes = [find_change(*profile) for profile in profiles]
    told = [change.sentence(*side) for change, side in zip(changes, SIDES, strict=True)]
    if not any(told) or not _explains(changes[0], changes[1], reference, encode):
        return None
    return f"The encode does not cover the reference: it looks {' and '.join(filter(None, told))}."


def find_change(reference: Profile, encode: Profile) -> Change:
    """The change along one side that makes two mean rows (or columns) most alike."""
    rough = _best(reference, encode, SCALES, MOVES)
    return _best(reference, encode, rough.scale * FINER_SCALES, rough.move + FINER_MOVES)


def _best(reference: Profile, encode: Profile, scales: Profile, moves: Profile) -> Change:
    rests = np.array([_rests(scale, moves, reference, encode) for scale in scales])
    scale, move = np.unravel_index(int(np.argmin(rests)), rests.shape)
    return Change(float(scales[scale]), float(moves[move]))


def _rests(scale: float, moves: Profile, reference: Profile, encode: Profile) -> Profile:
    """The mean difference that remains with a scale and each of the moves, where both are seen."""
    count = len(encode)
    places = Change(scale, 0.0).places(count) - moves[:, None] * count
    inside = (places >= 0) & (places <= count - 1)
    moved = np.interp(places, np.arange(count), reference)
    found: Profile = (np.abs(moved - encode) * inside).sum(axis=1) / inside.sum(axis=1)
    return found


def _explains(across: Change, down: Change, reference: Plane, encode: Plane) -> bool:
    height, width = encode.shape
    columns, rows = across.places(width), down.places(height)
    seen = np.ix_((rows >= 0) & (rows <= height - 1), (columns >= 0) & (columns <= width - 1))
    moved = _picked(_picked(reference, rows).T, columns).T
    plain = float(np.abs(reference[seen] - encode[seen]).mean())
    return float(np.abs(moved[seen] - encode[seen]).mean()) <= (1 - EXPLAINED) * plain


def _picked(lines: Plane, places: Profile) -> Plane:
    """Lines at places between them, by linear interpolation."""
    low = np.clip(np.floor(places).astype(int), 0, len(lines) - 2)
    share = np.clip(places - low, 0, 1).astype(np.float32)[:, None]
    found: Plane = lines[low] * (1 - share) + lines[low + 1] * share
    return found
