# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The presets, grouped by kind, with their levels; and a menu for the user's own."""

from qtpy.QtCore import QCoreApplication, Qt, Signal
from qtpy.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from cueffmpeg_gui.gui.submit.models.form import SubmitForm
from cueffmpeg_gui.gui.submit.models.preset_list import GROUPS, PresetList
from cueffmpeg_gui.gui.submit.preset_menu import PresetMenu
from cueffmpeg_gui.gui.submit.preset_name_panel import PresetNamePanel
from cueffmpeg_gui.media.presets import Preset

NAME_ROLE = Qt.ItemDataRole.UserRole


class PresetChooser(QWidget):
    """Choosing a row chooses the preset; the form may choose one too."""

    chosen = Signal(object)

    def __init__(self, presets: PresetList, form: SubmitForm, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presets, self._form = presets, form
        self._items: dict[str, QTreeWidgetItem] = {}
        self.tree = self._make_tree()
        self.button = QToolButton()
        self.panel = PresetNamePanel(presets)
        self.menu = PresetMenu(presets, form, self.panel, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(self._make_head())
        layout.addWidget(self.tree, 1)
        layout.addWidget(self.panel)
        presets.changed.connect(self._fill)
        form.preset_changed.connect(self._show_chosen)
        self._fill()

    def _make_head(self) -> QHBoxLayout:
        title = QLabel(self.tr("&Preset"))
        title.setProperty("role", "title")
        title.setBuddy(self.tree)
        button = self.button
        button.setText(self.tr("Presets …"))
        button.setAccessibleName(self.tr("Preset menu"))
        button.setToolTip(self.tr("Save, edit, duplicate, delete, export and import presets"))
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setMenu(self.menu)
        head = QHBoxLayout()
        head.addWidget(title, 1)
        head.addWidget(button)
        return head

    def _make_tree(self) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setColumnCount(2)
        tree.setHeaderHidden(True)
        tree.setIndentation(14)
        tree.setRootIsDecorated(False)
        tree.setAccessibleName(self.tr("Presets"))
        tree.setUniformRowHeights(True)
        tree.header().setStretchLastSection(False)
        tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        tree.currentItemChanged.connect(self._picked)
        return tree

    def _fill(self) -> None:
        self.tree.blockSignals(True)
        self.tree.clear()
        self._items.clear()
        for group in GROUPS:
            members = [p for p in self._presets.presets.values() if self._presets.group_of(p) == group]
            if members:
                self._add_group(group, sorted(members, key=lambda preset: preset.title.lower()))
        self.tree.expandAll()
        self.tree.blockSignals(False)
        self._show_chosen()

    def _add_group(self, group: str, members: list[Preset]) -> None:
        head = QTreeWidgetItem(self.tree, [QCoreApplication.translate("PresetChooser", GROUPS[group])])
        head.setFlags(Qt.ItemFlag.ItemIsEnabled)
        head.setFirstColumnSpanned(True)
        head.setForeground(0, self.palette().placeholderText())
        for preset in members:
            item = QTreeWidgetItem(head, [preset.title, self._level(preset)])
            item.setData(0, NAME_ROLE, preset.name)
            self._items[preset.name] = item
            item.setForeground(1, self.palette().placeholderText())
            for column in (0, 1):
                item.setToolTip(column, f"{preset.description}\n{preset.label}, {self._level(preset)}")
            item.setData(0, Qt.ItemDataRole.AccessibleDescriptionRole, preset.description)

    def _level(self, preset: Preset) -> str:
        return QCoreApplication.translate("PresetChooser", preset.level)

    def _picked(self, item: QTreeWidgetItem | None, before: QTreeWidgetItem | None) -> None:
        name = item.data(0, NAME_ROLE) if item else None
        if name and (self._form.chosen is None or self._form.chosen.name != name):
            self._form.choose(self._presets.presets[name])

    def _show_chosen(self) -> None:
        chosen = self._form.chosen
        item = self._items.get(chosen.name) if chosen else None
        if item is not None:
            self.tree.blockSignals(True)
            self.tree.setCurrentItem(item)
            self.tree.blockSignals(False)
