# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The chunks of one job: states in CueGUI's colours, sorted by any column, failed ones a click away."""

from __future__ import annotations

from typing import Optional

from qtpy.QtCore import QModelIndex, QSortFilterProxyModel, Qt, Signal
from qtpy.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from cueffmpeg_gui.gui.dock.models.chunk_rows import COLUMNS, DONE, STATE, Chunk
from cueffmpeg_gui.gui.dock.models.chunk_table import ChunkTable
from cueffmpeg_gui.gui.rows.delegates import BarDelegate, StateDelegate
from cueffmpeg_gui.gui.rows.models.tree_row import SORT

ROW_HEIGHT = 22


class ChunkView(QTableView):
    """Emits `chunk_opened` with the Chunk that was double-clicked (or Enter), `chunk_clicked` with one clicked."""

    chunk_opened = Signal(object)
    chunk_clicked = Signal(object)

    def __init__(self, table: ChunkTable, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.table = table
        self.sorted = QSortFilterProxyModel(self)
        self.sorted.setSourceModel(table)
        self.sorted.setSortRole(SORT)
        self.setModel(self.sorted)
        self._set_up()
        self.activated.connect(lambda index: self.chunk_opened.emit(self._chunk(index)))
        self.clicked.connect(lambda index: self.chunk_clicked.emit(self._chunk(index)))

    def show_frame(self, frame_name: str) -> None:
        """Selects the chunk of a cue frame ("1001-encode")."""
        self._show_row(self.table.row_of(frame_name))

    def show_picture(self, picture: int, layer: str) -> None:
        """Selects the chunk of a layer that works on a picture."""
        self._show_row(self.table.row_at(picture, layer))

    def _show_row(self, row: int) -> None:
        if row < 0:
            self.clearSelection()
            return
        index = self.sorted.mapFromSource(self.table.index(row, 0))
        if index.row() != self.currentIndex().row() or not self.selectionModel().hasSelection():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def _chunk(self, index: QModelIndex) -> Chunk:
        return self.table.chunks[self.sorted.mapToSource(index).row()]

    def _set_up(self) -> None:
        self.setAccessibleName(self.tr("Chunks"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.setItemDelegateForColumn(STATE, StateDelegate(self))
        self.setItemDelegateForColumn(DONE, BarDelegate(self))
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        self.sorted.sort(-1)
        width = self.fontMetrics().averageCharWidth()
        for place, column in enumerate(COLUMNS[:-1]):
            self.setColumnWidth(place, column.characters * width)
