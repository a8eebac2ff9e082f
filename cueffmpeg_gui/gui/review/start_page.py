# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What the page shows while nothing is under review: one sentence, and how to begin."""

from __future__ import annotations

from typing import Optional

from qtpy.QtCore import Qt
from qtpy.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from cueffmpeg_gui.gui.review.add_scores import AddScores
from cueffmpeg_gui.gui.widgets.note_label import NoteLabel, set_role

WIDTH = 760


class StartPage(QFrame):
    """The whole page accepts drops; this says so."""

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        sentence = QLabel(self.tr("Drop scores or job folders here"))
        sentence.setStyleSheet("font-size: 16pt;")
        hint = QLabel(
            self.tr(
                "Up to eight encodes of one reference, while their jobs run or later: jobs, job folders, scores.json, "
                "or libvmaf's own JSON, XML or CSV. In the Monitor, “Open review” brings a job here."
            )
        )
        set_role(hint, "hint")
        hint.setWordWrap(True)
        hint.setMaximumWidth(WIDTH)
        self.add, self.status = AddScores(), NoteLabel("error")
        self.status.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setSpacing(16)
        column.addStretch(1)
        for widget in (sentence, hint, self.add, self.status):
            row = QHBoxLayout()
            row.addStretch(1)
            row.addWidget(widget, 3 if widget in (self.add, self.status, hint) else 0)
            row.addStretch(1)
            column.addLayout(row)
        for label in (sentence, hint):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addStretch(1)
