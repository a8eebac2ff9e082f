# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What happens on the farm, as values for front ends; and what a person does to it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cueffmpeg_gui.api.farm import connect_farm
from cueffmpeg_gui.api.follow import error_of
from cueffmpeg_gui.api.reviews import folder_of
from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.farm import actions, monitor
from cueffmpeg_gui.farm.connection import FarmConnection
from cueffmpeg_gui.farm.find import find_job
from cueffmpeg_gui.farm.logs import existing_log, log_path
from cueffmpeg_gui.farm.monitor import FrameStatus, JobStatus, LayerStatus, frames, layers, outcome
from cueffmpeg_gui.media.frames import FrameRange
from cueffmpeg_gui.settings import Settings

__all__ = ["JobDescription", "JobStatus", "act", "describe", "list_jobs", "log_of", "state_of"]

LOST = ("DEAD", "EATEN")


@dataclass(frozen=True)
class JobDescription:
    """A job with its layers and frames; `errors` are the sentences of failed frames by frame name."""

    job: JobStatus
    folder: str | None
    layers: tuple[LayerStatus, ...]
    frames: tuple[FrameStatus, ...]
    errors: dict[str, str]


def list_jobs(settings: Settings, user: str | None) -> list[JobStatus]:
    """This program's jobs, the newest first."""
    return monitor.list_jobs(connect_farm(settings), user)


def describe(settings: Settings, name_or_id: str) -> JobDescription:
    """One job in full."""
    connection = connect_farm(settings)
    job = find_job(connection, name_or_id)
    listed = frames(connection, job)
    errors = {frame.name: error_of(job, frame) for frame in listed if frame.state in LOST}
    return JobDescription(job, folder_of(connection, job), tuple(layers(connection, job)), tuple(listed), errors)


def state_of(job: JobStatus) -> str:
    """ "paused", "waiting", "running", "succeeded", "failed" or "stopped"."""
    state = outcome(job)
    if state != "running" or job.counts.running:
        return state
    return "paused" if job.paused else "waiting"


def log_of(settings: Settings, name_or_id: str, layer: str, frame: int) -> str:
    """The path of the newest log of the chunk that holds a frame; raises InputRefused when there is none."""
    connection = connect_farm(settings)
    job = find_job(connection, name_or_id)
    found = {status.name: status for status in layers(connection, job)}
    if layer not in found:
        raise InputRefused(f"The job {job.name} has no layer {layer!r}; it has {', '.join(found)}.")
    wanted = FrameRange(frame, frame)
    for status in frames(connection, job, layer):
        if actions.holds(found[layer], status.number, wanted):
            return existing_log(log_path(job, status.name))
    raise InputRefused(f"The layer {layer} of {job.name} has no frame {frame}; its range is {found[layer].range}.")


def act(settings: Settings, action: str, name_or_id: str, layer: str | None, frames: FrameRange | None) -> str:
    """Does one of ACTIONS and returns what was done, as a sentence. Raises InputRefused when nothing fits."""
    connection = connect_farm(settings)
    job = find_job(connection, name_or_id)
    is_whole = layer is None and frames is None
    if is_whole and action in JOB_ACTIONS:
        JOB_ACTIONS[action](connection, job)
        return f"{action}: {job.name}"
    if action not in actions.FRAME_ACTIONS:
        raise InputRefused(f"{action} is for whole jobs; leave layer and frames out.")
    count = actions.act_on_frames(connection, job, action, layer=layer, frames=frames)
    if not count:
        raise InputRefused(f"No frame of {job.name} can take {action} now; see: cueffmpeg status {job.name}")
    return f"{action}: {count} frame{'s' if count > 1 else ''} of {job.name}"


def act_on_job(connection: FarmConnection, job: JobStatus, action: str, frame_names: Sequence[str] = ()) -> str:
    """Does one of JOB_ACTIONS to a job, or one of FRAME_ACTIONS to frames of it; returns a sentence.

    Without names a frame action takes the frames in its usual states. Raises InputRefused when nothing fits.
    """
    if not frame_names and action in JOB_ACTIONS:
        JOB_ACTIONS[action](connection, job)
        return f"{action}: {job.name}"
    if not frame_names:
        count = actions.act_on_frames(connection, job, action)
    else:
        actions.act_on_named(connection, job, action, frame_names)
        count = len(frame_names)
    if not count:
        raise InputRefused(f"No frame of {job.name} can take {action} now.")
    return f"{action}: {count} frame{'s' if count > 1 else ''} of {job.name}"


def set_priority(connection: FarmConnection, job: JobStatus, priority: int) -> str:
    """A higher number goes first; returns a sentence."""
    actions.set_priority(connection, job, priority)
    return f"priority {priority}: {job.name}"


JOB_ACTIONS: dict[str, Callable[[FarmConnection, JobStatus], None]] = {
    "pause": actions.pause,
    "resume": actions.resume,
    "kill": actions.kill_job,
}
