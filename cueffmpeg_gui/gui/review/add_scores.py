# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Asks what is to be reviewed: a job, or files and folders, typed or chosen. Dialogs never block the window."""

from __future__ import annotations

from typing import Optional

from qtpy.QtCore import Qt, Signal
from qtpy.QtGui import QKeySequence, QShortcut
from qtpy.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QWidget

SCORES = "Scores (*.json *.xml *.csv *.log);;All files (*)"


class AddScores(QWidget):
    """`requested` carries a list of jobs, files and folders; `cancelled` means that nothing is to be added."""

    requested = Signal(object)
    cancelled = Signal()

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.line = QLineEdit()
        self.line.setPlaceholderText(self.tr("A job's name, or the path of a job folder or a file of scores"))
        self.line.setAccessibleName(self.line.placeholderText())
        self.line.setMinimumWidth(420)
        files, folder = QPushButton(self.tr("Choose &files …")), QPushButton(self.tr("Choose job f&older …"))
        files.setToolTip(self.tr("scores.json, or libvmaf's own JSON, XML or CSV; several at once"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.line, 1)
        row.addWidget(files)
        row.addWidget(folder)
        self.line.returnPressed.connect(self._typed)
        files.clicked.connect(self.choose_files)
        folder.clicked.connect(self._choose_folder)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.cancelled)

    def choose_files(self) -> None:
        """Opens the dialog."""
        dialog = QFileDialog(self, self.tr("Add scores"), "", self.tr(SCORES))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        self._open(dialog)

    def _choose_folder(self) -> None:
        dialog = QFileDialog(self, self.tr("Add the scores of a job folder"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        self._open(dialog)

    def _open(self, dialog: QFileDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(lambda paths: self.requested.emit(list(paths)))
        dialog.show()

    def _typed(self) -> None:
        text = self.line.text().strip()
        if text:
            self.line.clear()
            self.requested.emit([text])
