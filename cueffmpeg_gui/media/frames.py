# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""A range of frames, first and last included, in the shot's own numbers."""

import re
from dataclasses import dataclass

from cueffmpeg_gui.errors import InputRefused

RANGE = re.compile(r"(\d+)(?:-(\d+))?", re.ASCII)


@dataclass(frozen=True)
class FrameRange:
    """Frames first … last; never empty."""

    first: int
    last: int

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise InputRefused(f"The frame range {self} ends before it starts.")

    def __len__(self) -> int:
        return self.last - self.first + 1

    def __str__(self) -> str:
        return f"{self.first}-{self.last}"

    def __contains__(self, frame: int) -> bool:
        return self.first <= frame <= self.last


def parse_range(text: str) -> FrameRange:
    """ "1001-1100" or "7"; raises InputRefused."""
    match = RANGE.fullmatch(text.strip())
    if not match:
        raise InputRefused(f"{text!r} is no frame range; write 1001-1100.")
    first = int(match.group(1))
    return FrameRange(first, int(match.group(2) or first))
