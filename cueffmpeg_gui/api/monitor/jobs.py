# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What happens on the farm, as values for front ends: the list of jobs, one job in full, the path of a log."""

from dataclasses import dataclass

from cueffmpeg_gui.api.farm import connect_farm
from cueffmpeg_gui.api.monitor.progress import error_of
from cueffmpeg_gui.errors import InputRefused, quoted
from cueffmpeg_gui.farm import monitor
from cueffmpeg_gui.farm.actions import holds
from cueffmpeg_gui.farm.find import find_job
from cueffmpeg_gui.farm.logs import existing_log, log_path
from cueffmpeg_gui.farm.monitor import FrameStatus, JobStatus, LayerStatus, frames, layers
from cueffmpeg_gui.farm.status import job_folder_in
from cueffmpeg_gui.media.frames import FrameRange
from cueffmpeg_gui.settings import Settings

__all__ = ["JobDescription", "JobStatus", "describe_job", "list_jobs", "log_of"]

# Logs that are read for one description: of a job that fails everywhere the first ones say it.
MOST_ERRORS = 500


@dataclass(frozen=True)
class JobDescription:
    """A job with its layers and frames; `errors` are the sentences of the first failed frames by frame name."""

    job: JobStatus
    folder: str | None
    layers: tuple[LayerStatus, ...]
    frames: tuple[FrameStatus, ...]
    errors: dict[str, str]


def list_jobs(settings: Settings, user: str | None) -> list[JobStatus]:
    """This program's jobs, the newest first."""
    return monitor.list_jobs(connect_farm(settings), user)


def describe_job(settings: Settings, name_or_id: str) -> JobDescription:
    """One job in full."""
    connection = connect_farm(settings)
    job = find_job(connection, name_or_id)
    found, listed = layers(connection, job), frames(connection, job)
    lost = [frame for frame in listed if frame.is_lost]
    errors = {frame.name: error_of(job, frame) for frame in lost[:MOST_ERRORS]}
    return JobDescription(job, job_folder_in(found), tuple(found), tuple(listed), errors)


def log_of(settings: Settings, name_or_id: str, layer: str, frame: int) -> str:
    """The path of the newest log of the chunk that holds a frame; raises InputRefused when there is none."""
    connection = connect_farm(settings)
    job = find_job(connection, name_or_id)
    found = {status.name: status for status in layers(connection, job)}
    if layer not in found:
        raise InputRefused(f"The job {job.name} has no layer {quoted(layer)}; it has {', '.join(found)}.")
    wanted = FrameRange(frame, frame)
    for status in frames(connection, job, layer):
        if holds(found[layer], status.number, wanted):
            return existing_log(log_path(job, status.name))
    raise InputRefused(f"The layer {layer} of {job.name} has no frame {frame}; its range is {found[layer].range}.")
