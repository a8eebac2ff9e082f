# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The axes: frames by one of their names, and scores, with a mark where the scale is cut."""

from __future__ import annotations

from typing import Any, Optional

import pyqtgraph as pg
from qtpy.QtCore import QPointF, QRectF
from qtpy.QtGui import QFontMetrics, QPainter

from cueffmpeg_gui.gui.curve.models.frame_names import SHOT, FrameNames
from cueffmpeg_gui.gui.curve.models.metric_scale import Scale

ZIGZAG = 4.0
LABEL_GAP = 24
CUT_SHARE = 0.02
LABEL_DISTANCE = 1


class FrameAxis(pg.AxisItem):  # type: ignore[misc]  # pyqtgraph has no types
    """Shows the names of frames in one unit, at round names only."""

    def __init__(self) -> None:
        super().__init__("bottom", maxTickLength=-4)
        self.setStyle(maxTextLevel=0, maxTickLevel=0)
        self.enableAutoSIPrefix(False)
        self.names, self.unit = FrameNames(0, 1), SHOT

    def show_names(self, names: FrameNames, unit: str) -> None:
        """Sets names and unit; the label says which unit it is."""
        self.names, self.unit = names, unit
        label = f"{unit} (at {names.rate})" if unit not in names.units[:2] else unit
        self.setLabel(label if unit != names.units[1] else f"{unit} (the first is 0)")
        self.picture = None
        self.update()

    def tickSpacing(self, low: float, high: float, size: float) -> list[tuple[float, float]]:
        width = QFontMetrics(self.label.font()).horizontalAdvance(self.names.name(self.names.last, self.unit))
        least = (high - low) * (width + LABEL_GAP) / max(size, 1)
        return [(float(self.names.step(least, self.unit)), float(self.names.origin(self.unit)))]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        return [self.names.name(round(value), self.unit) for value in values]


class ScoreAxis(pg.AxisItem):  # type: ignore[misc]  # pyqtgraph has no types
    """Scores at the left or right. A zigzag marks each end at which the metric's scale is cut."""

    def __init__(self, orientation: str) -> None:
        super().__init__(orientation, maxTickLength=-4)
        self.setStyle(maxTextLevel=0, maxTickLevel=1)
        self.enableAutoSIPrefix(False)
        self.setWidth(48)
        self.metric_scale = Scale(0.0, 0.0)
        self._mapping = (1.0, 0.0)

    def show_scale(self, scale: Scale, factor: float = 1.0, offset: float = 0.0) -> None:
        """Sets the whole scale, and how scores map to the view: y * factor + offset."""
        self.metric_scale, self._mapping = scale, (factor, offset)
        if self.linkedView() is not None:
            self.linkedViewChanged(self.linkedView())
        self.picture = None
        self.update()

    @property
    def cuts(self) -> tuple[bool, bool]:
        """Whether the lower and the upper end of the scale are out of view."""
        slack = (self.metric_scale.high - self.metric_scale.low) * CUT_SHARE
        return self.range[0] > self.metric_scale.low + slack, self.range[1] < self.metric_scale.high - slack

    def linkedViewChanged(self, view: Any, _range: Optional[Any] = None) -> None:
        factor, offset = self._mapping
        low, high = view.viewRange()[1]
        self.setRange((low - offset) / factor, (high - offset) / factor)

    def generateDrawSpecs(self, p: QPainter) -> Any:
        specs = super().generateDrawSpecs(p)
        if specs is None:
            return None
        line, ticks, texts = specs
        return line, ticks, _apart(texts)

    def drawPicture(self, painter: QPainter, line: Any, ticks: Any, texts: Any) -> None:
        super().drawPicture(painter, line, ticks, texts)
        _, top, bottom = line
        is_low_cut, is_high_cut = self.cuts
        painter.setPen(self.textPen())
        for is_cut, y, direction in ((is_low_cut, bottom.y() - 2, -1), (is_high_cut, top.y() + 2, 1)):
            if is_cut:
                _zigzag(painter, top.x(), y, direction)


def _apart(texts: list[tuple[QRectF, Any, str]]) -> list[tuple[QRectF, Any, str]]:
    """From the top down, those that keep a distance from the one before: a low plot has no room for all."""
    kept: list[tuple[QRectF, Any, str]] = []
    for text in sorted(texts, key=lambda one: one[0].top()):
        if not kept or text[0].top() >= kept[-1][0].bottom() + LABEL_DISTANCE:
            kept.append(text)
    return kept


def _zigzag(painter: QPainter, x: float, y: float, direction: int) -> None:
    steps = [QPointF(x + ZIGZAG * side, y + direction * ZIGZAG * row) for row, side in enumerate((0, -1, 1, -1, 0))]
    painter.drawPolyline(steps)
