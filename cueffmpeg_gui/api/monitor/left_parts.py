# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What a job that was killed for good may leave in the artist's folder: hidden parts of its film, which go."""

from __future__ import annotations

import contextlib
import os
import time

from cueffmpeg_gui.errors import FarmRefused, FarmUnreachable, InputRefused
from cueffmpeg_gui.farm.connection import FarmConnection
from cueffmpeg_gui.farm.monitor import JobStatus, job_status
from cueffmpeg_gui.jobs.folder import read_job
from cueffmpeg_gui.jobs.part_names import parts_of

# Frames are stopped within seconds; a part that is removed while it is written does not come again.
STOP_SECONDS = 8.0
PAUSE_SECONDS = 0.2


def remove_parts(connection: FarmConnection, job: JobStatus, folder: str | None) -> None:
    """Removes the parts of a killed job's film, once its frames have stopped or had the time to."""
    output = _output_of(folder)
    if not (folder and output):
        return
    _wait_for_frames(connection, job)
    for part in parts_of(output, folder):
        with contextlib.suppress(OSError):
            os.unlink(part)


def _output_of(folder: str | None) -> str | None:
    try:
        return read_job(folder).spec.output if folder else None
    except InputRefused:
        return None


def _wait_for_frames(connection: FarmConnection, job: JobStatus) -> None:
    deadline = time.monotonic() + STOP_SECONDS
    with contextlib.suppress(FarmUnreachable, FarmRefused):
        while job_status(connection, job).counts.running and time.monotonic() < deadline:
            time.sleep(PAUSE_SECONDS)
