# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""When the farm's answer to a job was lost: it is asked whether it has the job before anything is thrown away."""

from __future__ import annotations

import time

from cueffmpeg_gui.api.farm import connect_farm
from cueffmpeg_gui.errors import FarmUnreachable
from cueffmpeg_gui.farm.launch import LaunchedJob, find_launched
from cueffmpeg_gui.settings import Settings

# A farm may still be at work on what it was sent; a Cuebot writes every frame before it has the job.
SETTLE_SECONDS = 5.0
# How long a farm that is away is asked for.
ASK_SECONDS = 20.0
PAUSE_SECONDS = 0.5


def ask_for_job(settings: Settings, name: str, folder: str) -> LaunchedJob | None:
    """The job of that name and folder; None when the farm says, also after a while, that it has none.

    Raises FarmUnreachable or FarmRefused when it cannot be asked.
    """
    begun = time.monotonic()
    while True:
        try:
            job = _ask(settings, name, folder)
            if job or time.monotonic() - begun >= SETTLE_SECONDS:
                return job
        except FarmUnreachable:
            if time.monotonic() - begun >= ASK_SECONDS:
                raise
        time.sleep(PAUSE_SECONDS)


def not_taken(name: str) -> FarmUnreachable:
    """What is raised for a job that the farm does not have."""
    return FarmUnreachable(
        f"The connection to the farm broke while the job {name} was sent, and the farm has not taken it; send it again."
    )


def not_known(name: str, folder: str) -> FarmUnreachable:
    """What is raised when nobody knows; the folder is kept, because the job may run in it."""
    return FarmUnreachable(
        f"The farm did not answer when the job {name} was sent, and whether it takes the job is not known; its folder "
        f"{folder} is kept: when the farm answers, look with cueffmpeg status {name} before you send it again."
    )


def _ask(settings: Settings, name: str, folder: str) -> LaunchedJob | None:
    # By a connection of its own: the one that broke may be of no more use.
    connection = connect_farm(settings)
    try:
        return find_launched(connection, name, folder)
    finally:
        connection.close()
