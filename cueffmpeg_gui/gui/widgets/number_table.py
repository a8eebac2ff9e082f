# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Tables of numbers: right-aligned, and updated only where something differs."""

from __future__ import annotations

import math
from typing import Optional

from qtpy.QtCore import QSize, Qt
from qtpy.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

ALIGNED = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
ROW_HEIGHT = 22
MOST_ROWS = 4


class NumberTable(QTableWidget):
    """The first column is text. Its size hint has the height of its rows, up to MOST_ROWS."""

    def __init__(self, name: str, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.horizontalHeader().setStyleSheet("QHeaderView { border: none; padding: 0; }")
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)

    def fill(self, names: list[str], rows: list[list[str]]) -> None:
        """Updates what differs; selection and scroll position stay."""
        self.setColumnCount(len(names))
        self.setRowCount(len(rows))
        self.setHorizontalHeaderLabels(names)
        for y, row in enumerate(rows):
            for x, text in enumerate(row):
                self._write(y, x, text)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.updateGeometry()

    def _write(self, y: int, x: int, text: str) -> None:
        item = self.item(y, x)
        if item is None:
            item = QTableWidgetItem()
            item.setTextAlignment(ALIGNED if x else Qt.AlignmentFlag.AlignVCenter)
            self.setItem(y, x, item)
        if item.text() != text:
            item.setText(text)

    def sizeHint(self) -> QSize:
        rows = max(1, min(self.rowCount(), MOST_ROWS))
        header = self.horizontalHeader().sizeHint().height()
        return QSize(super().sizeHint().width(), header + rows * ROW_HEIGHT + 2 * self.frameWidth() + 8)


def number(value: Optional[float], digits: int = 3) -> str:
    """A number, "inf" for what identical pictures have, or a dash where there is none."""
    if value is None or math.isnan(value):
        return "-"
    return f"{value:.{digits}f}"
