# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The layout of panes with their strips of text, and how pictures, texts and lines are painted into them."""

from __future__ import annotations

from dataclasses import dataclass

from qtpy.QtCore import QRect, QRectF, Qt
from qtpy.QtGui import QColor, QFontMetrics, QPainter

from cueffmpeg_gui.gui.pictures.models.picture_text import JOINT
from cueffmpeg_gui.gui.pictures.models.screen_images import ImagePyramid
from cueffmpeg_gui.gui.pictures.models.viewport import Viewport
from cueffmpeg_gui.gui.widgets.theme import FAINT, TEXT, WARNING

GAP = 2
# A canvas lower than this has no strips below its pictures.
LOW = 150
# Neutral greys around pictures; black or white would change how bright pictures appear.
SURROUND, STRIP, LINE = QColor("#3c3c3c"), QColor("#2a2a2a"), QColor("#e0e0e0")
PAD = 8
# From this zoom on pixels are not smoothed.
SQUARE_PIXELS = 2.0
CENTRED = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
ALIGNMENTS = tuple(
    int(side | Qt.AlignmentFlag.AlignVCenter) for side in (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight)
)


@dataclass(frozen=True)
class Pane:
    """The rectangles of a picture, of the caption above it and of the values below."""

    caption: QRect
    picture: QRect
    values: QRect


def lay_out(area: QRect, count: int, strip: int) -> list[Pane]:
    """Panes of equal size side by side, with strips of this height."""
    width = (area.width() - GAP * (count - 1)) // count
    below = strip if area.height() >= LOW else 0
    return [
        _pane(QRect(area.left() + place * (width + GAP), area.top(), width, area.height()), strip, below)
        for place in range(count)
    ]


def _pane(area: QRect, above: int, below: int) -> Pane:
    return Pane(
        QRect(area.left(), area.top(), area.width(), above),
        area.adjusted(0, above, 0, -below),
        QRect(area.left(), area.bottom() + 1 - below, area.width(), below),
    )


def paint_picture(painter: QPainter, pyramid: ImagePyramid, place: QRect, viewport: Viewport, clip: QRect) -> None:
    """Paints the visible part of a picture into a pane, clipped to a part of the pane."""
    left, top, width, height = viewport.area
    image = pyramid.for_width(width * painter.device().devicePixelRatioF())
    target = QRectF(place.left() + left, place.top() + top, width, height)
    painter.save()
    painter.setClipRect(clip)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, viewport.scale < SQUARE_PIXELS)
    painter.drawImage(target, image, QRectF(image.rect()))
    painter.restore()


def paint_strip(
    painter: QPainter, place: QRect, left: str, right: str = "", bright: tuple[bool, bool] = (True, True)
) -> None:
    """Paints a text at the left and another at the right, elided where they do not fit."""
    if place.height() <= 0:
        return
    painter.fillRect(place, STRIP)
    inner = place.adjusted(PAD, 0, -PAD, 0)
    width = (inner.width() - PAD) // 2 if left and right else inner.width()
    metrics = QFontMetrics(painter.font())
    for text, side, is_bright in zip((left, right), ALIGNMENTS, bright, strict=True):
        painter.setPen(QColor(TEXT if is_bright else FAINT))
        painter.drawText(inner, side, fitted(text, metrics, width))


def fitted(text: str, metrics: QFontMetrics, width: int) -> str:
    """The text elided at its end; if even its first part does not fit, the end of that, which is a frame number."""
    first = text.partition(JOINT)[0]
    if metrics.horizontalAdvance(first) > width:
        return metrics.elidedText(first, Qt.TextElideMode.ElideLeft, width)
    whole = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
    return whole if whole.startswith(first) else first


def paint_sentence(painter: QPainter, place: QRect, sentence: str, is_trouble: bool) -> None:
    """Paints a sentence in the middle of a pane."""
    painter.setPen(QColor(WARNING if is_trouble else TEXT))
    painter.drawText(place.adjusted(PAD, PAD, -PAD, -PAD), CENTRED, sentence)


def paint_line(painter: QPainter, place: QRect, x: int) -> None:
    """Paints the wipe's line; dark edges keep it visible on white."""
    painter.fillRect(QRect(x - 1, place.top(), 3, place.height()), QColor(0, 0, 0, 120))
    painter.fillRect(QRect(x, place.top(), 1, place.height()), LINE)
