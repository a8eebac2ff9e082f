# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What the dock in CueGUI holds: a placeholder sentence, or a job's head, scores and chunks. Knows nothing of CueGUI.

The scores pane is given to it: it needs numpy and pyqtgraph, which a CueGUI may lack; then it is one sentence.
"""

from __future__ import annotations

from typing import Optional

from qtpy.QtCore import Qt, Signal
from qtpy.QtGui import QHideEvent, QResizeEvent, QShowEvent
from qtpy.QtWidgets import QSplitter, QStackedLayout, QTabWidget, QVBoxLayout, QWidget

from cueffmpeg_gui.gui.dock.chunk_view import ChunkView
from cueffmpeg_gui.gui.dock.head import DockHead
from cueffmpeg_gui.gui.dock.models.chunk_rows import Chunk
from cueffmpeg_gui.gui.dock.models.dock_backend import CueJob
from cueffmpeg_gui.gui.dock.models.dock_job import DockJob
from cueffmpeg_gui.gui.dock.models.dock_text import placeholder_text
from cueffmpeg_gui.gui.dock.scores_pane import ScoresPane
from cueffmpeg_gui.gui.widgets.wrapped_label import WrappedLabel

PLACEHOLDER, JOB = 0, 1
# Wider than this in proportion to its height, scores and chunks stand side by side.
WIDE = 1.9


class DockPanel(QWidget):
    """Emits `chunk_opened` with the job's id and a Chunk, the other signals with the CueJob that is shown."""

    chunk_opened = Signal(str, object)
    review_wanted = Signal(object)
    retry_wanted = Signal(object)
    folder_wanted = Signal(object)

    def __init__(self, model: DockJob, scores_pane: ScoresPane, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.model, self.scores_pane = model, scores_pane
        self.head, self.chunks = DockHead(model), ChunkView(model.chunks)
        self.placeholder, self.tabs = WrappedLabel(), QTabWidget()
        self._lay_out()
        self._connect()
        self._show()

    @property
    def job(self) -> Optional[CueJob]:
        """The shown job, if this program sent it."""
        return self.model.job if self.model.job and self.model.job.is_ours else None

    @property
    def is_kept(self) -> bool:
        """Whether it stays with its job."""
        return self.head.keep.isChecked()

    def follow(self, job_id: str, name: str) -> None:
        """Shows the job that was selected, unless it stays with its own."""
        if not self.is_kept:
            self.model.show(job_id, name)

    def keep(self, job_id: str, name: str) -> None:
        """Shows a job and stays with it."""
        self.model.show(job_id, name)
        self.head.keep.setChecked(True)

    def release(self) -> None:
        """Shows no job any more."""
        self.head.keep.setChecked(False)
        self.model.show("", "")

    def show_frame(self, job_id: str, frame_name: str, picture: int) -> None:
        """A frame was selected elsewhere: cursor and table follow."""
        if job_id == self.model.job_id:
            self.chunks.show_frame(frame_name)
            self.scores_pane.set_cursor(picture)

    def show_error(self, sentence: str) -> None:
        """A sentence about what went wrong."""
        self._stack.setCurrentIndex(JOB if self.job else PLACEHOLDER)
        self.head.show_error(sentence)
        if not self.job:
            self.placeholder.setText(sentence)

    def _lay_out(self) -> None:
        self.placeholder.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.placeholder.setMargin(12)
        self.tabs.addTab(self.chunks, self.tr("Chunks"))
        self._add_tables()
        self.tabs.setDocumentMode(True)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.addWidget(self.scores_pane)
        self.splitter.addWidget(self.tabs)
        self.splitter.setSizes([300, 300])
        self.splitter.setChildrenCollapsible(True)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(6, 4, 6, 4)
        column.setSpacing(4)
        column.addWidget(self.head)
        column.addWidget(self.splitter, 1)
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(self.placeholder)
        self._stack.addWidget(page)

    def _add_tables(self) -> None:
        for title, table in self.scores_pane.tables:
            self.tabs.addTab(table, title)

    def _connect(self) -> None:
        self.scores_pane.tables_added.connect(self._add_tables)
        self.model.changed.connect(self._show)
        self.chunks.chunk_opened.connect(lambda chunk: self.chunk_opened.emit(self.model.job_id, chunk))
        self.chunks.chunk_clicked.connect(self._go_to_chunk)
        self.scores_pane.cursor_moved.connect(lambda picture: self.chunks.show_picture(picture, self.scores_pane.layer))
        self.head.review.clicked.connect(lambda: self.review_wanted.emit(self.job))
        self.head.retry.clicked.connect(lambda: self.retry_wanted.emit(self.job))
        self.head.folder.clicked.connect(lambda: self.folder_wanted.emit(self.job))
        self.head.failed_chosen.connect(self._show_failed)

    def _show_failed(self, frame_name: str) -> None:
        self.tabs.setCurrentWidget(self.chunks)
        self.chunks.show_frame(frame_name)

    def _go_to_chunk(self, chunk: Chunk) -> None:
        self.scores_pane.set_cursor(chunk.first)

    def _show(self) -> None:
        job = self.job
        self._stack.setCurrentIndex(JOB if job else PLACEHOLDER)
        self.scores_pane.show_job(job.status if job and job.compares else None)
        if job:
            self.head.show_job()
            return
        is_known = self.model.job is not None
        self.placeholder.setText(self.model.trouble or placeholder_text(self.model.name, is_known))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_wide = self.width() > WIDE * self.height()
        wanted = Qt.Orientation.Horizontal if is_wide else Qt.Orientation.Vertical
        if self.splitter.orientation() != wanted:
            self.splitter.setOrientation(wanted)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.model.start()
        self.scores_pane.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.model.stop()
        self.scores_pane.stop()
