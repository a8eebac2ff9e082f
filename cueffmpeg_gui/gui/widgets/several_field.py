# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""A field of a form for any number of several items."""

from collections.abc import Sequence
from typing import Any

from qtpy.QtWidgets import QCheckBox, QMenu, QSizePolicy, QToolButton, QWidgetAction

from cueffmpeg_gui.gui.widgets.fields import Field


class SeveralField(Field):
    """Any number of several items, in the order they were ticked; a menu of check boxes on a button."""

    def __init__(self, label: str, items: Sequence[tuple[str, str]], help: str = "") -> None:
        self.button = QToolButton()
        self.button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        super().__init__(label, self.button, help)
        self._texts = dict(items)
        self._chosen: list[str] = []
        self._menu = QMenu(self.button)
        self.boxes: dict[str, QCheckBox] = {}
        for data, text in items:
            self._add(data, text)
        self.button.setMenu(self._menu)

    def show_value(self, value: Any) -> None:
        self._chosen = list(value or ())
        for data, box in self.boxes.items():
            box.setChecked(data in self._chosen)
        texts = [self._texts.get(data, data) for data in self._chosen]
        more = f" + {len(texts) - 1}" if len(texts) > 1 else ""
        self.button.setText((texts[0] + more) if texts else self.tr("none"))
        self.button.setAccessibleDescription(", ".join(texts))

    def _add(self, data: str, text: str) -> None:
        box = QCheckBox(text)
        action = QWidgetAction(self._menu)
        action.setDefaultWidget(box)
        self._menu.addAction(action)
        self.boxes[data] = box
        box.clicked.connect(lambda checked: self._tick(data, checked))

    def _tick(self, data: str, checked: bool) -> None:
        chosen = [item for item in self._chosen if item != data] + ([data] if checked else [])
        self.show_value(chosen)
        self.edited.emit(",".join(chosen))
