# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""One clip of a pair as a viewer wants it: its pictures for the screen, small ones to judge, and JPEG files."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from cueffmpeg_gui.media.colour import Colour
from cueffmpeg_gui.media.facts import ClipFacts
from cueffmpeg_gui.media.filters import read_as
from cueffmpeg_gui.media.view_filters import check_tables_here, view_filters
from cueffmpeg_gui.pictures.clip_reader import always
from cueffmpeg_gui.pictures.colour_planes import Rgb
from cueffmpeg_gui.pictures.filters import Filters, to_rgb
from cueffmpeg_gui.pictures.frame_facts import FrameFacts, frame_facts
from cueffmpeg_gui.pictures.jpeg import TO_JPEG, encode_jpeg
from cueffmpeg_gui.pictures.native_pixels import NativePixels
from cueffmpeg_gui.pictures.open_reader import Reader, open_reader
from cueffmpeg_gui.pictures.reduced_picture import reduced_picture, reduced_size, reducing_filters


@dataclass(frozen=True)
class ScreenPicture:
    """A picture for the screen: rows of `stride` bytes, of which each pixel takes blue, green, red and 255."""

    width: int
    height: int
    stride: int
    pixels: Any
    native: NativePixels
    facts: FrameFacts


class PictureSide:
    """A clip, opened when it is first asked; one caller at a time. Numbers of pictures count from 0.

    `colour` is what its pixels are taken for, `chain` are filters before that is converted, and `size` is that of the
    pictures for the screen. All methods raise InputRefused in one sentence, or Cancelled once a picture is not wanted
    any more.
    """

    def __init__(self, clip: ClipFacts, colour: Colour, chain: Sequence[str], size: tuple[int, int]) -> None:
        self.clip, self._colour = clip, colour
        self._before = list(chain)
        video = clip.video
        self._chain = [*read_as(video, video.colour if video.view else colour), *view_filters(video), *chain]
        self._size = size
        self._reader: Reader | None = None
        self._screen = Filters([*self._chain, *to_rgb(colour, size, "bgra", site=video.seen.chroma_site)])
        self._small = Filters([*self._chain, *reducing_filters(colour, reduced_size(*size))])

    def show(self, number: int, is_wanted: Callable[[], bool] = always) -> ScreenPicture:
        """The picture in full."""
        found = self._open().picture(number, is_wanted)
        frame = self._screen(found.frame)
        plane = frame.planes[0]
        native = NativePixels(found.frame, self.clip.video)
        return ScreenPicture(frame.width, frame.height, plane.line_size, plane, native, frame_facts(found))

    def reduced(self, number: int, is_wanted: Callable[[], bool] = always) -> Rgb:
        """The picture to judge by."""
        return reduced_picture(self._small(self._open().picture(number, is_wanted).frame), self._colour)

    def reduced_as(self, number: int, colour: Colour) -> Rgb:
        """The picture to judge by, if its pixels were of other colours."""
        chain = [*read_as(self.clip.video, colour), *self._before]
        filters = Filters([*chain, *reducing_filters(colour, reduced_size(*self._size))])
        return reduced_picture(filters(self._open().picture(number).frame), colour)

    def thumbnail(self, number: int, size: tuple[int, int]) -> tuple[int, bytes]:
        """A small picture of a size: bytes of a row, and rows of red, green, blue."""
        chain = [*self._chain, *to_rgb(self._colour, size, "rgb24", "area", self.clip.video.seen.chroma_site)]
        plane = Filters(chain)(self._open().picture(number).frame).planes[0]
        return plane.line_size, bytes(plane)

    def jpeg(self, number: int, size: tuple[int, int]) -> bytes:
        """The picture as a JPEG file of a size."""
        chain = [*self._chain, *to_rgb(self._colour, size, "gbrp", "area", self.clip.video.seen.chroma_site), *TO_JPEG]
        return encode_jpeg(Filters(chain)(self._open().picture(number).frame))

    def prepare(self, number: int, is_wanted: Callable[[], bool]) -> None:
        """Decodes a picture before it is asked for; nothing where there is none."""
        if 0 <= number < self.clip.video.frames:
            self._open().picture(number, is_wanted)

    def close(self) -> None:
        """Closes the clip; it opens again when it is asked."""
        if self._reader:
            self._reader.close()
        self._reader = None

    def _open(self) -> Reader:
        if self._reader is None:
            check_tables_here(self.clip)
            self._reader = open_reader(self.clip)
        return self._reader
