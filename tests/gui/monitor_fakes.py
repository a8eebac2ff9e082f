# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Jobs and frames out of thin air, a source that answers with them, and a watch on the window's thread."""

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from qtpy.QtCore import QObject, QTimer

from cueffmpeg_gui.api.monitor.follower import FrameCounts, FrameStatus, JobChanges, JobNews, JobStatus, LayerStatus
from cueffmpeg_gui.api.monitor.log import LogPiece
from cueffmpeg_gui.api.monitor.scores import ScoreSummary, summary_of
from cueffmpeg_gui.api.monitor.summaries import JobSummary
from cueffmpeg_gui.api.review.load import Review
from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.media.scores import Scores

COUNTS = ("waiting", "running", "succeeded", "depend", "dead", "eaten")


def counts(**given: int) -> FrameCounts:
    states = {name: given.get(name, 0) for name in COUNTS}
    return FrameCounts(total=sum(states.values()), **states)


def make_job(number: int = 1, **given: Any) -> JobStatus:
    """A job; frame counts by state, and any other fact."""
    states = {name: given.pop(name) for name in COUNTS if name in given} or {"running": 1, "waiting": 3}
    job = JobStatus(
        id=f"job{number}",
        name=f"testing-sh{number:05}-alice_comp_v{number % 20:03}",
        show="testing",
        shot=f"sh{number:05}",
        user="alice" if number % 2 else "bob",
        facility="local",
        state="PENDING",
        paused=False,
        priority=100,
        log_dir="/nowhere",
        loki_url="",
        start=1_700_000_000 + number,
        stop=0,
        layer_count=3,
        counts=counts(**states),
    )
    return replace(job, **given)


def make_layer(job: JobStatus, name: str, frames: int, first: int = 1001) -> LayerStatus:
    last = first + frames - 1
    return LayerStatus(
        f"{job.id}.{name}", name, ("cueffmpeg",), "", f"{first}-{last}", 1, 1.0, 1, counts(waiting=frames)
    )


def make_frame(layer: LayerStatus, number: int, state: str = "WAITING", **given: Any) -> FrameStatus:
    frame = FrameStatus(f"{layer.id}.{number}", f"{number:04}-{layer.name}", number, layer.name, state, 0, 0, 0, 0, "")
    return replace(frame, **given)


def make_news(
    job: JobStatus, frames: int, states: Callable[[int], str] = lambda number: "WAITING", **given: Any
) -> JobNews:
    """Everything of a job with one layer."""
    layer = make_layer(job, "encode", frames)
    listed = tuple(make_frame(layer, 1001 + n, states(1001 + n)) for n in range(frames))
    facts = {"errors": {}, "lines": {}, "folder": None, **given}
    return JobNews(job, (layer,), listed, **facts)


@dataclass
class FakeFeed:
    path: str
    pieces: list[LogPiece] = field(default_factory=list)

    def read(self) -> LogPiece:
        return self.pieces.pop(0) if self.pieces else LogPiece(False, (), 0, (self.path,))


@dataclass
class FakeSource:
    """Answers what a test puts here. `delay` is how long each call takes; `trouble` is raised instead."""

    changes: list[JobChanges] = field(default_factory=list)
    news_of: dict[str, list[JobNews]] = field(default_factory=dict)
    glance_of: dict[str, JobSummary] = field(default_factory=dict)
    scores_of: dict[str, Scores] = field(default_factory=dict)
    feeds: dict[str, FakeFeed] = field(default_factory=dict)
    acts: list[tuple[str, str, tuple[str, ...]]] = field(default_factory=list)
    delay: float = 0.0
    trouble: Exception | None = None
    calls: list[str] = field(default_factory=list)

    def _call(self, name: str) -> None:
        self.calls.append(name)
        time.sleep(self.delay)
        if self.trouble:
            raise self.trouble

    def forget(self) -> None:
        self.calls.append("forget")

    def jobs(self, user: str | None) -> JobChanges:
        self._call("jobs")
        return self.changes.pop(0) if self.changes else JobChanges((), ())

    def news(self, job: JobStatus) -> JobNews:
        self._call("news")
        waiting = self.news_of.get(job.id)
        return waiting.pop(0) if waiting else JobNews(job, (), (), {}, {}, None)

    def glances(self, jobs: list[JobStatus]) -> dict[str, JobSummary]:
        self._call("glances")
        return {job.id: self.glance_of[job.id] for job in jobs if job.id in self.glance_of}

    def scores(self, job: JobStatus) -> ScoreSummary | None:
        self._call("scores")
        scores = self.scores_of.get(job.id)
        return summary_of(Review(job.name, job.name, scores)) if scores else None

    def log_feed(self, job: JobStatus, frame_name: str, path: str | None) -> FakeFeed:
        return self.feeds.setdefault(path or frame_name, FakeFeed(path or frame_name))

    def papers(self, folder: str) -> Any:
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


class Watchdog(QObject):
    """Measures what lies between two ticks of the window's thread, in seconds.

    `work` is the thread's own computing, whatever else the machine does; `gap` is the time on the wall, which shows
    a thread that waits for something.
    """

    def __init__(self) -> None:
        super().__init__()
        self.work = self.gap = 0.0
        # As the window does when it has loaded: Python's garbage collector need not follow what stays.
        gc.collect()
        gc.freeze()
        self._timer = QTimer(self, interval=1)
        self._timer.timeout.connect(self._tick)
        self._last = (time.perf_counter(), time.thread_time())
        self._timer.start()

    def reset(self) -> None:
        self.work = self.gap = 0.0
        self._last = (time.perf_counter(), time.thread_time())

    def stop(self) -> None:
        self._timer.stop()

    def _tick(self) -> None:
        now = (time.perf_counter(), time.thread_time())
        self.gap = max(self.gap, now[0] - self._last[0])
        self.work = max(self.work, now[1] - self._last[1])
        self._last = now
