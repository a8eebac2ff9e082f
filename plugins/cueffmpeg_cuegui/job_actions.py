# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What is done for a job: in tasks, or by another program. Both the dock and the menu use it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import cuegui
import cuegui.Utils
from qtpy.QtCore import QProcess, QProcessEnvironment, QUrl
from qtpy.QtGui import QDesktopServices

from cueffmpeg_cuegui.guard import guarded
from cueffmpeg_cuegui.loading import InstallNotes, read_notes

if TYPE_CHECKING:  # on CueGUI's thread nothing heavy is imported
    from cueffmpeg_gui.gui.common.tasks import Tasks
    from cueffmpeg_gui.gui.dock.models.dock_backend import CueJob, DockBackend

# Of CueGUI's environment that would lead another Python astray.
HIDDEN = ("PYTHONHOME", "PYTHONPATH", "QT_API", "QT_PLUGIN_PATH", "CUEGUI_CONFIG_FILE")
GONE = "The review could not be started: {} is not there any more; install the plugin again: cueffmpeg cuegui install"
NO_PROGRAM = "This plugin does not know where cueffmpeg is, because nobody installed it; run: cueffmpeg gui --review {}"
NONE_FAILED = "No chunk has failed."
NOT_YOURS = "{} is {}'s; enable File > Enable Job Interaction to act on it."
Show = Callable[[str], None]


class JobActions:
    """`show_error` shows an error, `show_done` what was done to jobs."""

    def __init__(self, backend: DockBackend, tasks: Tasks, show_error: Show, show_done: Show) -> None:
        self._backend, self._tasks, self._show_error, self._show_done = backend, tasks, show_error, show_done

    @guarded("show_error")
    def review(self, jobs: Sequence[CueJob]) -> None:
        """Opens the review in another program: decoding pictures in here would risk CueGUI's memory and life."""
        backend = self._backend
        self._tasks.run(
            lambda: (read_notes(), backend.address()), lambda found: self._start(jobs, *found), self.show_error
        )

    @guarded("show_error")
    def retry(self, jobs: Sequence[CueJob]) -> None:
        """Runs the failed chunks of jobs again, in a task."""
        others = [job for job in jobs if not may_change(job.status.user)]
        if others:
            self.show_error(NOT_YOURS.format(others[0].status.name, others[0].status.user))
            return
        backend = self._backend
        self._tasks.run(lambda: backend.retry_failed(jobs), self._show_retried, self.show_error)

    @guarded("show_error")
    def open_folders(self, jobs: Sequence[CueJob]) -> None:
        """Opens the folders of the outputs."""
        backend = self._backend
        self._tasks.run(lambda: backend.output_folders(jobs), self._open, self.show_error)

    def show_error(self, sentence: str) -> None:
        """Shows an error."""
        self._show_error(sentence)

    @guarded("show_error")
    def _show_retried(self, count: int) -> None:
        self._show_done(f"{count} failed chunk{'s run' if count != 1 else ' runs'} again." if count else NONE_FAILED)

    @guarded("show_error")
    def _open(self, folders: Sequence[str]) -> None:
        for folder in folders:
            QDesktopServices.openUrl(QUrl.fromLocalFile(folder))

    @guarded("show_error")
    def _start(self, jobs: Sequence[CueJob], notes: InstallNotes, address: str) -> None:
        names = [job.status.name for job in jobs]
        if not notes.program:
            self.show_error(NO_PROGRAM.format(" ".join(names)))
            return
        program, *arguments = notes.program
        arguments += ["gui", "--review", *names, *(["--farm", address] if address else [])]
        process = QProcess()
        process.setProgram(program)
        process.setArguments(arguments)
        process.setProcessEnvironment(_environment(notes))
        started: object = process.startDetached()
        # Some releases of PySide6 give the process's number with it.
        if not (started[0] if isinstance(started, tuple) else started):
            self.show_error(GONE.format(program))


def may_change(user: str) -> bool:
    """Whether CueGUI lets its own user act on a job of this user."""
    return bool(cuegui.Utils.isPermissible(_Owned(user)))


class _Owned:
    """As much of a job as CueGUI's rule asks for."""

    def __init__(self, user: str) -> None:
        self._user = user

    def username(self) -> str:
        return self._user


def _environment(notes: InstallNotes) -> QProcessEnvironment:
    environment = QProcessEnvironment.systemEnvironment()
    for name in HIDDEN:
        environment.remove(name)
    for name, value in notes.environment.items():
        environment.insert(name, value)
    return environment
