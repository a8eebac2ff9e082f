# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Per-frame scores: one table, one document format.

The document ("cueffmpeg.scores/1") is what compare and summary write and what ``scores --json`` prints.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from heapq import nsmallest
from itertools import chain
from typing import Any, Optional

from cueffmpeg_gui.errors import InputRefused, quoted
from cueffmpeg_gui.media.documents import json_bytes, read_json
from cueffmpeg_gui.media.frames import FrameRange, check_frames, parse_range, runs_of
from cueffmpeg_gui.media.metrics import is_lower_better
from cueffmpeg_gui.media.open_file import SCORES_DOCUMENT
from cueffmpeg_gui.media.pair_facts import PairFacts, PairFault, facts_document, grave_faults, read_facts
from cueffmpeg_gui.media.pooling import pool_metric
from cueffmpeg_gui.media.provenance import Provenance, merge_provenance, provenance_document, read_provenance
from cueffmpeg_gui.media.rows import LayeredRows, Row
from cueffmpeg_gui.media.statistics import sense_word
from cueffmpeg_gui.media.thresholds import Threshold, Verdict, judge, resolve_thresholds

SCHEMA = "cueffmpeg.scores/1"
# A libvmaf log has some thirty columns, with names made of their options.
MOST_NAMES, LONGEST_NAME = 200, 200


@dataclass(frozen=True)
class Scores:
    """Rows (frame → one number a metric) of the frames first … last; `rows` may still lack some.

    `thresholds` are what the pooled values are judged by, if anything. With `every` n only the first and each nth
    frame after it are scored. A number is NaN where there is none, and +infinity for identical pictures where the
    metric says so. `provenance` is what they come from, as far as that is known.

    `pair` is what is known of the pair beside its numbers, None where nobody has looked; `allowed` are the kinds of its
    faults with which it may pass. `absent` are numbers that are no frames at all.
    """

    layer: str
    first: int
    last: int
    metrics: tuple[str, ...]
    vmaf_model: str
    rows: Mapping[int, Row] = field(default_factory=dict)
    thresholds: tuple[Threshold, ...] = ()
    every: int = 1
    provenance: Optional[Provenance] = field(default=None, compare=False)
    pair: Optional[PairFacts] = field(default=None, compare=False)
    allowed: tuple[str, ...] = field(default=(), compare=False)
    absent: tuple[FrameRange, ...] = ()

    def __post_init__(self) -> None:
        check_frames(self.first, self.last, self.layer)
        try:
            check_names((self.layer, self.vmaf_model, *self.metrics))
        except ValueError:
            raise InputRefused(f"{quoted(self.layer)} has names of metrics or models that cannot be shown.") from None
        if any(earlier.last >= later.first for earlier, later in zip(self.absent, self.absent[1:])):
            raise InputRefused(f"{quoted(self.layer)}: the absent frames are not in order.")

    @property
    def grave(self) -> tuple[PairFault, ...]:
        """The pair's faults for which the scores can pass no threshold."""
        return grave_faults(self.pair, self.allowed)

    @property
    def expected(self) -> int:
        """How many rows there will be."""
        return len(self.wanted)

    @property
    def span(self) -> int:
        """How many frames there are from the first to the last."""
        return self.last - self.first + 1

    @cached_property
    def wanted(self) -> Sequence[int]:
        """The frames that are to have a row."""
        if not self.absent:
            return range(self.first, self.last + 1, self.every)
        before = [self.first - 1, *(run.last for run in self.absent)]
        behind = [*(run.first for run in self.absent), self.last + 1]
        there = (range(max(one + 1, self.first), min(other, self.last + 1)) for one, other in zip(before, behind))
        return list(chain.from_iterable(there))[:: self.every]

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
        return {metric: pool_metric(metric, self.values(metric)) for metric in self.metrics}

    @cached_property
    def verdict(self) -> Optional[Verdict]:
        """What the thresholds say: never "pass" or "fail" while a number is missing. None without thresholds."""
        judged = {threshold.metric for threshold in self.thresholds} & set(self.metrics)
        complete = self.is_complete and not any(math.isnan(v) for metric in judged for v in self.values(metric))
        faults = tuple(fault.sentence for fault in self.grave)
        return judge(self.thresholds, self.pooled, self.vmaf_model, complete, faults)


def partial_count(known: int, expected: int) -> str:
    """ "partial: 960 of 1,200"; what is counted is put behind it."""
    return f"partial: {known:,} of {expected:,}"


def every_word(every: int) -> str:
    """ "every 3rd"."""
    ending = "th" if every % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(every % 10, "th")
    return f"every {every}{ending}"


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
        if (part.metrics, part.vmaf_model, part.every) != (head.metrics, head.vmaf_model, head.every):
            raise InputRefused(f"Scores by {part.vmaf_model} and {head.vmaf_model} cannot be joined in one table.")
    rows = LayeredRows([part.rows for part in parts])
    first, last = min(part.first for part in parts), max(part.last for part in parts)
    provenance = merge_provenance(part.provenance for part in parts)
    merged = Scores(head.layer, first, last, head.metrics, head.vmaf_model, rows, every=head.every, absent=head.absent)
    return replace(merged, provenance=provenance)


