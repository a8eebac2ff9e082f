# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Upright marks: seams of chunks as dotted lines, cuts as notches at the upper edge."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from qtpy.QtCore import QPointF, QRectF, Qt
from qtpy.QtGui import QColor, QPainter, QPainterPath, QPolygonF

from cueffmpeg_gui.gui.curve.colours import plain_pen
from cueffmpeg_gui.gui.curve.overlays import Overlay, Pixels

NOTCH, STRIP = 4.0, 16.0
# Seams nearer to each other than this would be a grey veil.
LEAST_PIXELS = 5.0


class UprightMarks(Overlay):
    """Shows borders and cuts; its tooltip, along the upper edge, says what the marks mean."""

    def __init__(self) -> None:
        super().__init__()
        self.setToolTip(
            "Notches: the picture moves far more than in the frames around, as at a cut. Dotted: seams of chunks."
        )
        self._borders = self._cuts = np.empty(0)
        self._line, self._notch = QColor(), QColor()
        self.setZValue(-10)

    def show_marks(self, borders: Iterable[int], cuts: Iterable[int], line: QColor, notch: QColor) -> None:
        """Other marks and their colours; a border is the first frame of a chunk."""
        self._borders = np.array(sorted(set(borders)), dtype=float)
        self._cuts = np.array(sorted(set(cuts)), dtype=float)
        self._line, self._notch = line, notch
        self.update()

    def shape(self) -> QPainterPath:
        """A strip along the upper edge, while there is something to be told."""
        path, view, box = QPainterPath(), self.boundingRect(), self.getViewBox()
        if box is not None and (len(self._borders) or len(self._cuts)):
            height = STRIP / max(box.height(), STRIP) * view.height()
            path.addRect(QRectF(view.left(), view.bottom() - height, view.width(), height))
        return path

    def draw(self, painter: QPainter, pixels: Pixels) -> None:
        top, bottom = pixels.area.top(), pixels.area.bottom()
        painter.setPen(plain_pen(self._line, Qt.PenStyle.DotLine))
        borders = _seen(self._borders - 0.5, pixels)
        if len(borders) < 2 or np.diff(borders).min() >= LEAST_PIXELS:
            for x in borders:
                painter.drawLine(QPointF(x, top), QPointF(x, bottom))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._notch)
        for x in np.unique(np.round(_seen(self._cuts, pixels))):
            painter.drawPolygon(
                QPolygonF([QPointF(x - NOTCH, top), QPointF(x + NOTCH, top), QPointF(x, top + 1.5 * NOTCH)])
            )


def _seen(frames: np.ndarray, pixels: Pixels) -> np.ndarray:
    return pixels.x(frames[(frames >= pixels.view.left()) & (frames <= pixels.view.right())])
