# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What lies over or under the curves at places of the view but with sizes in pixels."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyqtgraph as pg
from qtpy.QtCore import QRectF
from qtpy.QtGui import QPainter


class Pixels:
    """The view's rectangle in pixels, and where frames and values lie in it."""

    def __init__(self, area: QRectF, view: QRectF) -> None:
        self.area, self.view = area, view

    def x(self, frames: Any) -> Any:
        """Pixels of frames, a number or an array."""
        return self.area.left() + (frames - self.view.left()) / self.view.width() * self.area.width()

    def y(self, value: float) -> float:
        """The pixel of a value."""
        return self.area.bottom() - (value - self.view.top()) / self.view.height() * self.area.height()

    def columns(self, firsts: np.ndarray, lasts: np.ndarray, least: float) -> list[tuple[float, float]]:
        """Left and right of stretches of frames in view, each `least` pixels wide or more, those that touch as one."""
        inside = (lasts + 0.5 > self.view.left()) & (firsts - 0.5 < self.view.right())
        left = np.maximum(self.x(firsts[inside] - 0.5), self.area.left())
        right = np.minimum(np.maximum(self.x(lasts[inside] + 0.5), left + least), self.area.right())
        if not len(left):
            return []
        reached = np.maximum.accumulate(right)
        begins = np.flatnonzero(np.concatenate(([True], left[1:] > reached[:-1] + 1)))
        ends = np.append(begins[1:], len(left)) - 1
        return list(zip(left[begins].tolist(), reached[ends].tolist()))


class Overlay(pg.GraphicsObject):
    """As large as the view, whatever the view shows; paints in pixels. Children say what."""

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
