# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What one does to jobs and frames on a farm. What is done to frames is a table."""

import getpass
import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Optional

from opencue_proto import job_pb2

from cueffmpeg_gui.errors import InputRefused, quoted
from cueffmpeg_gui.farm.connection import FarmConnection
from cueffmpeg_gui.farm.monitor import frames as list_frames
from cueffmpeg_gui.farm.monitor import job_message, layers
from cueffmpeg_gui.farm.status import ACTION_STATES, LOST, FrameStatus, JobStatus, LayerStatus
from cueffmpeg_gui.media.frames import FrameRange

# Frame names in one request.
BATCH = 500
DEFAULT_REASON = "asked for with cueffmpeg"


@dataclass(frozen=True)
class FrameAction:
    """An RPC on frames, and the states it is for when only a job or layer is named; see ACTION_STATES for a range."""

    method: str
    request: type
    states: tuple[str, ...]
    says_who: bool = False


FRAME_ACTIONS = {
    "kill": FrameAction("KillFrames", job_pb2.JobKillFramesRequest, ("RUNNING",), says_who=True),
    "retry": FrameAction("RetryFrames", job_pb2.JobRetryFramesRequest, LOST),
    "eat": FrameAction("EatFrames", job_pb2.JobEatFramesRequest, ("DEAD",)),
    "mark_done": FrameAction("MarkDoneFrames", job_pb2.JobMarkDoneFramesRequest, LOST),
}


def pause(connection: FarmConnection, job: JobStatus) -> None:
    """No more frames of the job start; running ones go on."""
    connection.call("job", "Pause", job_pb2.JobPauseRequest(job=job_message(job)))


def resume(connection: FarmConnection, job: JobStatus) -> None:
    """The opposite of pause."""
    connection.call("job", "Resume", job_pb2.JobResumeRequest(job=job_message(job)))


def set_priority(connection: FarmConnection, job: JobStatus, priority: int) -> None:
    """A higher number goes first."""
    connection.call("job", "SetPriority", job_pb2.JobSetPriorityRequest(job=job_message(job), val=priority))


def kill_job(connection: FarmConnection, job: JobStatus, reason: str = DEFAULT_REASON) -> None:
    """Ends the job for good: it is FINISHED at once, its running frames are killed within seconds."""
    connection.call("job", "Kill", job_pb2.JobKillRequest(job=job_message(job), **_who(reason)))


def act_on_frames(
    connection: FarmConnection,
    job: JobStatus,
    action: str,
    *,
    layer: Optional[str] = None,
    frames: Optional[FrameRange] = None,
    reason: str = DEFAULT_REASON,
) -> int:
    """Does a FRAME_ACTIONS action to frames of the job and returns to how many; the farm carries it out a little later.

    Of the job or layer it takes the frames in the action's usual states (retry: dead and eaten ones); `frames` names
    pictures, and takes each chunk that holds one. A killed frame is started again by itself.
    Raises InputRefused for a layer that is not there.
    """
    chosen = _choose(connection, job, layer, frames, action)
    act_on_named(connection, job, action, [frame.name for frame in chosen], reason)
    return len(chosen)


def act_on_named(
    connection: FarmConnection, job: JobStatus, action: str, frame_names: Sequence[str], reason: str = DEFAULT_REASON
) -> None:
    """Does a FRAME_ACTIONS action to the frames of these names ("1001-encode"), whatever their states."""
    how = FRAME_ACTIONS[action]
    for start in range(0, len(frame_names), BATCH):
        names = frame_names[start : start + BATCH]
        criteria = job_pb2.FrameSearchCriteria(frames=names, page=1, limit=BATCH)
        who = _who(reason) if how.says_who else {}
        connection.call("job", how.method, how.request(job=job_message(job), req=criteria, **who))


def holds(layer: LayerStatus, cue_frame: int, frames: FrameRange) -> bool:
    """Whether the chunk that begins at `cue_frame` holds one of the frames."""
    return cue_frame <= frames.last and frames.first <= cue_frame + layer.chunk - 1


def _choose(
    connection: FarmConnection, job: JobStatus, layer: Optional[str], frames: Optional[FrameRange], action: str
) -> list[FrameStatus]:
    states = FRAME_ACTIONS[action].states if frames is None else ACTION_STATES[action]
    if layer is None and frames is None:
        return list_frames(connection, job, states=states)
    known = {status.name: status for status in layers(connection, job)}
    if layer is not None and layer not in known:
        raise InputRefused(f"The job {job.name} has no layer {quoted(layer)}; it has {', '.join(known)}.")
    listed = list_frames(connection, job, layer, states)
    return [f for f in listed if frames is None or holds(known[f.layer], f.number, frames)]


def _who(reason: str) -> dict[str, Any]:
    try:
        user = getpass.getuser()
    except (KeyError, OSError):  # a container's user without a name
        user = "unknown"
    return {"username": user, "pid": str(os.getpid()), "host_kill": platform.node(), "reason": reason}
