# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What a list of jobs says about each at a glance: how far, how good, and why it failed."""

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
class Glance:
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
    seen: tuple[str, FrameCounts] | None = None
    glance: Glance | None = None


class Glances:
    """Looks at jobs again and again; a job at rest costs nothing. For one thread at a time."""

    def __init__(self) -> None:
        self._watched: dict[str, _Watched] = {}

    def look(self, connection: FarmConnection, jobs: list[JobStatus]) -> dict[str, Glance]:
        """By job id what is to be seen. Up to four RPCs for a job that moves."""
        found = {}
        for job in jobs:
            try:
                found[job.id] = self._look(connection, job)
            except (FarmRefused, InputRefused):  # it left the farm, or its scores are being written
                continue
        return found

    def _look(self, connection: FarmConnection, job: JobStatus) -> Glance:
        watched = self._watched.setdefault(job.id, _Watched())
        seen = (job.state, job.counts)
        if watched.glance and seen == watched.seen and not job.counts.running:
            return watched.glance
        lines, watched.logs = running_lines(connection, job, watched.logs)
        counts, failure = job.counts, ""
        if counts.lost:
            frame, sentence = first_error(connection, job)
            if frame:
                failure = f"{frame.layer} {frame.number}: {sentence}"
        summary = watched.scores.poll(connection, job)
        watched.glance = Glance(
            fraction=(counts.succeeded + sum(map(fraction_of, lines))) / max(1, counts.total),
            line=next((line for line in lines if line), ""),
            failure=failure,
            mean=summary.mean if summary else None,
            model=summary.model if summary else "",
            is_partial=bool(summary and not summary.scores.is_complete),
        )
        watched.seen = seen
        return watched.glance
