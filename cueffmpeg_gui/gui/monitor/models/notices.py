# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""When users are notified that a job has ended: one of theirs, seen running before, once."""

from dataclasses import dataclass

from qtpy.QtCore import QCoreApplication, QObject, Signal

from cueffmpeg_gui.api.monitor.follower import JobStatus, outcome


@dataclass(frozen=True)
class EndedJob:
    """A job that has ended, and the worker's sentence when it failed."""

    job: JobStatus
    sentence: str = ""


@dataclass(frozen=True)
class Notice:
    """What a notification says."""

    title: str
    text: str


def notice_of(ended: EndedJob) -> Notice:
    """The words for a job's end."""
    job, name = ended.job, ended.job.name
    state = outcome(job)
    if state == "succeeded":
        return Notice(_tr("Job succeeded"), _tr("{} is done.").format(name))
    if state == "stopped":
        return Notice(_tr("Job stopped"), _tr("{} was stopped before it was done.").format(name))
    sentence = ended.sentence or _tr("{} frames failed").format(job.counts.lost)
    return Notice(_tr("Job failed"), f"{name}: {sentence}")


class Notices(QObject):
    """Takes jobs as they are listed; emits `ended` with those that were running and are not any more."""

    ended = Signal(object)

    def __init__(self, user: str | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.user = user
        self._running: dict[str, JobStatus] = {}
        self._is_expecting = False

    @property
    def is_waiting(self) -> bool:
        """Whether the end of a job is waited for, or a job that was sent has not been listed yet."""
        return bool(self._running) or self._is_expecting

    def expect(self) -> None:
        """A job was sent."""
        self._is_expecting = True

    def take(self, jobs: tuple[JobStatus, ...]) -> None:
        """Jobs as they are now."""
        for job in jobs:
            if self.user is not None and job.user != self.user:
                continue
            if outcome(job) == "running":
                self._running[job.id] = job
                self._is_expecting = False
            elif self._running.pop(job.id, None):
                self.ended.emit(job)

    def forget(self) -> None:
        """Drops what is known: another farm is asked."""
        self._running.clear()


def _tr(text: str) -> str:
    return QCoreApplication.translate("notices", text)
