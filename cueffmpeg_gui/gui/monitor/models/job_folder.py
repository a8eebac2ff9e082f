# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The job folder of the selected job: read once, in a task."""

from collections.abc import Callable

from qtpy.QtCore import QObject, Signal

from cueffmpeg_gui.api.monitor.job_folder import JobDetails
from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.gui.monitor.models.monitor_backend import MonitorBackend

__all__ = ["JobDetails", "JobFolder"]

KEY = "monitor.job_folder"


class JobFolder(QObject):
    """Emits `changed` when the details of another folder have been read, or cannot be read."""

    changed = Signal()

    def __init__(self, backend: MonitorBackend, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.details: JobDetails | None = None
        self.trouble = ""
        self._backend, self._tasks = backend, tasks
        self._folder: str | None = None

    def show(self, folder: str | None) -> None:
        """Reads the details of this folder, unless they are there."""
        if folder == self._folder:
            return
        self._folder = folder
        self.details, self.trouble = None, ""
        self._tasks.forget(KEY)
        self.changed.emit()
        if folder:
            self._tasks.run(lambda: self._backend.job_details(folder), self._received, self._failed, key=KEY)

    def read(self, folder: str, done: Callable[[JobDetails], None], failed: Callable[[str], None]) -> None:
        """The details of any job's folder, for an action on it."""
        if self.details and folder == self._folder:
            done(self.details)
        else:
            self._tasks.run(lambda: self._backend.job_details(folder), done, failed)

    def check_path(self, path: str, done: Callable[[str], None], failed: Callable[[str], None]) -> None:
        """Whether something is at a path, for opening it."""
        self._tasks.run(lambda: self._backend.existing(path), done, failed)

    def _received(self, details: JobDetails) -> None:
        self.details = details
        self.changed.emit()

    def _failed(self, sentence: str) -> None:
        self.trouble = sentence
        self.changed.emit()
