# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Scores with all a reviewer needs beside them: the clips, the seams, the thresholds, and what is wrong."""

from __future__ import annotations

import math
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from cueffmpeg_gui.api.review.changed_media import pair_troubles
from cueffmpeg_gui.jobs.picture_pair import PicturePair, picture_pair
from cueffmpeg_gui.jobs.spec import JobSpec
from cueffmpeg_gui.media.features import Features
from cueffmpeg_gui.media.scores import Scores
from cueffmpeg_gui.media.thresholds import Threshold, Verdict
from cueffmpeg_gui.media.view import FOLDER


@dataclass(frozen=True)
class Review:
    """One encode's scores. `label` names it beside others, `origin` is the job, folder or file they came from.

    `borders` are the first frames of the chunks; `timecode` is that of `scores.first`, `rate` the frames a second.
    `made` is when the scores were written (ns), 0 if not known. `trouble` is a sentence or several when something is
    not as it was, "" when all is well.
    """

    label: str
    origin: str
    scores: Scores
    pair: PicturePair | None = None
    borders: tuple[int, ...] = ()
    features: Features | None = None
    rate: Fraction | None = None
    timecode: str | None = None
    made: int = 0
    trouble: str = ""

    @property
    def thresholds(self) -> tuple[Threshold, ...]:
        """What the scores are judged by."""
        return self.scores.thresholds

    @property
    def verdict(self) -> Verdict | None:
        """Pass, fail, or open while scores are missing; None without thresholds."""
        return self.scores.verdict


def review_of_job(
    spec: JobSpec, origin: str, scores: Scores, *, features: Features | None = None, made: int = 0, folder: str = ""
) -> Review:
    """The review of a job's scores, built from its spec; nothing is read. `folder` is the job's, if `origin` is not.

    Raises InputRefused for a broken spec.
    """
    pair = picture_pair(spec, os.path.join(folder or origin, FOLDER))
    judged = replace(scores, thresholds=spec.thresholds, allowed=spec.allowed_faults)
    return Review(
        label=spec.placement.name,
        origin=origin,
        scores=judged,
        pair=pair,
        borders=tuple(chunk.first for chunk in spec.chunks),
        features=features,
        rate=pair.reference.video.rate,
        timecode=pair.timecode_of(scores.first),
        made=made,
    )


def media_trouble(review: Review) -> str:
    """What is wrong with scores or clips, in sentences; "" when nothing is. Checks the clips' sizes and times."""
    pair = review.pair
    troubles = [*_score_troubles(review.scores, pair), *(pair_troubles(pair, review.made) if pair else ())]
    return " ".join(troubles)


def with_trouble(review: Review, troubles: Iterable[str] = ()) -> Review:
    """The review with what is wrong with it, and the troubles of reading it."""
    return replace(review, trouble=" ".join([*troubles, *filter(None, [media_trouble(review)])]))


def _score_troubles(scores: Scores, pair: PicturePair | None) -> Iterator[str]:
    if pair and (scores.first, scores.last) != (pair.frames.first, pair.frames.last):
        yield (
            f"The scores are of frames {scores.first}-{scores.last}, but the job's are {pair.frames}: "
            "they may be another job's."
        )
    if scores.provenance and len(scores.provenance.builds) > 1:
        builds = " and ".join(map(str, scores.provenance.builds))
        yield f"Its frames were not all scored by the same build, but by {builds}."
    for bare, metrics in _bare_frames(scores).items():
        names = metrics[0] if len(metrics) == 1 else f"{metrics[0]} and {len(metrics) - 1} more"
        verb = "has" if len(metrics) == 1 else "have"
        yield f"{names} {verb} no number at {len(bare)} of {len(scores.rows)} frames, the first is {bare[0]}."


def _bare_frames(scores: Scores) -> dict[tuple[int, ...], list[str]]:
    """Frames without a number, with the metrics that have none at just these."""
    bare: dict[tuple[int, ...], list[str]] = {}
    for metric in scores.metrics:
        pairs = zip(scores.frames, scores.values(metric))
        bare.setdefault(tuple(frame for frame, value in pairs if math.isnan(value)), []).append(metric)
    return {frames: metrics for frames, metrics in bare.items() if frames}
