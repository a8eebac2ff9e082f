# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""A label for hints and errors in a form, and the roles by which the theme colours widgets."""

from __future__ import annotations

from qtpy.QtCore import Qt
from qtpy.QtWidgets import QLabel, QWidget

ZERO_WIDTH_SPACE = "\N{ZERO WIDTH SPACE}"


def set_role(widget: QWidget, role: str) -> None:
    """Sets a widget's role in the theme, and restyles it."""
    if widget.property("role") != role:
        widget.setProperty("role", role)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


class NoteLabel(QLabel):
    """A sentence that wraps anywhere, also within a long path, and never widens the form."""

    def __init__(self, role: str = "hint", parent: QWidget | None = None) -> None:
        super().__init__(parent, wordWrap=True)
        self.sentence = ""
        self.setMinimumWidth(1)
        self.setTextFormat(Qt.TextFormat.PlainText)
        set_role(self, role)

    def say(self, sentence: str, role: str = "") -> None:
        """Shows a sentence, in this role if one is given."""
        if role:
            set_role(self, role)
        if sentence != self.sentence:
            self.sentence = sentence
            self.setText(breakable(sentence))
            self.setAccessibleName(sentence)


def breakable(text: str) -> str:
    """The text with invisible spaces after separators of paths and names, where lines may break."""
    for mark in "/_.":
        text = text.replace(mark, mark + ZERO_WIDTH_SPACE)
    return text
