# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What can be done with presets: the menu above their list."""

import os

from qtpy.QtGui import QAction
from qtpy.QtWidgets import QFileDialog, QMenu, QWidget

from cueffmpeg_gui.gui.submit.models.form import SubmitForm
from cueffmpeg_gui.gui.submit.models.preset_list import PresetList
from cueffmpeg_gui.gui.submit.preset_name_panel import PresetNamePanel
from cueffmpeg_gui.media.presets import Preset


class PresetMenu(QMenu):
    """Only the user's own presets can be changed; any preset can be saved as the user's own."""

    def __init__(self, presets: PresetList, form: SubmitForm, panel: PresetNamePanel, parent: QWidget) -> None:
        super().__init__(parent)
        self._presets, self._form, self._panel = presets, form, panel
        self.save = self._add(self.tr("&Save changed values"), self._save)
        self.save_as = self._add(self.tr("Save &as …"), self._save_as)
        self.duplicate = self._add(self.tr("&Duplicate …"), self._duplicate)
        self.edit = self._add(self.tr("&Edit name and description …"), self._edit)
        self.addSeparator()
        self.delete = self._add(self.tr("De&lete …"), self._delete)
        self.addSeparator()
        self.export = self._add(self.tr("E&xport …"), self._export)
        self.import_preset = self._add(self.tr("&Import …"), self._import)
        self.aboutToShow.connect(self.update_actions)
        form.changed.connect(self.update_actions)
        self.update_actions()

    def update_actions(self) -> None:
        """Greys out what is not possible with the chosen preset."""
        chosen = self._form.chosen
        is_own = chosen is not None and chosen.level == "user"
        is_good = self._form.preset is not None and not self._form.value_errors
        self.save.setEnabled(is_own and is_good and bool(self._form.values))
        for action in (self.save_as, self.duplicate, self.export):
            action.setEnabled(is_good)
        for action in (self.edit, self.delete):
            action.setEnabled(is_own)

    def _add(self, text: str, slot: object) -> QAction:
        action = self.addAction(text)
        action.triggered.connect(slot)
        return action

    def _preset(self) -> Preset:
        preset = self._form.preset
        assert preset is not None
        return preset

    def _save(self) -> None:
        self._presets.update(self._preset())

    def _save_as(self) -> None:
        self._panel.ask_new(self._preset())

    def _duplicate(self) -> None:
        chosen = self._form.chosen
        if chosen:
            self._panel.ask_new(chosen)

    def _edit(self) -> None:
        if self._form.chosen:
            self._panel.ask_edit(self._form.chosen)

    def _delete(self) -> None:
        if self._form.chosen:
            self._panel.ask_delete(self._form.chosen)

    def _export(self) -> None:
        name = f"{self._preset().name}.json"
        path, _ = QFileDialog.getSaveFileName(self, self.tr("Export preset"), name, self.tr("Presets (*.json)"))
        if path:
            self._presets.export(self._preset(), os.path.splitext(path)[0] + ".json")

    def _import(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, self.tr("Import preset"), "", self.tr("Presets (*.json)"))
        if path:
            self._presets.import_file(path)
