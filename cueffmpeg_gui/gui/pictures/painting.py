# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Where panes and their strips of text lie, and how a picture, a text and a line are painted into them."""

from __future__ import annotations

from dataclasses import dataclass

from qtpy.QtCore import QRect, QRectF, Qt
from qtpy.QtGui import QColor, QFontMetrics, QPainter

from cueffmpeg_gui.gui.pictures.models.picture_text import JOINT
from cueffmpeg_gui.gui.pictures.models.screen_images import ImagePyramid
from cueffmpeg_gui.gui.pictures.models.viewport import Viewport
from cueffmpeg_gui.gui.widgets.theme import FAINT, TEXT, WARNING

GAP = 2
# A canvas lower than this gives its lower strips to the picture.
LOW = 150
# No hue beside pictures, and neither black nor white, which would change how bright they look.
SURROUND, STRIP, LINE = QColor("#3c3c3c"), QColor("#2a2a2a"), QColor("#e0e0e0")
PAD = 8
# From this zoom on pixels are shown as they are, not smoothed.
SQUARE_PIXELS = 2.0
CENTRED = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
ALIGNMENTS = tuple(
    int(side | Qt.AlignmentFlag.AlignVCenter) for side in (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight)
)


@dataclass(frozen=True)
class Pane:
    """A picture's place, the strip above it that says what it is, and the strip below with values."""

    caption: QRect
    picture: QRect
    values: QRect


def lay_out(area: QRect, count: int, strip: int) -> list[Pane]:
    """So many panes of one size side by side, with strips of a height."""
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


def paint_picture(painter: QPainter, levels: ImagePyramid, place: QRect, viewport: Viewport, clip: QRect) -> None:
    """The part of a picture that is seen in a pane, within a part of the pane."""
    left, top, width, height = viewport.area
    image = levels.for_width(width * painter.device().devicePixelRatioF())
    target = QRectF(place.left() + left, place.top() + top, width, height)
    painter.save()
    painter.setClipRect(clip)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, viewport.scale < SQUARE_PIXELS)
    painter.drawImage(target, image, QRectF(image.rect()))
    painter.restore()


def paint_strip(
    painter: QPainter, place: QRect, left: str, right: str = "", bright: tuple[bool, bool] = (True, True)
) -> None:
    """A text at the left, another at the right; where there is no room for both they are shortened."""
    if place.height() <= 0:
        return
    painter.fillRect(place, STRIP)
    inner = place.adjusted(PAD, 0, -PAD, 0)
    room = (inner.width() - PAD) // 2 if left and right else inner.width()
    metrics = QFontMetrics(painter.font())
    for text, side, is_bright in zip((left, right), ALIGNMENTS, bright, strict=True):
        painter.setPen(QColor(TEXT if is_bright else FAINT))
        painter.drawText(inner, side, fitted(text, metrics, room))


def fitted(text: str, metrics: QFontMetrics, room: int) -> str:
    """The text shortened from its end; where not even its first part has room, the end of that, which is a number."""
    first = text.partition(JOINT)[0]
    if metrics.horizontalAdvance(first) > room:
        return metrics.elidedText(first, Qt.TextElideMode.ElideLeft, room)
    whole = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
    return whole if whole.startswith(first) else first


def paint_sentence(painter: QPainter, place: QRect, sentence: str, is_trouble: bool) -> None:
    """A sentence in the middle of a pane."""
    painter.setPen(QColor(WARNING if is_trouble else TEXT))
    painter.drawText(place.adjusted(PAD, PAD, -PAD, -PAD), CENTRED, sentence)


def paint_line(painter: QPainter, place: QRect, x: int) -> None:
    """The wipe's line; dark edges keep it seen on white."""
    painter.fillRect(QRect(x - 1, place.top(), 3, place.height()), QColor(0, 0, 0, 120))
    painter.fillRect(QRect(x, place.top(), 1, place.height()), LINE)
