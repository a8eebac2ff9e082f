# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The canvas: the pictures of a pair in one or two panes with shared zoom and pan, and values under the pointer."""

from __future__ import annotations

from dataclasses import replace

from qtpy.QtCore import QEvent, QPointF, QRect, QSize, Qt
from qtpy.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPalette, QResizeEvent, QWheelEvent
from qtpy.QtWidgets import QWidget

from cueffmpeg_gui.gui.pictures.models.screen_images import SIDES, ImagePyramid, Pictures, SideImage
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
    """Paints the pictures it is given."""

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
        # Where the wipe's line is, in fractions of the pane's width.
        self._line = 0.5
        self._pointer: QPointF | None = None
        self._dragged_from: QPointF | None = None

    @property
    def panes(self) -> list[Pane]:
        """The panes at the current size."""
        strip = QFontMetrics(self.font()).height() + STRIP_AIR
        return lay_out(self.rect(), self._mode.panes, strip)

    def set_mode(self, mode: Mode) -> None:
        """Sets the view mode; the middle of the picture stays in the middle."""
        self._mode = mode
        self._fit_panes()

    def show_pictures(self, pictures: Pictures | None, captions: dict[str, str], aspect: float = 1.0) -> None:
        """Sets pictures and the captions of sides and difference; `aspect` is the sample aspect ratio."""
        self._pictures, self.captions = pictures, captions
        images = [image for image in pictures.sides.values() if isinstance(image, SideImage)] if pictures else []
        if images:
            size = images[0].pyramid.size
            self.viewport = replace(self.viewport, picture=(size.width() * aspect, size.height()))
        self.update()

    def say(self, sentence: str) -> None:
        """Sets the sentence that is shown while there are no pictures."""
        self.sentence = sentence
        self.update()

    def set_viewport(self, viewport: Viewport) -> None:
        """Sets zoom and pan."""
        self.viewport = viewport
        self.update()

    def swap(self) -> None:
        """Swaps the side that flicker shows."""
        self.flicker_side = SIDES[1 - SIDES.index(self.flicker_side)]
        self.update()

    def values(self) -> tuple[str, str]:
        """The stored values of reference and encode at the pointer; "" beside the picture."""
        place = self._place()
        if place is None or self._pictures is None:
            return "", ""
        sides = [self._pictures.sides[side] for side in SIDES]
        size = next((image.pyramid.size for image in sides if isinstance(image, SideImage)), QSize(1, 1))
        pixel = f"{int(place[0] * size.width())}, {int(place[1] * size.height())} · "
        reference, encode = (image.values_at(*place) if isinstance(image, SideImage) else "" for image in sides)
        return (pixel + reference if reference else ""), (pixel + encode if encode else "")

    def sizeHint(self) -> QSize:
        return QSize(720, 320)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit_panes()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), STRIP)
        # A sentence takes the whole area, without the gap between two panes.
        panes = self.panes if self._pictures else lay_out(self.rect(), 1, 0)
        for pane in panes:
            painter.fillRect(pane.picture, SURROUND)
        if self._pictures is None:
            paint_sentence(painter, self.rect(), self.sentence, False)
        elif len(panes) == len(SIDES):
            self._paint_both(painter, panes, self._pictures)
        else:
            self._paint_one(painter, panes[0], self._pictures)
        if self.hasFocus():
            painter.setPen(self.palette().color(QPalette.ColorRole.Link))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def wheelEvent(self, event: QWheelEvent) -> None:
        at = self._in_pane(event.position())
        if at is not None:
            self.set_viewport(self.viewport.zoomed(event.angleDelta().y() / WHEEL_STEP, at.x(), at.y()))
            event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._dragged_from = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._pointer = event.position()
        at = self._in_pane(self._pointer)
        if at is not None and self._mode.name == "wipe":
            self._line = at.x() / self.panes[0].picture.width()
        if self._dragged_from is not None and event.buttons():
            distance = self._pointer - self._dragged_from
            self._dragged_from = self._pointer
            self.viewport = self.viewport.moved(distance.x(), distance.y())
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._dragged_from = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.set_viewport(self.viewport.fitted())

    def leaveEvent(self, event: QEvent) -> None:
        self._pointer = None
        self.update()

    def _fit_panes(self) -> None:
        picture = self.panes[0].picture
        self.set_viewport(replace(self.viewport, pane=(max(1, picture.width()), max(1, picture.height()))))

    def _in_pane(self, point: QPointF) -> QPointF | None:
        """The point relative to the corner of the pane that contains it."""
        inside = (pane.picture for pane in self.panes if pane.picture.contains(point.toPoint()))
        found = next(inside, None)
        return None if found is None else point - QPointF(found.topLeft())

    def _place(self) -> tuple[float, float] | None:
        at = self._in_pane(self._pointer) if self._pointer is not None else None
        return None if at is None else self.viewport.place(at.x(), at.y())

    def _paint_both(self, painter: QPainter, panes: list[Pane], pictures: Pictures) -> None:
        for side, pane, values in zip(SIDES, panes, self.values(), strict=True):
            image = pictures.sides[side]
            if isinstance(image, SideImage):
                paint_picture(painter, image.pyramid, pane.picture, self.viewport, pane.picture)
            else:
                paint_sentence(painter, pane.picture, image, True)
            paint_strip(painter, pane.caption, self.captions[side])
            paint_strip(painter, pane.values, values)

    def _paint_one(self, painter: QPainter, pane: Pane, pictures: Pictures) -> None:
        images = pictures.images
        if images is None:
            paint_sentence(painter, pane.picture, "\n\n".join(pictures.troubles), True)
        elif self._mode.name == "difference":
            self._paint_difference(painter, pane.picture, pictures.difference)
        elif self._mode.name == "wipe":
            self._paint_wipe(painter, pane.picture, images)
        else:
            shown = images[SIDES.index(self.flicker_side)]
            paint_picture(painter, shown.pyramid, pane.picture, self.viewport, pane.picture)
        self._paint_captions(painter, pane.caption)
        paint_strip(painter, pane.values, *self.values())

    def _paint_captions(self, painter: QPainter, place: QRect) -> None:
        left, right = (self.captions[side] for side in SIDES)
        if self._mode.name == "difference":
            left, right = self.captions["difference"], ""
        is_left, is_right = (self._mode.name != "flicker" or side == self.flicker_side for side in SIDES)
        paint_strip(painter, place, left, right, (is_left, is_right))

    def _paint_difference(self, painter: QPainter, place: QRect, difference: ImagePyramid | None) -> None:
        if difference:
            paint_picture(painter, difference, place, self.viewport, place)

    def _paint_wipe(self, painter: QPainter, place: QRect, images: tuple[SideImage, SideImage]) -> None:
        x = place.left() + round(self._line * place.width())
        left = QRect(place.left(), place.top(), x - place.left(), place.height())
        for image, clip in zip(images, (left, place.adjusted(x - place.left(), 0, 0, 0)), strict=True):
            paint_picture(painter, image.pyramid, place, self.viewport, clip)
        paint_line(painter, place, x)
