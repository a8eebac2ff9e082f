# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The Scores tab: pooled scores and the worst frames, growing while the job runs."""

import math

from qtpy.QtCore import Qt, Signal
from qtpy.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from cueffmpeg_gui.gui.models.job_scores import STATISTICS, JobScores

ALIGNED = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
ROW_HEIGHT = 22


class MonitorScores(QWidget):
    """Shows JobScores."""

    frame_chosen = Signal(int)

    def __init__(self, model: JobScores, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = model
        self.said = QLabel()
        self.pooled, self.worst = _table(self.tr("Pooled scores")), _table(self.tr("Worst frames"))
        self.pooled.setHorizontalHeaderLabels([])
        tables = QHBoxLayout()
        tables.addWidget(self.pooled, 3)
        tables.addWidget(self.worst, 2)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 4, 0, 0)
        self._layout.setSpacing(4)
        self._layout.addWidget(self.said)
        self._layout.addLayout(tables, 1)
        model.changed.connect(self._show)
        self.worst.cellActivated.connect(lambda row, _: self.frame_chosen.emit(int(self.worst.item(row, 0).text())))
        self._show()

    def _show(self) -> None:
        summary = self.model.summary
        for table in (self.pooled, self.worst):
            table.setVisible(summary is not None)
        if summary is None:
            self.said.setText(self.model.trouble or self.tr("No scores: the job compares nothing, or not yet."))
            self._layout.setAlignment(self.said, Qt.AlignmentFlag.AlignTop)
            return
        scores = summary.scores
        known = self.tr("{} of {} frames").format(len(scores.rows), scores.expected)
        text = self.tr("all {} frames").format(scores.expected) if scores.is_complete else known
        self.said.setText(f"{summary.model}  ·  {text}{'' if scores.is_complete else self.tr('  ·  partial')}")
        names = [self.tr("Metric"), *(name.replace("_", " ") for name in STATISTICS)]
        rows = [[label, *(_number(pooled.get(name)) for name in STATISTICS)] for label, pooled in summary.pooled]
        _fill(self.pooled, names, rows)
        worst = [[str(frame), *map(_number, numbers)] for frame, numbers in summary.worst]
        _fill(self.worst, [self.tr("Frame"), *self.model.metrics], worst)


def _table(name: str) -> QTableWidget:
    table = QTableWidget()
    table.setAccessibleName(name)
    table.setToolTip(name)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setTabKeyNavigation(False)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
    table.horizontalHeader().setStyleSheet("QHeaderView { border: none; padding: 0; }")
    table.setShowGrid(False)
    table.setAlternatingRowColors(True)
    return table


def _fill(table: QTableWidget, names: list[str], rows: list[list[str]]) -> None:
    """Writes what differs; selection and place stay."""
    table.setColumnCount(len(names))
    table.setRowCount(len(rows))
    table.setHorizontalHeaderLabels(names)
    for y, row in enumerate(rows):
        for x, text in enumerate(row):
            item = table.item(y, x)
            if item is None:
                item = QTableWidgetItem()
                item.setTextAlignment(ALIGNED if x else Qt.AlignmentFlag.AlignVCenter)
                table.setItem(y, x, item)
            if item.text() != text:
                item.setText(text)
    table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)


def _number(value: float | None) -> str:
    if value is None or not math.isfinite(value):
        return "-"
    return f"{value:.3f}"
