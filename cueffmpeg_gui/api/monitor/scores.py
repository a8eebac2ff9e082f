# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""A job's scores while it runs and after: the merged file when there is one, else what its compare logs hold."""

from __future__ import annotations

import os
from dataclasses import dataclass

from cueffmpeg_gui.api.review.from_job_folder import review_of_folder, spec_or_none
from cueffmpeg_gui.api.review.live_scores import LiveScores, Throttle
from cueffmpeg_gui.api.review.review import Review
from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.farm.connection import FarmConnection
from cueffmpeg_gui.farm.frame_scores import SCORE_LAYER, score_logs
from cueffmpeg_gui.farm.monitor import frames, layers
from cueffmpeg_gui.farm.status import JobStatus, LayerStatus, job_folder_of
from cueffmpeg_gui.jobs.folder import scores_path
from cueffmpeg_gui.media.frames import FrameRange, parse_range
from cueffmpeg_gui.media.metrics import metric_label, model_label
from cueffmpeg_gui.media.scores import Scores, worst_frames

WORST = 20


@dataclass(frozen=True)
class ScoreSummary:
    """For reading: (label, pooled values) a metric, the worst frames with their numbers, and how much is known."""

    review: Review
    model: str
    pooled: tuple[tuple[str, dict[str, float]], ...]
    worst: tuple[tuple[int, tuple[float, ...]], ...]

    @property
    def scores(self) -> Scores:
        """The rows."""
        return self.review.scores

    @property
    def mean(self) -> float | None:
        """The main metric's mean."""
        return self.pooled[0][1].get("mean") if self.pooled else None


class ScoreWatch:
    """Follows one job's scores. Nothing new gives the same object again."""

    def __init__(self) -> None:
        self._layers: list[LayerStatus] | None = None
        self._live: LiveScores | None = None
        self._throttle = Throttle()
        self._stamp: tuple[int, int] | None = None
        self._shown: Review | None = None
        self._summary: ScoreSummary | None = None

    def poll(self, connection: FarmConnection, job: JobStatus) -> ScoreSummary | None:
        """What is known so far; None for a job that compares nothing, or has not begun to. Two RPCs, once.

        Once the job's merged scores are there, features and what is wrong with the clips come with them.
        """
        if self._layers is None:
            self._layers = layers(connection, job)
        layer = next((layer for layer in self._layers if layer.name == SCORE_LAYER), None)
        if layer is None:
            return None
        folder = job_folder_of(layer.command)
        stamp = _stamp(scores_path(folder)) if folder else None
        if folder and stamp:
            if stamp != self._stamp:
                self._stamp, self._summary = stamp, summary_of(review_of_folder(folder))
            return self._summary
        return self._follow(connection, job, layer, folder)

    def _follow(
        self, connection: FarmConnection, job: JobStatus, layer: LayerStatus, folder: str | None
    ) -> ScoreSummary | None:
        if self._live is None:
            spec = spec_or_none(folder)
            # Logs that are no files can be done without where the chunks' own files can be read.
            logs = [] if job.loki_url and spec else score_logs(job, frames(connection, job, SCORE_LAYER))
            self._live = LiveScores(job.name, logs, _range(layer), folder, spec)
        if self._throttle.is_due or job.is_finished:
            with self._throttle:
                self._take(self._live.poll())
        return self._summary

    def _take(self, review: Review | None) -> None:
        if review is not self._shown:
            self._shown = review
            self._summary = summary_of(review) if review else None


def summary_of(review: Review) -> ScoreSummary:
    """Pools each metric, once for all that show it later."""
    scores = review.scores
    pooled = tuple((metric_label(metric, scores.vmaf_model), values) for metric, values in scores.pooled.items())
    worst = worst_frames(scores, scores.metrics[0], WORST) if scores.metrics else []
    rows = tuple((frame, scores.rows[frame]) for frame in worst)
    return ScoreSummary(review, model_label(scores.vmaf_model), pooled, rows)


def _stamp(path: str) -> tuple[int, int] | None:
    try:
        stat = os.stat(path)
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_size


def _range(layer: LayerStatus) -> FrameRange | None:
    try:
        return parse_range(layer.range)
    except InputRefused:
        return None
