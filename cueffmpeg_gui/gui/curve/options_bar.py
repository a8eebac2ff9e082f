# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The options of a curve: its metric, a second one, an average, and how frames are named."""

from __future__ import annotations

from typing import Any, Optional

from qtpy.QtCore import Signal
from qtpy.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSizePolicy, QWidget

from cueffmpeg_gui.gui.curve.models.curve_model import CurveModel
from cueffmpeg_gui.gui.curve.models.frame_names import FrameNames

WINDOWS = (1, 5, 12, 24, 48, 120, 240)
LEAST_CHARACTERS = 8


class OptionsBar(QWidget):
    """Sets the options of the model; `unit_changed` emits how frames are to be named."""

    unit_changed = Signal(str)

    def __init__(self, model: CurveModel, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._model = model
        self.metric_box, self.second_box = QComboBox(), QComboBox()
        self.window_box, self.unit_box = QComboBox(), QComboBox()
        for number in WINDOWS:
            self.window_box.addItem(self.tr("{} frames").format(number) if number > 1 else self.tr("none"), number)
        self._lay_out()
        self.metric_box.activated.connect(lambda _: model.set_metric(self.metric_box.currentData()))
        self.second_box.activated.connect(lambda _: model.set_second(self.second_box.currentData()))
        self.window_box.activated.connect(lambda _: model.set_window(self.window_box.currentData()))
        self.unit_box.activated.connect(lambda _: self.unit_changed.emit(self.unit_box.currentData()))
        model.options_changed.connect(self._show)

    def show_names(self, names: FrameNames) -> None:
        """Sets the available kinds of names."""
        _fill(self.unit_box, [(unit, unit) for unit in names.units], self.unit_box.currentData())

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        texts = {
            self.metric_box: (self.tr("Metric"), self.tr("The metric on the left axis")),
            self.second_box: (self.tr("with"), self.tr("A second metric, paler, on the right axis")),
            self.window_box: (self.tr("Average"), self.tr("Moving average; the curve itself turns pale")),
            self.unit_box: (self.tr("Frames as"), self.tr("What the axis below calls a frame")),
        }
        for box, (name, help) in texts.items():
            label = QLabel(name)
            label.setBuddy(box)
            box.setToolTip(help)
            box.setAccessibleName(help)
            box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            box.setMinimumContentsLength(LEAST_CHARACTERS)
            row.addWidget(label)
            row.addWidget(box)
            row.addSpacing(6)
        row.addStretch(1)

    def _show(self) -> None:
        model, options = self._model, self._model.options
        titles = [(model.title(metric), metric) for metric in model.metrics]
        _fill(self.metric_box, titles, options.metric)
        others = [one for one in titles if one[1] != options.metric]
        _fill(self.second_box, [(self.tr("nothing"), ""), *others], options.second)
        self.window_box.setCurrentIndex(self.window_box.findData(options.window))


def _fill(box: QComboBox, items: list[tuple[str, Any]], chosen: Any) -> None:
    """Sets the items if they differ, and the current one."""
    if [(box.itemText(place), box.itemData(place)) for place in range(box.count())] != items:
        box.clear()
        for text, data in items:
            box.addItem(text, data)
    box.setCurrentIndex(max(0, box.findData(chosen)))
