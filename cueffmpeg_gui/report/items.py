# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What a report is made of."""

from dataclasses import dataclass
from fractions import Fraction

from cueffmpeg_gui.media.metrics import metric_label, model_label
from cueffmpeg_gui.media.scores import Scores, every_word
from cueffmpeg_gui.media.thresholds import Threshold
from cueffmpeg_gui.media.timing import advance_timecode


@dataclass(frozen=True)
class Picture:
    """One of the worst frames: JPEG of reference and encode, or a sentence with the reason when there are none."""

    frame: int
    reference: bytes = b""
    encode: bytes = b""
    trouble: str = ""


@dataclass(frozen=True)
class Limit:
    """A threshold as a line of the curve: where, and what it says ("mean ≥ 93")."""

    value: float
    text: str

    @classmethod
    def of(cls, threshold: Threshold) -> "Limit":
        """The line of a threshold."""
        sign = "≤" if threshold.at_most else "≥"
        return cls(threshold.limit, f"{threshold.statistic.replace('_', ' ')} {sign} {threshold.limit:g}")


@dataclass(frozen=True)
class ReportItem:
    """One encode's scores with what is said about them. `timecode` is that of the scores' first frame."""

    label: str
    origin: str
    scores: Scores
    borders: tuple[int, ...] = ()
    pictures: tuple[Picture, ...] = ()
    rate: Fraction | None = None
    timecode: str | None = None
    trouble: str = ""

    @property
    def model(self) -> str:
        """The model as it stands beside its numbers."""
        return model_label(self.scores.vmaf_model)

    @property
    def coverage(self) -> str:
        """Which frames are scored, once all that are wanted are: "all 240 frames scored"."""
        every = self.scores.every
        return f"{every_word(every)} frame scored" if every > 1 else f"all {self.scores.expected} frames scored"

    def limits_of(self, metric: str) -> tuple[Limit, ...]:
        """What the metric's pooled values are judged by."""
        return tuple(Limit.of(one) for one in self.scores.thresholds if one.metric == metric)

    def metric_label(self, metric: str) -> str:
        """What a metric means, for people."""
        return metric_label(metric, self.scores.vmaf_model)

    def time_of(self, frame: int) -> str:
        """The timecode of a frame, nothing where there is none."""
        return advance_timecode(self.timecode, frame - self.scores.first, self.rate) or "" if self.rate else ""
