# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""How gaps are drawn: hatching over the frames that have no score."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from qtpy.QtCore import QRectF, Qt
from qtpy.QtGui import QBrush, QColor, QPainter

from cueffmpeg_gui.gui.curve.overlays import LEAST_PIXELS, Overlay, Pixels

BAND_PIXELS = 8.0


class MissingFrames(Overlay):
    """Hatches frames without a score: over the whole height for one encode, in a band each for several."""

    def __init__(self) -> None:
        super().__init__()
        self._runs: list[tuple[QColor, np.ndarray]] = []
        self._background = QColor()
        self._is_single = True
        self.setZValue(-20)

    def show_runs(self, runs: Sequence[tuple[QColor, np.ndarray]], background: QColor) -> None:
        """Sets each encode's colour and runs of missing frames (first and last, shape (n, 2)), and the background."""
        self._runs, self._background = [one for one in runs if len(one[1])], background
        self._is_single = len(runs) == 1
        self.update()

    def draw(self, painter: QPainter, pixels: Pixels) -> None:
        for band, (colour, runs) in enumerate(self._runs):
            top, height = self._band(band, pixels.area)
            for left, right in pixels.columns(runs[:, 0], runs[:, 1], LEAST_PIXELS):
                stripe = QRectF(left, top, right - left, height)
                painter.fillRect(stripe, self._background)
                painter.fillRect(stripe, QBrush(colour, Qt.BrushStyle.BDiagPattern))

    def _band(self, band: int, area: QRectF) -> tuple[float, float]:
        if self._is_single:
            return area.top(), area.height()
        return area.bottom() - BAND_PIXELS * (len(self._runs) - band), BAND_PIXELS - 1
