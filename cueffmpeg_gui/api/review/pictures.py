# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The pictures of a pair: both of a frame for the screen, what makes them differ, and JPEG files for a report."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.jobs.picture_pair import PicturePair
from cueffmpeg_gui.pictures.alignment import NEIGHBOURS, REFERENCE_OFFSETS, Neighbours, judge_alignment
from cueffmpeg_gui.pictures.clip_reader import always
from cueffmpeg_gui.pictures.colour_mismatch import colour_mismatch
from cueffmpeg_gui.pictures.colour_planes import Rgb
from cueffmpeg_gui.pictures.filters import encode_chain, reference_chain
from cueffmpeg_gui.pictures.frame_facts import motion_sentence
from cueffmpeg_gui.pictures.native_pixels import NativePixels
from cueffmpeg_gui.pictures.pair_side import PictureSide, ScreenPicture
from cueffmpeg_gui.pictures.reduced_picture import difference, luma

__all__ = ["NativePixels", "PictureSource", "Reasons", "ScreenPicture", "fitted_size"]

Smalls = Mapping[int, Rgb]
Wanted = Callable[[], bool]


@dataclass(frozen=True)
class Reasons:
    """Sentences about a pair at one frame: what is wrong with it, and what else was found."""

    troubles: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class PictureSource:
    """Both clips of a pair by frame, in the scores' own numbers; the encode's pictures are of the reference's size.

    Of each side there may be one caller at a time, so the two can be read in parallel.
    """

    def __init__(self, pair: PicturePair) -> None:
        self.pair = pair
        self.size = pair.geometry.compared
        colours, before = pair.colours, reference_chain(pair.reference.video, pair.geometry)
        self._reference = PictureSide(pair.reference, colours.reference, before, self.size)
        self._encode = PictureSide(
            pair.encode, colours.encode, encode_chain(pair.encode.video, pair.geometry), self.size
        )

    def reference(self, frame: int, is_wanted: Wanted = always) -> ScreenPicture:
        """The reference's picture; raises InputRefused, or Cancelled once it is not wanted any more."""
        return self._reference.show(self._numbers(frame)[0], is_wanted)

    def encode(self, frame: int, is_wanted: Wanted = always) -> ScreenPicture:
        """The encode's picture; raises like `reference`."""
        return self._encode.show(self._numbers(frame)[1], is_wanted)

    def near_reference(self, frame: int, is_wanted: Wanted = always) -> Smalls:
        """Small pictures of the reference around a frame, by offset, for `explain`."""
        return _near(self._reference, self._numbers(frame)[0], REFERENCE_OFFSETS, is_wanted)

    def near_encode(self, frame: int, is_wanted: Wanted = always) -> Smalls:
        """Small pictures of the encode around a frame, by offset, for `explain`."""
        return _near(self._encode, self._numbers(frame)[1], NEIGHBOURS, is_wanted)

    def explain(self, frame: int, reference: Smalls, encode: Smalls) -> Reasons:
        """How the two go together, and how much the reference moves. Reads nothing, but counts for a while."""
        alignment = judge_alignment(Neighbours(frame, reference, encode))
        taken = self.pair.colour_notes
        fault = colour_mismatch(reference[alignment.step], encode[0], is_said=not taken)
        troubles, notes = ([alignment.sentence], []) if alignment.is_trouble else ([], [alignment.sentence])
        if -1 in reference:
            notes.append(motion_sentence(difference(luma(reference[0]), luma(reference[-1]))))
        return Reasons(
            (*troubles, *([fault] if fault else [])), (*notes, *self._say_scaled(), *(taken if fault else ()))
        )

    def prepare(self, side: str, frame: int, is_wanted: Wanted) -> None:
        """Decodes a picture of "reference" or "encode" before it is asked for."""
        reference, encode = self.pair.pictures_of(frame)
        if side == "reference":
            self._reference.prepare(reference, is_wanted)
        else:
            self._encode.prepare(encode, is_wanted)

    def thumbnails(self, frame: int, size: tuple[int, int]) -> tuple[tuple[int, bytes], tuple[int, bytes]]:
        """Both pictures, small: of each the bytes of a row, and rows of red, green, blue."""
        reference, encode = self._numbers(frame)
        return self._reference.thumbnail(reference, size), self._encode.thumbnail(encode, size)

    def jpegs(self, frame: int, width: int) -> tuple[bytes, bytes]:
        """JPEG files of reference and encode, no wider than `width` pixels."""
        reference, encode = self._numbers(frame)
        size = fitted_size(self.pair, width, width * 4)
        return self._reference.jpeg(reference, size), self._encode.jpeg(encode, size)

    def close(self) -> None:
        """Closes both clips."""
        self._reference.close()
        self._encode.close()

    def _numbers(self, frame: int) -> tuple[int, int]:
        if frame not in self.pair.frames:
            raise InputRefused(f"There is no frame {frame}; the scores are of frames {self.pair.frames}.")
        return self.pair.pictures_of(frame)

    def _say_scaled(self) -> list[str]:
        (width, height), size = self.pair.geometry.output, self.size
        if (width, height) == size:
            return []
        whose = "the reference's " if size == self.pair.geometry.fixed else ""
        return [f"The encode is {width}x{height} and was scaled to {whose}{size[0]}x{size[1]} to be compared."]


def _near(side: PictureSide, number: int, offsets: Iterable[int], is_wanted: Wanted) -> Smalls:
    return {
        offset: side.reduced(number + offset, is_wanted)
        for offset in offsets
        if 0 <= number + offset < side.clip.video.frames
    }


def fitted_size(pair: PicturePair, width: int, height: int) -> tuple[int, int]:
    """The size at which a picture of the pair fits into a box with square pixels; never enlarged."""
    across = pair.geometry.fixed[0] * pair.reference.video.sample_aspect
    down = pair.geometry.fixed[1]
    scale = min(Fraction(1), width / across, Fraction(height, down))
    return max(2, round(across * scale)), max(2, round(down * scale))
