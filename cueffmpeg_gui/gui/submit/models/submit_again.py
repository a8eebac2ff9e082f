# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Sends the job of a job folder once more."""

from cueffmpeg_gui.api.submit.submit import Submitted, prepare_again, submit_job
from cueffmpeg_gui.settings import Settings


def submit_again(folder: str, settings: Settings) -> Submitted:
    """Blocks; call it in a task. Raises CueffmpegError children."""
    return submit_job(prepare_again(folder, settings), settings)
