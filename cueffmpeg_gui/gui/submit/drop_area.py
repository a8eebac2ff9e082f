# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The big area of an empty Submit page, where media are dropped."""

from qtpy.QtCore import Qt
from qtpy.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from cueffmpeg_gui.gui.widgets.note_label import set_role


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
