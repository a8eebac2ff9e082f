# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""A strip beside a cut score axis: the whole scale, with the part that the axis shows marked."""

from __future__ import annotations

from typing import Any

import pyqtgraph as pg
from qtpy.QtCore import QRectF
from qtpy.QtGui import QPainter, QPalette

from cueffmpeg_gui.gui.curve.axes import ScoreAxis
from cueffmpeg_gui.gui.curve.colours import faint, plain_pen

WIDTH = 9.0


class ScaleStrip(pg.GraphicsWidget):  # type: ignore[misc]  # pyqtgraph has no types
    """As high as the plot; empty while its axis shows the whole scale."""

    def __init__(self, axis: ScoreAxis, box: Any) -> None:
        super().__init__()
        self._axis, self._box = axis, box
        self._palette = QPalette()
        self.setFixedWidth(WIDTH)
        box.sigRangeChanged.connect(lambda *_: self.update())
        box.sigResized.connect(lambda *_: self.update())

    def take_palette(self, palette: QPalette) -> None:
        """Takes over colours of a palette."""
        self._palette = palette
        self.update()

    @property
    def is_shown(self) -> bool:
        """Whether the axis is cut."""
        return any(self._axis.cuts) and self._axis.metric_scale.high > self._axis.metric_scale.low

    def paint(self, painter: QPainter, *_: object) -> None:
        if not self.is_shown:
            return
        area = self.mapRectFromScene(self._box.sceneBoundingRect())
        whole = QRectF(1, area.top(), WIDTH - 3, area.height() - 1)
        scale, (low, high) = self._axis.metric_scale, self._axis.range
        pixels = whole.height() / (scale.high - scale.low)
        top = whole.bottom() - (min(high, scale.high) - scale.low) * pixels
        bottom = whole.bottom() - (max(low, scale.low) - scale.low) * pixels
        painter.setPen(plain_pen(faint(self._palette, 0.4)))
        painter.drawRect(whole)
        painter.fillRect(
            QRectF(whole.left() + 1, top, whole.width() - 1, max(2.0, bottom - top)), faint(self._palette, 0.6)
        )
