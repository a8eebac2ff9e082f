# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""One encode as a curve needs it: scores as arrays with one element for each frame. Made in tasks."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import islice
from typing import Any, Optional

import numpy as np

from cueffmpeg_gui.api.review.review import Review
from cueffmpeg_gui.gui.curve.models.frame_names import FrameNames
from cueffmpeg_gui.media.features import Features
from cueffmpeg_gui.media.metrics import metric_title
from cueffmpeg_gui.media.scores import Scores, every_word, partial_count
from cueffmpeg_gui.media.thresholds import Threshold

# Rows converted at once: longer pieces would hold Python's global lock long enough to delay the window.
PIECE = 4096
MOTION = "motion"
# A cut is where motion is CUT_TIMES the median of CUT_SIDE frames each side, and at least CUT_LEAST.
CUT_SIDE, CUT_TIMES, CUT_LEAST = 4, 4.0, 8.0


@dataclass(frozen=True, eq=False)
class Encode:
    """Scores of the frames first … last: `columns` has an array for each metric, NaN where a frame has no score.

    `borders` are the first frames of chunks, `marks` frames at cuts; `known` counts the frames that have scores.
    `number` picks the colour. `count` is how many frames there are where some numbers between are none. `slips` are
    first and last frames where the encode is out of step with its reference, `faults` sentences for which the pair
    cannot pass, `warnings` all that is wrong with it.
    """

    key: str
    name: str
    first: int
    last: int
    known: int
    vmaf_model: str
    columns: dict[str, np.ndarray] = field(default_factory=dict)
    borders: tuple[int, ...] = ()
    marks: tuple[int, ...] = ()
    thresholds: tuple[Threshold, ...] = ()
    rate: Optional[Fraction] = None
    timecode: Optional[str] = None
    number: int = 0
    every: int = 1
    slips: tuple[tuple[int, int], ...] = ()
    faults: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    count: int = 0

    @property
    def expected(self) -> int:
        """How many frames have scores in the end: of each n-th frame, with `every` n; fewer if numbers are left out."""
        return self.count or len(range(self.first, self.last + 1, self.every))

    @property
    def whole_text(self) -> str:
        """ "all 1,200 frames", "every 5th frame"; for when it is complete."""
        return f"{every_word(self.every)} frame" if self.every > 1 else f"all {self.expected:,} frames"

    @property
    def is_complete(self) -> bool:
        """Whether every frame has its scores."""
        return self.known == self.expected

    @property
    def partial_text(self) -> str:
        """ "partial: 960 of 1,200 frames"; empty when it is complete."""
        return "" if self.is_complete else f"{partial_count(self.known, self.expected)} frames"

    @property
    def frames(self) -> FrameNames:
        """The names of its frames."""
        return FrameNames(self.first, self.last, self.rate, self.timecode)

    def title(self, metric: str) -> str:
        """The title of a metric, with the VMAF model."""
        return metric_title(metric, self.vmaf_model)

    def value(self, metric: str, frame: int) -> float:
        """A frame's score; NaN where there is none."""
        column = self.columns.get(metric)
        place = frame - self.first
        return float(column[place]) if column is not None and 0 <= place < len(column) else float("nan")


def columns_of(scores: Scores) -> dict[str, np.ndarray]:
    """An array of float64 for each metric, with one score for each of the frames first … last."""
    count = scores.last - scores.first + 1
    table = np.full((count, len(scores.metrics)), np.nan)
    rows = iter(scores.rows.items())
    while piece := list(islice(rows, PIECE)):
        places = np.array([frame for frame, _ in piece]) - scores.first
        numbers = np.array([row for _, row in piece])
        inside = (places >= 0) & (places < count)
        table[places[inside]] = numbers[inside]
        time.sleep(0)
    return {metric: np.ascontiguousarray(table[:, number]) for number, metric in enumerate(scores.metrics)}


def encode_of(key: str, name: str, scores: Scores, **facts: Any) -> Encode:
    """The encode of a table of scores; `facts` are further fields of Encode."""
    columns, pair = columns_of(scores), scores.pair
    return Encode(
        key, name, scores.first, scores.last, len(scores.rows), scores.vmaf_model, columns,
        thresholds=scores.thresholds,
        every=scores.every,
        count=scores.expected if scores.absent else 0,
        slips=tuple((slip.first, slip.last) for slip in pair.slips) if pair else (),
        faults=tuple(fault.sentence for fault in scores.grave),
        warnings=tuple(fault.sentence for fault in pair.faults) if pair else (),
        **facts,
    )  # fmt: skip


def encode_of_review(review: Review, key: str, name: str = "", number: int = 0) -> Encode:
    """The encode of a review. Slow for many frames: call it in a task."""
    return encode_of(
        key,
        name or review.label,
        review.scores,
        borders=review.borders,
        marks=marks_of(review.features),
        rate=review.rate,
        timecode=review.timecode,
        number=number,
    )


def marks_of(features: Features | None) -> tuple[int, ...]:
    """Frames at cuts, as far as motion shows: where it is far higher than in the frames around."""
    if features is None or MOTION not in features.names:
        return ()
    column = features.names.index(MOTION)
    frames = sorted(features.rows)
    motion = np.array([features.rows[frame][column] for frame in frames])
    return tuple(frames[place] for place in _peaks(motion))


def _peaks(motion: np.ndarray) -> np.ndarray:
    if len(motion) <= 2 * CUT_SIDE:
        return np.array([], dtype=int)
    padded = np.pad(motion, CUT_SIDE, mode="reflect")
    windows = np.lib.stride_tricks.sliding_window_view(padded, 2 * CUT_SIDE + 1)
    usual = np.median(windows, axis=1)
    return np.flatnonzero((motion > CUT_TIMES * usual) & (motion >= CUT_LEAST))
