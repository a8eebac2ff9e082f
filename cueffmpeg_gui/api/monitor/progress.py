# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Following a job to its end, with the progress its frames print."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from cueffmpeg_gui.errors import FarmInTrouble, FarmUnreachable, InputRefused, JobFailed
from cueffmpeg_gui.farm.connection import FarmConnection
from cueffmpeg_gui.farm.find import find_job
from cueffmpeg_gui.farm.logs import LAST_BYTES, log_path, read_log_end
from cueffmpeg_gui.farm.monitor import FrameStatus, JobStatus, frames, job_status, outcome
from cueffmpeg_gui.farm.rqd_log import RqdLogReader, last_progress
from cueffmpeg_gui.farm.status import LOST
from cueffmpeg_gui.farm.tail import LogTail
from cueffmpeg_gui.media.progress import fraction_of, pace_of

__all__ = ["JobProgress", "ProgressLog", "error_of", "fraction_of", "pace_of", "wait_for_job"]

POLL_SECONDS = 0.5
AWAY_SECONDS = 60.0
# A farm carries a retry out a little after it has taken it; until then the job still reads as failed.
SETTLE_SECONDS = 2.0
SHOWN_FRAMES = 5


@dataclass(frozen=True)
class JobProgress:
    """How far a job is: `fraction` of 0 … 1, a line of text, and a state that changes seldom."""

    fraction: float
    text: str
    state: str


class ProgressLog:
    """Follows a running frame's log for its newest progress line."""

    def __init__(self, path: str) -> None:
        self._tail = LogTail(path, LAST_BYTES)
        self._generation = -1
        self._line = ""

    def read(self) -> str:
        """The newest progress line of the newest try, or nothing."""
        lines = self._tail.read()
        if self._tail.generation != self._generation:
            self._generation, self._line = self._tail.generation, ""
            self._reader = RqdLogReader(midway=self._tail.skipped > 0)
        self._line = last_progress(self._reader.feed(lines)) or self._line
        return self._line


def wait_for_job(
    connection: FarmConnection, name_or_id: str, on_progress: Callable[[JobProgress], None] = lambda progress: None
) -> JobStatus:
    """Returns when the job has succeeded; raises JobFailed with what the failed frames say.

    A farm that goes away meanwhile is waited for, for a minute; one that says it cannot work is not (FarmInTrouble).
    """
    job = find_job(connection, name_or_id)
    logs: dict[str, ProgressLog] = {}
    answered = time.monotonic()
    failed_since: float | None = None
    while True:
        try:
            job = job_status(connection, job)
            on_progress(_progress(connection, job, logs))
            answered = time.monotonic()
            state = outcome(job)
            failed_since = (failed_since or answered) if state == "failed" else None
            if state != "running" and (failed_since is None or answered - failed_since >= SETTLE_SECONDS):
                return _ended(connection, job)
        except FarmInTrouble:
            raise
        except FarmUnreachable:
            if time.monotonic() - answered > AWAY_SECONDS:
                raise
        time.sleep(POLL_SECONDS)


def error_of(job: JobStatus, frame: FrameStatus) -> str:
    """The worker's own sentence in a failed frame's log, or what the exit status says."""
    try:
        found = read_log_end(log_path(job, frame.name)).error
    except InputRefused:
        found = None
    return found or f"exit status {frame.exit_status}"


def _progress(connection: FarmConnection, job: JobStatus, logs: dict[str, ProgressLog]) -> JobProgress:
    counts = job.counts
    lines = []
    for frame in frames(connection, job, states=["RUNNING"]) if counts.running else []:
        log = logs.setdefault(frame.name, ProgressLog(log_path(job, frame.name)))
        lines.append(log.read())
    running = sum(map(fraction_of, lines))
    state = f"{counts.succeeded} of {counts.total} frames done, {counts.running} running"
    state += f", {counts.lost} failed" if counts.lost else ""
    text = next((line for line in lines if line), "paused" if job.paused else state)
    return JobProgress((counts.succeeded + running) / max(1, counts.total), text, state)


def _ended(connection: FarmConnection, job: JobStatus) -> JobStatus:
    end = outcome(job)
    if end == "succeeded":
        return job
    # Frames that were running when their job was killed are lost with an exit status of the kill's.
    failed = frames(connection, job, states=LOST) if end == "failed" else []
    if not failed:
        raise JobFailed(f"The job {job.name} was stopped before it was done.")
    failures = "; ".join(f"{frame.layer} {frame.number}: {error_of(job, frame)}" for frame in failed[:SHOWN_FRAMES])
    more = f" and {len(failed) - SHOWN_FRAMES} more" if len(failed) > SHOWN_FRAMES else ""
    raise JobFailed(f"The job {job.name} failed in {failures}{more}")
