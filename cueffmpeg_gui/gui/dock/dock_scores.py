# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The scores pane of the dock in CueGUI, where numpy and pyqtgraph are there: the window's own curve and tables."""

from __future__ import annotations

from typing import Optional

from qtpy.QtWidgets import QHBoxLayout, QWidget

from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.gui.curve.curve_view import CurveView
from cueffmpeg_gui.gui.curve.job_score_tables import JobScoreTables
from cueffmpeg_gui.gui.curve.models.job_scores import JobScores
from cueffmpeg_gui.gui.dock.models.dock_backend import DockBackend, JobStatus
from cueffmpeg_gui.gui.dock.models.dock_text import score_text
from cueffmpeg_gui.gui.dock.scores_pane import ScoresPane
from cueffmpeg_gui.gui.widgets.wrapped_label import WrappedLabel


class DockScores(ScoresPane):
    """The curve, with a line about it; the tables of worst frames and pooled scores are for the panel's tabs."""

    def __init__(self, backend: DockBackend, tasks: Tasks, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent=parent)
        self.model = JobScores(backend, tasks, self)
        self.curve, self.line = CurveView(tasks, compact=True), WrappedLabel()
        self._score_tables = JobScoreTables(self.model, self)
        self.worst, self.pooled = self._score_tables.worst, self._score_tables.pooled
        self.tables = ((self.tr("Worst frames"), self.worst), (self.tr("Pooled"), self.pooled))
        head = QHBoxLayout()
        head.addWidget(self.line, 1)
        head.addWidget(self.curve.caption)
        self.column.addLayout(head)
        self.column.addWidget(self.curve, 1)
        self.model.changed.connect(self._show)
        self.curve.cursor_moved.connect(self.cursor_moved)
        self._score_tables.frame_chosen.connect(self.curve.go)
        self._show()

    def show_job(self, job: Optional[JobStatus]) -> None:
        self.model.show(job)
        self._update_visibility()

    def set_cursor(self, picture: int) -> None:
        if self.curve.model.encodes:
            self.curve.set_cursor(picture)

    def start(self) -> None:
        self.model.start()

    def stop(self) -> None:
        self.model.stop()

    def _update_visibility(self) -> None:
        """Without scores the chunks have all the space; an error that keeps scores from being read is shown."""
        has_scores = self.model.summary is not None
        self.setVisible(has_scores or bool(self.model.trouble))
        self.visibility_changed.emit()
        for widget in (self.curve, self.curve.caption):
            widget.setVisible(has_scores)

    def _show(self) -> None:
        self._update_visibility()
        self.curve.show_encodes([self.model.encode] if self.model.encode else [])
        self.line.setText(self.model.trouble or score_text(self.model.summary))
        self._score_tables.fill()
