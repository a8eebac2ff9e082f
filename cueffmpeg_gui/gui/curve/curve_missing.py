# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Frames without a score, hatched: over the whole height for one encode, in a lane each for several."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from qtpy.QtCore import QRectF, Qt
from qtpy.QtGui import QBrush, QColor, QPainter

from cueffmpeg_gui.gui.curve.overlays import Overlay, Pixels

# A lone missing frame among 200,000 must be seen too.
LEAST_PIXELS = 3.0
LANE_PIXELS = 8.0


class MissingFrames(Overlay):
    """`show_runs` takes for each encode its colour and its runs of missing frames (first and last, shape (n, 2))."""

    def __init__(self) -> None:
        super().__init__()
        self._runs: list[tuple[QColor, np.ndarray]] = []
        self._ground = QColor()
        self._is_lone = True
        self.setZValue(-20)

    def show_runs(self, runs: Sequence[tuple[QColor, np.ndarray]], ground: QColor) -> None:
        """Other runs; `ground` is a colour near the background."""
        self._runs, self._ground = [one for one in runs if len(one[1])], ground
        self._is_lone = len(runs) == 1
        self.update()

    def draw(self, painter: QPainter, pixels: Pixels) -> None:
        for lane, (colour, runs) in enumerate(self._runs):
            top, height = self._lane(lane, pixels.area)
            for left, right in pixels.columns(runs[:, 0], runs[:, 1], LEAST_PIXELS):
                stripe = QRectF(left, top, right - left, height)
                painter.fillRect(stripe, self._ground)
                painter.fillRect(stripe, QBrush(colour, Qt.BrushStyle.BDiagPattern))

    def _lane(self, lane: int, area: QRectF) -> tuple[float, float]:
        if self._is_lone:
            return area.top(), area.height()
        return area.bottom() - LANE_PIXELS * (len(self._runs) - lane), LANE_PIXELS - 1
