# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Asks the farm again and again, for what is looked at only: the list of jobs, open jobs, and jobs at a glance."""

import time
from collections.abc import Callable

from qtpy.QtCore import QObject, QTimer, Signal

from cueffmpeg_gui.api.monitor.follower import JobChanges, JobNews, JobStatus
from cueffmpeg_gui.api.monitor.summaries import JobSummary
from cueffmpeg_gui.errors import CueffmpegError
from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.gui.monitor.models.monitor_backend import MonitorSource

BEAT_MILLISECONDS = 250
# A window that is not looked at asks this seldom, and only while somebody waits for a job's end.
HIDDEN_SECONDS = 10.0
LOCAL_SECONDS, REMOTE_SECONDS = 2.0, 5.0
OPEN_SECONDS = 1.0
GLANCE_SECONDS = 2.0
AWAY_SECONDS = 3.0
# A poll that took a second is not asked for again before these have passed.
REST = 2.0


class _Round:
    """One kind of question: not again before its answer, and not before its time."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.next = 0.0
        self.is_under_way = False
        self._begun = 0.0

    def is_due(self, now: float) -> bool:
        return not self.is_under_way and now >= self.next

    def begin(self, now: float) -> None:
        self.is_under_way, self._begun = True, now

    def end(self, now: float) -> None:
        self.is_under_way = False
        self.next = now + max(self.seconds, REST * (now - self._begun))

    def fail(self, now: float) -> None:
        self.is_under_way = False
        self.next = now + max(self.seconds, AWAY_SECONDS)


class JobPoller(QObject):
    """Tells differences. `answered` with each list, `failed` with a sentence when there is none."""

    jobs_changed = Signal(object)
    news_came = Signal(object)
    glances_came = Signal(object)
    answered = Signal()
    failed = Signal(str)

    def __init__(
        self,
        source: MonitorSource,
        tasks: Tasks,
        user: str | None,
        is_local: Callable[[], bool] = lambda: True,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.user = user
        self.open_jobs: Callable[[], list[JobStatus]] = list
        self.seen_jobs: Callable[[], list[JobStatus]] = list
        self.waits_for_end: Callable[[], bool] = lambda: False
        self.refreshed_at: float | None = None
        self.is_hidden = False
        self._source, self._tasks, self._is_local = source, tasks, is_local
        self.is_away, self.trouble = False, ""
        self._number = 0
        self._at_rest: dict[str, JobStatus] = {}
        self._begin()
        self._timer = QTimer(self, interval=BEAT_MILLISECONDS)
        self._timer.timeout.connect(self._beat)

    def start(self) -> None:
        """Begins, or goes on."""
        self.is_hidden = False
        self._jobs.next = 0.0
        self._timer.start()
        self._beat()

    def hide(self) -> None:
        """Nobody looks: asks no more, but for the ends of jobs that are waited for."""
        self.is_hidden = True
        self._timer.start()

    def stop(self) -> None:
        """Asks no more; what is under way is still told."""
        self._timer.stop()

    def wake(self) -> None:
        """Goes on when it was never started: somebody waits for an end."""
        if not self._timer.isActive():
            self.hide()

    def look_now(self) -> None:
        """Asks about what has just come into sight."""
        self._open.next = self._glances.next = 0.0

    def refresh(self) -> None:
        """Asks as soon as it can, for instance after something was done to a job."""
        for round_ in (self._jobs, self._open, self._glances):
            round_.next = 0.0
        self._at_rest.clear()

    def begin_anew(self, user: str | None) -> None:
        """Another farm or another user's jobs: answers under way are dropped."""
        self.user = user
        self._begin()
        self.refreshed_at = None
        self._source.forget()

    def _begin(self) -> None:
        self._number += 1
        self._jobs, self._open, self._glances = _Round(LOCAL_SECONDS), _Round(OPEN_SECONDS), _Round(GLANCE_SECONDS)
        self._at_rest.clear()

    def _beat(self) -> None:
        now = time.monotonic()
        if self.is_hidden and not self.waits_for_end():
            return
        self._jobs.seconds = self._list_seconds()
        if self._jobs.is_due(now):
            user = self.user
            self._ask(self._jobs, lambda: self._source.jobs(user), self._took_jobs, self._away)
        if self.is_hidden or self.is_away or self.refreshed_at is None:
            return
        if self._open.is_due(now):
            moving = [job for job in self.open_jobs() if self._at_rest.get(job.id) != job]
            if moving:
                self._ask(self._open, lambda: self._news(moving), self._took_news)
        if self._glances.is_due(now):
            seen = self.seen_jobs()
            if seen:
                self._ask(self._glances, lambda: self._source.glances(seen), self._took_glances)

    def _list_seconds(self) -> float:
        if self.is_hidden:
            return HIDDEN_SECONDS
        return LOCAL_SECONDS if self._is_local() else REMOTE_SECONDS

    def _ask(
        self,
        round_: _Round,
        work: Callable[[], object],
        done: Callable[[object], None],
        failed: Callable[[str], None] = lambda sentence: None,
    ) -> None:
        round_.begin(time.monotonic())
        number = self._number

        def end(answer: object) -> None:
            if number == self._number:
                round_.end(time.monotonic())
                done(answer)

        def fail(sentence: str) -> None:
            if number == self._number:
                round_.fail(time.monotonic())
                failed(sentence)

        self._tasks.run(lambda: work() if number == self._number else None, end, fail)

    def _news(self, jobs: list[JobStatus]) -> list[JobNews]:
        """News of as many jobs as answer: what one follower has told must not be lost with another's failure."""
        news, trouble = [], None
        for job in jobs:
            try:
                news.append(self._source.news(job))
            except CueffmpegError as error:
                trouble = error
        if trouble and not news:
            raise trouble
        return news

    def _took_jobs(self, changes: JobChanges) -> None:
        self.is_away, self.trouble = False, ""
        self.refreshed_at = time.monotonic()
        if changes.has_more:
            self._jobs.next = 0.0
        self.jobs_changed.emit(changes)
        self.answered.emit()

    def _away(self, sentence: str) -> None:
        self.is_away, self.trouble = True, sentence
        self.failed.emit(sentence)

    def _took_news(self, news: list[JobNews]) -> None:
        for one in news:
            if one.job.state == "FINISHED" and not one.frames and not one.errors and not one.lines:
                self._at_rest[one.job.id] = one.job
            self.news_came.emit(one)

    def _took_glances(self, glances: dict[str, JobSummary]) -> None:
        self.glances_came.emit(glances)
