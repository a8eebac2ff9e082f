# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Thumbnails of reference and encode for lists, read one pair at a time and cached."""

from __future__ import annotations

from qtpy.QtCore import QObject, Signal
from qtpy.QtGui import QImage

from cueffmpeg_gui.api.review.pictures import PictureSource, fitted_size
from cueffmpeg_gui.gui.common.latest import Latest
from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.jobs.picture_pair import PicturePair

BOX = (160, 90)
# Thumbnails cached, some 8 MB; those of one pair only.
MOST_CACHED = 100
Thumbnails = tuple[QImage, QImage]


class ThumbnailReader:
    """Keeps the clips of a pair open while their thumbnails are asked for."""

    def __init__(self, pair: PicturePair) -> None:
        self.pair = pair
        self._source = PictureSource(pair)

    def read(self, frame: int, box: tuple[int, int]) -> Thumbnails:
        """Reference and encode, fitted into a box; call it in a task. Raises InputRefused."""
        size = fitted_size(self.pair, *box)
        reference, encode = self._source.thumbnails(frame, size)
        return _image(*reference, size), _image(*encode, size)


def _image(stride: int, rows: bytes, size: tuple[int, int]) -> QImage:
    return QImage(rows, *size, stride, QImage.Format.Format_RGB888).copy()


class ThumbnailLoader(QObject):
    """`ready` emits a frame and both thumbnails; null images where they cannot be read.

    All frames asked for are read, in order: a list needs each of them. Another pair drops those of the one before.
    """

    ready = Signal(int, QImage, QImage)

    def __init__(self, tasks: Tasks, parent: QObject | None = None, box: tuple[int, int] = BOX) -> None:
        super().__init__(parent)
        self._tasks, self._box = tasks, box
        self._reader: ThumbnailReader | None = None
        self._reading = Latest(tasks)
        self._queue: list[int] = []
        self._cache: dict[int, Thumbnails] = {}

    def ask(self, pair: PicturePair, frame: int) -> None:
        """Emits `ready` once the thumbnails of the frame are there; at once when they are cached."""
        reader = self._reader
        if reader is None or pair != reader.pair:
            reader = self._reader = ThumbnailReader(pair)
            self._reading, self._queue = Latest(self._tasks), []
            self._cache.clear()
        if frame in self._cache:
            self.ready.emit(frame, *self._cache[frame])
        elif frame not in self._queue:
            self._queue.append(frame)
            self._read_next(reader)

    def _read_next(self, reader: ThumbnailReader) -> None:
        if self._reading.is_busy or not self._queue:
            return
        frame = self._queue[0]
        self._reading.run(
            lambda: reader.read(frame, self._box),
            lambda images: self._take(reader, frame, images),
            lambda _: self._take(reader, frame, None),
        )

    def _take(self, reader: ThumbnailReader, frame: int, images: Thumbnails | None) -> None:
        if reader is not self._reader:
            return
        self._queue.remove(frame)
        if images:
            if len(self._cache) >= MOST_CACHED:
                self._cache.pop(next(iter(self._cache)))
            self._cache[frame] = images
        self.ready.emit(frame, *(images or (QImage(), QImage())))
        self._read_next(reader)
