# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The kinds of rules for what a job's document can say; each raises ValueError saying what fits."""

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.media.containers import REFERRING
from cueffmpeg_gui.media.frame_numbers import read_numbers

Rule = Callable[[Any], object]
LONGEST_PATH, LONGEST_NAME = 4096, 255
# Seconds of any clip, on its own clock too.
MOST_SECONDS = 10**9


def anything(value: object) -> None:
    """For yes and no, which their type says, and for what is checked as a whole (see check_spec)."""


@dataclass(frozen=True)
class Between:
    """A fraction from low to high."""

    low: Fraction
    high: Fraction

    def __call__(self, value: Any) -> None:
        if not self.low <= value <= self.high:
            raise ValueError(f"a fraction from {self.low} to {self.high}")


@dataclass(frozen=True)
class Path:
    """An absolute path as it comes out of normalization, so that no part of it leads anywhere else."""

    def __call__(self, value: Any) -> None:
        is_plain = "\0" not in value and len(value) <= LONGEST_PATH and os.path.normpath(value) == value
        if not (os.path.isabs(value) and is_plain):
            raise ValueError(f"an absolute path without '..', of at most {LONGEST_PATH} characters")


@dataclass(frozen=True)
class NamePart:
    """A part of a file's name."""

    def __call__(self, value: Any) -> None:
        if "\0" in value or "/" in value or len(value) > LONGEST_NAME:
            raise ValueError("part of a file's name")


@dataclass(frozen=True)
class Line:
    """A line of text for people."""

    longest: int = 1000

    def __call__(self, value: Any) -> None:
        if len(value) > self.longest or not value.isprintable():
            raise ValueError(f"one line of at most {self.longest} characters")


@dataclass(frozen=True)
class FormatName:
    """What a demuxer is called; no playlist or script, which would have ffmpeg open whatever it names."""

    def __call__(self, value: Any) -> None:
        if not re.fullmatch(r"[a-z0-9_,. -]{1,200}", value) or REFERRING & set(value.split(",")):
            raise ValueError("the format of one media file")


@dataclass(frozen=True)
class NumberList:
    """Numbers of frames as text, or nothing."""

    def __call__(self, value: Any) -> None:
        try:
            read_numbers(value or "0")
        except InputRefused:
            raise ValueError("a list of frames like 1001-1006,1010,1013-1099x2") from None


@dataclass(frozen=True)
class Cuts:
    """Times by the number of a frame."""

    def __call__(self, value: Any) -> None:
        if not all(re.fullmatch("[0-9]{1,10}", frame) and abs(time) <= MOST_SECONDS for frame, time in value.items()):
            raise ValueError("seconds by frame")


@dataclass(frozen=True)
class Samples:
    """Digests of pictures by the number of a frame."""

    def __call__(self, value: Any) -> None:
        if not all(
            re.fullmatch("-?[0-9]{1,10}", frame) and re.fullmatch("[0-9a-f]{16}", it) for frame, it in value.items()
        ):
            raise ValueError("digests by frame")


@dataclass(frozen=True)
class Text:
    """Any text of ours, which may quote any path."""

    longest: int = 20000

    def __call__(self, value: Any) -> None:
        if len(value) > self.longest:
            raise ValueError(f"a text of at most {self.longest} characters")
