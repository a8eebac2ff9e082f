# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The buttons beside the pictures: view mode, amplification, zoom."""

from __future__ import annotations

from qtpy.QtCore import Qt, Signal
from qtpy.QtWidgets import QButtonGroup, QComboBox, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from cueffmpeg_gui.gui.pictures.models.picture_text import TIMES
from cueffmpeg_gui.gui.pictures.modes import GAINS, MODES, Mode


class PictureToolbar(QWidget):
    """Signals emit the chosen mode, amplification, zoom ("fit" or "real"), and a step in frames."""

    mode_chosen = Signal(object)
    gain_chosen = Signal(int)
    zoom_chosen = Signal(str)
    stepped = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: dict[str, QPushButton] = {}
        self.gain = QComboBox()
        for gain in GAINS:
            self.gain.addItem(f"{TIMES}{gain}", gain)
        self.gain.setCurrentIndex(GAINS.index(4))
        self.gain.setToolTip("How much the difference is amplified")
        self.gain.currentIndexChanged.connect(lambda _: self.gain_chosen.emit(self.gain.currentData()))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(self._make_modes())
        layout.addLayout(self._make_zooms())

    def show_mode(self, mode: Mode) -> None:
        """Checks the button of a mode."""
        self.buttons[mode.name].setChecked(True)
        self.gain.setEnabled(mode.name == "difference")

    def _make_modes(self) -> QGridLayout:
        grid, group = QGridLayout(), QButtonGroup(self)
        grid.setSpacing(4)
        for place, mode in enumerate(MODES):
            button = self._make_button(mode.text, f"{mode.hint} ({mode.key})")
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, mode=mode: self.mode_chosen.emit(mode))
            group.addButton(button)
            grid.addWidget(button, place // 2, place % 2)
            self.buttons[mode.name] = button
        return grid

    def _make_zooms(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(4)
        for text, step, key in (("◂", -1, "Left"), ("▸", 1, "Right")):
            button = self._make_button(text, f"One frame {'back' if step < 0 else 'on'} ({key})")
            button.setAutoRepeat(True)
            button.clicked.connect(lambda _=False, step=step: self.stepped.emit(step))
            row.addWidget(button)
        for text, zoom, hint in (
            ("Fit", "fit", "All of the picture (double click)"),
            ("1:1", "real", "One pixel of the picture for each of the screen (Z)"),
        ):
            button = self._make_button(text, hint)
            button.clicked.connect(lambda _=False, zoom=zoom: self.zoom_chosen.emit(zoom))
            row.addWidget(button)
        row.addWidget(self.gain)
        return row

    def _make_button(self, text: str, hint: str) -> QPushButton:
        button = QPushButton(text)
        button.setToolTip(hint)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setMinimumWidth(28)
        return button
