# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""A line of any length, drawn from a pyramid: only what is in view, with a few points a pixel."""

from __future__ import annotations

from typing import Optional

import numpy as np
import pyqtgraph as pg
from qtpy.QtGui import QPen

from cueffmpeg_gui.gui.curve.models.pyramid import Pyramid

# Half the length of the stroke that stands for a frame without neighbours.
LONE_PIXELS, LONE_FRAMES = 1.5, 0.35


class CurveLine(pg.PlotCurveItem):
    """Shows a pyramid; with `mapped` its numbers y are drawn at y * factor + offset."""

    def __init__(self, pen: QPen) -> None:
        super().__init__(pen=pen, antialias=False, connect="finite")
        self._pyramid: Optional[Pyramid] = None
        self._mapping = (1.0, 0.0)
        self._view: Optional[tuple[float, float, float]] = None

    def show_pyramid(self, pyramid: Optional[Pyramid]) -> None:
        """Shows another line, or none."""
        if pyramid is not self._pyramid:
            self._pyramid = pyramid
            self._draw()

    def set_mapping(self, factor: float, offset: float) -> None:
        """Where numbers are drawn."""
        if (factor, offset) != self._mapping:
            self._mapping = (factor, offset)
            self._draw()

    def show_range(self, left: float, right: float, pixels: float) -> None:
        """What of it is in view."""
        if (left, right, pixels) != self._view:
            self._view = (left, right, pixels)
            self._draw()

    def _draw(self) -> None:
        if self._pyramid is None or self._view is None:
            self.setData([], [])
            return
        x, y = self._pyramid.points(*self._view)
        factor, offset = self._mapping
        self.setData(x, y if self._mapping == (1.0, 0.0) else y * factor + offset)


class LoneFrames(pg.PlotCurveItem):
    """Short strokes at frames that have a number while their neighbours have none: a line would not show them."""

    def __init__(self, pen: QPen) -> None:
        super().__init__(pen=pen, antialias=False, connect="pairs")
        self._frames = self._values = np.empty(0)
        self._view: Optional[tuple[float, float, float]] = None

    def show_frames(self, frames: np.ndarray, values: np.ndarray) -> None:
        """Other frames and their numbers."""
        self._frames, self._values = frames, values
        self._draw()

    def show_range(self, left: float, right: float, pixels: float) -> None:
        """What of them is in view; of those that fall on one pixel one is drawn."""
        if (left, right, pixels) != self._view:
            self._view = (left, right, pixels)
            self._draw()

    def _draw(self) -> None:
        if self._view is None or not len(self._frames):
            if self.xData is not None and len(self.xData):
                self.setData([], [])
            return
        left, right, pixels = self._view
        begin, end = np.searchsorted(self._frames, (left, right))
        frame_pixels = max(pixels, 1.0) / (right - left)
        _, kept = np.unique(((self._frames[begin:end] - left) * frame_pixels).astype(int), return_index=True)
        frames, values = self._frames[begin:end][kept], self._values[begin:end][kept]
        half = max(LONE_FRAMES, LONE_PIXELS / frame_pixels)
        self.setData(np.column_stack((frames - half, frames + half)).ravel(), np.repeat(values, 2))
