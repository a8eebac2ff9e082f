# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Statistics of arrays of scores: pooled values, verdicts, low and worst frames; equal to those of the command line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Optional

import numpy as np

from cueffmpeg_gui.gui.curve.models.dips import APART
from cueffmpeg_gui.gui.curve.models.encode import Encode
from cueffmpeg_gui.gui.curve.models.series import Series, runs
from cueffmpeg_gui.media.metrics import is_lower_better
from cueffmpeg_gui.media.pooling import pool_metric
from cueffmpeg_gui.media.thresholds import Verdict, judge

WORST = 20


@dataclass(frozen=True)
class Low:
    """How many frames are beyond a limit, and first and last frame of their longest run (None: there is none)."""

    count: int
    longest: Optional[tuple[int, int]] = None


def pooled_of(values: np.ndarray, metric: str = "") -> dict[str, float]:
    """The pooled values of an array. Sorted by numpy, which releases Python's global lock; Python's sort does not."""
    return pool_metric(metric, np.sort(values[~np.isnan(values)]).tolist())


def verdict_on(encode: Encode, pooled: dict[str, dict[str, float]]) -> Optional[Verdict]:
    """The verdict of the encode's thresholds and faults; `pooled` values by metric, missing ones are computed."""
    judged = {one.metric for one in encode.thresholds} & set(encode.columns)
    values = {metric: pooled.get(metric) or pooled_of(encode.columns[metric], metric) for metric in judged}
    scored = {metric: encode.columns[metric][:: encode.every] for metric in judged}
    is_complete = encode.is_complete and not any(bool(np.isnan(column).any()) for column in scored.values())
    return judge(encode.thresholds, values, encode.vmaf_model, is_complete, encode.faults)


def low_frames(series: Series, limit: float) -> Low:
    """The frames below a limit; above it, where lower is better."""
    values = series.encode.columns[series.metric]
    with np.errstate(invalid="ignore"):
        is_low = values > limit if is_lower_better(series.metric) else values < limit
    found = runs(is_low)
    if not len(found):
        return Low(0)
    first, last = found[np.argmax(found[:, 1] - found[:, 0])] + series.encode.first
    return Low(int(is_low.sum()), (int(first), int(last)))


def worst_of(series: Series, count: int = WORST) -> tuple[int, ...]:
    """The same frames as worst_frames, found in an array: worst first, no two within APART frames."""
    column = series.encode.columns[series.metric]
    values = -column if is_lower_better(series.metric) else column
    ranked = np.argsort(values, kind="stable")
    return tuple(place + series.encode.first for place in _spaced(ranked.tolist(), values, count))


def _spaced(ranked: list[int], values: np.ndarray, count: int) -> Iterator[int]:
    chosen: list[int] = []
    for place in ranked:
        if len(chosen) == count or not np.isfinite(values[place]):
            return
        if all(abs(place - other) > APART for other in chosen):
            chosen.append(place)
            yield place
