# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The chunks of one job as Qt's table, written to only where something changed."""

from __future__ import annotations

from typing import Any, Optional, Union

from qtpy.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from cueffmpeg_gui.gui.dock.models.chunk_rows import COLUMNS, NOTE, Chunk, ChunkChanges
from cueffmpeg_gui.gui.rows.models.columns import LEFT, tr
from cueffmpeg_gui.gui.rows.models.tree_row import DRAWN, SORT

AnyIndex = Union[QModelIndex, QPersistentModelIndex]


class ChunkTable(QAbstractTableModel):
    """Shows the rows of a ChunkRows."""

    def __init__(self, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self.chunks: list[Chunk] = []
        self._rows: dict[str, int] = {}

    def clear(self) -> None:
        """No job, or another."""
        self.apply(ChunkChanges((), {}))

    def apply(self, changes: ChunkChanges) -> None:
        """Shows what is new."""
        if changes.rows is not None:
            self.beginResetModel()
            self.chunks = list(changes.rows)
            self._rows = {chunk.frame.name: row for row, chunk in enumerate(changes.rows)}
            self.endResetModel()
        for row, chunk in changes.changed.items():
            self.chunks[row] = chunk
            self.dataChanged.emit(self.index(row, 0), self.index(row, len(COLUMNS) - 1))

    def row_of(self, frame_name: str) -> int:
        """The row of a frame ("1001-encode"), -1 when there is none."""
        return self._rows.get(frame_name, -1)

    def row_at(self, picture: int, layer: str) -> int:
        """The row of the chunk of a layer that works on a picture, -1 when there is none."""
        rows = enumerate(self.chunks)
        return next((row for row, one in rows if one.frame.layer == layer and one.first <= picture <= one.last), -1)

    def failed(self) -> list[Chunk]:
        """Chunks that are dead or eaten, in their order."""
        return [chunk for chunk in self.chunks if chunk.frame.is_lost]

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.chunks)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return tr(COLUMNS[section].title)
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        text, sort, drawn = self.chunks[index.row()].cells[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        if role == Qt.ItemDataRole.ToolTipRole:
            return text if index.column() == NOTE else None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = COLUMNS[index.column()].side
            return None if side == LEFT else side
        return {SORT: sort, DRAWN: drawn}.get(int(role))
