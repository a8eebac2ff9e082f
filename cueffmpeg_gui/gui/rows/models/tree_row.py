# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""One row of the monitor's tree as Qt's items. They live in C++, so that a busy thread never holds up painting."""

from collections.abc import Sequence

from qtpy.QtCore import Qt
from qtpy.QtGui import QStandardItem

from cueffmpeg_gui.gui.rows.models.cells import Cell, Column

KEY = int(Qt.ItemDataRole.UserRole)
SORT, FILTER, DRAWN = KEY + 1, KEY + 2, KEY + 3
RIGHT = (Column.TIME, Column.SCORE)
ALIGNED = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class TreeRow:
    """A row and the cells it shows; only what differs is written. Of its items it holds the first, Qt holds all."""

    __slots__ = ("cells", "head")

    def __init__(self, key: str, cells: Sequence[Cell]) -> None:
        self.cells = cells
        self.head = _item(cells[0])
        self.head.setData(key, KEY)

    def append_to(self, parent: QStandardItem) -> None:
        """Makes it the last row below an item."""
        others = [_item(cell) for cell in self.cells[1:]]
        for column in RIGHT:
            others[column - 1].setTextAlignment(ALIGNED)
        parent.appendRow([self.head, *others])

    def write(self, cells: Sequence[Cell]) -> None:
        """Shows these cells from now on."""
        for column, (before, now) in enumerate(zip(self.cells, cells)):
            if before != now:
                self._write(self._item(column), before, now)
        self.cells = cells

    def remove(self) -> None:
        """Takes the row out of its model."""
        model, parent = self.head.model(), self.head.parent()
        if parent is not None:
            parent.removeRow(self.head.row())
        elif model is not None:
            model.removeRow(self.head.row())

    def _item(self, column: int) -> QStandardItem:
        if column == 0:
            return self.head
        parent = self.head.parent() or self.head.model().invisibleRootItem()
        return parent.child(self.head.row(), column)

    def _write(self, item: QStandardItem, before: Cell, now: Cell) -> None:
        if before[0] != now[0]:
            item.setText(now[0])
        if before[1] != now[1]:
            item.setData(now[1], SORT)
        if before[2] != now[2]:
            item.setData(now[2], DRAWN)


def _item(cell: Cell) -> QStandardItem:
    text, sort, drawn = cell
    item = QStandardItem(text)
    item.setData(sort, SORT)
    if drawn is not None:
        item.setData(drawn, DRAWN)
    return item
