# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The job that the dock in CueGUI shows, followed in tasks for as long as somebody looks."""

from __future__ import annotations

from typing import Optional

from qtpy.QtCore import QObject, Signal

from cueffmpeg_gui.api.monitor.cuegui_jobs import CueJob, CueJobUpdate
from cueffmpeg_gui.api.monitor.follower import JobFollower
from cueffmpeg_gui.gui.common.polling import Polling
from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.gui.dock.models.chunk_rows import ChunkBook, ChunkNews
from cueffmpeg_gui.gui.dock.models.chunk_table import ChunkTable
from cueffmpeg_gui.gui.dock.models.dock_backend import DockSource

# CueGUI asks every 10 s; a job that runs is followed more closely, one that rests need not be.
POLL_MILLISECONDS = 2000
KEY = "dock.job"


class DockJob(Polling):
    """`changed` when there is something new. `job` is None until the farm has answered, `trouble` a sentence or ""."""

    changed = Signal()

    def __init__(self, source: DockSource, tasks: Tasks, parent: Optional[QObject] = None) -> None:
        super().__init__(POLL_MILLISECONDS, parent)
        self.source, self.tasks = source, tasks
        self.job_id, self.name = "", ""
        self.job: Optional[CueJob] = None
        self.trouble, self.missing = "", ""
        self.chunks = ChunkTable(self)
        self._known = (JobFollower(), ChunkBook())
        self._is_asking = False

    def show(self, job_id: str, name: str) -> None:
        """Follows this job; "" for none."""
        if job_id == self.job_id:
            return
        self.job_id, self.name = job_id, name
        self._begin()
        self.changed.emit()
        self.poll()

    def forget(self) -> None:
        """Another farm: nothing is known any more."""
        self.source.forget()
        self.show("", "")

    def poll(self) -> None:
        """Asks for what is new; a finished or another program's job is asked about once."""
        if not self.job_id or self._is_asking or self._is_settled() or not self.is_polling:
            return
        self._is_asking = True
        job_id, known = self.job_id, self._known
        self.tasks.run(lambda: self._look(job_id, *known), self._took, self._failed, key=KEY)

    def refresh(self) -> None:
        """Asks again, though nothing seemed to move: something was done to the job."""
        self.job = None
        self.poll()

    def _begin(self) -> None:
        self.tasks.forget(KEY)
        self.job, self.trouble, self.missing, self._is_asking = None, "", "", False
        self._known = (JobFollower(), ChunkBook())
        self.chunks.clear()

    def _is_settled(self) -> bool:
        if self.job is None or self.trouble:
            return False
        return not self.job.is_ours or self.job.status.state == "FINISHED"

    def _look(self, job_id: str, follower: JobFollower, book: ChunkBook) -> tuple[CueJobUpdate, Optional[ChunkNews]]:
        look = self.source.look(job_id, follower)
        return look, book.take(look.news) if look.news else None

    def _took(self, answer: tuple[CueJobUpdate, Optional[ChunkNews]]) -> None:
        self._is_asking = False
        look, chunks = answer
        self.job, self.trouble, self.missing = look.job, "", look.missing
        self.name = look.job.status.name
        if chunks:
            self.chunks.take(chunks)
        self.changed.emit()

    def _failed(self, sentence: str) -> None:
        self._is_asking = False
        if sentence != self.trouble:
            self.trouble = sentence
            self.changed.emit()
