# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The scores pane of the dock in CueGUI, imported when the first job with scores is shown: numpy and pyqtgraph take
tens of megabytes, and many a dock never needs them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Optional

from qtpy.QtWidgets import QWidget

from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.gui.dock.models.dock_backend import JobStatus
from cueffmpeg_gui.gui.dock.scores_pane import ScoresPane
from cueffmpeg_gui.gui.widgets.wrapped_label import WrappedLabel


class LazyScoresPane(ScoresPane):
    """`load` imports, in a task, and returns what makes the pane, on the window's thread."""

    def __init__(
        self, tasks: Tasks, load: Callable[[], Callable[[], ScoresPane]], parent: Optional[QWidget] = None
    ) -> None:
        super().__init__(parent=parent)
        self.inner: Optional[ScoresPane] = None
        self._tasks, self._load = tasks, load
        self._job: Optional[JobStatus] = None
        self._is_requested = self._is_started = False
        self.hide()

    def show_job(self, job: Optional[JobStatus]) -> None:
        self._job = job
        if self.inner:
            self.inner.show_job(job)
        elif job and not self._is_requested:
            self._is_requested = True
            self._tasks.run(self._load, self._fill, self._fail)

    def set_cursor(self, picture: int) -> None:
        if self.inner:
            self.inner.set_cursor(picture)

    def start(self) -> None:
        self._is_started = True
        if self.inner:
            self.inner.start()

    def stop(self) -> None:
        self._is_started = False
        if self.inner:
            self.inner.stop()

    def _fill(self, make: Callable[[], ScoresPane]) -> None:
        self.inner = make()
        self.tables = self.inner.tables
        self.column.addWidget(self.inner)
        self.inner.cursor_moved.connect(self.cursor_moved)
        self.inner.visibility_changed.connect(self._update_visibility)
        self.tables_added.emit()
        if self._is_started:
            self.inner.start()
        self.inner.show_job(self._job)
        self._update_visibility()

    def _fail(self, sentence: str) -> None:
        self.column.addWidget(WrappedLabel(sentence))
        self.show()

    def _update_visibility(self) -> None:
        self.setVisible(self.inner is not None and not self.inner.isHidden())
