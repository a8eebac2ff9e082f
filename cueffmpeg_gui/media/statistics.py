# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Where per-frame numbers fall short: how often, and for how long at a stretch."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Optional

from cueffmpeg_gui.media.frames import FrameRange


@dataclass(frozen=True)
class Shortfall:
    """How many frames are worse than a limit, and the longest run of them; of equal runs the first."""

    count: int
    longest: Optional[FrameRange]


def shortfall(values: Iterable[tuple[int, float]], limit: float, at_most: bool = False) -> Shortfall:
    """Of (frame, number) in frame order, those below the limit (above it, with `at_most`).

    A frame that is missing or has no number (NaN) is not short, and ends a run.
    """
    short = [frame for frame, value in values if (value > limit if at_most else value < limit)]
    return Shortfall(len(short), max(_runs(short), key=len, default=None))


def _runs(frames: Iterable[int]) -> Iterator[FrameRange]:
    # Frames of one run are all as far from their place in the list.
    for _, run in groupby(enumerate(frames), lambda placed: placed[1] - placed[0]):
        found = [frame for _, frame in run]
        yield FrameRange(found[0], found[-1])
