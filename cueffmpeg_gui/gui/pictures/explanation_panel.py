# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Why a frame is as it is: sentences below each other, trouble first."""

from __future__ import annotations

from collections.abc import Sequence

from qtpy.QtCore import Qt
from qtpy.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget


class ExplanationPanel(QWidget):
    """A title, what is wrong with the pair, and what else was found of the frame that rests."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = QLabel()
        self._title.setProperty("role", "title")
        self._lines = QWidget()
        self._stack = QVBoxLayout(self._lines)
        self._stack.setContentsMargins(0, 0, 4, 0)
        self._stack.setSpacing(6)
        self._stack.setAlignment(Qt.AlignmentFlag.AlignTop)
        area = QScrollArea()
        area.setWidget(self._lines)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._title)
        layout.addWidget(area, 1)

    @property
    def lines(self) -> list[str]:
        """All sentences that are shown."""
        labels = (self._stack.itemAt(place).widget() for place in range(self._stack.count()))
        return [label.text() for label in labels if not label.isHidden()]

    def show_lines(self, frame: int | None, troubles: Sequence[str], notes: Sequence[str]) -> None:
        """What is said of a frame now; None for no frame."""
        self._title.setText("" if frame is None else f"About frame {frame}")
        said = [*(("warning", text) for text in troubles), *(("", text) for text in notes)]
        for place in range(max(len(said), self._stack.count())):
            role, text = said[place] if place < len(said) else ("", "")
            self._label(place).setVisible(bool(text))
            self._label(place).setText(text)
            _give_role(self._label(place), role)

    def _label(self, place: int) -> QLabel:
        """The label of a line, made when it is first needed; labels stay, so that stepping does not blink."""
        if place == self._stack.count():
            label = QLabel()
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._stack.addWidget(label)
        return self._stack.itemAt(place).widget()


def _give_role(label: QLabel, role: str) -> None:
    if label.property("role") != role:
        label.setProperty("role", role)
        label.style().unpolish(label)
        label.style().polish(label)
