# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Moving about a curve: fit, whole scale, dips and the limit that defines them, and a frame or timecode to go to."""

from __future__ import annotations

from typing import Optional

from qtpy.QtCore import Qt, Signal
from qtpy.QtGui import QKeySequence, QShortcut
from qtpy.QtWidgets import QDoubleSpinBox, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.gui.curve.models.curve_model import CurveModel
from cueffmpeg_gui.gui.curve.models.frame_names import SHOT, FrameNames
from cueffmpeg_gui.gui.curve.models.metric_scale import scale_of
from cueffmpeg_gui.gui.widgets.elided_label import ElidedLabel
from cueffmpeg_gui.media.metrics import is_lower_better

FIELD_WIDTH = 132
# Below every score: stands for no limit.
NO_LIMIT = -1.0


class GotoField(QWidget):
    """A field for a frame or timecode. `chosen` emits the frame, `left` follows Escape; errors are shown beside it."""

    chosen = Signal(int)
    left = Signal()

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._names, self._unit = FrameNames(0, 0), SHOT
        self.line = QLineEdit()
        self.line.setFixedWidth(FIELD_WIDTH)
        self.line.setAccessibleName(self.tr("Go to frame or timecode"))
        self.line.setToolTip(self.tr("A frame number or a timecode, then Enter (G)"))
        self.error = ElidedLabel()
        self.error.setProperty("role", "error")
        caption = QLabel(self.tr("Go to"))
        caption.setBuddy(self.line)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(caption)
        row.addWidget(self.line)
        row.addWidget(self.error, 1)
        self.line.returnPressed.connect(self._go)
        self.line.textEdited.connect(lambda _: self.error.setText(""))
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self._leave)

    def show_names(self, names: FrameNames, unit: str) -> None:
        """Sets how frames are named."""
        self._names, self._unit = names, unit
        first = names.name(names.first, unit)
        self.line.setPlaceholderText(f"{first} …")

    def begin(self) -> None:
        """Focuses the field, so that the user can type."""
        self.line.setFocus()
        self.line.selectAll()

    def _go(self) -> None:
        try:
            frame = self._names.find(self.line.text(), self._unit)
        except InputRefused as refused:
            self.error.setText(str(refused))
            self.line.selectAll()
            return
        self.error.setText("")
        self.chosen.emit(frame)

    def _leave(self) -> None:
        self.error.setText("")
        self.line.clear()
        self.left.emit()


class NavigationBar(QWidget):
    """`pressed` emits the name of a button: "fit", "whole", "previous" or "next"."""

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
        for name, (text, help) in buttons.items():
            row.addWidget(self._button(name, text, help))
        row.addWidget(self.limit)
        row.addSpacing(6)
        row.addWidget(self.goto, 1)
        model.options_changed.connect(self._show)

    def _button(self, name: str, text: str, help: str) -> QPushButton:
        button = QPushButton(text)
        button.setToolTip(help)
        button.setAccessibleName(help)
        button.clicked.connect(lambda: self.pressed.emit(name))
        return button

    def _limit_box(self) -> QDoubleSpinBox:
        box = QDoubleSpinBox(minimum=NO_LIMIT, maximum=1000.0)
        box.setKeyboardTracking(False)
        box.setSpecialValueText(self.tr("lowest 5 %"))
        help = self.tr("What counts as a dip, and is counted in the numbers; at the least: the lowest 5 %")
        box.setToolTip(help)
        box.setAccessibleName(help)
        box.valueChanged.connect(self._set_limit)
        return box

    def _set_limit(self, value: float) -> None:
        self._model.set_limit(None if value <= NO_LIMIT else value)

    def _show(self) -> None:
        options = self._model.options
        scale = scale_of(options.metric, self._model.title(options.metric))
        self.limit.blockSignals(True)
        self.limit.setDecimals(1 if scale.high > 2 or scale.high == scale.low else 3)
        self.limit.setSingleStep(1.0 if scale.high > 2 or scale.high == scale.low else 0.01)
        self.limit.setPrefix(self.tr("above ") if is_lower_better(options.metric) else self.tr("below "))
        self.limit.setValue(NO_LIMIT if options.limit is None else options.limit)
        self.limit.blockSignals(False)
