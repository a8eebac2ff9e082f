# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""An image sequence as one item: its files, its pattern for ffmpeg, and its displayed name."""

import os
from bisect import bisect_left, bisect_right
from collections.abc import Sequence as Numbers
from dataclasses import dataclass

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.media.frame_numbers import read_numbers
from cueffmpeg_gui.media.frames import FrameRange, gaps_between, padded, runs_of
from cueffmpeg_gui.media.gaps import BLACK, POLICIES, STOP


@dataclass(frozen=True)
class Sequence:
    """Files FOLDER/PREFIX + number of at least `digits` digits + SUFFIX, numbered first … last.

    `file_bytes` is the size every file must have, or 0 where the format is compressed and sizes differ. Where some
    numbers have no file, `there` lists those that have one (see frame_numbers), and `gaps` is what becomes of the
    others (see gaps.POLICIES). `layer` is the name of the layer of an EXR that is read, if it has one, and
    `layer_prefix` what its channels' names begin with.

    A frame is a picture of the film in its order: its number, or, where the clock is not kept, counted from 1.
    """

    folder: str
    prefix: str
    digits: int
    suffix: str
    first: int
    last: int
    file_bytes: int = 0
    there: str = ""
    gaps: str = STOP
    layer: str = ""
    layer_prefix: str = ""

    @property
    def span(self) -> FrameRange:
        """From the first number to the last."""
        return FrameRange(self.first, self.last)

    @property
    def frames(self) -> FrameRange:
        """The pictures of the film."""
        return self.span if self.keeps_clock else FrameRange(1, len(self.numbers))

    @property
    def keeps_clock(self) -> bool:
        """Whether a frame is its number."""
        return not self.there or POLICIES[self.gaps].keeps_clock

    @property
    def numbers(self) -> Numbers[int]:
        """The numbers of the files, in order."""
        return read_numbers(self.there) if self.there else range(self.first, self.last + 1)

    @property
    def missing(self) -> list[FrameRange]:
        """The numbers between first and last that have no file."""
        return gaps_between(runs_of(self.numbers), self.span) if self.there else []

    def missing_in(self, numbers: FrameRange) -> list[FrameRange]:
        """The gaps that these numbers touch."""
        return [gap for gap in self.missing if gap.first <= numbers.last and numbers.first <= gap.last]

    @property
    def pattern(self) -> str:
        """The pattern for ffmpeg's image2; a percent sign anywhere else is doubled."""
        head = os.path.join(self.folder, self.prefix).replace("%", "%%")
        return f"{head}%0{self.digits}d{self.suffix.replace('%', '%%')}"

    @property
    def first_file(self) -> str:
        """The path of the first picture."""
        return self.file(self.numbers[0])

    def file(self, number: int) -> str:
        """The path of the picture of a number."""
        return os.path.join(self.folder, f"{self.prefix}{padded(number, self.digits)}{self.suffix}")

    def shown(self, frame: int) -> int:
        """The number of the file that is read for a frame: the last there is, and before the first that one."""
        if not self.there:
            return frame
        if not self.keeps_clock:
            return self.numbers[frame - 1]
        return self.numbers[max(0, bisect_right(self.numbers, frame) - 1)]

    def is_black(self, frame: int) -> bool:
        """Whether a frame is black because its picture is missing."""
        return self.gaps == BLACK and self.shown(frame) != frame

    def frames_of(self, numbers: FrameRange) -> FrameRange:
        """The frames of a range of numbers; raises InputRefused when none of them is there."""
        if self.keeps_clock:
            return numbers
        first, end = bisect_left(self.numbers, numbers.first), bisect_right(self.numbers, numbers.last)
        if first == end:
            asked = f"no frame {numbers.first}" if len(numbers) == 1 else f"none of the frames {numbers}"
            raise InputRefused(f"{self} has {asked}; name one that is there.")
        return FrameRange(first + 1, end)

    def number_of(self, frame: int) -> int:
        """The number of a frame."""
        return frame if self.keeps_clock else self.numbers[frame - 1]

    def __str__(self) -> str:
        """ "shot.1001-1100#.dpx" in its folder; # stands for four digits, @ for one."""
        pad = "#" if self.digits == 4 else "@" * self.digits
        return os.path.join(self.folder, f"{self.prefix}{self.first}-{self.last}{pad}{self.suffix}")
