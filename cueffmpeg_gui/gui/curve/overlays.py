# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What lies over or under the curves at frames, but with sizes in pixels: slips, seams, cuts. Gaps are in gaps.py."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pyqtgraph as pg
from qtpy.QtCore import QPointF, QRectF, Qt
from qtpy.QtGui import QColor, QPainter, QPainterPath, QPolygonF

from cueffmpeg_gui.gui.curve.colours import plain_pen

# A single frame among 200,000 must be seen too.
LEAST_PIXELS = 3.0
NOTCH, STRIP = 4.0, 16.0
# Seams nearer to each other than this would cover the plot in grey.
SEAM_PIXELS = 5.0


class Pixels:
    """Maps frames and scores of the view to pixels."""

    def __init__(self, area: QRectF, view: QRectF) -> None:
        self.area, self.view = area, view

    def x(self, frames: Any) -> Any:
        """The pixels of frames, a number or an array."""
        return self.area.left() + (frames - self.view.left()) / self.view.width() * self.area.width()

    def y(self, value: float) -> float:
        """The pixel of a score."""
        return self.area.bottom() - (value - self.view.top()) / self.view.height() * self.area.height()

    def columns(self, firsts: np.ndarray, lasts: np.ndarray, least: float) -> list[tuple[float, float]]:
        """Left and right of runs of frames in view, each at least `least` pixels wide; runs that touch are merged."""
        inside = (lasts + 0.5 > self.view.left()) & (firsts - 0.5 < self.view.right())
        left = np.maximum(self.x(firsts[inside] - 0.5), self.area.left())
        right = np.minimum(np.maximum(self.x(lasts[inside] + 0.5), left + least), self.area.right())
        if not len(left):
            return []
        reached = np.maximum.accumulate(right)
        begins = np.flatnonzero(np.concatenate(([True], left[1:] > reached[:-1] + 1)))
        ends = np.append(begins[1:], len(left)) - 1
        return list(zip(left[begins].tolist(), reached[ends].tolist()))


class Overlay(pg.GraphicsObject):  # type: ignore[misc]  # pyqtgraph has no types
    """Covers the whole view and paints in pixels. Subclasses implement `draw`."""

    def draw(self, painter: QPainter, pixels: Pixels) -> None:
        """Paints over the view."""
        raise NotImplementedError

    def boundingRect(self) -> QRectF:
        box = self.getViewBox()
        return QRectF(box.viewRect()) if box is not None else QRectF()

    def viewTransformChanged(self) -> None:
        super().viewTransformChanged()
        self.prepareGeometryChange()
        self.update()

    def paint(self, painter: QPainter, *_: object) -> None:
        transform, view = painter.transform(), self.boundingRect()
        if view.isEmpty():
            return
        painter.save()
        painter.resetTransform()
        self.draw(painter, Pixels(transform.mapRect(view), view))
        painter.restore()


class OutOfStep(Overlay):
    """Shades frames whose pictures are not the reference's own; a tooltip says what is wrong with the pair."""

    def __init__(self) -> None:
        super().__init__()
        self._runs, self._colour = np.empty((0, 2)), QColor()
        self.setZValue(-15)

    def show_slips(self, slips: Iterable[tuple[int, int]], colour: QColor, text: str) -> None:
        """Sets first and last frames, the colour, and what the tooltip says."""
        self._runs, self._colour = np.array(sorted(set(slips)), dtype=float).reshape(-1, 2), colour
        self.setToolTip(text)
        self.update()

    def draw(self, painter: QPainter, pixels: Pixels) -> None:
        for left, right in pixels.columns(self._runs[:, 0], self._runs[:, 1], LEAST_PIXELS):
            painter.fillRect(QRectF(left, pixels.area.top(), right - left, pixels.area.height()), self._colour)


class SeamMarks(Overlay):
    """Seams of chunks as dotted lines, cuts as notches at the upper edge, where a tooltip explains both."""

    def __init__(self) -> None:
        super().__init__()
        self.setToolTip(
            "Notches: the picture moves far more than in the frames around, as at a cut. Dotted: seams of chunks."
        )
        self._borders = self._cuts = np.empty(0)
        self._line, self._notch = QColor(), QColor()
        self.setZValue(-10)

    def show_marks(self, borders: Iterable[int], cuts: Iterable[int], line: QColor, notch: QColor) -> None:
        """Sets marks and colours; a border is the first frame of a chunk."""
        self._borders = np.array(sorted(set(borders)), dtype=float)
        self._cuts = np.array(sorted(set(cuts)), dtype=float)
        self._line, self._notch = line, notch
        self.update()

    def shape(self) -> QPainterPath:
        """Where the tooltip is shown: a strip along the upper edge, while there are marks."""
        path, view, box = QPainterPath(), self.boundingRect(), self.getViewBox()
        if box is not None and (len(self._borders) or len(self._cuts)):
            height = STRIP / max(box.height(), STRIP) * view.height()
            path.addRect(QRectF(view.left(), view.bottom() - height, view.width(), height))
        return path

    def draw(self, painter: QPainter, pixels: Pixels) -> None:
        top, bottom = pixels.area.top(), pixels.area.bottom()
        painter.setPen(plain_pen(self._line, Qt.PenStyle.DotLine))
        borders = _visible_x(self._borders - 0.5, pixels)
        if len(borders) < 2 or np.diff(borders).min() >= SEAM_PIXELS:
            for x in borders:
                painter.drawLine(QPointF(x, top), QPointF(x, bottom))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._notch)
        for x in np.unique(np.round(_visible_x(self._cuts, pixels))):
            painter.drawPolygon(
                QPolygonF([QPointF(x - NOTCH, top), QPointF(x + NOTCH, top), QPointF(x, top + 1.5 * NOTCH)])
            )


def _visible_x(frames: np.ndarray, pixels: Pixels) -> np.ndarray:
    return np.asarray(pixels.x(frames[(frames >= pixels.view.left()) & (frames <= pixels.view.right())]))
