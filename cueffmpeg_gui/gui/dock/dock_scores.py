# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The scores' side of the dock in CueGUI, where numpy and pyqtgraph are there: the window's own curve and tables."""

from __future__ import annotations

from typing import Optional

from qtpy.QtWidgets import QHBoxLayout, QWidget

from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.gui.curve.curve_view import CurveView
from cueffmpeg_gui.gui.curve.models.job_scores import JobScores
from cueffmpeg_gui.gui.dock.models.dock_backend import DockSource, JobStatus
from cueffmpeg_gui.gui.dock.models.dock_text import score_words
from cueffmpeg_gui.gui.dock.scores_pane import DockSide
from cueffmpeg_gui.gui.widgets.number_table import NumberTable, number
from cueffmpeg_gui.gui.widgets.wrapped_label import WrappedLabel
from cueffmpeg_gui.media.statistics import STATISTICS


class DockScores(DockSide):
    """The curve, with a line about it; the tables of worst frames and pooled scores are for the panel's tabs."""

    def __init__(self, source: DockSource, tasks: Tasks, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent=parent)
        self.model = JobScores(source, tasks, self)
        self.curve, self.line = CurveView(tasks, compact=True), WrappedLabel()
        self.worst, self.pooled = NumberTable(self.tr("Worst frames")), NumberTable(self.tr("Pooled scores"))
        self.tables = ((self.tr("Worst frames"), self.worst), (self.tr("Pooled"), self.pooled))
        head = QHBoxLayout()
        head.addWidget(self.line, 1)
        head.addWidget(self.curve.caption)
        self.column.addLayout(head)
        self.column.addWidget(self.curve, 1)
        self.model.changed.connect(self._show)
        self.curve.cursor_moved.connect(self.cursor_moved)
        self.worst.cellActivated.connect(self._go_to_worst)
        self._show()

    def show_job(self, job: Optional[JobStatus]) -> None:
        self.model.show(job)
        self._show_presence()

    def set_cursor(self, picture: int) -> None:
        if self.curve.model.encodes:
            self.curve.set_cursor(picture)

    def start(self) -> None:
        self.model.start()

    def stop(self) -> None:
        self.model.stop()

    def _go_to_worst(self, row: int, _: int) -> None:
        self.curve.go(int(self.worst.item(row, 0).text()))

    def _show_presence(self) -> None:
        """Without scores the place is the chunks'; what keeps them from being read is said."""
        has_scores = self.model.summary is not None
        self.setVisible(has_scores or bool(self.model.trouble))
        self.presence_changed.emit()
        for widget in (self.curve, self.curve.caption):
            widget.setVisible(has_scores)

    def _show(self) -> None:
        summary = self.model.summary
        self._show_presence()
        self.curve.show_encodes([self.model.encode] if self.model.encode else [])
        self.line.setText(self.model.trouble or score_words(summary))
        pooled = summary.pooled if summary else ()
        worst = summary.worst if summary else ()
        self.worst.fill(
            [self.tr("Frame"), *self.model.metrics], [[str(frame), *map(number, numbers)] for frame, numbers in worst]
        )
        self.pooled.fill(
            [self.tr("Metric"), *(name.replace("_", " ") for name in STATISTICS)],
            [[label, *(number(values.get(name)) for name in STATISTICS)] for label, values in pooled],
        )
