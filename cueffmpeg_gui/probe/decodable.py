# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Which pictures of a stream a decoder gives: those of a stream without times, and those after a start in mid-GOP."""

from bisect import bisect_left
from fractions import Fraction
from typing import Any

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.media.containers import is_timeless
from cueffmpeg_gui.probe.files import opened


def decoded_count(path: str, index: int) -> int:
    """How many pictures come out of a stream; decodes all of it."""
    with opened(path) as container:
        stream = container.streams[index]
        stream.thread_type = "AUTO"
        return sum(1 for _ in container.decode(stream))


def even_times(path: str, container: Any, video: Any) -> list[int]:
    """Times for the pictures of an elementary stream, which has none: evenly by the rate it names, from 0.

    Raises InputRefused for any other container.
    """
    if not is_timeless(container.format.name):
        raise InputRefused(f"{path} holds no pictures with times; copy it anew (ffmpeg -i FILE -c copy FILE.mkv).")
    count = decoded_count(path, video.index)
    if not count:
        raise InputRefused(f"{path} holds no picture that decodes; copy or export it again.")
    step = 1 / (Fraction(video.average_rate or video.guessed_rate or 25) * Fraction(video.time_base))
    return [round(number * step) for number in range(count)]


def lost_at_start(path: str, index: int, times: list[int], keys: list[int]) -> int:
    """How many of the sorted pictures lean on others that are not in the file, as after a cut in mid-GOP."""
    if keys and min(keys) <= times[0]:
        return 0
    with opened(path) as container:
        first = next((frame.pts for frame in container.decode(container.streams[index])), None)
    return bisect_left(times, first) if first is not None else 0
