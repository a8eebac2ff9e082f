# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The statistics of a metric, in the order they are shown, and where its numbers fall short."""

import math
from collections.abc import Iterable, Sequence
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


def arithmetic_mean(values: Sequence[float]) -> float:
    """The sum by the count; infinite when a value is."""
    return math.fsum(values) / len(values)


def distortion_mean(values: Sequence[float]) -> float:
    """The mean of decibels as ffmpeg's xpsnr filter pools them: of the root of what differs, not of its logarithm.

    libavfilter/vf_xpsnr.c, get_avg_xpsnr: 10 log10(peak² pixels / mean(sqrt(error))²). With the peak and the pixels
    left out, as each frame has the same, that is -20 log10(mean(10^(-x/20))); identical pictures (+infinity) add 0.
    """
    root = math.fsum(10 ** (-value / 20) for value in values) / len(values)
    return -20 * math.log10(root) if root > 0 else math.inf


def shortfall(values: Iterable[tuple[int, float]], limit: float, at_most: bool = False) -> Shortfall:
    """Of (frame, number) in frame order, those below the limit (above it, with `at_most`).

    A frame that is missing or has no number (NaN) is not short, and ends a run.
    """
    short = [frame for frame, value in values if (value > limit if at_most else value < limit)]
    return Shortfall(len(short), max(runs_of(short), key=len, default=None))
