# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Does actions on the farm, in tasks, and says how it went."""

from qtpy.QtCore import QObject, Signal

from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.gui.monitor.models.actions import Selection, done_words, steps
from cueffmpeg_gui.gui.monitor.models.monitor_backend import MonitorSource


class ActionRunner(QObject):
    """`done` with a sentence; `failed` with the action, its selection and a sentence."""

    done = Signal(str)
    failed = Signal(str, object, str)

    def __init__(self, source: MonitorSource, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._source, self._tasks = source, tasks

    def run(self, action: str, selection: Selection) -> None:
        """One of the farm's actions on what is selected."""
        calls = steps(action, selection)

        def work() -> None:
            for step in calls:
                self._source.act(step.chosen.job, action, list(step.frame_names))

        self._tasks.run(work, lambda _: self.done.emit(done_words(action, selection)), self._tell(action, selection))

    def set_priority(self, selection: Selection, priority: int) -> None:
        """Gives all jobs of a selection a priority."""
        jobs = {one.job.id: one.job for one in selection}

        def work() -> None:
            for job in jobs.values():
                self._source.set_priority(job, priority)

        words = done_words("priority", selection)
        self._tasks.run(work, lambda _: self.done.emit(words), self._tell("priority", selection))

    def _tell(self, action: str, selection: Selection) -> object:
        return lambda sentence: self.failed.emit(action, selection, sentence)
