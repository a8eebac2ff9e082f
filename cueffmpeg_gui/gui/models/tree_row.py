# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""One row of the monitor's tree as Qt's items. They live in C++, so that a busy thread never holds up painting."""

from collections.abc import Sequence

from qtpy.QtCore import Qt
from qtpy.QtGui import QStandardItem

from cueffmpeg_gui.gui.models.job_rows import Cell, Column

KEY = int(Qt.ItemDataRole.UserRole)
SORT, FILTER, DRAWN = KEY + 1, KEY + 2, KEY + 3
RIGHT = (Column.TIME, Column.SCORE)
ALIGNED = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class TreeRow:
    """The items of a row and the cells they show; only what differs is written."""

    def __init__(self, key: str, cells: Sequence[Cell]) -> None:
        self.key = key
        self.cells: Sequence[Cell] = cells
        self.items = [_item(cell) for cell in cells]
        self.items[0].setData(key, KEY)
        for column in RIGHT:
            self.items[column].setTextAlignment(ALIGNED)

    @property
    def head(self) -> QStandardItem:
        """The item of the first column, which holds the rows below."""
        return self.items[0]

    def write(self, cells: Sequence[Cell]) -> None:
        """Shows these cells from now on."""
        for item, before, now in zip(self.items, self.cells, cells):
            if before is now or before == now:
                continue
            if before.text != now.text:
                item.setText(now.text)
            if before.sort != now.sort:
                item.setData(now.sort, SORT)
            if before.drawn != now.drawn:
                item.setData(now.drawn, DRAWN)
        self.cells = cells

    def remove(self) -> None:
        """Takes the row out of its model."""
        model, parent = self.head.model(), self.head.parent()
        if parent is not None:
            parent.removeRow(self.head.row())
        elif model is not None:
            model.removeRow(self.head.row())


def _item(cell: Cell) -> QStandardItem:
    item = QStandardItem(cell.text)
    item.setData(cell.sort, SORT)
    if cell.drawn is not None:
        item.setData(cell.drawn, DRAWN)
    return item
