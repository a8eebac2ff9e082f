# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Getting about a curve: fit, whole scale, dips and what counts as one, and a frame or timecode that is typed."""

from __future__ import annotations

from typing import Optional

from qtpy.QtCore import Signal
from qtpy.QtWidgets import QDoubleSpinBox, QHBoxLayout, QPushButton, QWidget

from cueffmpeg_gui.gui.curve.curve_goto import GotoField
from cueffmpeg_gui.gui.curve.models.curve_model import CurveModel
from cueffmpeg_gui.gui.curve.models.metric_scale import scale_of
from cueffmpeg_gui.media.metrics import is_lower_better

# Below every score: the limit's place when there is none.
NO_LIMIT = -1.0


class CurveBar(QWidget):
    """`pressed` tells the name of a button: "fit", "whole", "previous" or "next"."""

    pressed = Signal(str)

    def __init__(self, model: CurveModel, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._model = model
        self.goto = GotoField()
        self.limit = self._limit_box()
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
        row.addWidget(self.limit)
        row.addSpacing(6)
        row.addWidget(self.goto, 1)
        model.choice_changed.connect(self._show)

    def _button(self, name: str, words: str, help: str) -> QPushButton:
        button = QPushButton(words)
        button.setToolTip(help)
        button.setAccessibleName(help)
        button.clicked.connect(lambda: self.pressed.emit(name))
        return button

    def _limit_box(self) -> QDoubleSpinBox:
        box = QDoubleSpinBox(minimum=NO_LIMIT, maximum=1000.0, keyboardTracking=False)
        box.setSpecialValueText(self.tr("lowest 5 %"))
        help = self.tr("What counts as a dip, and is counted in the numbers; at the least: the lowest 5 %")
        box.setToolTip(help)
        box.setAccessibleName(help)
        box.valueChanged.connect(self._limit)
        return box

    def _limit(self, value: float) -> None:
        self._model.choose(limit=None if value <= NO_LIMIT else value)

    def _show(self) -> None:
        choice = self._model.choice
        scale = scale_of(choice.metric, self._model.title(choice.metric))
        self.limit.blockSignals(True)
        self.limit.setDecimals(1 if scale.high > 2 or scale.high == scale.low else 3)
        self.limit.setSingleStep(1.0 if scale.high > 2 or scale.high == scale.low else 0.01)
        self.limit.setPrefix(self.tr("above ") if is_lower_better(choice.metric) else self.tr("below "))
        self.limit.setValue(NO_LIMIT if choice.limit is None else choice.limit)
        self.limit.blockSignals(False)
