# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The text over a tree without rows: why there are none, and what to do."""

from qtpy.QtCore import Qt
from qtpy.QtWidgets import QAbstractItemView, QLabel, QVBoxLayout


class Placeholder(QLabel):
    """Lies over a view; hidden while it has no text."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view.viewport())
        self.setProperty("role", "hint")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        layout = QVBoxLayout(view.viewport())
        layout.addWidget(self)

    def show_text(self, text: str) -> None:
        """Shows the text; an empty one hides it."""
        if text != self.text():
            self.setText(text)
        self.setVisible(bool(text))
