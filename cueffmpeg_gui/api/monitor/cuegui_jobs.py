# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Jobs as CueGUI names them, by id: which are this program's, and what is new of one. Through CueGUI's connection."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Optional

from cueffmpeg_gui.api.monitor.follower import JobFollower, JobNews
from cueffmpeg_gui.api.monitor.job_folder import existing, read_job_details
from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.farm.actions import act_on_named
from cueffmpeg_gui.farm.by_id import jobs_by_id, layers_by_id
from cueffmpeg_gui.farm.connection import cuegui_address, cuegui_connection
from cueffmpeg_gui.farm.cuegui_follow import LocalFollower
from cueffmpeg_gui.farm.frame_scores import SCORE_LAYER
from cueffmpeg_gui.farm.monitor import frames
from cueffmpeg_gui.farm.status import JobStatus, job_folder_in

__all__ = ["SCORE_LAYER", "CueJob", "CueJobUpdate", "CueJobs", "LocalFollower", "cuegui_address"]


@dataclass(frozen=True)
class _Kind:
    """What a job is, which never changes: ours has a job folder in its commands."""

    folder: Optional[str]
    compares: bool


@dataclass(frozen=True)
class CueJob:
    """A job that CueGUI shows; `folder` is None for another program's. `compares`: whether it has scores, or will."""

    status: JobStatus
    folder: Optional[str]
    compares: bool

    @property
    def is_ours(self) -> bool:
        """Whether this program sent it."""
        return self.folder is not None


@dataclass(frozen=True)
class CueJobUpdate:
    """A job, what is new of it when it is ours, and a sentence when storage with its logs is not mounted here."""

    job: CueJob
    news: Optional[JobNews]
    missing: str


class CueJobs:
    """Calls block: for tasks only. What a job is, is asked once."""

    def __init__(self) -> None:
        self.connection = cuegui_connection()
        self._kinds: dict[str, _Kind] = {}

    def jobs(self, ids: Sequence[str]) -> list[CueJob]:
        """The jobs of these ids, in their order; those that have left the farm are not in it.

        One RPC, and one for each job not met before.
        """
        found = jobs_by_id(self.connection, ids)
        self._learn([job for job in found.values() if job.id not in self._kinds])
        known = [(found[key], self._kinds[key]) for key in ids if key in found and key in self._kinds]
        return [CueJob(status, kind.folder, kind.compares) for status, kind in known]

    def poll(self, job_id: str, follower: JobFollower) -> CueJobUpdate:
        """What is new of a job. Raises InputRefused when it has left the farm. Four RPCs or more."""
        listed = self.jobs([job_id])
        if not listed:
            raise InputRefused("The job has left the farm; finished jobs do after some days.")
        job = listed[0]
        news = follower.poll(self.connection, job.status) if job.is_ours else None
        return CueJobUpdate(job, news, _missing_logs(job.status) if job.is_ours else "")

    def retry_failed(self, jobs: Sequence[CueJob]) -> int:
        """Runs dead frames of the jobs again; returns how many. Eaten ones were given up on purpose, and stay so."""
        count = 0
        for job in jobs:
            dead = [frame.name for frame in frames(self.connection, job.status, states=["DEAD"])]
            act_on_named(self.connection, job.status, "retry", dead)
            count += len(dead)
        return count

    def output_folders(self, jobs: Sequence[CueJob]) -> list[str]:
        """Where the outputs lie. Raises InputRefused when a folder is not there."""
        folders = [read_job_details(job.folder).output_folder for job in jobs if job.folder]
        return [existing(folder) for folder in dict.fromkeys(folders)]

    def _learn(self, unknown: Sequence[JobStatus]) -> None:
        for job_id, layers in layers_by_id(self.connection, unknown).items():
            folder = job_folder_in(layer for layer in layers if layer.is_ours)
            self._kinds[job_id] = _Kind(folder, any(layer.name == SCORE_LAYER for layer in layers))


def _missing_logs(job: JobStatus) -> str:
    counts = job.counts
    has_begun = counts.running + counts.succeeded + counts.lost > 0
    if job.loki_url or not has_begun or os.path.isdir(job.log_dir):
        return ""
    return (
        f"The logs of {job.name} are in {job.log_dir}, which is not mounted here: "
        "progress, live scores and what failed chunks say cannot be read."
    )
