# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Which picture of the encode is shown when one of the reference is: the nearest by time, as framesync finds it.

Times are microseconds after each clip's first picture. A constant rate has those of its numbers, not of its container.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from cueffmpeg_gui.media.facts import VideoFacts

SECOND = 1_000_000
# The encode is taken to be late by this (1 ms), so that of two pictures equally near the earlier is shown on.
LATE = 1000
# Time stamps are equal when they differ by less than this share of a picture's time.
EQUAL = Fraction(1, 4)


@dataclass(frozen=True)
class Partners:
    """For each picture of the reference, from the first on, that of the encode; both count from 0.

    `alone` pictures of the reference have none of just their time and got the nearest; `passed` of the encode are
    compared with none.
    """

    pictures: tuple[int, ...]
    alone: int
    passed: int


def picture_times(video: VideoFacts, stamps: Sequence[int], time_base: Fraction) -> list[int]:
    """The times of a clip's pictures; `stamps` count ticks of `time_base` seconds."""
    if video.constant_rate:
        return [_rounded(number / video.rate) for number in range(video.frames)]
    return [_rounded((stamp - stamps[0]) * time_base) for stamp in stamps]


def find_partners(encode: Sequence[int], reference: Sequence[int]) -> Partners:
    """The partners of the reference's pictures, up to the encode's end."""
    ours = [encode[0], *(time + LATE for time in encode[1:])]
    near = EQUAL * min(_step(encode), _step(reference))
    held = encode[-1] + _step(encode) - near
    pictures: list[int] = []
    alone, place = 0, 0
    for time in reference:
        if time >= held:
            break
        while place + 1 < len(ours) and abs(ours[place + 1] - time) < abs(ours[place] - time):
            place += 1
        pictures.append(place)
        alone += abs(encode[place] - time) > near
    used = set(pictures)
    return Partners(tuple(pictures), alone, sum(place not in used for place in range(pictures[-1] + 1)))


def are_equal(encode: Sequence[int], reference: Sequence[int]) -> bool:
    """Whether both have their pictures at the same times."""
    near = EQUAL * min(_step(encode), _step(reference))
    return len(encode) == len(reference) and all(abs(a - b) <= near for a, b in zip(encode, reference))


def end_together(encode: Sequence[int], reference: Sequence[int]) -> bool:
    """Whether both take about the same time; if not, the times of one were made anew."""
    return abs(encode[-1] - reference[-1]) <= 2 * max(_step(encode), _step(reference))


def time_filters(video: VideoFacts, *, late: bool = False) -> list[str]:
    """The filters that give a clip's pictures these times; `late` is for the encode."""
    later = f"+{LATE}*gt(N\\,0)" if late else ""
    start = [f"settb={1 / video.rate}", "setpts=N"] if video.constant_rate else ["setpts=PTS-STARTPTS"]
    return [*start, "settb=AVTB", *([f"setpts=PTS{later}"] if late else [])]


def _step(times: Sequence[int]) -> Fraction:
    """The time of a picture, on average."""
    return Fraction(times[-1] - times[0], max(1, len(times) - 1))


def _rounded(seconds: Fraction) -> int:
    """As ffmpeg rounds: halves up."""
    return int(seconds * SECOND + Fraction(1, 2))
