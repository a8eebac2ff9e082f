# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""A job of the tree: its status, its summary, its row, and the rows below it."""

import time

from cueffmpeg_gui.api.monitor.follower import FrameStatus, JobStatus, state_of
from cueffmpeg_gui.api.monitor.summaries import JobSummary
from cueffmpeg_gui.gui.monitor.models.eta import Eta
from cueffmpeg_gui.gui.monitor.models.job_branch import JobBranch
from cueffmpeg_gui.gui.rows.models.cells import job_cells
from cueffmpeg_gui.gui.rows.models.row_values import Cell, JobValues
from cueffmpeg_gui.gui.rows.models.tree_row import FILTER, RowKind, TreeRow

# Whose log is of most interest.
LOG_RANKS = {"DEAD": 3, "RUNNING": 2, "EATEN": 1}


class JobEntry:
    """Writes its row when something of it changes."""

    __slots__ = ("_branch", "_eta", "_filter_text", "job", "row", "summary")

    def __init__(self, job: JobStatus) -> None:
        self.job = job
        self.summary: JobSummary | None = None
        self._eta: Eta | None = None
        self._branch: JobBranch | None = None
        self._filter_text = ""
        self.row = TreeRow(RowKind.JOB, job.id, self._cells())
        self._write_filter_text()

    @property
    def branch(self) -> JobBranch:
        """The rows below it; made when first asked for, for most jobs are never opened."""
        if self._branch is None:
            self._branch = JobBranch(self.row.head)
        return self._branch

    def apply_job(self, job: JobStatus) -> None:
        """The job as it is now."""
        self.job = job
        self.row.write(self._cells())
        self._write_filter_text()

    def apply_summary(self, summary: JobSummary) -> None:
        """The job's summary as it is now."""
        self.summary = summary
        if state_of(self.job) == "running":
            self._eta = self._eta or Eta()
            self._eta.add(time.monotonic(), summary.fraction)
        self.row.write(self._cells())

    def frame_to_read(self, layer_name: str | None) -> str | None:
        """Of a layer or the whole job: a dead frame, else a running one, else an eaten one, else the last to end."""
        if self._branch is None:
            return None
        layers = [entry for name, entry in self._branch.layers.items() if layer_name in (None, name)]
        frames = [known.frame for entry in layers for known in entry.frames.values()]
        return max(frames, key=_log_rank).name if frames else None

    def _cells(self) -> tuple[Cell, ...]:
        return job_cells(JobValues(self.job, self.summary, self._eta.remaining() if self._eta else None))

    def _write_filter_text(self) -> None:
        """The text that JobFilter searches."""
        job = self.job
        text = f"<{state_of(job)}{' lost' if job.counts.lost else ''}> {job.name} {job.user} {job.shot}"
        if text != self._filter_text:
            self._filter_text = text
            self.row.head.setData(text, FILTER)


def _log_rank(frame: FrameStatus) -> tuple[int, int]:
    rank = LOG_RANKS.get(frame.state, 0)
    return rank, -frame.number if rank else frame.stop
