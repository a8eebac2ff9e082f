# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What the tree says while it has no row: why, and what to do."""

from qtpy.QtCore import Qt
from qtpy.QtWidgets import QAbstractItemView, QLabel, QVBoxLayout


class EmptyWords(QLabel):
    """Lies over a view, and is hidden while there is something to see."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view.viewport())
        self.setProperty("role", "hint")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        layout = QVBoxLayout(view.viewport())
        layout.addWidget(self)

    def say(self, text: str) -> None:
        """Shows the text; nothing hides it."""
        if text != self.text():
            self.setText(text)
        self.setVisible(bool(text))
