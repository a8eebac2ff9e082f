# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Small pictures of a pair as images of the window."""

from __future__ import annotations

from qtpy.QtGui import QImage

from cueffmpeg_gui.api.review.pictures import PictureSource, fitted_size
from cueffmpeg_gui.jobs.picture_pair import PicturePair


class SmallPictures:
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
