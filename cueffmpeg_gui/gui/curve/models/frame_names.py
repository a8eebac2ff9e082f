# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Names of frames: the shot frame, the clip frame counted from 0, or the timecode; and the frame of a name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Optional

from cueffmpeg_gui.errors import InputRefused, quoted
from cueffmpeg_gui.media.timing import TIMECODE, advance_timecode, frames_of_timecode, nominal_rate, timecode_of_frames

SHOT, CLIP, TIME = "shot frame", "clip frame", "timecode"
UNITS = (SHOT, CLIP, TIME)
NUMBER = re.compile(r"-?\d+", re.ASCII)


@dataclass(frozen=True)
class FrameNames:
    """Names of the frames first … last; `timecode` is that of the first, `rate` the frames a second."""

    first: int
    last: int
    rate: Optional[Fraction] = None
    timecode: Optional[str] = None

    def spanning(self, first: int, last: int) -> FrameNames:
        """The same names for another range of frames."""
        if self.rate is None or self.timecode is None:
            return FrameNames(first, last, self.rate)
        return FrameNames(first, last, self.rate, advance_timecode(self.timecode, first - self.first, self.rate))

    @property
    def units(self) -> tuple[str, ...]:
        """The available kinds of names."""
        return UNITS if self.rate else UNITS[:2]

    @property
    def is_drop(self) -> bool:
        """Whether it is drop-frame timecode."""
        return ";" in (self.timecode or "")

    @property
    def start(self) -> int:
        """Frames since midnight at the first frame."""
        return frames_of_timecode(self.timecode, self.rate) if self.rate and self.timecode else 0

    def name(self, frame: int, unit: str) -> str:
        """A frame's name."""
        if unit == TIME and self.rate is not None:
            return timecode_of_frames(self.start + frame - self.first, self.rate, self.is_drop)
        return str(frame - self.first if unit == CLIP else frame)

    def full_name(self, frame: int) -> str:
        """All names of a frame: "frame 1121 · clip frame 120 · 00:00:46:17"."""
        names = [f"frame {frame}", f"clip frame {frame - self.first}"]
        return " · ".join([*names, self.name(frame, TIME)] if self.rate else names)

    def find(self, text: str, unit: str = SHOT) -> int:
        """The frame that a number or a timecode names; raises InputRefused, in one sentence."""
        text = text.strip()
        if NUMBER.fullmatch(text):
            frame = int(text) + (self.first if unit == CLIP else 0)
        elif TIMECODE.fullmatch(text):
            frame = self.first + self._count(text) - self.start
        else:
            raise InputRefused(f"{quoted(text)} is neither a frame number nor a timecode; write 1001 or 00:00:41:17.")
        if not self.first <= frame <= self.last:
            low, high = (self.name(end, TIME if ":" in text else unit) for end in (self.first, self.last))
            raise InputRefused(f"{text} is outside of {low} to {high}.")
        return frame

    def _count(self, text: str) -> int:
        if self.rate is None:
            raise InputRefused("The frame rate is not known here, so a timecode names no frame; write a frame number.")
        drop = f"{text[:8]};{text[9:]}"
        return frames_of_timecode(drop if self.is_drop else text, self.rate)

    def step(self, least: float, unit: str) -> int:
        """Frames between two ticks of an axis: a round number of frames, or of seconds, not below `least`."""
        if unit == TIME and self.rate is not None:
            second = nominal_rate(self.rate)
            steps = [1, 2, 6, *(second * n for n in (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600))]
        else:
            steps = [n * 10**power for power in range(8) for n in (1, 2, 5)]
        return next((step for step in steps if step >= least), steps[-1])

    def origin(self, unit: str) -> int:
        """A frame that bears a tick: ticks stand at round names, whatever the first frame's number is."""
        return {SHOT: 0, CLIP: self.first, TIME: self.first - self.start}[unit]
