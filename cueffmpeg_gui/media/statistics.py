# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The statistics of a metric, in the order they are shown, and where its numbers fall short."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Optional

from cueffmpeg_gui.media.frames import FrameRange, runs_of
from cueffmpeg_gui.media.metrics import is_known, is_lower_better

PERCENTILES, UPPER_PERCENTILES = (1, 5, 10), (90, 95, 99)
LOW, HIGH = (tuple(f"p{percent}" for percent in some) for some in (PERCENTILES, UPPER_PERCENTILES))
COMMON = ("mean", "harmonic_mean", "median", "min", "max")
STATISTICS = (*COMMON, *LOW, *HIGH)


@dataclass(frozen=True)
class Sense:
    """Which way of a metric is good: the statistics there are, those worth a look, and the few that fit in a line."""

    word: str
    known: tuple[str, ...]
    shown: tuple[str, ...]
    brief: tuple[str, ...]


HIGHER = Sense("higher", (*COMMON, *LOW), (*COMMON, *LOW), ("mean", "p5", "min"))
# The low percentiles have always been in documents; a harmonic mean is for what is bad when it is low.
LOWER = Sense("lower", STATISTICS, ("mean", "median", "min", "max", *HIGH), ("mean", "p95", "max"))


def sense_of(metric: str) -> Sense:
    """The sense of a per-frame key."""
    return LOWER if is_lower_better(metric) else HIGHER


def sense_word(metric: str) -> str:
    """ "higher" or "lower", whichever is better; "-" for numbers of other programs that are not known here."""
    return sense_of(metric).word if is_known(metric) else "-"


def shown_statistics(metrics: Iterable[str]) -> tuple[str, ...]:
    """The columns of a table of these metrics, in order."""
    wanted = {name for metric in metrics for name in sense_of(metric).shown}
    return tuple(name for name in STATISTICS if name in wanted)


def shown_values(metric: str, pooled: Mapping[str, float], columns: Iterable[str]) -> list[Optional[float]]:
    """A metric's pooled values for these columns; None where its sense makes one meaningless, or it is not known."""
    shown = sense_of(metric).shown
    return [pooled.get(name) if name in shown else None for name in columns]


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
