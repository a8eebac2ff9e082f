# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The Commands tab: what a frame's host runs, and the ffmpeg commands that come of it; to copy."""

from qtpy.QtCore import Qt
from qtpy.QtGui import QFontDatabase
from qtpy.QtWidgets import QApplication, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from cueffmpeg_gui.gui.monitor.models.job_folder import JobDetails, JobFolder
from cueffmpeg_gui.gui.monitor.models.selected_item import SelectedItem


class CommandsTab(QWidget):
    """Shows the commands of a frame, of a layer, or of all layers of a job."""

    def __init__(self, job_folder: JobFolder, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._job_folder = job_folder
        self._item: SelectedItem | None = None
        self.text = QPlainTextEdit(readOnly=True)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setAccessibleName(self.tr("Commands"))
        self.text.setTabChangesFocus(True)
        self.status = QLabel(textFormat=Qt.TextFormat.PlainText)
        self.status.setProperty("role", "hint")
        self.copy = QPushButton(self.tr("Copy"))
        self.copy.setToolTip(self.tr("Copy all that is shown"))
        self.copy.clicked.connect(lambda: QApplication.clipboard().setText(self.text.toPlainText()))
        bar = QHBoxLayout()
        bar.addWidget(self.status, 1)
        bar.addWidget(self.copy)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(bar)
        layout.addWidget(self.text, 1)
        job_folder.changed.connect(self._show)
        self._show()

    def show_item(self, item: SelectedItem | None) -> None:
        """Shows the commands of this."""
        if item != self._item:
            self._item = item
            self._show()

    def _show(self) -> None:
        item, details = self._item, self._job_folder.details
        text = _commands(item, details) if item and details else ""
        if text != self.text.toPlainText():
            self.text.setPlainText(text)
        self.copy.setEnabled(bool(text))
        self.status.setText(self._status(item))

    def _status(self, item: SelectedItem | None) -> str:
        if item is None:
            return self.tr("Select a job, a layer or a frame.")
        if self._job_folder.details is None:
            return self._job_folder.trouble or self.tr("Reading the job folder …")
        if item.frame:
            return self.tr("{} {}: what its host runs").format(item.frame.layer, item.frame.number)
        return self.tr("What the job's hosts run; a frame's number stands for #IFRAME#")


def _commands(item: SelectedItem, details: JobDetails) -> str:
    number = item.frame.number if item.frame else None
    layers = [item.layer.name] if item.layer else list(details.document.commands)
    parts = []
    for layer in layers:
        frame = details.frame_command(layer, number) if number is not None else details.layer_command(layer)
        parts.append("\n\n".join((f"# {layer}\n{frame}", *details.ffmpeg_commands(layer, number))))
    return "\n\n".join(parts)
