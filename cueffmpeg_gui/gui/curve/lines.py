# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""All lines of a plot, kept by encode: only what is in view is drawn, and only what has changed is drawn again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Optional

import numpy as np
import pyqtgraph as pg
from qtpy.QtGui import QPalette, QPen

from cueffmpeg_gui.gui.curve.colours import curve_pen
from cueffmpeg_gui.gui.curve.models.curve_model import DrawnCurve
from cueffmpeg_gui.gui.curve.models.pyramid import Pyramid
from cueffmpeg_gui.gui.curve.models.series import Series

# Half the length of the stroke for a frame without neighbours.
LONE_PIXELS, LONE_FRAMES = 1.5, 0.35
NO_FRAMES = np.empty(0)


class CurveLine(pg.PlotCurveItem):  # type: ignore[misc]  # pyqtgraph has no types
    """Draws a pyramid, decimated for the view; with a mapping, a score y is drawn at y * factor + offset."""

    def __init__(self, pen: QPen) -> None:
        super().__init__(pen=pen, antialias=False, connect="finite")
        self._pyramid: Optional[Pyramid] = None
        self._mapping = (1.0, 0.0)
        self._view: Optional[tuple[float, float, float]] = None

    def show_pyramid(self, pyramid: Optional[Pyramid]) -> None:
        """Sets the line; None for no line."""
        if pyramid is not self._pyramid:
            self._pyramid = pyramid
            self._draw()

    def set_mapping(self, factor: float, offset: float) -> None:
        """Sets factor and offset."""
        if (factor, offset) != self._mapping:
            self._mapping = (factor, offset)
            self._draw()

    def show_range(self, left: float, right: float, pixels: float) -> None:
        """Sets the frames in view, and how many pixels wide the view is."""
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


class LoneFrames(pg.PlotCurveItem):  # type: ignore[misc]  # pyqtgraph has no types
    """Short strokes at frames with a score whose neighbours have none: a line would not show them."""

    def __init__(self, pen: QPen) -> None:
        super().__init__(pen=pen, antialias=False, connect="pairs")
        self._frames = self._values = NO_FRAMES
        self._view: Optional[tuple[float, float, float]] = None

    def show_frames(self, frames: np.ndarray, values: np.ndarray) -> None:
        """Sets the frames and their scores."""
        self._frames, self._values = frames, values
        self._draw()

    def show_range(self, left: float, right: float, pixels: float) -> None:
        """Sets the frames in view; of those that share a pixel one is drawn."""
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


class _EncodeLines:
    """The lines of one encode: the metric, its average on top, lone frames, and the second metric behind."""

    def __init__(self, number: int, palette: QPalette) -> None:
        self._pens = curve_pen(number, palette), curve_pen(number, palette, is_pale=True)
        solid, pale = self._pens
        self.line, self.average, self.second, self.lone = (
            CurveLine(solid), CurveLine(solid), CurveLine(pale), LoneFrames(solid)
        )  # fmt: skip
        self.second.setZValue(-1)
        self.average.setZValue(1)
        self.items = (self.line, self.average, self.second, self.lone)
        self._series: Optional[Series] = None

    def show_series(self, main: Optional[Series], second: Optional[Series]) -> None:
        if main is not self._series:
            self._series = main
            self.line.setPen(self._pens[bool(main and main.average)])
            self.line.show_pyramid(main.line if main else None)
            self.average.show_pyramid(main.average if main else None)
            lone = main.lone if main else NO_FRAMES
            self.lone.show_frames(lone, main.line.values[lone - main.encode.first] if main else NO_FRAMES)
        self.second.show_pyramid((second.average or second.line) if second else None)


class CurveLines:
    """The lines of all encodes, in a view box."""

    def __init__(self, box: Any) -> None:
        self._box = box
        self._lines: dict[tuple[str, int], _EncodeLines] = {}
        self._view = (0.0, 1.0, 1.0)
        self._mapping = (1.0, 0.0)

    @property
    def lines(self) -> list[CurveLine]:
        """The main line of each encode."""
        return [one.line for one in self._lines.values()]

    def show_drawn(self, drawn: Sequence[DrawnCurve], hidden: frozenset[str], palette: QPalette) -> None:
        """Sets the encodes, and which of them are hidden."""
        wanted = {(one.encode.key, one.encode.number): one for one in drawn}
        for key in set(self._lines) - set(wanted):
            self._remove(key)
        for key, one in wanted.items():
            lines = self._lines.get(key) or self._add(key, palette)
            lines.show_series(one.main, one.second)
            for item in lines.items:
                item.setVisible(one.encode.key not in hidden)

    def clear(self) -> None:
        """Removes all lines; the next drawing makes them with new colours."""
        for key in list(self._lines):
            self._remove(key)

    def show_range(self, left: float, right: float, pixels: float) -> None:
        """Sets the frames in view, and how many pixels wide the view is."""
        self._view = (left, right, pixels)
        for one in self._lines.values():
            for item in one.items:
                item.show_range(*self._view)

    def map_second(self, factor: float, offset: float) -> None:
        """Sets how scores of the second metric map to the axis of the first."""
        self._mapping = (factor, offset)
        for one in self._lines.values():
            one.second.set_mapping(factor, offset)

    def _add(self, key: tuple[str, int], palette: QPalette) -> _EncodeLines:
        lines = self._lines[key] = _EncodeLines(key[1], palette)
        lines.second.set_mapping(*self._mapping)
        for item in lines.items:
            item.show_range(*self._view)
            self._box.addItem(item, ignoreBounds=True)
        return lines

    def _remove(self, key: tuple[str, int]) -> None:
        for item in self._lines.pop(key).items:
            self._box.removeItem(item)
