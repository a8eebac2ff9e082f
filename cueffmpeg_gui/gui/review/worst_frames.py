# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The worst frames of an encode, spaced apart, each with thumbnails of reference and encode."""

from __future__ import annotations

from typing import Any, Optional

from qtpy.QtCore import QAbstractListModel, QModelIndex, QRect, QSize, Qt, Signal
from qtpy.QtGui import QColor, QImage, QPainter, QPalette
from qtpy.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from cueffmpeg_gui.gui.common.model_index import AnyIndex
from cueffmpeg_gui.gui.curve.caption import score_text
from cueffmpeg_gui.gui.curve.colours import faint
from cueffmpeg_gui.gui.curve.models.curve_model import DrawnCurve
from cueffmpeg_gui.gui.curve.models.frame_names import TIME

FRAME, IMAGES = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
PICTURE, GAP, WORDS = QSize(92, 52), 6, 116
# Picture areas have neutral grey around them.
GROUND = QColor(72, 72, 72)
Images = Optional[tuple[QImage, QImage]]


class WorstModel(QAbstractListModel):
    """One row for each frame, worst first."""

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._rows: list[tuple[int, str]] = []
        self._images: dict[int, tuple[QImage, QImage]] = {}

    @property
    def frames(self) -> list[int]:
        """Worst first."""
        return [frame for frame, _ in self._rows]

    def show_frames_of(self, drawn: Optional[DrawnCurve]) -> None:
        """Shows the worst frames of an encode, or none."""
        rows = _rows(drawn) if drawn else []
        if rows != self._rows:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()

    def clear_images(self) -> None:
        """Drops all pictures, as for another pair of clips."""
        self._images.clear()
        self._emit_changed(0, len(self._rows) - 1)

    def take_images(self, frame: int, images: tuple[QImage, QImage]) -> None:
        """Shows the pictures of a frame."""
        self._images[frame] = images
        if frame in self.frames:
            row = self.frames.index(frame)
            self._emit_changed(row, row)

    def lacks_images(self) -> list[int]:
        """Frames whose pictures are not there yet."""
        return [frame for frame in self.frames if frame not in self._images or self._images[frame][0].isNull()]

    def _emit_changed(self, first: int, last: int) -> None:
        if last >= first:
            self.dataChanged.emit(self.index(first), self.index(last))

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        frame, words = self._rows[index.row()]
        if role == FRAME:
            return frame
        if role == IMAGES:
            return self._images.get(frame)
        return words if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) else None


class WorstFrames(QListView):
    """`chosen` carries the frame of the row that is clicked or moved to."""

    chosen = Signal(int)

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.frames = WorstModel(self)
        self.setModel(self.frames)
        self.setItemDelegate(_Row(self))
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Worst frames"))
        self.clicked.connect(lambda index: self.chosen.emit(index.data(FRAME)))
        self.activated.connect(lambda index: self.chosen.emit(index.data(FRAME)))
        self.has_pictures = True

    def select_frame(self, frame: int) -> None:
        """Marks the row of a frame, or none."""
        row = self.frames.frames.index(frame) if frame in self.frames.frames else -1
        self.setCurrentIndex(self.frames.index(row) if row >= 0 else QModelIndex())
        if row < 0:
            self.clearSelection()

    def show_pictures(self, has_pictures: bool) -> None:
        """Whether there are clips to take pictures from."""
        if has_pictures != self.has_pictures:
            self.has_pictures = has_pictures
            self.scheduleDelayedItemsLayout()


class _Row(QStyledItemDelegate):
    def __init__(self, view: WorstFrames) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        lines = 2 if index.data().split("\n")[2] else 1
        words = lines * option.fontMetrics.height() + GAP
        return QSize(0, (max(words, PICTURE.height()) if self._view.has_pictures else words) + GAP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        painter.save()
        palette = option.palette
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, palette.color(QPalette.ColorRole.Highlight))
        frame, score, time = index.data().split("\n")
        area = option.rect.adjusted(GAP, GAP // 2, -GAP, -GAP // 2)
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        middle = area.center().y()
        upper = QRect(area.left(), area.top(), WORDS, (middle if time else area.bottom()) - area.top())
        lower = QRect(area.left(), middle, WORDS, area.bottom() - middle)
        painter.drawText(upper, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom), frame)
        painter.drawText(upper, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom), score)
        painter.setPen(faint(palette, 0.7))
        painter.drawText(lower, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop), time)
        if self._view.has_pictures:
            self._paint_pictures(painter, area, index.data(IMAGES))
        painter.restore()

    def _paint_pictures(self, painter: QPainter, area: QRect, images: Images) -> None:
        for number, words in enumerate((self._view.tr("reference"), self._view.tr("encode"))):
            left = area.right() - (2 - number) * (PICTURE.width() + GAP) + GAP
            place = QRect(left, area.top(), PICTURE.width(), PICTURE.height())
            painter.fillRect(place, GROUND)
            if images is None or images[number].isNull():
                painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), f"{words} …" if images is None else "none")
                continue
            image = images[number]
            size = image.size().scaled(PICTURE, Qt.AspectRatioMode.KeepAspectRatio)
            fitted = QRect(0, 0, size.width(), size.height())
            fitted.moveCenter(place.center())
            painter.drawImage(fitted, image)


def _rows(drawn: DrawnCurve) -> list[tuple[int, str]]:
    """Frames with three lines of text each: frame, score, timecode."""
    if drawn.main is None:
        return []
    names, digits = drawn.encode.frames, drawn.main.scale.digits
    scores = [score_text(drawn.encode.value(drawn.main.metric, frame), digits) for frame in drawn.worst]
    times = [names.name(frame, TIME) if names.rate else "" for frame in drawn.worst]
    return [(frame, f"{frame}\n{score}\n{time}") for frame, score, time in zip(drawn.worst, scores, times)]
