# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The list of sources with the buttons that add and remove them."""

from qtpy.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, Qt, Signal
from qtpy.QtGui import QAction, QKeySequence, QResizeEvent
from qtpy.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from cueffmpeg_gui.api.submit.sources import PICTURE_ENDINGS
from cueffmpeg_gui.gui.submit.models.form import SubmitForm
from cueffmpeg_gui.gui.submit.models.source import SourceState
from cueffmpeg_gui.gui.submit.models.source_list import SOURCE_ROLE, SourceList
from cueffmpeg_gui.gui.submit.source_row import SourceRowDelegate


class SourceView(QListView):
    """The list itself; heights of rows follow its width."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setResizeMode(QListView.ResizeMode.Adjust)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()


class SourceTable(QWidget):
    """The list and its buttons. `monitor_requested` names the job of a sent row."""

    monitor_requested = Signal(str)

    def __init__(self, sources: SourceList, form: SubmitForm, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sources, self._form = sources, form
        self.view = SourceView()
        self.view.setModel(sources)
        self.view.setItemDelegate(SourceRowDelegate(form, self.view))
        self.view.setAccessibleName(self.tr("Clips and sequences"))
        self._title = QLabel(textFormat=Qt.TextFormat.PlainText)
        self._title.setProperty("role", "title")
        self._title.setBuddy(self.view)
        self.add_clips = QPushButton(self.tr("Clips …"))
        self.add_clips.setToolTip(self.tr("Choose clips to add as rows"))
        self.add_sequence = QPushButton(self.tr("Sequence …"))
        self.add_sequence.setToolTip(self.tr("Choose one file of a frame sequence to add the whole of it"))
        self.remove = QPushButton(self.tr("Remove"))
        self.remove.setToolTip(self.tr("Take the selected rows out (Del); files stay as they are"))
        self._lay_out()
        self._connect()

    def choose_clips(self) -> None:
        """Asks for clips."""
        paths, _ = QFileDialog.getOpenFileNames(self, self.tr("Choose clips"))
        if paths:
            self._sources.add(paths)

    def choose_sequence(self) -> None:
        """Asks for one file of a sequence."""
        pictures = " ".join(f"*{ending}" for ending in PICTURE_ENDINGS)
        path, _ = QFileDialog.getOpenFileName(
            self, self.tr("Choose one file of a sequence"), "", self.tr("Pictures ({})").format(pictures)
        )
        if path:
            self._sources.add([path])

    def selected(self) -> tuple[int, ...]:
        """The numbers of the selected rows, from the top."""
        rows = sorted(index.row() for index in self.view.selectionModel().selectedIndexes())
        return tuple(self._sources.sources[row].number for row in rows)

    def select(self, numbers: tuple[int, ...]) -> None:
        """Selects exactly these rows."""
        model = self.view.selectionModel()
        wanted = [row for row, source in enumerate(self._sources.sources) if source.number in numbers]
        chosen = QItemSelection()
        for row in wanted:
            chosen.select(self._sources.index(row), self._sources.index(row))
        model.select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if wanted:
            model.setCurrentIndex(self._sources.index(wanted[0]), QItemSelectionModel.SelectionFlag.NoUpdate)

    def _connect(self) -> None:
        delete = QAction(self.tr("Remove"), self.view)
        delete.setShortcut(QKeySequence(Qt.Key.Key_Delete))
        delete.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        again = QAction(self.tr("Look again"), self.view)
        again.setShortcut(QKeySequence(Qt.Key.Key_F5))
        again.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.view.addActions([delete, again])
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        delete.triggered.connect(self._remove)
        again.triggered.connect(self._read_again)
        self.remove.clicked.connect(self._remove)
        self.add_clips.clicked.connect(self.choose_clips)
        self.add_sequence.clicked.connect(self.choose_sequence)
        self.view.selectionModel().selectionChanged.connect(self._select)
        self.view.activated.connect(self._activate)
        self._sources.added.connect(self.select)
        self._sources.edited.connect(self._show_count)
        self._sources.rowsRemoved.connect(self._keep_one_selected)
        self._sources.dataChanged.connect(self.view.scheduleDelayedItemsLayout)
        self._show_count()

    def _select(self) -> None:
        self._form.select(self.selected())
        self.remove.setEnabled(bool(self.selected()))

    def _remove(self) -> None:
        self._sources.remove(self.selected())

    def _read_again(self) -> None:
        for number in self.selected():
            source = self._sources.find(number)
            if source and source.state in (SourceState.READY, SourceState.REFUSED, SourceState.FAILED):
                self._sources.read_again(number)

    def _activate(self, index: QModelIndex) -> None:
        source = index.data(SOURCE_ROLE)
        if source.job_id:
            self.monitor_requested.emit(source.job_id)

    def _keep_one_selected(self) -> None:
        if not self.selected() and self._sources.sources:
            self.select((self._sources.sources[0].number,))
        self._select()

    def _show_count(self) -> None:
        count = len(self._sources.sources)
        self._title.setText(self.tr("&Sources") if count < 2 else self.tr("&Sources ({})").format(count))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        for button in (self.add_clips, self.add_sequence, self.remove):
            head.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(head)
        layout.addWidget(self.view, 1)
