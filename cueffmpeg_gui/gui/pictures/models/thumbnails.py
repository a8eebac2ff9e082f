# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Thumbnails of reference and encode for lists, read one pair at a time and cached."""

from __future__ import annotations

from qtpy.QtCore import QObject, Signal
from qtpy.QtGui import QImage

from cueffmpeg_gui.api.review.pictures import PictureSource, fitted_size
from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.jobs.picture_pair import PicturePair

BOX = (160, 90)
# Thumbnails cached, some 8 MB; those of one pair only.
MOST_CACHED = 100


class ThumbnailReader:
    """A pair that stays open while thumbnails of it are asked for."""

    def __init__(self, pair: PicturePair) -> None:
        self.pair = pair
        self._source = PictureSource(pair)

    def read(self, frame: int, box: tuple[int, int]) -> tuple[QImage, QImage]:
        """Reference and encode, fitted into a box; for a task. Raises InputRefused."""
        size = fitted_size(self.pair, *box)
        reference, encode = self._source.thumbnails(frame, size)
        return _image(*reference, size), _image(*encode, size)


def _image(stride: int, rows: bytes, size: tuple[int, int]) -> QImage:
    return QImage(rows, *size, stride, QImage.Format.Format_RGB888).copy()


class ThumbnailLoader(QObject):
    """Signal `ready`: the frame, and both pictures; empty ones where they cannot be read.

    Asking of another pair drops what was still to be read of the one before.
    """

    ready = Signal(int, QImage, QImage)

    def __init__(self, tasks: Tasks, parent: QObject | None = None, box: tuple[int, int] = BOX) -> None:
        super().__init__(parent)
        self._tasks, self._box = tasks, box
        self._small: ThumbnailReader | None = None
        self._waiting: list[int] = []
        self._is_busy = False
        self._kept: dict[int, tuple[QImage, QImage]] = {}

    def ask(self, pair: PicturePair, frame: int) -> None:
        """Tells `ready` once the pictures of the frame are there, perhaps at once."""
        if self._small is None or pair != self._small.pair:
            self._small, self._waiting, self._is_busy = ThumbnailReader(pair), [], False
            self._kept.clear()
        if frame in self._kept:
            self.ready.emit(frame, *self._kept[frame])
        elif frame not in self._waiting:
            self._waiting.append(frame)
            self._go_on()

    def _go_on(self) -> None:
        if self._is_busy or not self._waiting:
            return
        self._is_busy = True
        small, frame = self._small, self._waiting[0]
        self._tasks.run(
            lambda: small.read(frame, self._box),
            lambda images: self._take(small, frame, images),
            lambda _: self._take(small, frame, None),
        )

    def _take(self, small: ThumbnailReader, frame: int, images: tuple[QImage, QImage] | None) -> None:
        if small is not self._small:
            return
        self._is_busy = False
        self._waiting.remove(frame)
        if images:
            if len(self._kept) >= MOST_CACHED:
                self._kept.pop(next(iter(self._kept)))
            self._kept[frame] = images
        self.ready.emit(frame, *(images or (QImage(), QImage())))
        self._go_on()
