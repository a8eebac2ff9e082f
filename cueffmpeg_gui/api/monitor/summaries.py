# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What a list of jobs shows of each: how far it is, its score, and what made it fail."""

from __future__ import annotations

from dataclasses import dataclass, field

from cueffmpeg_gui.api.monitor.follower import first_error, running_lines
from cueffmpeg_gui.api.monitor.progress import ProgressLog
from cueffmpeg_gui.api.monitor.scores import ScoreWatch
from cueffmpeg_gui.errors import FarmRefused, InputRefused
from cueffmpeg_gui.farm.connection import FarmConnection
from cueffmpeg_gui.farm.status import FrameCounts, JobStatus
from cueffmpeg_gui.media.progress import fraction_of


@dataclass(frozen=True)
class JobSummary:
    """`fraction` of 0 … 1; a progress line; what the first failed frame says; the mean score."""

    fraction: float
    line: str = ""
    failure: str = ""
    mean: float | None = None
    model: str = ""
    is_partial: bool = False


@dataclass
class _Watched:
    logs: dict[str, ProgressLog] = field(default_factory=dict)
    scores: ScoreWatch = field(default_factory=ScoreWatch)
    polled: tuple[str, FrameCounts] | None = None
    summary: JobSummary | None = None


class JobSummaries:
    """Summaries of jobs that are polled; a job that does not change costs nothing. For one thread at a time."""

    def __init__(self) -> None:
        self._watched: dict[str, _Watched] = {}

    def poll(self, connection: FarmConnection, jobs: list[JobStatus]) -> dict[str, JobSummary]:
        """Summaries by job id. Up to four RPCs for a job that changes."""
        found = {}
        for job in jobs:
            try:
                found[job.id] = self._summary(connection, job)
            except (FarmRefused, InputRefused):  # it left the farm, or its scores are being written
                continue
        return found

    def _summary(self, connection: FarmConnection, job: JobStatus) -> JobSummary:
        watched = self._watched.setdefault(job.id, _Watched())
        now = (job.state, job.counts)
        if watched.summary and now == watched.polled and not job.counts.running:
            return watched.summary
        lines, watched.logs = running_lines(connection, job, watched.logs)
        counts, failure = job.counts, ""
        if counts.lost:
            frame, sentence = first_error(connection, job)
            if frame:
                failure = f"{frame.layer} {frame.number}: {sentence}"
        scores = watched.scores.poll(connection, job)
        watched.summary = JobSummary(
            fraction=(counts.succeeded + sum(map(fraction_of, lines))) / max(1, counts.total),
            line=next((line for line in lines if line), ""),
            failure=failure,
            mean=scores.mean if scores else None,
            model=scores.model if scores else "",
            is_partial=bool(scores and not scores.scores.is_complete),
        )
        watched.polled = now
        return watched.summary
