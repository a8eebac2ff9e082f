# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What a person does to a job that is watched, through the connection it is watched by."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.farm import actions
from cueffmpeg_gui.farm.connection import FarmConnection
from cueffmpeg_gui.farm.monitor import JobStatus

JOB_ACTIONS: dict[str, Callable[[FarmConnection, JobStatus], None]] = {
    "pause": actions.pause,
    "resume": actions.resume,
    "kill": actions.kill_job,
}


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
