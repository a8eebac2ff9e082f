# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""By which matrix and range a clip that says none was made, found by trying beside one of which it is known.

ffmpeg makes BT.601 of RGB unless it is told, other programs BT.709, and neither says so in the file.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from cueffmpeg_gui.media.colour import RANGES, UNKNOWN, Colour
from cueffmpeg_gui.pictures.colour_mismatch import MATRICES
from cueffmpeg_gui.pictures.pair_side import PictureSide
from cueffmpeg_gui.pictures.reduced_picture import difference

# Another colour must leave so little of the difference, and take away so much of it (of 255), to be believed.
REMAINS, LEAST_GAIN = 0.7, 0.5


def fitting_colour(
    silent: PictureSide, taken: Colour, sure: PictureSide, numbers: Sequence[tuple[int, int]], said: Colour
) -> Colour:
    """`taken`, or the colour by which the silent clip's pictures fit those of the sure clip clearly better.

    Of what is `said` nothing else is tried.

    `numbers` are those of pictures that belong together, counted from 0, the silent clip's first. Raises InputRefused
    when a picture cannot be reached.
    """
    rests = dict.fromkeys([taken, *_others(said, taken)], 0.0)
    for ours, theirs in numbers:
        wanted = sure.reduced(theirs)
        for colour in rests:
            rests[colour] += difference(silent.reduced_as(ours, colour), wanted) / len(numbers)
    best = min(rests, key=lambda colour: rests[colour])
    is_clear = rests[best] <= REMAINS * rests[taken] and rests[taken] - rests[best] >= LEAST_GAIN
    return best if is_clear else taken


def _others(said: Colour, taken: Colour) -> list[Colour]:
    ranges = RANGES.values() if said.range == UNKNOWN else [said.range]
    matrices: Iterable[str] = MATRICES if said.matrix == UNKNOWN else [said.matrix]
    return [replace(taken, range=range_, matrix=matrix) for range_ in ranges for matrix in matrices]
