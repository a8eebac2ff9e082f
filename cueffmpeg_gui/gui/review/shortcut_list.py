# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The keys of the review in a list that closes with the next key or click."""

from __future__ import annotations

from qtpy.QtCore import Qt
from qtpy.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from qtpy.QtWidgets import QApplication, QFormLayout, QFrame, QLabel, QWidget

KEYS = {
    "← →": "one frame back, on",
    "J  K  L": "play back, stop, play on",
    "[  ]": "previous, next dip",
    "Home  End": "first, last frame",
    "G": "go to a frame or timecode",
    "F  W": "fit the curve, whole scale (in the curve)",
    "1  2  3  4": "side by side, wipe, difference, flicker (in the pictures)",
    "Space": "swap by hand in flicker (in the pictures)",
    "Z": "fit, or one pixel for each (in the pictures)",
    "?": "these keys",
}


class ShortcutList(QFrame):
    """Shown over the middle of its parent while it has the focus."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._parent = parent
        self._before: QWidget | None = None
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        rows = QFormLayout(self)
        rows.setContentsMargins(16, 12, 16, 12)
        for key, words in KEYS.items():
            rows.addRow(QLabel(key), QLabel(words))
        self.hide()

    def open(self) -> None:
        """Shows the list."""
        self._before = QApplication.focusWidget()
        self.adjustSize()
        self.move(self._parent.rect().center() - self.rect().center())
        self.raise_()
        self.show()
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._leave()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._leave()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.hide()

    def _leave(self) -> None:
        self.hide()
        if self._before:
            self._before.setFocus()
