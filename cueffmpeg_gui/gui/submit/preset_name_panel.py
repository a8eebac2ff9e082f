# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The small form below the presets: names a new one, or asks whether one may be deleted."""

from qtpy.QtCore import Qt
from qtpy.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from cueffmpeg_gui.gui.submit.models.preset_list import PresetList
from cueffmpeg_gui.gui.widgets.fields import TextField
from cueffmpeg_gui.media.presets import NAME, Preset


class PresetNamePanel(QWidget):
    """Hidden until one of its `ask_` methods is called."""

    def __init__(self, presets: PresetList, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presets = presets
        self._preset: Preset | None = None
        self._purpose = ""
        self._title = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.name = TextField(self.tr("Name"), self.tr("Small letters, digits, '-', '_' and '.'"))
        self.title = TextField(self.tr("Title"), self.tr("What the list shows"))
        self.description = TextField(self.tr("Description"), self.tr("One sentence, shown as a tooltip"))
        self.ok = QPushButton()
        self.cancel = QPushButton(self.tr("Cancel"))
        self._lay_out()
        self.name.edited.connect(self._check)
        self.ok.clicked.connect(self._do)
        self.cancel.clicked.connect(self.hide)
        self.hide()

    def ask_new(self, preset: Preset) -> None:
        """Asks for the name of a new preset with the values of this one."""
        self._open(preset, "new", self.tr("New preset from {}").format(preset.title), self.tr("Save"))
        self.name.show_value(f"my-{preset.name}")
        self.title.show_value(self.tr("{} (mine)").format(preset.title))
        self.description.show_value(preset.description)
        self._check()
        self.name.line.setFocus()

    def ask_edit(self, preset: Preset) -> None:
        """Asks for another title and description."""
        self._open(preset, "edit", self.tr("Edit {}").format(preset.title), self.tr("Save"))
        self.name.show_value(preset.name)
        self.title.show_value(preset.title)
        self.description.show_value(preset.description)
        self.title.line.setFocus()

    def ask_delete(self, preset: Preset) -> None:
        """Asks whether it may be deleted."""
        self._open(preset, "delete", self.tr("Delete preset {}?").format(preset.title), self.tr("Delete"))
        self.cancel.setFocus()

    def _open(self, preset: Preset, purpose: str, title: str, verb: str) -> None:
        self._preset, self._purpose = preset, purpose
        self._title.setText(title)
        self.ok.setText(verb)
        self.ok.setEnabled(True)
        self.name.show_error("")
        self.name.line.setReadOnly(purpose == "edit")
        for field in (self.name, self.title, self.description):
            field.setVisible(purpose != "delete")
        self.show()

    def _check(self) -> None:
        fits = bool(NAME.fullmatch(self.name.line.text()))
        self.name.show_error("" if fits else self.tr("A name holds only a-z, 0-9, '-', '_' and '.'."))
        self.ok.setEnabled(fits)

    def _do(self) -> None:
        self.hide()
        if self._preset is None:
            return
        texts = [_text(field.line) for field in (self.name, self.title, self.description)]
        if self._purpose == "delete":
            self._presets.delete(self._preset)
        else:
            self._presets.save(self._preset, *texts, replaces=self._purpose == "edit")

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 4)
        layout.setSpacing(4)
        for widget in (self._title, self.name, self.title, self.description):
            layout.addWidget(widget)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.ok)
        layout.addLayout(buttons)


def _text(line: QLineEdit) -> str:
    return line.text().strip()
