# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The chunks of one job as a table: a row a cue frame, written to only where something changed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Optional

from qtpy.QtCore import QT_TRANSLATE_NOOP, QAbstractTableModel, QModelIndex, QObject, Qt

from cueffmpeg_gui.api.monitoring import FrameStatus, JobNews, LayerStatus
from cueffmpeg_gui.gui.models.job_rows import Cell, Column, cell, frame_cells
from cueffmpeg_gui.gui.models.tree_row import DRAWN, SORT

LAST_NUMBER = re.compile(r"(?<=-)[0-9]+$")
LOST = ("DEAD", "EATEN")
# Titles, and what of a frame's row stands below them; None is the layer.
COLUMNS: tuple[tuple[str, Optional[Column]], ...] = (
    (QT_TRANSLATE_NOOP("ChunkTable", "Chunk"), Column.NAME),
    (QT_TRANSLATE_NOOP("ChunkTable", "Layer"), None),
    (QT_TRANSLATE_NOOP("ChunkTable", "State"), Column.STATE),
    (QT_TRANSLATE_NOOP("ChunkTable", "Done"), Column.PROGRESS),
    (QT_TRANSLATE_NOOP("ChunkTable", "Time"), Column.TIME),
    (QT_TRANSLATE_NOOP("ChunkTable", "Host"), Column.USER),
    (QT_TRANSLATE_NOOP("ChunkTable", "Note"), Column.NOTE),
)
STATE, DONE, TIME, NOTE = 2, 3, 4, 6


@dataclass(frozen=True)
class Chunk:
    """A row. `first` … `last` are the pictures the cue frame works on."""

    frame: FrameStatus
    first: int
    last: int
    cells: tuple[Cell, ...]


class ChunkTable(QAbstractTableModel):
    """Takes news of one job after the other."""

    def __init__(self, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self.chunks: list[Chunk] = []
        self.errors: dict[str, str] = {}
        self._lines: dict[str, str] = {}
        self._frames: dict[str, FrameStatus] = {}
        self._rows: dict[str, int] = {}

    def clear(self) -> None:
        """Another job."""
        self.beginResetModel()
        self.chunks, self.errors, self._lines, self._frames, self._rows = [], {}, {}, {}, {}
        self.endResetModel()

    def take(self, news: JobNews) -> None:
        """Shows what is new."""
        layers = {layer.name: (place, layer) for place, layer in enumerate(news.layers)}
        touched = {frame.name for frame in news.frames} | set(news.errors) | set(self._lines) | set(news.lines)
        self._lines = news.lines
        self.errors.update(news.errors)
        for frame in news.frames:
            self._frames[frame.name] = frame
            if frame.state not in LOST:
                self.errors.pop(frame.name, None)
        if self._frames.keys() != self._rows.keys():
            self._rebuild(layers)
        else:
            self._rewrite(touched, layers)

    def row_of(self, frame_name: str) -> int:
        """The row of a frame ("1001-encode"), -1 when there is none."""
        return self._rows.get(frame_name, -1)

    def row_at(self, picture: int, layer: str) -> int:
        """The row of the chunk of a layer that works on a picture, -1 when there is none."""
        found = (y for y, chunk in enumerate(self.chunks) if chunk.frame.layer == layer)
        return next((y for y in found if self.chunks[y].first <= picture <= self.chunks[y].last), -1)

    def failed(self) -> list[Chunk]:
        """Chunks that are dead or eaten, in their order."""
        return [chunk for chunk in self.chunks if chunk.frame.state in LOST]

    def _rebuild(self, layers: dict[str, tuple[int, LayerStatus]]) -> None:
        self.beginResetModel()
        order = sorted(self._frames.values(), key=lambda f: (layers.get(f.layer, (len(layers),))[0], f.number))
        self.chunks = [self._chunk(frame, layers) for frame in order]
        self._rows = {chunk.frame.name: y for y, chunk in enumerate(self.chunks)}
        self.endResetModel()

    def _rewrite(self, touched: set[str], layers: dict[str, tuple[int, LayerStatus]]) -> None:
        for name in touched & self._rows.keys():
            row, chunk = self._rows[name], self._chunk(self._frames[name], layers)
            if chunk != self.chunks[row]:
                self.chunks[row] = chunk
                self.dataChanged.emit(self.index(row, 0), self.index(row, len(COLUMNS) - 1))

    def _chunk(self, frame: FrameStatus, layers: dict[str, tuple[int, LayerStatus]]) -> Chunk:
        _, layer = layers.get(frame.layer, (0, None))
        last = _last(frame, layer) if layer else frame.number
        row = frame_cells(frame, last, self._lines.get(frame.name, ""), self.errors.get(frame.name, ""))
        cells = tuple(row[column] if column is not None else cell(frame.layer, frame.layer) for _, column in COLUMNS)
        return Chunk(frame, frame.number, last, cells)

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.chunks)

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.tr(COLUMNS[section][0])
        return None

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        text, sort, drawn = self.chunks[index.row()].cells[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        if role == Qt.ItemDataRole.ToolTipRole:
            return text if index.column() == NOTE else None
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == TIME:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return {SORT: sort, DRAWN: drawn}.get(int(role))


def _last(frame: FrameStatus, layer: LayerStatus) -> int:
    """The last picture of a chunk; a range that is no plain one does not cut it."""
    digits = LAST_NUMBER.search(layer.range)
    last = frame.number + max(1, layer.chunk) - 1
    return max(frame.number, min(last, int(digits.group()))) if digits else last
