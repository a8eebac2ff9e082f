# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Whether the files of a sequence are whole and alike: found out before anything is sent."""

import os
import stat
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.media.frames import FrameRange
from cueffmpeg_gui.media.sequences import Sequence
from cueffmpeg_gui.sequences.formats import read_image_header

T = TypeVar("T")
# Headers that are read; of a longer sequence the first, the last and an even sample.
MOST_HEADERS = 200
# ffmpeg numbers files in 32 bits.
HIGHEST_NUMBER = 2**31 - 1
WAIT = "it may still be being written or copied; wait, or render it again"


def check_numbers(sequence: Sequence) -> None:
    """Raises InputRefused for numbers that ffmpeg does not count to."""
    if sequence.prefix.endswith((".-", "_-")):
        raise InputRefused(f"{sequence} has a minus sign before the place of the number; leave it to the number.")
    if sequence.last > HIGHEST_NUMBER:
        raise InputRefused(
            f"{sequence} has frame numbers above {HIGHEST_NUMBER}, which ffmpeg cannot read; renumber it."
        )


def check_files(sequence: Sequence, entries: "Mapping[int, os.DirEntry[str]]", layer: str) -> Sequence:
    """The sequence with the layer that is read of it, and the size that every file has if the format is uncompressed.

    Raises InputRefused for a file that is empty, unreadable, cut off, or not like the others.
    """
    sizes = {number: _size(sequence.file(number), entries[number]) for number in sequence.numbers}
    header = read_image_header(sequence.first_file, layer)
    sequence = replace(sequence, layer=header.layer, layer_prefix=header.prefix)
    if header.is_uncompressed:
        _check_sizes(sequence, sizes)
    _check_headers(sequence)
    return replace(sequence, file_bytes=sizes[sequence.numbers[0]] if header.is_uncompressed else 0)


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
    numbers = sequence.numbers
    # A layer may be missing anywhere, and nobody notices a film that turns black.
    most = len(numbers) if sequence.layer else MOST_HEADERS
    read = [numbers[place] for place in sample(FrameRange(0, len(numbers) - 1), most)]
    headers = {number: read_image_header(sequence.file(number), sequence.layer) for number in read}
    for frame, header in headers.items():
        if (header.layer, header.prefix) != (sequence.layer, sequence.layer_prefix):
            raise InputRefused(
                f"{sequence.file(frame)} has another layer for its picture ({header.layer or 'one without a name'}) "
                f"than {os.path.basename(sequence.first_file)} ({sequence.layer or 'one without a name'}); render it "
                "again like the others, or name a layer that all have."
            )
        if not header.is_whole:
            raise InputRefused(f"{sequence.file(frame)} is cut off: {WAIT}.")
    usual = _most_common(header.shape.place for header in headers.values())
    odd = next((frame for frame, header in headers.items() if header.shape.place != usual), None)
    if odd is not None:
        alike = next(frame for frame, header in headers.items() if header.shape.place == usual)
        other = headers[alike].shape
        raise InputRefused(
            f"{sequence.file(odd)} is {headers[odd].shape} where {os.path.basename(sequence.file(alike))} is {other}; "
            "render it again like the others, or name a part without it."
        )


def kinds_in(sequence: Sequence) -> list[int]:
    """One number for each kind of picture, with the first and the last, as far as a sample of headers tells."""
    numbers = sequence.numbers
    read = [numbers[place] for place in sample(FrameRange(0, len(numbers) - 1), MOST_HEADERS)]
    kinds: dict[object, int] = {}
    for number in read:
        kinds.setdefault(read_image_header(sequence.file(number), sequence.layer).shape, number)
    return sorted({*kinds.values(), numbers[0], numbers[-1]})


def sample(frames: FrameRange, most: int) -> list[int]:
    """All frames, or the first, the last and evenly many between them."""
    steps = min(len(frames), most) - 1
    return [frames.first + (len(frames) - 1) * step // max(1, steps) for step in range(steps + 1)]


def _most_common(values: Iterable[T]) -> T:
    return Counter(values).most_common(1)[0][0]
