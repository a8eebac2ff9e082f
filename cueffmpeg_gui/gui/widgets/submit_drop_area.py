# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Where media are dropped: the big area of an empty page, and the way dropped things become paths."""

from qtpy.QtCore import QMimeData, Qt, Signal
from qtpy.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from qtpy.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from cueffmpeg_gui.gui.widgets.fields import set_role


def dropped_paths(data: QMimeData) -> list[str]:
    """Local files of a drop, or lines of text that are absolute paths (a sequence's notation, say)."""
    paths = [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
    if not paths and data.hasText():
        paths = [line.strip() for line in data.text().splitlines() if line.strip().startswith("/")]
    return [path for path in paths if path]


class DropTarget(QWidget):
    """Takes drops anywhere on it."""

    dropped = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)

    def show_drag(self, is_over: bool) -> None:
        """Shows that a drop would be taken."""

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_paths(event.mimeData()):
            event.acceptProposedAction()
            self.show_drag(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.show_drag(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self.show_drag(False)
        paths = dropped_paths(event.mimeData())
        if paths:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.dropped.emit(paths)


class DropArea(QFrame):
    """One sentence and what to press instead of dropping."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.sentence = QLabel(self.tr("Drop a clip or a frame sequence here"))
        self.sentence.setStyleSheet("font-size: 16pt;")
        self.choose_clips = QPushButton(self.tr("Choose &clips …"))
        self.choose_sequence = QPushButton(self.tr("Choose se&quence …"))
        self.demo = QPushButton(self.tr("&Try it with the demo clip"))
        self._hint = QLabel(self.tr("Several at once, folders, or one file of a sequence: each becomes a row."))
        set_role(self._hint, "hint")
        self._lay_out()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setSpacing(16)
        layout.addStretch(1)
        for label in (self.sentence, self._hint):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
            layout.addWidget(label)
        for buttons in ((self.choose_clips, self.choose_sequence), (self.demo,)):
            row = QHBoxLayout()
            row.addStretch(1)
            for button in buttons:
                row.addWidget(button)
            row.addStretch(1)
            layout.addLayout(row)
        layout.addStretch(1)
