# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The tree of jobs. What Qt's view does not do by itself: tooltips of cut texts, pages of frames, keys for actions."""

from collections.abc import Iterator

from qtpy.QtCore import QEvent, QItemSelectionModel, QModelIndex, Qt, QTimer, Signal
from qtpy.QtGui import QHelpEvent, QKeyEvent, QResizeEvent
from qtpy.QtWidgets import QAbstractItemView, QHeaderView, QToolTip, QTreeView, QWidget

from cueffmpeg_gui.gui.monitor.models.job_filter import JobFilter
from cueffmpeg_gui.gui.monitor.models.job_tree import Chosen, JobStatus, JobTree
from cueffmpeg_gui.gui.rows.delegates import BarDelegate, StateDelegate
from cueffmpeg_gui.gui.rows.models.cells import Column

WIDTHS = {
    Column.NAME: 300,
    Column.STATE: 104,
    Column.PROGRESS: 150,
    Column.TIME: 80,
    Column.SCORE: 96,
    Column.USER: 88,
    Column.STARTED: 116,
}
LOOK_MILLISECONDS = 30
STYLE = "QTreeView::item { padding: 2px 4px; } QHeaderView { border: none; padding: 0; }"


class MonitorTree(QTreeView):
    """Shows a JobTree through a JobFilter."""

    choice_changed = Signal()

    def __init__(self, tree: JobTree, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tree, self.filter = tree, JobFilter(tree, self)
        self._selected_key = ""
        self.setModel(self.filter)
        self.setUniformRowHeights(True)
        self.setStyleSheet(STYLE)
        self.setAlternatingRowColors(True)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setAllColumnsShowFocus(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setAccessibleName(self.tr("Jobs"))
        self._set_columns()
        self.selectionModel().selectionChanged.connect(lambda *_: self.choice_changed.emit())
        self._look = QTimer(self, singleShot=True, interval=LOOK_MILLISECONDS)
        self._look.timeout.connect(self._look_around)
        for moved in (self.verticalScrollBar().valueChanged, self.filter.layoutChanged, self.filter.rowsInserted):
            moved.connect(self._look_soon)
        self.filter.rowsRemoved.connect(self._look_soon)

    def choice(self) -> list[Chosen]:
        """What the selected rows stand for."""
        rows = self.selectionModel().selectedRows(Column.NAME)
        found = (self.tree.chosen(self.filter.mapToSource(index)) for index in rows)
        return [one for one in found if one]

    def current(self) -> Chosen | None:
        """What the current row stands for, when it is selected; else the first selected row."""
        index = self.currentIndex()
        if index.isValid() and self.selectionModel().isRowSelected(index.row(), index.parent()):
            return self.tree.chosen(self.filter.mapToSource(index))
        choice = self.choice()
        return choice[0] if choice else None

    def rows_in_sight(self) -> Iterator[QModelIndex]:
        """The rows that can be seen now, from the top."""
        index = self.indexAt(self.viewport().rect().topLeft())
        bottom = self.viewport().rect().bottom()
        while index.isValid() and self.visualRect(index).top() <= bottom:
            yield index
            index = self.indexBelow(index)

    def jobs_in_sight(self) -> list[JobStatus]:
        """The jobs of these rows."""
        found: dict[str, JobStatus] = {}
        for index in self.rows_in_sight():
            top = index
            while top.parent().isValid():
                top = top.parent()
            chosen = self.tree.chosen(self.filter.mapToSource(top))
            if chosen:
                found[chosen.job.id] = chosen.job
        return list(found.values())

    def expanded_jobs(self) -> list[JobStatus]:
        """The jobs that are open and can be seen, or the selected one."""
        return [job for job in self.jobs_in_sight() if self.isExpanded(self.index_of_job(job.id))]

    def index_of_job(self, job_id: str) -> QModelIndex:
        """The job's row as it is shown; invalid when it is not."""
        return self.filter.mapFromSource(self.tree.index_of_job(job_id))

    def select(self, index: QModelIndex) -> None:
        """Makes a row the only selected one, and shows it."""
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(index, flags)
        self.scrollTo(index)

    def _set_columns(self) -> None:
        self.setItemDelegateForColumn(Column.STATE, StateDelegate(self))
        self.setItemDelegateForColumn(Column.PROGRESS, BarDelegate(self))
        self.setSortingEnabled(True)
        self.sortByColumn(Column.STARTED, Qt.SortOrder.AscendingOrder)
        header = self.header()
        header.setStretchLastSection(True)
        header.setSectionsMovable(True)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for column, width in WIDTHS.items():
            header.resizeSection(column, width)

    def _look_soon(self) -> None:
        if not self._look.isActive():
            self._look.start()

    def _look_around(self) -> None:
        """What is new in sight: rows that can be opened, and the row that asks for the next page of frames."""
        for job in self.jobs_in_sight():
            self.tree.make_openable(job.id)
        for index in list(self.rows_in_sight()):
            if index.parent().isValid():
                self.tree.show_more(self.filter.mapToSource(index))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._look_soon()

    def _tip(self, index: QModelIndex) -> str:
        """A text that is cut, whole; beside a score, by which model it is."""
        text = str(index.data() or "")
        if index.column() == Column.SCORE and text:
            chosen = self.tree.chosen(self.filter.mapToSource(index))
            glance = self.tree.glance(chosen.job.id) if chosen else None
            return f"{glance.model}: {text}" if glance else ""
        is_cut = self.fontMetrics().horizontalAdvance(text) + 12 > self.visualRect(index).width()
        return text if is_cut else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Letters are keys of actions here; the search field searches.
        if event.text() and event.text().isprintable() and not event.modifiers():
            event.ignore()
            return
        super().keyPressEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            index = self.indexAt(event.pos())
            QToolTip.showText(event.globalPos(), self._tip(index), self.viewport())
            return True
        return bool(super().viewportEvent(event))
