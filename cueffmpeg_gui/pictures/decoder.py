# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""A clip that stays open and decodes on from where it stands."""

import weakref
from bisect import bisect_right, insort
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

from cueffmpeg_gui.media.codecs import can_skip_pictures
from cueffmpeg_gui.media.facts import ClipFacts
from cueffmpeg_gui.media.seek import can_seek
from cueffmpeg_gui.pictures.index import PictureIndex
from cueffmpeg_gui.pictures.picture import DecodedPicture
from cueffmpeg_gui.probe.files import opened

# Each seek throws the buffer away, so a big one is read in vain.
READ_BUFFER = 1 << 17
KINDS = {1: "I", 2: "P", 3: "B", 4: "S", 5: "SI", 6: "SP", 7: "BI"}


@dataclass
class PassedPackets:
    """What the packets read so far hold: their bytes by time, numbers of key and of damaged pictures, sorted.

    Pictures shown before `needed` may be left out where no other is predicted from them.
    """

    index: PictureIndex
    may_skip: bool
    needed: int = 0
    sizes: dict[int, int] = field(default_factory=dict)
    keys: list[int] = field(default_factory=list)
    damaged: list[int] = field(default_factory=list)

    def take(self, packet: Any) -> str:
        """Notes a packet; gives what its decoder may leave out."""
        if packet.pts is None or not packet.size:
            return "DEFAULT"
        self.sizes[packet.pts] = packet.size
        number = self.index.number_of(packet.pts) if packet.is_keyframe and not packet.is_discard else None
        if number is not None:
            _add(self.keys, number)
        return "NONREF" if self.may_skip and packet.pts < self.needed else "DEFAULT"

    def key_of(self, number: int) -> int | None:
        """The key picture that a picture is decoded from."""
        place = bisect_right(self.keys, number)
        return self.keys[place - 1] if place else None

    def is_whole(self, number: int) -> bool:
        """Whether nothing damaged was met between its key picture and it, that it could be predicted from."""
        place = bisect_right(self.damaged, number)
        return not place or self.damaged[place - 1] < (self.key_of(number) or 0)


def _add(numbers: list[int], number: int) -> None:
    if number not in numbers:
        insort(numbers, number)


def decode_on(container: Any, stream: Any, passed: PassedPackets) -> Iterator[Any]:
    """Frames from where the container stands to its end."""
    for packet in container.demux(stream):
        stream.codec_context.skip_frame = passed.take(packet)
        yield from packet.decode()


class Decoder:
    """One opened clip. `position` is the number of the picture given last, -1 at the start."""

    def __init__(self, clip: ClipFacts, index: PictureIndex) -> None:
        self._clip, self._index = clip, index
        self._by_time = can_seek(clip)
        self.open()

    def open(self) -> None:
        """Opens the clip anew, at its start."""
        file = ExitStack()
        # Also when nobody closes it: a viewer that turns to other clips just drops it.
        self._close = weakref.finalize(self, file.close)
        # A thread may still decode while the program ends, and the file goes with the program.
        self._close.atexit = False
        self._container = file.enter_context(opened(self._clip.path, READ_BUFFER))
        self._stream = self._container.streams[self._clip.video.index]
        self._stream.thread_type = "AUTO"
        self._passed = PassedPackets(self._index, self._by_time and can_skip_pictures(self._clip.video.codec))
        self._begin(-1)

    def seek(self, number: int) -> None:
        """Goes to the key picture from which this one is decoded."""
        self._container.seek(self._index.times[number], stream=self._stream, backward=True)
        self._begin(number - 1)

    def pictures(self, keep_from: int) -> Iterator[DecodedPicture]:
        """Goes on. Pictures before `keep_from` may be left out where no other is predicted from them."""
        self._passed.needed = self._index.times[keep_from]
        for frame in self._frames:
            number = self._number_of(frame)
            if number is not None:
                self.position = number
                if frame.is_corrupt:
                    _add(self._passed.damaged, number)
                yield self._told(number, frame)

    def close(self) -> None:
        """Closes the file."""
        self._close()

    def _begin(self, position: int) -> None:
        self.position = position
        self._count = 0
        # A key picture of an open GOP is followed by some that lean on what was not decoded; that is no damage.
        self._passed.damaged.clear()
        # Knows nothing of this object, which would else live on in a circle.
        self._frames: Iterator[Any] = decode_on(self._container, self._stream, self._passed)

    def _number_of(self, frame: Any) -> int | None:
        """By its time; containers that give none are only decoded from their start, so there it is counted."""
        if frame.pts is not None:
            return self._index.number_of(frame.pts)
        self._count += 1
        return None if self._by_time else self._count - 1

    def _told(self, number: int, frame: Any) -> DecodedPicture:
        key = self._passed.key_of(number)
        return DecodedPicture(
            number,
            frame,
            KINDS.get(int(frame.pict_type), "?"),
            self._passed.sizes.get(frame.pts),
            None if key is None else number - key,
            self._passed.is_whole(number),
        )
