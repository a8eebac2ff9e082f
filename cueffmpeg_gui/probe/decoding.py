# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""A clip that stays open and decodes on from where it stands."""

from bisect import bisect_right, insort
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

from cueffmpeg_gui.media.facts import ClipFacts
from cueffmpeg_gui.media.reach import can_seek
from cueffmpeg_gui.probe.decoded_picture import DecodedPicture
from cueffmpeg_gui.probe.files import opened
from cueffmpeg_gui.probe.picture_index import PictureIndex

# Each seek throws the buffer away, so a big one is read in vain.
READ_BUFFER = 1 << 17
# Codecs in which a picture that is marked so is truly never needed by another (H.264: nal_ref_idc is 0).
SKIPPABLE_CODECS = ("h264",)
KINDS = {1: "I", 2: "P", 3: "B", 4: "S", 5: "SI", 6: "SP", 7: "BI"}


class Decoding:
    """One opened clip. `position` is the number of the picture given last, -1 at the start."""

    def __init__(self, clip: ClipFacts, index: PictureIndex) -> None:
        self._clip, self._index = clip, index
        self._by_time = can_seek(clip)
        self.open()

    def open(self) -> None:
        """Opens the clip anew, at its start."""
        self._file = ExitStack()
        self._container = self._file.enter_context(opened(self._clip.path, READ_BUFFER))
        self._stream = self._container.streams[self._clip.video.index]
        self._stream.thread_type = "AUTO"
        self._sizes: dict[int, int] = {}
        self._keys: list[int] = []
        self._begin(-1)

    def seek(self, number: int) -> None:
        """Goes to the key picture from which this one is decoded."""
        self._container.seek(self._index.times[number], stream=self._stream, backward=True)
        self._begin(number - 1)

    def pictures(self, keep_from: int) -> Iterator[DecodedPicture]:
        """Goes on. Pictures before `keep_from` may be left out where no other leans on them."""
        self._needed = self._index.times[keep_from]
        for frame in self._frames:
            number = self._number_of(frame)
            if number is not None:
                self.position = number
                yield self._told(number, frame)

    def close(self) -> None:
        """Closes the file."""
        self._file.close()

    def _begin(self, position: int) -> None:
        self.position = position
        self._count = 0
        self._needed = self._index.times[0]
        self._frames: Iterator[Any] = self._decode()

    def _decode(self) -> Iterator[Any]:
        may_skip = self._clip.video.codec in SKIPPABLE_CODECS and self._by_time
        for packet in self._container.demux(self._stream):
            if packet.size and packet.pts is not None:
                self._note(packet)
            is_needed = packet.pts is None or packet.pts >= self._needed
            self._stream.codec_context.skip_frame = "NONREF" if may_skip and not is_needed else "DEFAULT"
            yield from packet.decode()

    def _note(self, packet: Any) -> None:
        self._sizes[packet.pts] = packet.size
        number = self._index.number_of(packet.pts) if packet.is_keyframe and not packet.is_discard else None
        if number is not None and number not in self._keys:
            insort(self._keys, number)

    def _number_of(self, frame: Any) -> int | None:
        """By its time; containers that give none are only decoded from their start, so there it is counted."""
        if frame.pts is not None:
            return self._index.number_of(frame.pts)
        self._count += 1
        return None if self._by_time else self._count - 1

    def _told(self, number: int, frame: Any) -> DecodedPicture:
        keys = bisect_right(self._keys, number)
        return DecodedPicture(
            number,
            frame,
            KINDS.get(int(frame.pict_type), "?"),
            self._sizes.get(frame.pts),
            number - self._keys[keys - 1] if keys else None,
        )
