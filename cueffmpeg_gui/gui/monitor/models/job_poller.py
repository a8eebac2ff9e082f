# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Polls the farm for what is visible: the list of jobs, the frames of open jobs, and summaries of jobs."""

import time
from collections.abc import Callable
from typing import TypeVar

from qtpy.QtCore import QObject, QTimer, Signal

from cueffmpeg_gui.api.monitor.follower import JobChanges, JobNews, JobStatus
from cueffmpeg_gui.api.monitor.summaries import JobSummary
from cueffmpeg_gui.errors import CueffmpegError
from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.gui.monitor.models.monitor_backend import MonitorBackend

Answer = TypeVar("Answer")
TICK_MILLISECONDS = 250
# A hidden window polls this seldom, and only while the end of a job is waited for.
HIDDEN_SECONDS = 10.0
LOCAL_SECONDS, REMOTE_SECONDS = 2.0, 5.0
OPEN_SECONDS = 1.0
SUMMARY_SECONDS = 2.0
AWAY_SECONDS = 3.0
# After a poll that took a second, this many seconds pass before the next.
REST = 2.0


class _Schedule:
    """When one kind of request is due: not before the last is answered, and not before its time."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.next = 0.0
        self.is_running = False
        self._begun = 0.0

    def is_due(self, now: float) -> bool:
        return not self.is_running and now >= self.next

    def begin(self, now: float) -> None:
        self.is_running, self._begun = True, now

    def end(self, now: float) -> None:
        self.is_running = False
        self.next = now + max(self.seconds, REST * (now - self._begun))

    def fail(self, now: float) -> None:
        self.is_running = False
        self.next = now + max(self.seconds, AWAY_SECONDS)


class JobPoller(QObject):
    """Emits differences; `answered` with each list, `failed` with a sentence when there is none."""

    jobs_changed = Signal(object)
    news_came = Signal(object)
    summaries_came = Signal(object)
    answered = Signal()
    failed = Signal(str)

    def __init__(
        self,
        backend: MonitorBackend,
        tasks: Tasks,
        user: str | None,
        is_local: Callable[[], bool] = lambda: True,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.user = user
        self.open_jobs: Callable[[], list[JobStatus]] = list
        self.visible_jobs: Callable[[], list[JobStatus]] = list
        self.waits_for_end: Callable[[], bool] = lambda: False
        self.refreshed_at: float | None = None
        self.is_hidden = False
        self._backend, self._tasks, self._is_local = backend, tasks, is_local
        self.is_away, self.trouble = False, ""
        self._number = 0
        self._at_rest: dict[str, JobStatus] = {}
        self._begin()
        self._timer = QTimer(self, interval=TICK_MILLISECONDS)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        """Starts or continues."""
        self.is_hidden = False
        self._jobs.next = 0.0
        self._timer.start()
        self._tick()

    def hide(self) -> None:
        """The window is hidden: polls only while the end of a job is waited for."""
        self.is_hidden = True
        self._timer.start()

    def stop(self) -> None:
        """Polls no more; running requests still end with their signals."""
        self._timer.stop()

    def wake(self) -> None:
        """Starts as hidden if it was never started: the end of a job is waited for."""
        if not self._timer.isActive():
            self.hide()

    def poll_visible(self) -> None:
        """Polls what has just become visible."""
        self._open.next = self._summaries.next = 0.0

    def refresh(self) -> None:
        """Polls everything as soon as it can, for instance after an action on a job."""
        for schedule in (self._jobs, self._open, self._summaries):
            schedule.next = 0.0
        self._at_rest.clear()

    def restart(self, user: str | None) -> None:
        """Another farm or another user's jobs: answers to running requests are dropped."""
        self.user = user
        self._begin()
        self.refreshed_at = None
        self._backend.forget()

    def _begin(self) -> None:
        self._number += 1
        self._jobs, self._open, self._summaries = (
            _Schedule(LOCAL_SECONDS),
            _Schedule(OPEN_SECONDS),
            _Schedule(SUMMARY_SECONDS),
        )
        self._at_rest.clear()

    def _tick(self) -> None:
        now = time.monotonic()
        if self.is_hidden and not self.waits_for_end():
            return
        self._jobs.seconds = self._list_seconds()
        if self._jobs.is_due(now):
            user = self.user
            self._request(self._jobs, lambda: self._backend.jobs(user), self._received_jobs, self._failed)
        if self.is_hidden or self.is_away or self.refreshed_at is None:
            return
        if self._open.is_due(now):
            moving = [job for job in self.open_jobs() if self._at_rest.get(job.id) != job]
            if moving:
                self._request(self._open, lambda: self._news(moving), self._received_news)
        if self._summaries.is_due(now):
            seen = self.visible_jobs()
            if seen:
                self._request(self._summaries, lambda: self._backend.summaries(seen), self._received_summaries)

    def _list_seconds(self) -> float:
        if self.is_hidden:
            return HIDDEN_SECONDS
        return LOCAL_SECONDS if self._is_local() else REMOTE_SECONDS

    def _request(
        self,
        schedule: _Schedule,
        work: Callable[[], Answer],
        done: Callable[[Answer], None],
        failed: Callable[[str], None] = lambda sentence: None,
    ) -> None:
        schedule.begin(time.monotonic())
        number = self._number

        def end(answer: Answer) -> None:
            if number == self._number:
                schedule.end(time.monotonic())
                done(answer)

        def fail(sentence: str) -> None:
            if number == self._number:
                schedule.fail(time.monotonic())
                failed(sentence)

        self._tasks.run(lambda: work() if number == self._number else None, end, fail)

    def _news(self, jobs: list[JobStatus]) -> list[JobNews]:
        """News of as many jobs as answer: what one follower has returned must not be lost with another's failure."""
        news, trouble = [], None
        for job in jobs:
            try:
                news.append(self._backend.news(job))
            except CueffmpegError as error:
                trouble = error
        if trouble and not news:
            raise trouble
        return news

    def _received_jobs(self, changes: JobChanges) -> None:
        self.is_away, self.trouble = False, ""
        self.refreshed_at = time.monotonic()
        if changes.has_more:
            self._jobs.next = 0.0
        self.jobs_changed.emit(changes)
        self.answered.emit()

    def _failed(self, sentence: str) -> None:
        self.is_away, self.trouble = True, sentence
        self.failed.emit(sentence)

    def _received_news(self, news: list[JobNews]) -> None:
        for one in news:
            if one.job.is_finished and not one.frames and not one.errors and not one.lines:
                self._at_rest[one.job.id] = one.job
            self.news_came.emit(one)

    def _received_summaries(self, summaries: dict[str, JobSummary]) -> None:
        self.summaries_came.emit(summaries)
