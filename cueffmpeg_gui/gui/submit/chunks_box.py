# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Chunks: automatic, none or a number, with the planner's reason and how long the job may take."""

from qtpy.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cueffmpeg_gui.gui.submit.models.preview import duration_of
from cueffmpeg_gui.gui.submit.models.submit_model import SubmitModel
from cueffmpeg_gui.gui.widgets.fields import ChoiceField
from cueffmpeg_gui.gui.widgets.note_label import NoteLabel
from cueffmpeg_gui.media.parameters import PARAMETERS

KEY = "chunk"


class ChunksBox(QWidget):
    """A box that also takes a number, and beside it the number of chunks that follows, with the reason."""

    def __init__(self, model: SubmitModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        items = [("auto", self.tr("automatic")), ("none", self.tr("none"))]
        self.field = ChoiceField(self.tr("&Chunks"), items, PARAMETERS[KEY].help, free=True)
        self.field.edited.connect(self._edited)
        self.reason = NoteLabel()
        beside = QVBoxLayout()
        beside.addSpacing(self.field.label.sizeHint().height())
        beside.addWidget(self.reason)
        beside.addStretch(1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.field, 1)
        layout.addLayout(beside, 3)
        self._words = {shown: data for data, shown in items}
        model.changed.connect(self.refresh)

    def refresh(self) -> None:
        """Shows the value, and the planner's reason."""
        form = self._model.form
        if form.preset is None:
            return
        error = self._model.errors().get(KEY, "")
        value = form.values.get(KEY, "") if error else str(form.preset.values.get(KEY, "none"))
        shown = next((shown for shown, data in self._words.items() if data == value), value)
        if self._words.get(self.field.box.currentText(), self.field.box.currentText()) != value:
            self.field.box.setEditText(shown)
        self.field.show_error(error)
        self.reason.say(self._reason())

    def _edited(self, text: str) -> None:
        data = self._words.get(text, text).strip()
        if text in self._words.values():
            self.field.box.setEditText(next(shown for shown, word in self._words.items() if word == text))
        self._model.form.set_value(KEY, data)

    def _reason(self) -> str:
        result = self._model.preview.result
        if result is None or result.prepared is None:
            preset = self._model.form.preset
            if preset and "bitrate" in preset.values:
                return self.tr("A preset with a bit rate is never cut into chunks: each would meet the rate by itself.")
            return ""
        chunking = result.prepared.spec.chunking
        why = f"{chunking.reason} · " if chunking else ""
        return why + duration_of(result)
