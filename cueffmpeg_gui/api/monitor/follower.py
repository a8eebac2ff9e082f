# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Watching jobs: values and followers for a front end that shows them live. A follower is for one thread at a time."""

from __future__ import annotations

from dataclasses import dataclass, field

from cueffmpeg_gui.api.monitor.progress import ProgressLog, error_of
from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.farm.connection import FarmConnection
from cueffmpeg_gui.farm.job_list import JobChanges, JobList
from cueffmpeg_gui.farm.logs import log_path
from cueffmpeg_gui.farm.monitor import changed_frames, frames, layers
from cueffmpeg_gui.farm.status import (
    ACTION_STATES,
    LOST,
    FrameCounts,
    FrameStatus,
    JobStatus,
    LayerStatus,
    job_folder_in,
    outcome,
)

__all__ = [
    "ACTION_STATES",
    "FrameCounts",
    "FrameStatus",
    "JobChanges",
    "JobFollower",
    "JobList",
    "JobNews",
    "JobStatus",
    "LayerStatus",
    "outcome",
    "state_of",
]

# Logs read in one poll: a job that fails everywhere must not hold up the rest.
MOST_ERRORS = 50
MOST_RUNNING = 64


@dataclass(frozen=True)
class JobNews:
    """What changed in a job: its layers as they are, frames that differ, and by frame name what their logs say."""

    job: JobStatus
    layers: tuple[LayerStatus, ...]
    frames: tuple[FrameStatus, ...]
    errors: dict[str, str]
    lines: dict[str, str]
    folder: str | None


@dataclass
class JobFollower:
    """Follows the layers and frames of one job, losing no change however long the farm was away."""

    _since: int = 0
    _frames: dict[str, FrameStatus] = field(default_factory=dict)
    _logs: dict[str, ProgressLog] = field(default_factory=dict)
    _unread: dict[str, FrameStatus] = field(default_factory=dict)

    def poll(self, connection: FarmConnection, job: JobStatus) -> JobNews:
        """What is new since the poll before; the first gives everything. Three RPCs or more."""
        listed = tuple(layers(connection, job))
        changes = changed_frames(connection, job, self._since)
        self._since = changes.server_time
        changed = tuple(frame for frame in changes.frames if self._frames.get(frame.id) != frame)
        for frame in changed:
            self._frames[frame.id] = frame
            self._note(frame)
        folder = job_folder_in(listed)
        return JobNews(job, listed, changed, self._errors(job), self._lines(job), folder)

    def _note(self, frame: FrameStatus) -> None:
        if frame.is_lost:
            self._unread[frame.name] = frame
        else:
            self._unread.pop(frame.name, None)

    def _errors(self, job: JobStatus) -> dict[str, str]:
        names = list(self._unread)[:MOST_ERRORS]
        return {name: error_of(job, self._unread.pop(name)) for name in names}

    def _lines(self, job: JobStatus) -> dict[str, str]:
        running = [frame.name for frame in self._frames.values() if frame.state == "RUNNING"][:MOST_RUNNING]
        self._logs = {name: self._logs.get(name) or _progress_log(job, name) for name in running}
        return {name: line for name, log in self._logs.items() if (line := log.read())}


def state_of(job: JobStatus) -> str:
    """ "paused", "waiting", "running", "succeeded", "failed" or "stopped"."""
    state = outcome(job)
    if state != "running" or job.counts.running:
        return state
    return "paused" if job.paused else "waiting"


def running_lines(
    connection: FarmConnection, job: JobStatus, logs: dict[str, ProgressLog]
) -> tuple[list[str], dict[str, ProgressLog]]:
    """The progress lines of a job's running frames, and the logs to give with the next call. One RPC."""
    running = frames(connection, job, states=["RUNNING"])[:MOST_RUNNING] if job.counts.running else []
    kept = {frame.name: logs.get(frame.name) or _progress_log(job, frame.name) for frame in running}
    return [log.read() for log in kept.values()], kept


def first_error(connection: FarmConnection, job: JobStatus) -> tuple[FrameStatus | None, str]:
    """The first failed frame and its sentence. One RPC."""
    failed = frames(connection, job, states=LOST)
    return (failed[0], error_of(job, failed[0])) if failed else (None, "")


def _progress_log(job: JobStatus, frame_name: str) -> ProgressLog:
    try:
        return ProgressLog(log_path(job, frame_name))
    except InputRefused:  # logs that are no files
        return ProgressLog("")
