# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The backend of the dock in CueGUI: calls that block, for tasks only. Tests put a fake in its place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Optional

from cueffmpeg_gui.api.monitor.cuegui_jobs import (
    SCORE_LAYER,
    CueJob,
    CueJobs,
    CueJobUpdate,
    LocalFollower,
    cuegui_address,
)
from cueffmpeg_gui.api.monitor.follower import JobFollower, JobStatus
from cueffmpeg_gui.api.monitor.scores import ScoreSummary, ScoreWatch

__all__ = ["SCORE_LAYER", "CueJob", "CueJobUpdate", "DockBackend", "JobStatus"]


class DockBackend:
    """The Cuebot that CueGUI talks to. Each follower is asked by one task at a time.

    `farm_file` is the state file of this user's local farm, "" for none; CueGUI on that farm stays on it.
    """

    def __init__(self, farm_file: str = "") -> None:
        self._local = LocalFollower(farm_file)
        self.forget()

    def forget(self) -> None:
        """Drops what is known: another farm is asked."""
        self._jobs: Optional[CueJobs] = None
        self._scores: dict[str, ScoreWatch] = {}

    def address(self) -> str:
        """Its HOST:PORT."""
        return cuegui_address()

    def follow(self) -> None:
        """Stays on the local farm when it was started again at another port."""
        if self._local.follow():
            self._jobs = None

    def jobs(self, ids: Sequence[str]) -> list[CueJob]:
        """Jobs by their ids."""
        return self._cue().jobs(ids)

    def poll(self, job_id: str, follower: JobFollower) -> CueJobUpdate:
        """What is new of a job."""
        return self._cue().poll(job_id, follower)

    def scores(self, job: JobStatus) -> Optional[ScoreSummary]:
        """A job's scores."""
        return self._scores.setdefault(job.id, ScoreWatch()).poll(self._cue().connection, job)

    def retry_failed(self, jobs: Sequence[CueJob]) -> int:
        """Runs failed chunks again; returns how many."""
        return self._cue().retry_failed(jobs)

    def output_folders(self, jobs: Sequence[CueJob]) -> list[str]:
        """Folders that are there."""
        return self._cue().output_folders(jobs)

    def _cue(self) -> CueJobs:
        self.follow()
        if self._jobs is None:
            self._jobs = CueJobs()
        return self._jobs
