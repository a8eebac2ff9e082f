# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Ranges of frames, first and last included, in the shot's own numbers; runs of frames and the gaps between them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cueffmpeg_gui.errors import InputRefused, quoted

# ffmpeg numbers pictures in 32 bits. At 24 a second so many are 58 hours; no job and no table of scores has more.
HIGHEST_FRAME, MOST_FRAMES = 2**31 - 1, 5_000_000
# A lone number has no sign: "-5" may mean "up to 5".
RANGE = re.compile(r"(?=\d|.+\d-)(-?\d+)(?:-(-?\d+))?", re.ASCII)


@dataclass(frozen=True)
class FrameRange:
    """Frames first … last; never empty."""

    first: int
    last: int

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise InputRefused(f"The frame range {str(self)[:60]} ends before it starts.")

    def __len__(self) -> int:
        return self.last - self.first + 1

    def __str__(self) -> str:
        return f"{self.first}-{self.last}"

    def __contains__(self, frame: int) -> bool:
        return self.first <= frame <= self.last


def check_frames(first: int, last: int, where: str) -> None:
    """Raises InputRefused for numbers that no frames have, before anything is counted by them."""
    if not (abs(first) <= HIGHEST_FRAME and abs(last) <= HIGHEST_FRAME and 0 <= last - first < MOST_FRAMES):
        raise InputRefused(
            f"{where}: frames {quoted(first)} to {quoted(last)} cannot be; a job has {MOST_FRAMES:,} frames at "
            "most, in order, with numbers of 32 bits."
        )


def padded(number: int, digits: int) -> str:
    """A number in the name of a file; below zero the sign comes before the zeros: -0004."""
    return f"{'-' if number < 0 else ''}{abs(number):0{digits}d}"


def parse_range(text: str) -> FrameRange:
    """ "1001-1100" or "7"; raises InputRefused."""
    match = RANGE.fullmatch(text.strip())
    if not match:
        raise InputRefused(f"{quoted(text)} is no frame range; write 1001-1100.")
    try:
        first, last = int(match.group(1)), int(match.group(2) or match.group(1))
    except ValueError:  # Python reads no number of thousands of digits
        raise InputRefused(f"{quoted(text)} is no frame range; its numbers are too long.") from None
    return FrameRange(first, last)


def runs_of(numbers: Iterable[int]) -> list[FrameRange]:
    """The numbers as the fewest ranges, in order."""
    starts: list[int] = []
    ends: list[int] = []
    for number in sorted(set(numbers)):
        if ends and number == ends[-1] + 1:
            ends[-1] = number
        else:
            starts.append(number)
            ends.append(number)
    return [FrameRange(first, last) for first, last in zip(starts, ends)]


def gaps_between(runs: Sequence[FrameRange], whole: FrameRange) -> list[FrameRange]:
    """What a range lacks, when these runs (in order, apart, within it) are there."""
    befores = [whole.first - 1, *(run.last for run in runs)]
    afters = [*(run.first for run in runs), whole.last + 1]
    return [FrameRange(b + 1, a - 1) for b, a in zip(befores, afters) if a - b > 1]
