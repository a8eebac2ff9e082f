# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Numbers of frames that are not one range, as a short text: "1001-1006,1010,1013-1099x2"."""

import re
from collections.abc import Sequence
from functools import lru_cache

from cueffmpeg_gui.errors import InputRefused, quoted
from cueffmpeg_gui.media.frames import MOST_FRAMES, check_frames

PART = re.compile(r"(-?\d{1,10})(?:-(-?\d{1,10})(?:x(\d{1,10}))?)?", re.ASCII)
# Fewer do not show a step.
LEAST_STEPPED = 3


def numbers_text(numbers: Sequence[int]) -> str:
    """The text of numbers that are in order, each there once."""
    parts, start = [], 0
    while start < len(numbers):
        end = _end_of_steps(numbers, start)
        step = numbers[end] - numbers[end - 1] if end > start else 0
        if step > 1 and end - start + 1 < LEAST_STEPPED:
            end = start
        parts.append(_part(numbers[start], numbers[end], step))
        start = end + 1
    return ",".join(parts)


@lru_cache(maxsize=64)
def read_numbers(text: str) -> tuple[int, ...]:
    """The numbers of such a text; raises InputRefused unless they are in order, and as few as frames can be."""
    found: list[int] = []
    for part in text.split(","):
        match = PART.fullmatch(part)
        if not match or match[3] == "0":
            raise InputRefused(f"{quoted(text)} is no list of frames; write 1001-1006,1010,1013-1099x2.")
        first, last = int(match[1]), int(match[2] or match[1])
        check_frames(first, last, quoted(part))
        if (found and first <= found[-1]) or len(found) > MOST_FRAMES:
            raise InputRefused(f"The frames {quoted(text)} are not in order, or too many.")
        found += range(first, last + 1, int(match[3] or 1))
    return tuple(found)


def common_step(numbers: Sequence[int]) -> int:
    """The step between all of them; 0 where there are several, 1 for a single number."""
    steps = {later - earlier for earlier, later in zip(numbers, numbers[1:])} or {1}
    return steps.pop() if len(steps) == 1 else 0


def _end_of_steps(numbers: Sequence[int], start: int) -> int:
    end = min(start + 1, len(numbers) - 1)
    while end + 1 < len(numbers) and numbers[end + 1] - numbers[end] == numbers[start + 1] - numbers[start]:
        end += 1
    return end


def _part(first: int, last: int, step: int) -> str:
    if first == last:
        return str(first)
    return f"{first}-{last}" + (f"x{step}" if step > 1 else "")
