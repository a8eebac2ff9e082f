# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""A widget that accepts dropped files, and the paths of a drop."""

from qtpy.QtCore import QMimeData, Qt, Signal
from qtpy.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from qtpy.QtWidgets import QWidget


def dropped_paths(data: QMimeData) -> list[str]:
    """Local files of a drop, or lines of text that are absolute paths (a sequence's notation, say)."""
    paths = [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
    if not paths and data.hasText():
        paths = [line.strip() for line in data.text().splitlines() if line.strip().startswith("/")]
    return [path for path in paths if path]


class DropTarget(QWidget):
    """Accepts drops anywhere on it; `dropped` emits the paths."""

    dropped = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)

    def show_drag(self, is_over: bool) -> None:
        """Shows that a drop would be accepted. Subclasses may implement it."""

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
