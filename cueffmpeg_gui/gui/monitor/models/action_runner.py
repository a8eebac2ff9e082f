# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Does actions on the farm, in tasks, and reports how it went."""

from collections.abc import Callable

from qtpy.QtCore import QObject, Signal

from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.gui.monitor.models.actions import Selection, calls_for, done_text
from cueffmpeg_gui.gui.monitor.models.monitor_backend import MonitorBackend


class ActionRunner(QObject):
    """Emits `done` with a sentence, `failed` with the action, its selection and a sentence."""

    done = Signal(str)
    failed = Signal(str, object, str)

    def __init__(self, backend: MonitorBackend, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._backend, self._tasks = backend, tasks

    def run(self, action: str, selection: Selection) -> None:
        """One of the farm's actions on what is selected."""
        calls = calls_for(action, selection)

        def work() -> None:
            for call in calls:
                self._backend.act(call.job, action, list(call.frame_names))

        self._run(action, selection, work)

    def set_priority(self, selection: Selection, priority: int) -> None:
        """Gives all jobs of a selection a priority."""
        jobs = {item.job.id: item.job for item in selection}

        def work() -> None:
            for job in jobs.values():
                self._backend.set_priority(job, priority)

        self._run("priority", selection, work)

    def _run(self, action: str, selection: Selection, work: Callable[[], None]) -> None:
        self._tasks.run(
            work,
            lambda _: self.done.emit(done_text(action, selection)),
            lambda sentence: self.failed.emit(action, selection, sentence),
        )
