# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Scores from other programs do not name their clips: asks for both, in one line."""

from __future__ import annotations

from typing import Optional

from qtpy.QtCore import Qt, Signal
from qtpy.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget


class ClipQuestion(QWidget):
    """`named` carries the paths of reference and encode."""

    named = Signal(str, str)

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.reference, self.encode = QLineEdit(), QLineEdit()
        self.use = QPushButton(self.tr("Show pictures"))
        self.use.setToolTip(self.tr("Frame n of the scores is the nth picture of both clips"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(QLabel(self.tr("These scores do not name their clips:")))
        for line, words in ((self.reference, self.tr("reference")), (self.encode, self.tr("encode"))):
            line.setPlaceholderText(words)
            line.setAccessibleName(words)
            line.textChanged.connect(self._can_be_used)
            line.returnPressed.connect(self._emit_named)
            choose = QPushButton("…")
            choose.setToolTip(self.tr("Choose the {}").format(words))
            choose.clicked.connect(lambda _=False, line=line, words=words: self._choose(line, words))
            row.addWidget(line, 1)
            row.addWidget(choose)
        row.addWidget(self.use)
        self.use.clicked.connect(self._emit_named)
        self._can_be_used()

    def _choose(self, line: QLineEdit, words: str) -> None:
        dialog = QFileDialog(self, self.tr("Choose the {}").format(words), line.text())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(line.setText)
        dialog.show()

    def _can_be_used(self) -> None:
        self.use.setEnabled(bool(self.reference.text().strip() and self.encode.text().strip()))

    def _emit_named(self) -> None:
        if self.use.isEnabled():
            self.named.emit(self.reference.text().strip(), self.encode.text().strip())
