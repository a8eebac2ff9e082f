# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Any picture of an image sequence: a file each."""

from collections.abc import Callable

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.media.facts import ClipFacts
from cueffmpeg_gui.media.sequences import Sequence
from cueffmpeg_gui.media.unchanged import check_picture_size, check_there
from cueffmpeg_gui.pictures.black_picture import black_like
from cueffmpeg_gui.pictures.cache import PictureCache
from cueffmpeg_gui.pictures.clip_reader import always
from cueffmpeg_gui.pictures.picture import DecodedPicture
from cueffmpeg_gui.probe.images import decode_image


class SequenceReader:
    """The files of a sequence, with the methods of ClipReader."""

    def __init__(self, clip: ClipFacts, sequence: Sequence) -> None:
        self._clip, self._sequence = clip, sequence
        self._kept = PictureCache()

    def picture(self, number: int, is_wanted: Callable[[], bool] = always) -> DecodedPicture:
        """The picture counted from 0; raises InputRefused."""
        frame = self._sequence.frames.first + number
        if frame not in self._sequence.frames:
            raise InputRefused(f"{self._sequence} has no frame {frame}.")
        path = self._sequence.file(self._sequence.shown(frame))
        size = check_there(path, self._sequence.file_bytes).st_size
        picture = self._kept.get(number) or self._read(number, path, size)
        self._kept.put(picture)
        return picture

    def close(self) -> None:
        """Nothing stays open."""

    def _read(self, number: int, path: str, size: int) -> DecodedPicture:
        frame, _ = decode_image(path, self._sequence.layer, self._sequence.layer_prefix)
        check_picture_size(self._clip, frame.width, frame.height)
        if self._sequence.is_black(self._sequence.frames.first + number):
            frame = black_like(frame, self._clip.video.colour.range)
        return DecodedPicture(number, frame, "I", size, 0)
