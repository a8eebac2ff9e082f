# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What happens on the farm, as values for front ends; and what a person does to it."""

from dataclasses import dataclass

from cueffmpeg_gui.api.farm import connect_farm
from cueffmpeg_gui.api.monitor.actions import JOB_ACTIONS
from cueffmpeg_gui.api.monitor.progress import error_of
from cueffmpeg_gui.api.review.load import folder_of
from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.farm import actions, monitor
from cueffmpeg_gui.farm.find import find_job
from cueffmpeg_gui.farm.logs import existing_log, log_path
from cueffmpeg_gui.farm.monitor import FrameStatus, JobStatus, LayerStatus, frames, layers
from cueffmpeg_gui.media.frames import FrameRange
from cueffmpeg_gui.settings import Settings

__all__ = ["JobDescription", "JobStatus", "act", "describe", "list_jobs", "log_of"]


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
    errors = {frame.name: error_of(job, frame) for frame in listed if frame.is_lost}
    return JobDescription(job, folder_of(connection, job), tuple(layers(connection, job)), tuple(listed), errors)


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
