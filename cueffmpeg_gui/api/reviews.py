# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Scores with all a reviewer needs beside them: the clips, the seams, the thresholds, and what is wrong."""

from dataclasses import dataclass
from fractions import Fraction

from cueffmpeg_gui.api.scores import load_scores
from cueffmpeg_gui.jobs.picture_pair import PicturePair
from cueffmpeg_gui.media.features import Features
from cueffmpeg_gui.media.scores import Scores
from cueffmpeg_gui.media.thresholds import Threshold, Verdict
from cueffmpeg_gui.settings import Settings


@dataclass(frozen=True)
class Review:
    """One encode's scores. `label` names it beside others, `origin` is the job, folder or file they came from.

    `borders` are the first frames of the chunks; `timecode` is that of `scores.first`, `rate` the
    frames a second. `trouble` is a sentence when something is not as it was, "" when all is well.
    """

    label: str
    origin: str
    scores: Scores
    pair: PicturePair | None = None
    borders: tuple[int, ...] = ()
    features: Features | None = None
    rate: Fraction | None = None
    timecode: str | None = None
    trouble: str = ""

    @property
    def thresholds(self) -> tuple[Threshold, ...]:
        """What the scores are judged by."""
        return self.scores.thresholds

    @property
    def verdict(self) -> Verdict | None:
        """Pass, fail, or open while scores are missing; None without thresholds."""
        return self.scores.verdict


def load_review(target: str, settings: Settings, *, from_logs: bool = False) -> Review:
    """The review of a job (name, its end, or id), a job folder, or a file (ours, or libvmaf's JSON, XML, CSV).

    Raises InputRefused when there is nothing to show. Reads files and may ask the farm: never on a window's thread.
    """
    return Review(target, target, load_scores(target, settings, from_logs=from_logs))
