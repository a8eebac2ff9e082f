# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The tree of jobs, with what Qt's view lacks: tooltips of cut texts, pages of frames, keys for actions."""

from collections.abc import Iterator

from qtpy.QtCore import QEvent, QItemSelectionModel, QModelIndex, Qt, QTimer, Signal
from qtpy.QtGui import QHelpEvent, QKeyEvent, QResizeEvent
from qtpy.QtWidgets import QAbstractItemView, QHeaderView, QToolTip, QTreeView, QWidget

from cueffmpeg_gui.api.monitor.follower import JobStatus
from cueffmpeg_gui.gui.monitor.models.job_filter import JobFilter
from cueffmpeg_gui.gui.monitor.models.job_tree import JobTree
from cueffmpeg_gui.gui.monitor.models.selected_item import SelectedItem
from cueffmpeg_gui.gui.rows.delegates import BarDelegate, StateDelegate
from cueffmpeg_gui.gui.rows.models.columns import Column

UPDATE_MILLISECONDS = 30
STYLE = "QTreeView::item { padding: 2px 4px; } QHeaderView { border: none; padding: 0; }"


class MonitorTree(QTreeView):
    """Shows a JobTree through a JobFilter."""

    selected_changed = Signal()

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
        self.selectionModel().selectionChanged.connect(lambda *_: self.selected_changed.emit())
        self._update_timer = QTimer(self, singleShot=True, interval=UPDATE_MILLISECONDS)
        self._update_timer.timeout.connect(self._update_visible)
        for moved in (self.verticalScrollBar().valueChanged, self.filter.layoutChanged, self.filter.rowsInserted):
            moved.connect(self._update_soon)
        self.filter.rowsRemoved.connect(self._update_soon)

    def selected_items(self) -> list[SelectedItem]:
        """What the selected rows stand for."""
        rows = self.selectionModel().selectedRows(Column.NAME)
        found = (self.tree.selected_item(self.filter.mapToSource(index)) for index in rows)
        return [one for one in found if one]

    def current(self) -> SelectedItem | None:
        """What the current row stands for, when it is selected; else the first selected row."""
        index = self.currentIndex()
        if index.isValid() and self.selectionModel().isRowSelected(index.row(), index.parent()):
            return self.tree.selected_item(self.filter.mapToSource(index))
        items = self.selected_items()
        return items[0] if items else None

    def visible_rows(self) -> Iterator[QModelIndex]:
        """The rows that are visible now, from the top."""
        index = self.indexAt(self.viewport().rect().topLeft())
        bottom = self.viewport().rect().bottom()
        while index.isValid() and self.visualRect(index).top() <= bottom:
            yield index
            index = self.indexBelow(index)

    def visible_jobs(self) -> list[JobStatus]:
        """The jobs of the visible rows."""
        found: dict[str, JobStatus] = {}
        for index in self.visible_rows():
            top = index
            while top.parent().isValid():
                top = top.parent()
            item = self.tree.selected_item(self.filter.mapToSource(top))
            if item:
                found[item.job.id] = item.job
        return list(found.values())

    def expanded_jobs(self) -> list[JobStatus]:
        """The visible jobs that are expanded."""
        return [job for job in self.visible_jobs() if self.isExpanded(self.index_of_job(job.id))]

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
        for column in Column:
            if column.spec.width is not None:
                header.resizeSection(column, column.spec.width)

    def _update_soon(self) -> None:
        if not self._update_timer.isActive():
            self._update_timer.start()

    def _update_visible(self) -> None:
        """Makes visible rows openable, and shows the next page of frames below a row that says there are more."""
        for job in self.visible_jobs():
            self.tree.make_openable(job.id)
        for index in list(self.visible_rows()):
            if index.parent().isValid():
                self.tree.show_more(self.filter.mapToSource(index))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._update_soon()

    def _tip(self, index: QModelIndex) -> str:
        """A text that is cut, in full; of a score, its model as well."""
        text = str(index.data() or "")
        if index.column() == Column.SCORE and text:
            item = self.tree.selected_item(self.filter.mapToSource(index))
            summary = self.tree.summary(item.job.id) if item else None
            return f"{summary.model}: {text}" if summary else ""
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
