# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Finding the scores a person means: a job's, a job folder's, or a file's."""

import os

from cueffmpeg_gui.api.farm import connect_farm
from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.farm.connection import FarmConnection
from cueffmpeg_gui.farm.find import find_job
from cueffmpeg_gui.farm.frame_scores import score_logs, scores_from_logs
from cueffmpeg_gui.farm.monitor import JobStatus, frames, job_folder_of, layers
from cueffmpeg_gui.jobs.folder import job_scores, scores_path
from cueffmpeg_gui.media.libvmaf import read_foreign
from cueffmpeg_gui.media.scores import SCHEMA, Scores, read_scores
from cueffmpeg_gui.settings import Settings


def load_scores(target: str, settings: Settings, *, from_logs: bool = False) -> Scores:
    """Scores of a job (its side files, else its logs; with `from_logs` only these), a job folder, or a file.

    A file may be ours or libvmaf's own JSON, XML or CSV. Raises InputRefused when there are none.
    """
    if os.path.isdir(target) and not from_logs:
        return job_scores(target)
    if os.path.isfile(target):
        return read_scores(target) if _is_ours(target) else read_foreign(target)
    connection = connect_farm(settings)
    job = find_job(connection, os.path.basename(os.path.normpath(target)) if os.path.isdir(target) else target)
    folder = folder_of(connection, job)
    if folder and not from_logs and os.path.exists(scores_path(folder)):
        return job_scores(folder)
    scores = scores_from_logs(score_logs(job, frames(connection, job)))
    if scores is None:
        raise InputRefused(f"The job {job.name} has no scores yet; it may compare nothing, or not have begun.")
    return scores


def folder_of(connection: FarmConnection, job: JobStatus) -> str | None:
    """The job folder of a job of ours, None for another's."""
    return next((folder for layer in layers(connection, job) if (folder := job_folder_of(layer.command))), None)


def _is_ours(path: str) -> bool:
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return SCHEMA.partition("/")[0] in file.read(200)
    except OSError as error:
        raise InputRefused(f"{path} cannot be read: {error.strerror}.") from None
