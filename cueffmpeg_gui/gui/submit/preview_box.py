# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Submission Details: how many jobs, layers and cue frames, what is changed on purpose, and the exact commands."""

from qtpy.QtGui import QFontDatabase, QGuiApplication
from qtpy.QtWidgets import QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from cueffmpeg_gui.gui.submit.models.preview import commands_text, summary_of
from cueffmpeg_gui.gui.submit.models.submit_model import SubmitModel
from cueffmpeg_gui.gui.submit.pair_box import PairBox
from cueffmpeg_gui.gui.widgets.collapsible import Collapsible
from cueffmpeg_gui.gui.widgets.note_label import NoteLabel, set_role
from cueffmpeg_gui.jobs.notes import CHUNKING, notes_of

LINES = 12


class PreviewBox(QWidget):
    """The preview of the current row."""

    def __init__(self, model: SubmitModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.summary, self.notes = NoteLabel(), NoteLabel()
        self.pair = PairBox(model.pair_look)
        self.commands = QPlainTextEdit(readOnly=True)
        self.commands.setAccessibleName(self.tr("Commands"))
        self.commands.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.commands.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.commands.setMinimumHeight(LINES * self.commands.fontMetrics().height())
        self.commands.setTabChangesFocus(True)
        self.copy = QPushButton(self.tr("Copy all"))
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.commands.toPlainText()))
        content = QWidget()
        inner = QVBoxLayout(content)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self.commands)
        inner.addWidget(self.copy)
        self.commands_section = Collapsible(self.tr("Sho&w the commands"), content)
        self.commands_section.toggled.connect(lambda _: self.refresh())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for widget in (self.summary, self.notes, self.pair, self.commands_section):
            layout.addWidget(widget)
        model.changed.connect(self.refresh)

    def refresh(self) -> None:
        """Shows the newest result; an older one stays until then, greyed out."""
        preview = self._model.preview
        result = preview.result
        set_role(self.summary, "error" if result and result.sentence else "hint" if preview.is_making else "")
        self.commands.setEnabled(not preview.is_making)
        if result is None:
            self._show_waiting(preview.is_making)
            return
        if result.prepared is None:
            self.summary.say(result.sentence)
            self._show_notes(())
            self._show_commands("")
            return
        self.summary.say(summary_of(result.prepared, max(1, len(self._model.waiting()))))
        self._show_notes(tuple(note.text for note in notes_of(result.prepared.spec) if note.topic != CHUNKING))
        if self.commands_section.button.isChecked():
            self._show_commands(commands_text(result.prepared))

    def _show_waiting(self, is_making: bool) -> None:
        if is_making and self.summary.sentence:
            return
        self.summary.say(self.tr("Planning …") if is_making else "")
        if not is_making:
            self._show_notes(())
            self._show_commands("")

    def _show_notes(self, notes: tuple[str, ...]) -> None:
        self.notes.say("\n".join(notes))
        self.notes.setVisible(bool(notes))

    def _show_commands(self, text: str) -> None:
        if text != self.commands.toPlainText():
            self.commands.setPlainText(text)
        self.copy.setEnabled(bool(text))
