# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""A field of a few answers that are all seen at once: a button each, of which one is down, or none."""

from collections.abc import Sequence
from typing import Any

from qtpy.QtWidgets import QHBoxLayout, QPushButton, QWidget

from cueffmpeg_gui.gui.widgets.fields import Field


class ButtonsField(Field):
    """`answers` are (data, text, help); a press of the button that is down takes the answer back."""

    def __init__(self, label: str, answers: Sequence[tuple[str, str, str]], help: str = "") -> None:
        box = QWidget()
        super().__init__(label, box, help)
        self.buttons = {data: QPushButton(text) for data, text, _ in answers}
        layout = QHBoxLayout(box)
        layout.setContentsMargins(0, 0, 0, 0)
        for data, text, told in answers:
            button = self.buttons[data]
            button.setCheckable(True)
            button.setToolTip(told)
            button.setAccessibleName(f"{label}: {text}".replace("&", ""))
            button.setAccessibleDescription(told)
            button.clicked.connect(lambda checked, data=data: self.edited.emit(data if checked else ""))
            layout.addWidget(button)
        layout.addStretch(1)
        first = next(iter(self.buttons.values()))
        box.setFocusProxy(first)
        self.label.setBuddy(first)

    def show_value(self, value: Any) -> None:
        for data, button in self.buttons.items():
            button.setChecked(data == value)
