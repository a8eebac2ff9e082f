# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Sentences that explain a frame, troubles first."""

from __future__ import annotations

from collections.abc import Sequence

from qtpy.QtCore import Qt
from qtpy.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from cueffmpeg_gui.gui.widgets.note_label import set_role


class ExplanationPanel(QWidget):
    """A title, troubles of the pair, and notes about the frame."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = QLabel(textFormat=Qt.TextFormat.PlainText)
        self._title.setProperty("role", "title")
        self._labels: list[QLabel] = []
        lines = QWidget()
        self._stack = QVBoxLayout(lines)
        self._stack.setContentsMargins(0, 0, 4, 0)
        self._stack.setSpacing(6)
        self._stack.setAlignment(Qt.AlignmentFlag.AlignTop)
        area = QScrollArea()
        area.setWidget(lines)
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
        return [label.text() for label in self._labels if not label.isHidden()]

    def show_lines(self, frame: int | None, troubles: Sequence[str], notes: Sequence[str]) -> None:
        """Shows the troubles and notes of a frame; None for no frame."""
        self._title.setText("" if frame is None else f"About frame {frame}")
        lines = [*(("warning", text) for text in troubles), *(("", text) for text in notes)]
        while len(self._labels) < len(lines):
            self._add_label()
        unused = [("", "")] * (len(self._labels) - len(lines))
        for label, (role, text) in zip(self._labels, [*lines, *unused], strict=True):
            label.setVisible(bool(text))
            label.setText(text)
            set_role(label, role)

    def _add_label(self) -> None:
        """Labels are kept and reused, so that stepping through frames does not flicker."""
        label = QLabel()
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._stack.addWidget(label)
        self._labels.append(label)
