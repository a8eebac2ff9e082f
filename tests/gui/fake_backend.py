# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""One fake backend for the Monitor and for the dock in CueGUI: it answers what a test puts into it."""

import threading
from dataclasses import dataclass, field
from typing import Any

from cueffmpeg_gui.api.monitor.cuegui_jobs import CueJob, CueJobUpdate
from cueffmpeg_gui.api.monitor.follower import JobChanges, JobFollower, JobNews, JobStatus
from cueffmpeg_gui.api.monitor.log import LogPiece
from cueffmpeg_gui.api.monitor.scores import ScoreSummary
from cueffmpeg_gui.api.monitor.summaries import JobSummary
from cueffmpeg_gui.errors import InputRefused

HANG_SECONDS = 60.0


@dataclass
class FakeFeed:
    path: str
    pieces: list[LogPiece] = field(default_factory=list)

    def read(self) -> LogPiece:
        return self.pieces.pop(0) if self.pieces else LogPiece(False, (), 0, (self.path,))


@dataclass
class FakeBackend:
    """`trouble` is raised instead of an answer; while `answers` is clear, calls hang. None may hold the window up."""

    changes: list[JobChanges] = field(default_factory=list)
    news_of: dict[str, list[JobNews]] = field(default_factory=dict)
    updates: dict[str, CueJobUpdate] = field(default_factory=dict)
    summaries_of: dict[str, JobSummary] = field(default_factory=dict)
    scores_of: dict[str, ScoreSummary] = field(default_factory=dict)
    feeds: dict[str, FakeFeed] = field(default_factory=dict)
    acts: list[tuple[str, str, tuple[str, ...]]] = field(default_factory=list)
    trouble: Exception | None = None
    calls: list[str] = field(default_factory=list)
    hanging: int = 0
    answers: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.answers.set()

    def follow(self) -> None:
        """Where the farm is."""

    def put(self, job: JobStatus, news: JobNews | None, missing: str = "") -> JobStatus:
        """A job in CueGUI's list; without news another program's."""
        folder = "/jobs/a" if news else None
        self.updates[job.id] = CueJobUpdate(CueJob(job, folder, compares=bool(news)), news, missing)
        return job

    def _call(self, name: str) -> None:
        assert threading.current_thread() is not threading.main_thread(), f"{name} was called on the window's thread"
        self.calls.append(name)
        if not self.answers.is_set():
            self.hanging += 1
            self.answers.wait(HANG_SECONDS)
            self.hanging -= 1
        if self.trouble:
            raise self.trouble

    def forget(self) -> None:
        self.calls.append("forget")
        self.updates.clear()

    def jobs(self, user: str | None) -> JobChanges:
        self._call("jobs")
        return self.changes.pop(0) if self.changes else JobChanges((), ())

    def news(self, job: JobStatus) -> JobNews:
        self._call("news")
        waiting = self.news_of.get(job.id)
        return waiting.pop(0) if waiting else JobNews(job, (), (), {}, {}, None)

    def poll(self, job_id: str, follower: JobFollower) -> CueJobUpdate:
        self._call("poll")
        return self.updates[job_id]

    def summaries(self, jobs: list[JobStatus]) -> dict[str, JobSummary]:
        self._call("summaries")
        return {job.id: self.summaries_of[job.id] for job in jobs if job.id in self.summaries_of}

    def scores(self, job: JobStatus) -> ScoreSummary | None:
        self._call("scores")
        return self.scores_of.get(job.id)

    def log_feed(self, job: JobStatus, frame_name: str, path: str | None) -> Any:
        self._call("log_feed")
        return self.feeds.setdefault(path or frame_name, FakeFeed(path or frame_name))

    def job_details(self, folder: str) -> Any:
        raise InputRefused(f"The job folder {folder} cannot be read.")

    def failure(self, job: JobStatus) -> str:
        return "encode 1001: a.mov is cut short."

    def act(self, job: JobStatus, action: str, frame_names: list[str]) -> str:
        self._call("act")
        self.acts.append((job.id, action, tuple(frame_names)))
        return action

    def set_priority(self, job: JobStatus, priority: int) -> str:
        self._call("act")
        self.acts.append((job.id, f"priority {priority}", ()))
        return "priority"
