# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The head of the dock in CueGUI: which job, how far it is, what went wrong, and what to do."""

from __future__ import annotations

from typing import Optional

from qtpy.QtCore import Qt, Signal
from qtpy.QtGui import QPalette, QResizeEvent
from qtpy.QtWidgets import QBoxLayout, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from cueffmpeg_gui.gui.dock.models.dock_job import DockJob
from cueffmpeg_gui.gui.dock.models.dock_text import failure_text, progress_text
from cueffmpeg_gui.gui.widgets.elided_label import ElidedLabel
from cueffmpeg_gui.gui.widgets.failure_label import FailureLabel
from cueffmpeg_gui.gui.widgets.wrapped_label import WrappedLabel

# Below this the buttons go under the job's name.
NARROW = 640
# Readable on dark and on light backgrounds, whichever CueGUI has.
ERROR_ON_DARK, ERROR_ON_LIGHT = "#ff8070", "#b3261e"


class DockHead(QWidget):
    """Emits `failed_chosen` with the name of the first failed frame when its sentence is clicked."""

    failed_chosen = Signal(str)

    def __init__(self, model: DockJob, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.model = model
        self.name, self.progress, self.trouble = ElidedLabel(), WrappedLabel(), WrappedLabel()
        self.failure = FailureLabel()
        self.keep = _button(self.tr("&Keep"), self.tr("Stay with this job, whatever is selected"))
        self.keep.setCheckable(True)
        self.retry = _button(self.tr("&Resubmit failed"), self.tr("Run the failed chunks of this job again"))
        self.folder = _button(self.tr("&Output folder"), self.tr("Open the folder of the output"))
        self.review = _button(self.tr("Open &review"), self.tr("Curve, worst frames and pictures, in their own window"))
        self._lay_out()
        self.failure.clicked.connect(self._choose_failed)

    def show_job(self) -> None:
        """Shows the job as it is now."""
        job, chunks = self.model.job, self.model.chunks
        self.name.setText(self.model.name)
        self.progress.setText(progress_text(job.status, chunks) if job else "")
        failed = failure_text(chunks)
        self.failure.setVisible(bool(failed))
        self.failure.show_sentence(failed)
        self.show_error(self.model.trouble or self.model.missing)
        self.review.setVisible(bool(job and job.compares))
        has_ended = job is not None and job.status.is_finished
        self.retry.setVisible(bool(job and job.status.counts.dead and not has_ended))

    def show_error(self, sentence: str) -> None:
        """An error sentence, "" for none."""
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))

    def _choose_failed(self) -> None:
        failed = self.model.chunks.failed()
        if failed:
            self.failed_chosen.emit(failed[0].frame.name)

    def _lay_out(self) -> None:
        font = self.name.font()
        font.setBold(True)
        self.name.setFont(font)
        is_dark = self.palette().color(QPalette.ColorRole.Window).lightness() < 128
        colour = ERROR_ON_DARK if is_dark else ERROR_ON_LIGHT
        self.trouble.setStyleSheet(f"color: {colour};")
        self.failure.setStyleSheet(f"color: {colour}; background: transparent; border: none; padding: 0;")
        buttons = QHBoxLayout()
        buttons.setSpacing(4)
        for button in (self.keep, self.retry, self.folder, self.review):
            buttons.addWidget(button)
        buttons.addStretch()
        self._first = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._first.setSpacing(4)
        self._first.addWidget(self.name, 1)
        self._first.addLayout(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(self._first)
        for widget in (self.progress, self.failure, self.trouble):
            column.addWidget(widget)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = self.width() < NARROW
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._first.setDirection(down if is_narrow else across)


def _button(text: str, tip: str) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setToolTip(tip)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
