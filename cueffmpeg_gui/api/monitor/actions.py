# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What a person does to a job: by its name, or through the connection by which it is watched."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from cueffmpeg_gui.api.farm import connect_farm
from cueffmpeg_gui.api.monitor.left_parts import remove_parts
from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.farm import actions
from cueffmpeg_gui.farm.connection import FarmConnection
from cueffmpeg_gui.farm.find import find_job
from cueffmpeg_gui.farm.monitor import JobStatus, layers
from cueffmpeg_gui.farm.status import job_folder_in
from cueffmpeg_gui.media.frames import FrameRange
from cueffmpeg_gui.settings import Settings

JOB_ACTIONS: dict[str, Callable[[FarmConnection, JobStatus], None]] = {
    "pause": actions.pause,
    "resume": actions.resume,
    "kill": actions.kill_job,
}
# After these nothing of the job runs again.
FOR_GOOD = ("kill",)


def act_by_name(
    settings: Settings, action: str, name_or_id: str, layer: str | None = None, frames: FrameRange | None = None
) -> str:
    """Does one of JOB_ACTIONS to a job, or one of FRAME_ACTIONS to frames of it; returns a sentence.

    Without layer and frames a frame action takes all frames in its usual states. Raises InputRefused when nothing fits.
    """
    connection = connect_farm(settings)
    job = find_job(connection, name_or_id)
    if layer is None and frames is None and action in JOB_ACTIONS:
        return _act_on_whole(connection, job, action)
    if action not in actions.FRAME_ACTIONS:
        raise InputRefused(f"{action} is for whole jobs; leave layer and frames out.")
    count = actions.act_on_frames(connection, job, action, layer=layer, frames=frames)
    if not count:
        raise InputRefused(f"No frame of {job.name} can take {action} now; see: cueffmpeg status {job.name}")
    return _said(action, count, job)


def act_on_job(connection: FarmConnection, job: JobStatus, action: str, frame_names: Sequence[str] = ()) -> str:
    """Does one of JOB_ACTIONS to a job, or one of FRAME_ACTIONS to frames of it; returns a sentence.

    Without names a frame action takes the frames in its usual states. Raises InputRefused when nothing fits.
    """
    if not frame_names and action in JOB_ACTIONS:
        return _act_on_whole(connection, job, action)
    if not frame_names:
        count = actions.act_on_frames(connection, job, action)
    else:
        actions.act_on_named(connection, job, action, frame_names)
        count = len(frame_names)
    if not count:
        raise InputRefused(f"No frame of {job.name} can take {action} now.")
    return _said(action, count, job)


def set_priority(connection: FarmConnection, job: JobStatus, priority: int) -> str:
    """A higher number goes first; returns a sentence."""
    actions.set_priority(connection, job, priority)
    return f"priority {priority}: {job.name}"


def _act_on_whole(connection: FarmConnection, job: JobStatus, action: str) -> str:
    JOB_ACTIONS[action](connection, job)
    if action in FOR_GOOD:
        remove_parts(connection, job, job_folder_in(layers(connection, job)))
    return f"{action}: {job.name}"


def _said(action: str, count: int, job: JobStatus) -> str:
    return f"{action}: {count} frame{'s' if count > 1 else ''} of {job.name}"
