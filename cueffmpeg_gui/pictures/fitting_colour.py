# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""By which matrix and range a clip that says none was made, found by trying beside one of which it is known.

ffmpeg makes BT.601 of RGB unless it is told, other programs BT.709, and neither says so in the file.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from cueffmpeg_gui.media.colour import RANGES, UNKNOWN, Colour
from cueffmpeg_gui.pictures.colour_mismatch import MATRICES
from cueffmpeg_gui.pictures.pair_side import PictureSide
from cueffmpeg_gui.pictures.reduced_picture import difference


@dataclass(frozen=True)
class Margin:
    """Another colour must leave so little of the difference, and take away so much of it (of 255), to be believed."""

    remains: float
    least_gain: float


# What is usual must be clearly wrong; where two are as likely, the nearer is right, however coarse the coding.
CLEARLY, NEARER = Margin(0.7, 0.5), Margin(0.98, 0.04)


def fitting_colour(
    silent: PictureSide, tried: Sequence[Colour], sure: PictureSide, numbers: Sequence[tuple[int, int]], margin: Margin
) -> Colour:
    """The first that is tried, or the one by which the silent clip's pictures fit those of the sure clip better.

    `numbers` are those of pictures that belong together, counted from 0, the silent clip's first. Raises InputRefused
    when a picture cannot be reached.
    """
    taken, rests = tried[0], dict.fromkeys(tried, 0.0)
    for ours, theirs in numbers:
        wanted = sure.reduced(theirs)
        for colour in rests:
            rests[colour] += difference(silent.reduced_as(ours, colour), wanted) / len(numbers)
    best = min(rests, key=lambda colour: rests[colour])
    is_clear = rests[best] <= margin.remains * rests[taken] and rests[taken] - rests[best] >= margin.least_gain
    return best if is_clear else taken


def possible_colours(said: Colour, taken: Colour) -> list[Colour]:
    """`taken`, and all others that what is said allows."""
    ranges = RANGES.values() if said.range == UNKNOWN else [said.range]
    matrices: Iterable[str] = MATRICES if said.matrix == UNKNOWN else [said.matrix]
    return [taken, *(replace(taken, range=range_, matrix=matrix) for range_ in ranges for matrix in matrices)]
