# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The job that the dock in CueGUI shows, polled in tasks while the dock is visible."""

from __future__ import annotations

from typing import Optional

from qtpy.QtCore import QObject, Signal

from cueffmpeg_gui.api.monitor.cuegui_jobs import CueJob, CueJobUpdate
from cueffmpeg_gui.api.monitor.follower import JobFollower
from cueffmpeg_gui.gui.common.latest import Latest
from cueffmpeg_gui.gui.common.polling import Polling
from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.gui.dock.models.chunk_rows import ChunkChanges, ChunkRows
from cueffmpeg_gui.gui.dock.models.chunk_table import ChunkTable
from cueffmpeg_gui.gui.dock.models.dock_backend import DockBackend

# CueGUI polls every 10 s; a running job is polled more often, a finished one not at all.
POLL_MILLISECONDS = 2000
Known = tuple[JobFollower, ChunkRows]


class DockJob(Polling):
    """Emits `changed` when there is something new. `job` is None until the farm has answered."""

    changed = Signal()

    def __init__(self, backend: DockBackend, tasks: Tasks, parent: Optional[QObject] = None) -> None:
        super().__init__(POLL_MILLISECONDS, parent)
        self.backend, self.tasks = backend, tasks
        self.job_id, self.name = "", ""
        self.job: Optional[CueJob] = None
        self.trouble, self.missing = "", ""
        self.chunks = ChunkTable(self)
        self._known = (JobFollower(), ChunkRows())
        self._polls = Latest(tasks)

    def show(self, job_id: str, name: str) -> None:
        """Polls this job; "" for none."""
        if job_id == self.job_id:
            return
        self.job_id, self.name = job_id, name
        self._begin()
        self.changed.emit()
        self.poll()

    def forget(self) -> None:
        """Drops what is known: another farm is asked."""
        self.backend.forget()
        self.show("", "")

    def poll(self) -> None:
        """Asks for what is new; about a finished job, or another program's, only once."""
        if self._polls.is_busy or not self.is_polling:
            return
        if not self.job_id or self._is_settled():
            self._polls.run(self.backend.follow, _nothing, _nothing)
            return
        job_id, known = self.job_id, self._known
        self._polls.run(
            lambda: self._ask(job_id, *known),
            lambda answer: self._received(known, *answer),
            lambda sentence: self._failed(known, sentence),
        )

    def refresh(self) -> None:
        """Asks again, even about a finished job: something was done to it."""
        self.job = None
        self.poll()

    def _begin(self) -> None:
        self.job, self.trouble, self.missing = None, "", ""
        # Another Latest: a call that hangs holds up no other job.
        self._known, self._polls = (JobFollower(), ChunkRows()), Latest(self.tasks)
        self.chunks.clear()

    def _is_settled(self) -> bool:
        if self.job is None or self.trouble:
            return False
        return not self.job.is_ours or self.job.status.is_finished

    def _ask(self, job_id: str, follower: JobFollower, rows: ChunkRows) -> tuple[CueJobUpdate, Optional[ChunkChanges]]:
        update = self.backend.poll(job_id, follower)
        return update, rows.apply(update.news) if update.news else None

    def _received(self, known: Known, update: CueJobUpdate, changes: Optional[ChunkChanges]) -> None:
        if known is not self._known:
            return
        self.job, self.trouble, self.missing = update.job, "", update.missing
        self.name = update.job.status.name
        if changes:
            self.chunks.apply(changes)
        self.changed.emit()

    def _failed(self, known: Known, sentence: str) -> None:
        if known is self._known and sentence != self.trouble:
            self.trouble = sentence
            self.changed.emit()


def _nothing(_: object) -> None:
    """There is nothing to show."""
