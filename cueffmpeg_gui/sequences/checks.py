# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Whether the files of a sequence are all there, whole and alike: found out before anything is sent."""

import os
import stat
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TypeVar

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.media.frames import FrameRange, gaps_between, runs_of
from cueffmpeg_gui.media.sequences import Sequence
from cueffmpeg_gui.sequences.formats import read_image_header

T = TypeVar("T")
# Headers that are read; of a longer sequence the first, the last and an even sample.
MOST_HEADERS = 200
# Gaps that one sentence lists.
MOST_GAPS = 50
# ffmpeg numbers files in 32 bits.
HIGHEST_NUMBER = 2**31 - 1
WAIT = "it may still be being written or copied; wait, or render it again"


def name_missing(gaps: list[FrameRange]) -> str:
    """ "frames 1007-1009, 1044 are missing" or "frame 1044 is missing"."""
    parts = [str(gap) if len(gap) > 1 else str(gap.first) for gap in gaps]
    more = len(parts) - MOST_GAPS
    text = ", ".join(parts[:MOST_GAPS]) + (f" and {more} more ranges" if more > 0 else "")
    return f"frame {text} is missing" if len(gaps) == 1 == len(gaps[0]) else f"frames {text} are missing"


def check_numbers(sequence: Sequence, numbers: Iterable[int]) -> None:
    """Raises InputRefused for gaps, listing them, and for numbers that ffmpeg does not count to."""
    if sequence.prefix.endswith((".-", "_-")):
        raise InputRefused(f"{sequence} has frame numbers below zero, which ffmpeg cannot read; number it from 0 up.")
    if sequence.last > HIGHEST_NUMBER:
        raise InputRefused(
            f"{sequence} has frame numbers above {HIGHEST_NUMBER}, which ffmpeg cannot read; renumber it."
        )
    present = runs_of(number for number in numbers if number in sequence.frames)
    gaps = gaps_between(present, sequence.frames)
    if gaps:
        part = f", or name a part that is whole ({max(present, key=len)})" if present else ""
        raise InputRefused(f"{sequence} is not whole: {name_missing(gaps)}; render or copy what is missing{part}.")


def check_files(sequence: Sequence, entries: "Mapping[int, os.DirEntry[str]]") -> int:
    """The size that every file has when the format is uncompressed, else 0.

    Raises InputRefused for a file that is empty, unreadable, cut off, or not like the others.
    """
    sizes = {frame: _size(sequence.file(frame), entries[frame]) for frame in range(sequence.first, sequence.last + 1)}
    is_uncompressed = read_image_header(sequence.file(sequence.first)).is_uncompressed
    if is_uncompressed:
        _check_sizes(sequence, sizes)
    _check_headers(sequence)
    return sizes[sequence.first] if is_uncompressed else 0


def _size(path: str, entry: "os.DirEntry[str]") -> int:
    try:
        found = entry.stat()
    except OSError as error:
        raise InputRefused(f"{path} cannot be read: {error.strerror}.") from None
    if not stat.S_ISREG(found.st_mode):
        raise InputRefused(f"{path} is no regular file; move it away or render that frame.")
    if found.st_size == 0:
        raise InputRefused(f"{path} is empty: {WAIT}.")
    if not os.access(path, os.R_OK):
        raise InputRefused(f"{path} cannot be read: you lack the permission; ask its owner for it.")
    return found.st_size


def _check_sizes(sequence: Sequence, sizes: Mapping[int, int]) -> None:
    usual = _most_common(sizes.values())
    odd = next((frame for frame, size in sizes.items() if size != usual), None)
    if odd is not None:
        alike = next(frame for frame, size in sizes.items() if size == usual)
        raise InputRefused(
            f"{sequence.file(odd)} has {sizes[odd]} bytes where {os.path.basename(sequence.file(alike))} has {usual}, "
            f"and files of one sequence are equally long: {WAIT}."
        )


def _check_headers(sequence: Sequence) -> None:
    headers = {frame: read_image_header(sequence.file(frame)) for frame in sample(sequence.frames, MOST_HEADERS)}
    for frame, header in headers.items():
        if not header.is_whole:
            raise InputRefused(f"{sequence.file(frame)} is cut off: {WAIT}.")
    usual = _most_common(header.shape for header in headers.values())
    odd = next((frame for frame, header in headers.items() if header.shape != usual), None)
    if odd is not None:
        alike = next(frame for frame, header in headers.items() if header.shape == usual)
        raise InputRefused(
            f"{sequence.file(odd)} is {headers[odd].shape} where {os.path.basename(sequence.file(alike))} is {usual}; "
            "render it again like the others, or name a part without it."
        )


def sample(frames: FrameRange, most: int) -> list[int]:
    """All frames, or the first, the last and evenly many between them."""
    steps = min(len(frames), most) - 1
    return [frames.first + (len(frames) - 1) * step // max(1, steps) for step in range(steps + 1)]


def _most_common(values: Iterable[T]) -> T:
    return Counter(values).most_common(1)[0][0]
