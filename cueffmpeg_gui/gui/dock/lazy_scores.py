# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The scores' side of the dock in CueGUI, brought when the first job with scores is shown: numpy and pyqtgraph take
tens of megabytes, and many a dock never needs them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Optional

from qtpy.QtWidgets import QWidget

from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.gui.dock.models.dock_backend import JobStatus
from cueffmpeg_gui.gui.dock.scores_pane import DockSide
from cueffmpeg_gui.gui.widgets.wrapped_label import WrappedLabel


class LateSide(DockSide):
    """`bring` imports, in a task, and returns what makes the side, on the window's thread."""

    def __init__(
        self, tasks: Tasks, bring: Callable[[], Callable[[], DockSide]], parent: Optional[QWidget] = None
    ) -> None:
        super().__init__(parent=parent)
        self.inner: Optional[DockSide] = None
        self._tasks, self._bring = tasks, bring
        self._job: Optional[JobStatus] = None
        self._is_asked = self._is_looked_at = False
        self.hide()

    def show_job(self, job: Optional[JobStatus]) -> None:
        self._job = job
        if self.inner:
            self.inner.show_job(job)
        elif job and not self._is_asked:
            self._is_asked = True
            self._tasks.run(self._bring, self._fill, self._fail)

    def set_cursor(self, picture: int) -> None:
        if self.inner:
            self.inner.set_cursor(picture)

    def start(self) -> None:
        self._is_looked_at = True
        if self.inner:
            self.inner.start()

    def stop(self) -> None:
        self._is_looked_at = False
        if self.inner:
            self.inner.stop()

    def _fill(self, make: Callable[[], DockSide]) -> None:
        self.inner = make()
        self.tables = self.inner.tables
        self.column.addWidget(self.inner)
        self.inner.cursor_moved.connect(self.cursor_moved)
        self.inner.presence_changed.connect(self._show_presence)
        self.grown.emit()
        if self._is_looked_at:
            self.inner.start()
        self.inner.show_job(self._job)
        self._show_presence()

    def _fail(self, sentence: str) -> None:
        self.column.addWidget(WrappedLabel(sentence))
        self.show()

    def _show_presence(self) -> None:
        self.setVisible(self.inner is not None and not self.inner.isHidden())
