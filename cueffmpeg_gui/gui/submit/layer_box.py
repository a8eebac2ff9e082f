# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Layer Info: what belongs to the selected rows: output, frames, rate, sound, reference."""

import os
from collections.abc import Sequence

from qtpy.QtWidgets import QCheckBox, QFileDialog, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from cueffmpeg_gui.gui.submit.models.source import Source
from cueffmpeg_gui.gui.submit.models.submit_model import SubmitModel
from cueffmpeg_gui.gui.widgets.buttons_field import ButtonsField
from cueffmpeg_gui.gui.widgets.fields import ChoiceField, Field, TextField
from cueffmpeg_gui.media.gaps import FILLS, POLICIES
from cueffmpeg_gui.media.timing import STANDARD_RATES

BROWSE = "browse"


class LayerBox(QWidget):
    """Only fields that the preset and the selected rows have are shown."""

    def __init__(self, model: SubmitModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model, self._form = model, model.form
        self.output = TextField(self.tr("&Output"), self.tr("Where the encode goes; empty: named by the template"))
        self.browse = QPushButton(self.tr("…"))
        self.browse.setAccessibleName(self.tr("Choose the output"))
        self.browse.setToolTip(self.tr("Choose the output"))
        self.replace = QCheckBox(self.tr("Replace the file that is there"))
        self.template = TextField(
            self.tr("Na&ming"), self.tr("How outputs are named: {stem}, {preset} and {folder} are filled in")
        )
        self.frames = TextField(
            self.tr("F&rames"), self.tr("Only these, as 1001-1100; a clip's count from 1. Empty: all of them")
        )
        self.layer = ChoiceField(self.tr("Layer"), [], self.tr("Which layer of the EXR is the picture"))
        self.gaps = ButtonsField(
            self.tr("Missin&g frames"),
            [(name, POLICIES[name].title, POLICIES[name].help) for name in FILLS],
            self.tr("What becomes of the frames that the sequence lacks"),
        )
        self.rate = ChoiceField(
            self.tr("R&ate"), [], self.tr("Frames a second of the sequence: 24, 23.976 or 24000/1001"), free=True
        )
        self.audio = ChoiceField(self.tr("Au&dio"), [], self.tr("The sound, in a file of its own"))
        self.reference = ChoiceField(self.tr("R&eference"), [], self.tr("What the encode is compared with"))
        self.fields: dict[str, Field] = {
            "output": self.output,
            "template": self.template,
            "frames": self.frames,
            "picture_layer": self.layer,
            "missing": self.gaps,
            "rate": self.rate,
            "audio": self.audio,
            "reference": self.reference,
        }
        self._grid, self._audio_column = QGridLayout(self), 2
        self._lay_out()
        self._connect()

    def refresh(self) -> None:
        """Shows what the model holds."""
        form, errors = self._form, self._model.errors()
        source = form.current
        kind = form.preset.job_kind if form.preset else None
        info = source.info if source else None
        is_shown = {
            "output": kind is not None and kind.writes_output,
            "template": kind is not None and kind.writes_output,
            "frames": True,
            "picture_layer": bool(info and (len(info.layers) > 1 or info.unclear)),
            "missing": bool(info and info.facts.sequence and info.facts.sequence.there),
            "rate": bool(info and info.wants_rate),
            "audio": kind is not None and kind.takes_sound,
            "reference": kind is not None and kind.takes_reference,
        }
        for name, field in self.fields.items():
            field.setVisible(is_shown[name])
            field.setEnabled(info is not None)
            field.show_error(errors.get(name, ""))
        self._place_audio(1 if not is_shown["rate"] else 2)
        self._show_output(source, is_shown["output"])
        self.template.show_value(form.template)
        if source is None or info is None:
            return
        self.frames.show_value(source.frames)
        self.frames.line.setPlaceholderText(str(info.facts.span))
        self.gaps.show_value(form.gaps_of(source))
        self._show_layer(source)
        self._show_rate(source)
        self._show_files(self.audio, form.audio_of(source), info.sounds, source.audio is None, self._no_sound(source))
        clips = [*(s.text for s in form.sources.sources if s.number != source.number), *info.clips]
        self._show_files(self.reference, form.reference_of(source), clips, source.reference is None, self.tr("choose"))

    def _show_output(self, source: Source | None, is_shown: bool) -> None:
        form = self._form
        several = len(form.selected) > 1
        exists = source is not None and is_shown and self._model.checks.of(source.number).exists
        self.browse.setVisible(is_shown)
        self.replace.setVisible(exists)
        self.replace.setChecked(source is not None and source.may_replace)
        for widget in (self.output, self.browse):
            widget.setEnabled(source is not None and len(form.selected) == 1)
        if source is None or len(form.selected) != 1:
            self.output.show_value("")
            self.output.line.setPlaceholderText(self.tr("each row has its own") if several else "")
            return
        self.output.show_value(source.output)
        path = form.outputs().get(source.number, "")
        self.output.line.setPlaceholderText(path)
        if path:
            self.output.line.setToolTip(path)
        if exists and source.may_replace:
            self.output.show_error("", self.tr("The file that is there will be replaced."))

    def _place_audio(self, column: int) -> None:
        """Puts the sound beside the frames where there is no rate, so that no gap is left."""
        if self._audio_column != column:
            self._audio_column = column
            self._grid.addWidget(self.audio, 2, column, 1, 4 - column)

    def _show_rate(self, source: Source) -> None:
        found = source.info.rates if source.info else ()
        header = [(str(rate), self.tr("{} (from the header)").format(rate)) for rate in found]
        common = [(str(rate), str(rate)) for rate in STANDARD_RATES if rate not in found]
        self.rate.set_items([*header, *common])
        self.rate.show_value(source.rate)
        line = self.rate.box.lineEdit()
        if line is not None:
            line.setPlaceholderText(self.tr("choose"))

    def _show_layer(self, source: Source) -> None:
        info = source.info
        if info is None or info.facts.sequence is None:
            return
        taken = info.facts.sequence.layer or self.tr("the one without a name")
        own = self.tr("choose") if info.unclear else self.tr("automatic: {}").format(taken)
        automatic = self.tr("automatic") if source.layer else own
        self.layer.set_items([("", automatic), *((name, name) for name in info.layers if name)])
        self.layer.show_value(source.layer)

    def _no_sound(self, source: Source) -> str:
        has_own = bool(source.info and source.info.facts.audio)
        return self.tr("the clip's own") if has_own else self.tr("none")

    def _show_files(self, field: ChoiceField, path: str, paths: Sequence[str], is_found: bool, nothing: str) -> None:
        """Offers no file, the files that were found, and a dialog for another one."""
        known = dict.fromkeys([*([path] if path else []), *paths])
        found = self.tr("{}, found by its name")
        items = [
            (p, found.format(os.path.basename(p)) if p == path and is_found else os.path.basename(p)) for p in known
        ]
        field.set_items([("", nothing), *items, (BROWSE, self.tr("Choose another file …"))])
        field.show_value(path)
        field.set_help(path or field.label.toolTip())

    def _choose_file(self, field: ChoiceField, name: str, data: str) -> None:
        if data == BROWSE:
            data, _ = QFileDialog.getOpenFileName(self, self.tr("Choose a file"), self._folder())
            if not data:
                self.refresh()
                return
        self._form.set_source(name, data)

    def _choose_output(self) -> None:
        source = self._form.current
        if source is None:
            return
        start = self._form.outputs().get(source.number, "")
        options = QFileDialog.Option.DontConfirmOverwrite
        path, _ = QFileDialog.getSaveFileName(self, self.tr("Choose the output"), start, options=options)
        if path:
            self._set_output(path)

    def _set_output(self, text: str) -> None:
        source = self._form.current
        if source:
            self._form.sources.change([source.number], output=text.strip(), may_replace=False)

    def _folder(self) -> str:
        source = self._form.current
        return source.info.folder if source and source.info else ""

    def _connect(self) -> None:
        form = self._form
        self.output.edited.connect(self._set_output)
        self.browse.clicked.connect(self._choose_output)
        self.replace.clicked.connect(lambda checked: form.set_source("may_replace", checked))
        self.template.edited.connect(form.set_template)
        self.frames.edited.connect(lambda text: form.set_source("frames", text.strip()))
        self.layer.edited.connect(form.set_layer)
        self.gaps.edited.connect(lambda data: form.set_source("gaps", data))
        self.rate.edited.connect(lambda text: form.set_source("rate", text.strip()))
        self.audio.edited.connect(lambda data: self._choose_file(self.audio, "audio", data))
        self.reference.edited.connect(lambda data: self._choose_file(self.reference, "reference", data))
        self._model.changed.connect(self.refresh)

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        # The button belongs beside the field's line, not beside its label and note.
        field_layout = self.output.layout()
        assert isinstance(field_layout, QVBoxLayout)
        field_layout.removeWidget(self.output.line)
        line.addWidget(self.output.line, 1)
        line.addWidget(self.browse)
        field_layout.insertLayout(1, line)
        layout = self._grid
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.output, 0, 0, 1, 3)
        layout.addWidget(self.template, 0, 3)
        layout.addWidget(self.replace, 1, 0, 1, 4)
        layout.addWidget(self.frames, 2, 0)
        layout.addWidget(self.rate, 2, 1)
        layout.addWidget(self.audio, 2, 2, 1, 2)
        # Of an answer that is not asked for no hole is left.
        answers = QHBoxLayout()
        answers.addWidget(self.layer, 1)
        answers.addWidget(self.gaps, 1)
        layout.addLayout(answers, 3, 0, 1, 4)
        layout.addWidget(self.reference, 4, 0, 1, 4)
        for column in range(4):
            layout.setColumnStretch(column, 1)
