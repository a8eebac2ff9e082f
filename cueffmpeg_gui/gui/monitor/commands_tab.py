# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The Commands tab: what a frame's host runs, and the ffmpeg commands that come of it; to copy."""

from qtpy.QtGui import QFontDatabase
from qtpy.QtWidgets import QApplication, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from cueffmpeg_gui.gui.monitor.models.job_folder import Papers
from cueffmpeg_gui.gui.monitor.models.job_tree import Chosen


class MonitorCommands(QWidget):
    """Shows the commands of what is chosen: of a frame, a layer, or all layers of a job."""

    def __init__(self, papers: Papers, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._papers = papers
        self._chosen: Chosen | None = None
        self.text = QPlainTextEdit(readOnly=True)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setAccessibleName(self.tr("Commands"))
        self.text.setTabChangesFocus(True)
        self.said = QLabel()
        self.said.setProperty("role", "hint")
        self.copy = QPushButton(self.tr("Copy"))
        self.copy.setToolTip(self.tr("Copy all that is shown"))
        self.copy.clicked.connect(lambda: QApplication.clipboard().setText(self.text.toPlainText()))
        bar = QHBoxLayout()
        bar.addWidget(self.said, 1)
        bar.addWidget(self.copy)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(bar)
        layout.addWidget(self.text, 1)
        papers.changed.connect(self._show)
        self._show()

    def show_chosen(self, chosen: Chosen | None) -> None:
        """Shows the commands of this."""
        if chosen != self._chosen:
            self._chosen = chosen
            self._show()

    def _show(self) -> None:
        chosen, papers = self._chosen, self._papers.papers
        text = self._commands() if chosen and papers else ""
        if text != self.text.toPlainText():
            self.text.setPlainText(text)
        self.copy.setEnabled(bool(text))
        if chosen is None:
            self.said.setText(self.tr("Select a job, a layer or a frame."))
        elif papers is None:
            self.said.setText(self._papers.trouble or self.tr("Reading the job folder …"))
        elif chosen.frame:
            self.said.setText(self.tr("{} {}: what its host runs").format(chosen.frame.layer, chosen.frame.number))
        else:
            self.said.setText(self.tr("What the job's hosts run; a frame's number stands for #IFRAME#"))

    def _commands(self) -> str:
        chosen, papers = self._chosen, self._papers.papers
        number = chosen.frame.number if chosen.frame else None
        layers = [chosen.layer.name] if chosen.layer else list(papers.document.commands)
        parts = []
        for layer in layers:
            frame = papers.frame_command(layer, number) if number is not None else papers.layer_command(layer)
            parts.append("\n\n".join((f"# {layer}\n{frame}", *papers.ffmpeg_commands(layer, number))))
        return "\n\n".join(parts)
