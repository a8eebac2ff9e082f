# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The scores of the job that is looked at, followed in tasks."""

from __future__ import annotations

from typing import Protocol

from qtpy.QtCore import QObject, Signal

from cueffmpeg_gui.api.monitor.follower import JobStatus
from cueffmpeg_gui.api.monitor.scores import ScoreSummary
from cueffmpeg_gui.gui.common.polling import Polling
from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.gui.curve.models.encode import Encode, encode_of_review

POLL_MILLISECONDS = 1000
KEY = "monitor.scores"


class ScoreSource(Protocol):
    """What is asked, in tasks."""

    def scores(self, job: JobStatus) -> ScoreSummary | None:
        """What is known of a job's scores; nothing new gives the same object again."""


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
        self._rested: JobStatus | None = None
        self._is_reading = False

    @property
    def job(self) -> JobStatus | None:
        """Whose scores they are."""
        return self._job

    @property
    def metrics(self) -> list[str]:
        """Labels of the metrics, the main one first."""
        return [label for label, _ in self.summary.pooled] if self.summary else []

    def show(self, job: JobStatus | None) -> None:
        """Follows this job's scores."""
        if (job and job.id) != (self._job and self._job.id):
            self._tasks.forget(KEY)
            self.summary, self.encode, self.trouble, self._rested, self._is_reading = None, None, "", None, False
            self._job = job
            self.changed.emit()
            self.poll()
        self._job = job

    def poll(self) -> None:
        """Asks for what is new; a finished job is asked about once."""
        job = self._job
        if job is None or self._is_reading or self._rested == job or not self.is_polling:
            return
        self._is_reading = True
        known = self.summary, self.encode
        self._tasks.run(lambda: (job, *self._ask(job, *known)), self._took, self._failed, key=KEY)

    def _ask(
        self, job: JobStatus, known: ScoreSummary | None, encode: Encode | None
    ) -> tuple[ScoreSummary | None, Encode | None]:
        summary = self._source.scores(job)
        if summary is known:
            return summary, encode
        return summary, encode_of_review(summary.review, job.id) if summary else None

    def _took(self, answer: tuple[JobStatus, ScoreSummary | None, Encode | None]) -> None:
        self._is_reading = False
        job, summary, encode = answer
        if job.state == "FINISHED":
            self._rested = job
        if summary is not self.summary or self.trouble:
            self.summary, self.encode, self.trouble = summary, encode, ""
            self.changed.emit()

    def _failed(self, sentence: str) -> None:
        self._is_reading = False
        if sentence != self.trouble:
            self.trouble = sentence
            self.changed.emit()
