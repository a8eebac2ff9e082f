# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Per-frame scores: one table, one way to pool it, one document format.

The document ("cueffmpeg.scores/1") is what compare and summary write and what ``scores --json`` prints.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from heapq import nsmallest
from typing import Any, Optional

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.media.documents import json_bytes, read_json
from cueffmpeg_gui.media.metrics import is_lower_better
from cueffmpeg_gui.media.rows import LayeredRows, Row
from cueffmpeg_gui.media.statistics import PERCENTILES
from cueffmpeg_gui.media.thresholds import Threshold, Verdict, judge, resolve_thresholds

SCHEMA = "cueffmpeg.scores/1"


@dataclass(frozen=True)
class Scores:
    """Rows (frame → one number a metric) of the frames first … last; `rows` may still lack some.

    `thresholds` are what the pooled values are judged by, if anything.
    """

    layer: str
    first: int
    last: int
    metrics: tuple[str, ...]
    vmaf_model: str
    rows: Mapping[int, Row] = field(default_factory=dict)
    thresholds: tuple[Threshold, ...] = ()

    @property
    def expected(self) -> int:
        """How many rows there will be."""
        return self.last - self.first + 1

    @property
    def is_complete(self) -> bool:
        """Whether every frame has its row."""
        return len(self.rows) == self.expected

    def values(self, metric: str) -> list[float]:
        """One metric's numbers in frame order."""
        column, rows = self.metrics.index(metric), self.rows
        return [rows[frame][column] for frame in self.frames]

    @cached_property
    def frames(self) -> list[int]:
        """The frames that have a row, in order."""
        return sorted(self.rows)

    @cached_property
    def pooled(self) -> dict[str, dict[str, float]]:
        """The pooled values of every metric."""
        return {metric: pool(self.values(metric)) for metric in self.metrics}

    @cached_property
    def verdict(self) -> Optional[Verdict]:
        """What the thresholds say: never "pass" or "fail" while a number is missing. None without thresholds."""
        judged = {threshold.metric for threshold in self.thresholds} & set(self.metrics)
        complete = self.is_complete and all(math.isfinite(v) for metric in judged for v in self.values(metric))
        return judge(self.thresholds, self.pooled, self.vmaf_model, complete) if self.thresholds else None


def partial_count(known: int, expected: int) -> str:
    """ "partial: 960 of 1,200"; what is counted is put behind it."""
    return f"partial: {known:,} of {expected:,}"


def pool(values: Iterable[float]) -> dict[str, float]:
    """Pooled values of per-frame numbers; empty when there are none.

    harmonic_mean is libvmaf's: 1 / mean(1 / (v + 1)) - 1. Percentiles interpolate linearly between ranks
    (Hyndman & Fan type 7, numpy's default). Numbers that are not finite are left out.
    """
    ordered = sorted(filter(math.isfinite, values))
    if not ordered:
        return {}
    count = len(ordered)
    harmonic = count / math.fsum(1 / (value + 1) for value in ordered) - 1 if ordered[0] > -1 else math.nan
    pooled = {
        "mean": math.fsum(ordered) / count,
        "harmonic_mean": harmonic,
        "min": ordered[0],
        "max": ordered[-1],
        **{f"p{percent}": percentile(ordered, percent) for percent in PERCENTILES},
    }
    return {name: round(value, 6) for name, value in pooled.items() if math.isfinite(value)}


def percentile(ordered: Sequence[float], percent: float) -> float:
    """The linear-interpolation percentile of sorted numbers (Hyndman & Fan type 7)."""
    rank = (len(ordered) - 1) * percent / 100
    low = math.floor(rank)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (rank - low)


def worst_frames(scores: Scores, metric: str, count: int, apart: int = 12) -> list[int]:
    """Frames with the worst numbers, worst first, no two within `apart` frames: one dip is named once."""
    sign = -1 if is_lower_better(metric) else 1
    pairs = (
        (sign * value, frame) for value, frame in zip(scores.values(metric), scores.frames) if math.isfinite(value)
    )
    chosen: list[int] = []
    # Each chosen frame keeps its neighbours out, so no more are ever looked at.
    for _, frame in nsmallest(count * (2 * apart + 1), pairs):
        if len(chosen) == count:
            break
        if all(abs(frame - other) > apart for other in chosen):
            chosen.append(frame)
    return chosen


def merge_scores(parts: Sequence[Scores]) -> Scores:
    """One table of several: the widest range, all rows; of one frame the later part's row wins.

    Raises InputRefused when the parts measure different things.
    """
    head = parts[0]
    for part in parts[1:]:
        if (part.metrics, part.vmaf_model) != (head.metrics, head.vmaf_model):
            raise InputRefused(f"Scores by {part.vmaf_model} and {head.vmaf_model} cannot be joined in one table.")
    rows = LayeredRows([part.rows for part in parts])
    first, last = min(part.first for part in parts), max(part.last for part in parts)
    return Scores(head.layer, first, last, head.metrics, head.vmaf_model, rows)


def scores_document(scores: Scores) -> dict[str, Any]:
    """The document without its schema: header, pooled values and rows."""
    return {
        "layer": scores.layer,
        "first": scores.first,
        "last": scores.last,
        "complete": scores.is_complete,
        "expected": scores.expected,
        "rows": len(scores.rows),
        "vmaf_model": scores.vmaf_model,
        "metrics": scores.pooled,
        "thresholds": [str(threshold) for threshold in scores.thresholds],
        "verdict": scores.verdict.state if scores.verdict else None,
        "frames": [
            {"frame": frame, **dict(zip(scores.metrics, map(_number_or_none, scores.rows[frame])))}
            for frame in sorted(scores.rows)
        ],
    }


def _number_or_none(value: float) -> Optional[float]:
    # JSON has no word for what is no number.
    return value if math.isfinite(value) else None


def scores_bytes(scores: Scores) -> bytes:
    """The document as it stands in a file."""
    return json_bytes(SCHEMA, scores_document(scores))


def read_scores(path: str) -> Scores:
    """Reads such a document; raises InputRefused in one sentence."""
    data = read_json(path, SCHEMA)
    try:
        metrics = tuple(data["metrics"])
        rows = {int(row["frame"]): tuple(_read_number(row[m]) for m in metrics) for row in data["frames"]}
        thresholds = resolve_thresholds(data.get("thresholds", ()), metrics, path)
        model = data["vmaf_model"]
        return Scores(data["layer"], int(data["first"]), int(data["last"]), metrics, model, rows, thresholds)
    except (KeyError, TypeError, ValueError):
        raise InputRefused(f"{path} is no whole scores document.") from None


def _read_number(value: Optional[float]) -> float:
    return math.nan if value is None else float(value)
