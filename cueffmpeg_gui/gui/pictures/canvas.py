# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The pictures of a pair in one or two panes with one zoom and one pan, and the values under the pointer."""

from __future__ import annotations

from dataclasses import replace

from qtpy.QtCore import QEvent, QPointF, QRect, QSize, Qt
from qtpy.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPalette, QResizeEvent, QWheelEvent
from qtpy.QtWidgets import QWidget

from cueffmpeg_gui.gui.pictures.models.screen_images import SideImage
from cueffmpeg_gui.gui.pictures.models.shown_pair import SIDES, Pictures
from cueffmpeg_gui.gui.pictures.models.viewport import Viewport
from cueffmpeg_gui.gui.pictures.modes import MODES, Mode
from cueffmpeg_gui.gui.pictures.painting import (
    STRIP,
    SURROUND,
    Pane,
    lay_out,
    paint_line,
    paint_picture,
    paint_sentence,
    paint_strip,
)

STRIP_AIR = 6
WHEEL_STEP = 120


class PictureCanvas(QWidget):
    """Paints what it is given; it reads nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(160, 90)
        self.setAccessibleName("Pictures of reference and encode")
        self.viewport = Viewport()
        self.flicker_side = SIDES[0]
        self._mode: Mode = MODES[0]
        self._pictures: Pictures | None = None
        self.captions = dict.fromkeys((*SIDES, "difference"), "")
        self.sentence = ""
        # The wipe's line, in fractions of the pane.
        self._line = 0.5
        self._pointer: QPointF | None = None
        self._dragged_from: QPointF | None = None

    @property
    def panes(self) -> list[Pane]:
        """Where the panes are now."""
        strip = QFontMetrics(self.font()).height() + STRIP_AIR
        return lay_out(self.rect(), self._mode.panes, strip)

    def set_mode(self, mode: Mode) -> None:
        """Another way to look; what is in the middle stays there."""
        self._mode = mode
        self._fit_panes()

    def show_pictures(self, pictures: Pictures | None, captions: dict[str, str], aspect: float = 1.0) -> None:
        """What to show, with captions of sides and difference; `aspect` is a pixel's width over height."""
        self._pictures, self.captions = pictures, captions
        shots = [shot for shot in pictures.sides.values() if isinstance(shot, SideImage)] if pictures else []
        if shots:
            size = shots[0].levels.size
            self.viewport = replace(self.viewport, picture=(size.width() * aspect, size.height()))
        self.update()

    def say(self, sentence: str) -> None:
        """What stands there while there are no pictures."""
        self.sentence = sentence
        self.update()

    def look(self, viewport: Viewport) -> None:
        """Another zoom or pan."""
        self.viewport = viewport
        self.update()

    def swap(self) -> None:
        """The other side, in flicker."""
        self.flicker_side = SIDES[1 - SIDES.index(self.flicker_side)]
        self.update()

    def values(self) -> tuple[str, str]:
        """What is stored under the pointer in reference and encode; "" beside the picture."""
        place = self._place()
        sides = [self._pictures.sides[side] for side in SIDES] if self._pictures else ["", ""]
        if place is None:
            return "", ""
        size = next((shot.levels.size for shot in sides if isinstance(shot, SideImage)), QSize(1, 1))
        pixel = f"{int(place[0] * size.width())}, {int(place[1] * size.height())} · "
        reference, encode = (shot.values_at(*place) if isinstance(shot, SideImage) else "" for shot in sides)
        return (pixel + reference if reference else ""), (pixel + encode if encode else "")

    def sizeHint(self) -> QSize:
        return QSize(720, 320)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit_panes()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), STRIP)
        # A sentence has the whole place, without the line between two pictures.
        panes = self.panes if self._pictures else lay_out(self.rect(), 1, 0)
        for pane in panes:
            painter.fillRect(pane.picture, SURROUND)
        if self._pictures is None:
            paint_sentence(painter, self.rect(), self.sentence, False)
        elif len(panes) == len(SIDES):
            self._paint_both(painter, panes)
        else:
            self._paint_one(painter, panes[0])
        if self.hasFocus():
            painter.setPen(self.palette().color(QPalette.ColorRole.Link))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def wheelEvent(self, event: QWheelEvent) -> None:
        at = self._in_pane(event.position())
        if at is not None:
            self.look(self.viewport.zoomed(event.angleDelta().y() / WHEEL_STEP, at.x(), at.y()))
            event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._dragged_from = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._pointer = event.position()
        at = self._in_pane(self._pointer)
        if at is not None and self._mode.name == "wipe":
            self._line = at.x() / self.panes[0].picture.width()
        if self._dragged_from is not None and event.buttons():
            way = self._pointer - self._dragged_from
            self._dragged_from = self._pointer
            self.viewport = self.viewport.moved(way.x(), way.y())
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._dragged_from = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.look(self.viewport.fitted())

    def leaveEvent(self, event: QEvent) -> None:
        self._pointer = None
        self.update()

    def _fit_panes(self) -> None:
        picture = self.panes[0].picture
        self.look(replace(self.viewport, pane=(max(1, picture.width()), max(1, picture.height()))))

    def _in_pane(self, point: QPointF) -> QPointF | None:
        """The point from the corner of the pane it is in."""
        inside = (pane.picture for pane in self.panes if pane.picture.contains(point.toPoint()))
        found = next(inside, None)
        return None if found is None else point - QPointF(found.topLeft())

    def _place(self) -> tuple[float, float] | None:
        at = self._in_pane(self._pointer) if self._pointer is not None else None
        return None if at is None else self.viewport.place(at.x(), at.y())

    def _paint_both(self, painter: QPainter, panes: list[Pane]) -> None:
        for side, pane, values in zip(SIDES, panes, self.values(), strict=True):
            shot = self._pictures.sides[side]
            if isinstance(shot, SideImage):
                paint_picture(painter, shot.levels, pane.picture, self.viewport, pane.picture)
            else:
                paint_sentence(painter, pane.picture, shot, True)
            paint_strip(painter, pane.caption, self.captions[side])
            paint_strip(painter, pane.values, values)

    def _paint_one(self, painter: QPainter, pane: Pane) -> None:
        if self._pictures.troubles:
            paint_sentence(painter, pane.picture, "\n\n".join(self._pictures.troubles), True)
        else:
            {"wipe": self._paint_wipe, "difference": self._paint_difference, "flicker": self._paint_flicker}[
                self._mode.name
            ](painter, pane.picture)
        self._paint_captions(painter, pane.caption)
        paint_strip(painter, pane.values, *self.values())

    def _paint_captions(self, painter: QPainter, place: QRect) -> None:
        left, right = (self.captions[side] for side in SIDES)
        if self._mode.name == "difference":
            left, right = self.captions["difference"], ""
        shown = tuple(self._mode.name != "flicker" or side == self.flicker_side for side in SIDES)
        paint_strip(painter, place, left, right, shown)

    def _paint_wipe(self, painter: QPainter, place: QRect) -> None:
        x = place.left() + round(self._line * place.width())
        left = QRect(place.left(), place.top(), x - place.left(), place.height())
        for side, clip in zip(SIDES, (left, place.adjusted(x - place.left(), 0, 0, 0)), strict=True):
            paint_picture(painter, self._pictures.sides[side].levels, place, self.viewport, clip)
        paint_line(painter, place, x)

    def _paint_difference(self, painter: QPainter, place: QRect) -> None:
        if self._pictures.difference:
            paint_picture(painter, self._pictures.difference, place, self.viewport, place)

    def _paint_flicker(self, painter: QPainter, place: QRect) -> None:
        paint_picture(painter, self._pictures.sides[self.flicker_side].levels, place, self.viewport, place)
