# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Getting about a curve: fit, whole scale, dips, and a frame or timecode that is typed."""

from __future__ import annotations

from typing import Optional

from qtpy.QtCore import Signal
from qtpy.QtWidgets import QHBoxLayout, QPushButton, QWidget

from cueffmpeg_gui.gui.widgets.curve_goto import GotoField


class CurveBar(QWidget):
    """`pressed` tells the name of a button: "fit", "whole", "previous" or "next"."""

    pressed = Signal(str)

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.goto = GotoField()
        buttons = {
            "fit": (self.tr("Fit"), self.tr("All frames and the scores there are (F)")),
            "whole": (self.tr("Whole scale"), self.tr("All frames and the whole scale (W)")),
            "previous": (self.tr("◂ Dip"), self.tr("The dip before ( [ or Ctrl+Left)")),
            "next": (self.tr("Dip ▸"), self.tr("The next dip ( ] or Ctrl+Right)")),
        }
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for name, (words, help) in buttons.items():
            row.addWidget(self._button(name, words, help))
        row.addSpacing(6)
        row.addWidget(self.goto, 1)

    def _button(self, name: str, words: str, help: str) -> QPushButton:
        button = QPushButton(words)
        button.setToolTip(help)
        button.setAccessibleName(help)
        button.clicked.connect(lambda: self.pressed.emit(name))
        return button
