# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""One row of the Monitor's tree as Qt's items. They live in C++, so that a busy thread never holds up painting."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from qtpy.QtCore import QModelIndex, Qt
from qtpy.QtGui import QStandardItem

from cueffmpeg_gui.gui.rows.models.cells import SPECS
from cueffmpeg_gui.gui.rows.models.columns import RIGHT
from cueffmpeg_gui.gui.rows.models.row_values import Cell

KEY = int(Qt.ItemDataRole.UserRole)
KIND, SORT, FILTER, DRAWN = KEY + 1, KEY + 2, KEY + 3, KEY + 4
RIGHT_COLUMNS = tuple(column for column, spec in enumerate(SPECS) if spec.side == RIGHT)


class RowKind(IntEnum):
    """What a row stands for; MORE says how many frames of a layer are not shown."""

    JOB = 1
    LAYER = 2
    FRAME = 3
    MORE = 4


class TreeRow:
    """A row and the cells it shows; only what differs is written. Of its items it holds the first, Qt holds all."""

    __slots__ = ("cells", "head")

    def __init__(self, kind: RowKind, key: str, cells: Sequence[Cell]) -> None:
        self.cells = cells
        self.head = _item(cells[0])
        self.head.setData(int(kind), KIND)
        self.head.setData(key, KEY)

    def append_to(self, parent: QStandardItem) -> None:
        """Makes it the last row below an item."""
        items = [self.head, *map(_item, self.cells[1:])]
        for column in RIGHT_COLUMNS:
            items[column].setTextAlignment(RIGHT)
        parent.appendRow(items)

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


def kind_of(index: QModelIndex) -> RowKind | None:
    """What a row stands for; None for a row that only holds the place of others."""
    kind = index.siblingAtColumn(0).data(KIND)
    return None if kind is None else RowKind(kind)


def _item(cell: Cell) -> QStandardItem:
    text, sort, drawn = cell
    item = QStandardItem(text)
    item.setData(sort, SORT)
    if drawn is not None:
        item.setData(drawn, DRAWN)
    return item