def scores_document(scores: Scores) -> dict[str, Any]:
    """The document without its schema: header, pooled values and rows."""
    return {
        "layer": scores.layer,
        "first": scores.first,
        "last": scores.last,
        "complete": scores.is_complete,
        "expected": scores.expected,
        "rows": len(scores.rows),
        **({"every": scores.every} if scores.every > 1 else {}),
        **({"absent": [str(run) for run in scores.absent]} if scores.absent else {}),
        "vmaf_model": scores.vmaf_model,
        "metrics": {
            metric: {name: _number_or_none(value) for name, value in pooled.items()}
            for metric, pooled in scores.pooled.items()
        },
        "better": {metric: sense_word(metric) for metric in scores.metrics},
        **_infinite(scores),
        **({"provenance": provenance_document(scores.provenance)} if scores.provenance else {}),
        "thresholds": [str(threshold) for threshold in scores.thresholds],
        "verdict": scores.verdict.state if scores.verdict else None,
        "pair": facts_document(scores.pair) if scores.pair else None,
        **({"allowed_faults": list(scores.allowed)} if scores.allowed else {}),
        "frames": [
            {"frame": frame, **dict(zip(scores.metrics, map(_number_or_none, scores.rows[frame])))}
            for frame in sorted(scores.rows)
        ],
    }


def _number_or_none(value: float) -> Optional[float]:
    # JSON has no word for what is no number, nor for an infinite one.
    return value if math.isfinite(value) else None


def _infinite(scores: Scores) -> dict[str, Any]:
    """Which of the document's nulls are +infinity: the frames whose pictures are identical, metric by metric."""
    found = {metric: infinite_frames(scores, metric) for metric in scores.metrics}
    ranges = {metric: [str(run) for run in runs_of(frames)] for metric, frames in found.items() if frames}
    return {"infinite": ranges} if ranges else {}


def infinite_frames(scores: Scores, metric: str) -> list[int]:
    """The frames with +infinity: those whose pictures (or planes) are identical."""
    return [frame for frame, value in zip(scores.frames, scores.values(metric)) if value == math.inf]


def scores_bytes(scores: Scores) -> bytes:
    """The document as it stands in a file."""
    return json_bytes(SCHEMA, scores_document(scores))


def read_scores(path: str) -> Scores:
    """Reads such a document; raises InputRefused in one sentence."""
    return scores_of(read_json(path, SCHEMA, SCORES_DOCUMENT), path)


def scores_of(data: Mapping[str, Any], path: str) -> Scores:
    """The scores in such a document; raises InputRefused that names `path`."""
    try:
        metrics = tuple(data["metrics"])
        first, last, every = int(data["first"]), int(data["last"]), max(1, int(data.get("every", 1)))
        check_frames(first, last, path)
        check_names((data["layer"], data["vmaf_model"], *metrics))
        infinite = _read_infinite(data.get("infinite", {}))
        rows = {
            int(row["frame"]): tuple(_read_number(row[m], row["frame"], infinite.get(m, [])) for m in metrics)
            for row in data["frames"]
        }
        thresholds = resolve_thresholds(data.get("thresholds", ()), metrics, path)
        if rows and not first <= min(rows) <= max(rows) <= last:
            raise ValueError
        made = read_provenance(data.get("provenance"))
        pair = read_facts(data["pair"], path) if data.get("pair") else None
        allowed = tuple(map(str, data.get("allowed_faults", ())))
        scores = Scores(data["layer"], first, last, metrics, data["vmaf_model"], rows, thresholds, every, made)
        absent = tuple(parse_range(str(run)) for run in data.get("absent", ()))
        return replace(scores, pair=pair, allowed=allowed, absent=absent)
    except (KeyError, TypeError, ValueError, OverflowError, AttributeError):
        raise InputRefused(f"{path} is no whole scores document.") from None


def _read_infinite(data: Mapping[str, Sequence[str]]) -> dict[str, list[FrameRange]]:
    return {metric: [parse_range(text) for text in texts] for metric, texts in data.items()}


def check_names(names: Sequence[Any]) -> None:
    """Raises ValueError unless all are names: one line of text each, not too long, and not too many."""
    if len(names) > MOST_NAMES or not all(isinstance(name, str) and len(name) <= LONGEST_NAME for name in names):
        raise ValueError
    # Bytes that are no text may stand in a file's name.
    if not all(name.encode("utf-8", "surrogateescape").decode("utf-8", "replace").isprintable() for name in names):
        raise ValueError


def _read_number(value: Optional[float], frame: int, infinite: Sequence[FrameRange]) -> float:
    if value is not None:
        return float(value)
    return math.inf if any(frame in frames for frames in infinite) else math.nan
