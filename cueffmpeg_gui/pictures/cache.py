# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The pictures decoded last, kept up to a number of bytes."""

from collections import OrderedDict

from cueffmpeg_gui.pictures.picture import DecodedPicture

MOST_BYTES = 128 << 20


class PictureCache:
    """Pictures of one clip by number; the one used longest ago goes first, the newest always stays."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._bytes = 0
        self._pictures: OrderedDict[int, DecodedPicture] = OrderedDict()

    def get(self, number: int) -> DecodedPicture | None:
        """The picture, where it is kept."""
        if number in self._pictures:
            self._pictures.move_to_end(number)
        return self._pictures.get(number)

    def put(self, picture: DecodedPicture) -> None:
        """Keeps a picture in place of older ones."""
        known = self._pictures.pop(picture.number, None)
        self._bytes += picture.memory - (known.memory if known else 0)
        self._pictures[picture.number] = picture
        while self._bytes > self._most_bytes and len(self._pictures) > 1:
            _, oldest = self._pictures.popitem(last=False)
            self._bytes -= oldest.memory
