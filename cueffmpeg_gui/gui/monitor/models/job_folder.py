# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The job folder of the job that is looked at: read once, in a task."""

from collections.abc import Callable

from qtpy.QtCore import QObject, Signal

from cueffmpeg_gui.api.monitor.job_folder import JobDetails
from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.gui.monitor.models.monitor_backend import MonitorSource

__all__ = ["JobDetails", "Papers"]

KEY = "monitor.papers"


class Papers(QObject):
    """`changed` when another folder's papers are there, or cannot be read."""

    changed = Signal()

    def __init__(self, source: MonitorSource, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.papers: JobDetails | None = None
        self.trouble = ""
        self._source, self._tasks = source, tasks
        self._folder: str | None = None

    def show(self, folder: str | None) -> None:
        """Reads this folder's papers, unless they are there."""
        if folder == self._folder:
            return
        self._folder = folder
        self.papers, self.trouble = None, ""
        self._tasks.forget(KEY)
        self.changed.emit()
        if folder:
            self._tasks.run(lambda: self._source.papers(folder), self._took, self._failed, key=KEY)

    def read(self, folder: str, done: Callable[[JobDetails], None], failed: Callable[[str], None]) -> None:
        """The papers of any job, for an action on it."""
        if self.papers and folder == self._folder:
            done(self.papers)
        else:
            self._tasks.run(lambda: self._source.papers(folder), done, failed)

    def find(self, path: str, done: Callable[[str], None], failed: Callable[[str], None]) -> None:
        """Whether a path is there, for opening it."""
        self._tasks.run(lambda: self._source.existing(path), done, failed)

    def _took(self, papers: JobDetails) -> None:
        self.papers = papers
        self.changed.emit()

    def _failed(self, sentence: str) -> None:
        self.trouble = sentence
        self.changed.emit()
