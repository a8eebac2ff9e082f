# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The scores of the selected job, polled in tasks."""

from __future__ import annotations

from typing import Optional, Protocol

from qtpy.QtCore import QObject, Signal

from cueffmpeg_gui.api.monitor.follower import JobStatus
from cueffmpeg_gui.api.monitor.scores import ScoreSummary
from cueffmpeg_gui.gui.common.latest import Latest
from cueffmpeg_gui.gui.common.polling import Polling
from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.gui.curve.models.encode import Encode, encode_of_review

POLL_MILLISECONDS = 1000


class ScoreSource(Protocol):
    """Where scores come from; asked in tasks."""

    def scores(self, job: JobStatus) -> ScoreSummary | None:
        """What is known of a job's scores; the same object again when nothing is new."""


Found = tuple[Optional[ScoreSummary], Optional[Encode]]


class JobScores(Polling):
    """`changed` when there is something new; `summary` and `encode` are None for a job without scores."""

    changed = Signal()

    def __init__(self, source: ScoreSource, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(POLL_MILLISECONDS, parent)
        self.summary: ScoreSummary | None = None
        self.encode: Encode | None = None
        self.trouble = ""
        self._source, self._tasks = source, tasks
        self._job: JobStatus | None = None
        # The finished job whose scores are all read.
        self._settled: JobStatus | None = None
        self._reading = Latest(tasks)

    @property
    def job(self) -> JobStatus | None:
        """The job whose scores these are."""
        return self._job

    @property
    def metrics(self) -> list[str]:
        """Labels of the metrics, the main one first."""
        return [label for label, _ in self.summary.pooled] if self.summary else []

    def show(self, job: JobStatus | None) -> None:
        """Selects a job, or takes the newer status of the selected one."""
        if (job and job.id) != (self._job and self._job.id):
            self.summary, self.encode, self.trouble, self._settled = None, None, "", None
            self._reading = Latest(self._tasks)
            self._job = job
            self.changed.emit()
            self.poll()
        self._job = job

    def poll(self) -> None:
        """Asks for news; of a finished job once."""
        job, reading = self._job, self._reading
        if job is None or reading.is_busy or self._settled == job or not self.is_polling:
            return
        known = self.summary, self.encode
        reading.run(
            lambda: self._read(job, known) if reading is self._reading else known,
            lambda found: self._take(job, found) if reading is self._reading else None,
            lambda sentence: self._fail(sentence) if reading is self._reading else None,
        )

    def _read(self, job: JobStatus, known: Found) -> Found:
        summary = self._source.scores(job)
        if summary is known[0]:
            return known
        return summary, encode_of_review(summary.review, job.id) if summary else None

    def _take(self, job: JobStatus, found: Found) -> None:
        if job.state == "FINISHED":
            self._settled = job
        if found[0] is not self.summary or self.trouble:
            self.summary, self.encode = found
            self.trouble = ""
            self.changed.emit()

    def _fail(self, sentence: str) -> None:
        if sentence != self.trouble:
            self.trouble = sentence
            self.changed.emit()
