# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The statistics of a metric, in the order they are shown, and where its numbers fall short."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Optional

from cueffmpeg_gui.media.frames import FrameRange, runs_of

PERCENTILES = (1, 5, 10)
STATISTICS = ("mean", "harmonic_mean", "min", "max", *(f"p{percent}" for percent in PERCENTILES))


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
    return Shortfall(len(short), max(runs_of(short), key=len, default=None))
