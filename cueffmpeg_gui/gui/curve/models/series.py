# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What is drawn of one metric of one encode, computed in a task: line, average, gaps, dips, histogram."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional

import numpy as np

from cueffmpeg_gui.gui.curve.models.dips import dips_below
from cueffmpeg_gui.gui.curve.models.encode import Encode
from cueffmpeg_gui.gui.curve.models.metric_scale import Scale, scale_of
from cueffmpeg_gui.gui.curve.models.pyramid import Pyramid
from cueffmpeg_gui.media.metrics import is_lower_better

BINS = 200
DIP_PERCENT = 5


@dataclass(frozen=True, eq=False)
class Histogram:
    """How scores are distributed: shares of the frames between `edges`, and cumulated up to each upper edge."""

    edges: np.ndarray
    shares: np.ndarray
    up_to: np.ndarray


@dataclass(frozen=True, eq=False)
class Series:
    """`missing` are pairs of first and last frames without a score; `lone` are single frames between gaps.

    Of every n-th frame the line goes on to the next; identical pictures, which have no finite score, are at its top.
    """

    encode: Encode
    metric: str
    scale: Scale
    line: Pyramid
    average: Optional[Pyramid]
    missing: np.ndarray
    lone: np.ndarray
    dips: np.ndarray
    histogram: Optional[Histogram]
    lowest: float
    highest: float


def series_of(encode: Encode, metric: str, window: int, limit: Optional[float]) -> Optional[Series]:
    """The series of a metric; None when the encode does not have it. `window` frames are averaged, 1 means none."""
    values = encode.columns.get(metric)
    if values is None:
        return None
    is_there = np.isfinite(values)
    known = values[is_there]
    lowest, highest = (float(known.min()), float(known.max())) if len(known) else (np.nan, np.nan)
    scale = scale_of(metric, encode.title(metric))
    if len(known):
        scale = scale.widened(lowest, highest)
    average = Pyramid(encode.first, moving_average(values, window)) if window > 1 else None
    dips = _dips(values, known, limit, metric) + encode.first
    drawn = bridged(np.where(np.isposinf(values), scale.high, values), encode.every)
    is_drawn = np.isfinite(drawn)
    return Series(
        encode, metric, scale, Pyramid(encode.first, drawn), average,
        runs(~is_drawn) + encode.first, lone_indices(is_drawn) + encode.first, dips, histogram_of(known, scale),
        lowest, highest,
    )  # fmt: skip


def bridged(values: np.ndarray, every: int) -> np.ndarray:
    """Finite numbers alone; where only each `every`-th frame is scored, straight lines between those that are."""
    there = np.where(np.isfinite(values), values, np.nan)
    if every == 1 or len(there) < 2:
        return there
    places = np.arange(len(there))
    scored = there[::every]
    before = np.minimum(places // every, len(scored) - 1)
    after = np.minimum(before + 1, len(scored) - 1)
    share = (places % every) / every
    # Behind the last one that is scored it goes on level, to the clip's end.
    return np.where(share == 0, scored[before], scored[before] * (1 - share) + scored[after] * share)


def _dips(values: np.ndarray, known: np.ndarray, limit: Optional[float], metric: str) -> np.ndarray:
    """Dips beyond the limit; where there are none, those of the lowest DIP_PERCENT."""
    is_lower = is_lower_better(metric)
    found = dips_below(values, np.nan if limit is None else limit, is_lower)
    if len(found) or not len(known):
        return found
    return dips_below(values, float(np.percentile(known, 100 - DIP_PERCENT if is_lower else DIP_PERCENT)), is_lower)


def runs(mask: np.ndarray) -> np.ndarray:
    """First and last index of each run of True, shape (runs, 2): runs_of for arrays, which is fast for whole films."""
    edges = np.diff(np.concatenate(([0], mask.astype(np.int8), [0])))
    return np.column_stack((np.flatnonzero(edges == 1), np.flatnonzero(edges == -1) - 1))


def lone_indices(is_there: np.ndarray) -> np.ndarray:
    """Indices of scores without a neighbour: a line would not show them."""
    found = runs(is_there)
    return np.asarray(found[found[:, 0] == found[:, 1], 0])


def moving_average(values: np.ndarray, window: int) -> np.ndarray:
    """The mean of the scores of `window` frames around each frame; NaN where the frame itself has none."""
    is_there = np.isfinite(values)
    sums = np.concatenate(([0.0], np.cumsum(np.where(is_there, values, 0.0))))
    counts = np.concatenate(([0], np.cumsum(is_there)))
    place = np.arange(len(values))
    begin = np.maximum(place - (window - 1) // 2, 0)
    end = np.minimum(place + window // 2 + 1, len(values))
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = (sums[end] - sums[begin]) / (counts[end] - counts[begin])
    return np.where(is_there, mean, np.nan)


def histogram_of(known: np.ndarray, scale: Scale) -> Optional[Histogram]:
    """The histogram of finite scores over a whole scale."""
    if not len(known) or scale.high <= scale.low:
        return None
    counts, edges = np.histogram(known, BINS, (scale.low, scale.high))
    return Histogram(edges, counts / len(known), np.cumsum(counts) / len(known))
