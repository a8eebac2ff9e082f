# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What the dock in CueGUI holds: a quiet sentence, or a job's head, scores and chunks. Knows nothing of CueGUI.

The scores' side is given to it: it needs numpy and pyqtgraph, which a CueGUI may lack; then it is one sentence.
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
from cueffmpeg_gui.gui.dock.models.dock_text import quiet_words
from cueffmpeg_gui.gui.dock.scores_pane import DockSide
from cueffmpeg_gui.gui.widgets.wrapped_label import WrappedLabel

QUIET, JOB = 0, 1
# Wider than this in proportion to its height, scores and chunks stand side by side.
WIDE = 1.9


class DockPanel(QWidget):
    """`chunk_opened` tells the job's id and a Chunk, the others the CueJob that is shown."""

    chunk_opened = Signal(str, object)
    review_wanted = Signal(object)
    retry_wanted = Signal(object)
    folder_wanted = Signal(object)

    def __init__(self, model: DockJob, side: DockSide, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.model, self.side = model, side
        self.head, self.chunks = DockHead(model), ChunkView(model.chunks)
        self.quiet, self.tabs = WrappedLabel(), QTabWidget()
        self._lay_out()
        self._connect()
        self._show()

    @property
    def job(self) -> Optional[CueJob]:
        """The job of ours that is shown."""
        return self.model.job if self.model.job and self.model.job.is_ours else None

    @property
    def is_kept(self) -> bool:
        """Whether it stays with its job."""
        return self.head.keep.isChecked()

    def follow(self, job_id: str, name: str) -> None:
        """Shows the job that was selected, unless it is to stay with its own."""
        if not self.is_kept:
            self.model.show(job_id, name)

    def keep(self, job_id: str, name: str) -> None:
        """Shows a job and stays with it."""
        self.model.show(job_id, name)
        self.head.keep.setChecked(True)

    def release(self) -> None:
        """Shows nothing any more."""
        self.head.keep.setChecked(False)
        self.model.show("", "")

    def show_frame(self, job_id: str, frame_name: str, picture: int) -> None:
        """A frame was selected elsewhere: cursor and table go there."""
        if job_id == self.model.job_id:
            self.chunks.show_frame(frame_name)
            self.side.set_cursor(picture)

    def say(self, sentence: str) -> None:
        """A sentence about what went wrong."""
        self._stack.setCurrentIndex(JOB if self.job else QUIET)
        self.head.say(sentence)
        if not self.job:
            self.quiet.setText(sentence)

    def _lay_out(self) -> None:
        self.quiet.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.quiet.setMargin(12)
        self.tabs.addTab(self.chunks, self.tr("Chunks"))
        self._add_tables()
        self.tabs.setDocumentMode(True)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.addWidget(self.side)
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
        self._stack.addWidget(self.quiet)
        self._stack.addWidget(page)

    def _add_tables(self) -> None:
        for title, table in self.side.tables:
            self.tabs.addTab(table, title)

    def _connect(self) -> None:
        self.side.grown.connect(self._add_tables)
        self.model.changed.connect(self._show)
        self.chunks.opened.connect(lambda chunk: self.chunk_opened.emit(self.model.job_id, chunk))
        self.chunks.pointed.connect(self._point)
        self.side.cursor_moved.connect(lambda picture: self.chunks.show_picture(picture, self.side.layer))
        self.head.review.clicked.connect(lambda: self.review_wanted.emit(self.job))
        self.head.retry.clicked.connect(lambda: self.retry_wanted.emit(self.job))
        self.head.folder.clicked.connect(lambda: self.folder_wanted.emit(self.job))
        self.head.failed_chosen.connect(self._show_failed)

    def _show_failed(self, frame_name: str) -> None:
        self.tabs.setCurrentWidget(self.chunks)
        self.chunks.show_frame(frame_name)

    def _point(self, chunk: Chunk) -> None:
        self.side.set_cursor(chunk.first)

    def _show(self) -> None:
        job = self.job
        self._stack.setCurrentIndex(JOB if job else QUIET)
        self.side.show_job(job.status if job and job.compares else None)
        if job:
            self.head.show_job()
            return
        is_known = self.model.job is not None
        self.quiet.setText(self.model.trouble or quiet_words(self.model.name, is_known))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_wide = self.width() > WIDE * self.height()
        wanted = Qt.Orientation.Horizontal if is_wide else Qt.Orientation.Vertical
        if self.splitter.orientation() != wanted:
            self.splitter.setOrientation(wanted)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.model.start()
        self.side.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.model.stop()
        self.side.stop()
