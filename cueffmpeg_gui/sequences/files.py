# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""An image sequence on disk, named in any usual way, found and checked before it is sent."""

import os

from cueffmpeg_gui.media.frames import FrameRange
from cueffmpeg_gui.media.gaps import STOP
from cueffmpeg_gui.media.sequences import Sequence
from cueffmpeg_gui.sequences.checks import check_files, check_numbers
from cueffmpeg_gui.sequences.families import Family
from cueffmpeg_gui.sequences.formats import IMAGE_EXTENSIONS, extension_of
from cueffmpeg_gui.sequences.gaps import settle_gaps, widened, with_present
from cueffmpeg_gui.sequences.notation import split_range
from cueffmpeg_gui.sequences.search import Search


def is_sequence(text: str) -> bool:
    """Whether a text means an image sequence: a folder, or a name that ends as pictures do; any other is a clip."""
    return extension_of(split_range(text)[0]) in IMAGE_EXTENSIONS or os.path.isdir(text)


def find_sequence(text: str, gaps: str = STOP, frames: FrameRange | None = None, layer: str = "") -> Sequence:
    """The sequence that a text means: with %04d, ####, @@@@, $F4 or [1001-1100], one of its files, or its folder.

    A range in the text counts; else all the numbers on disk do. Every file was seen, and a sample of headers read.
    Of files with layers that of the name `layer` is read, or the obvious one.
    `gaps` is what becomes of missing frames (see gaps.POLICIES); of those, only `frames` need to be whole to go on. An
    answer that fills gaps also fills those of `frames` that are beyond the ends.
    Raises InputRefused in one sentence: nothing there, several there, gaps, and files empty, cut off or unlike.
    """
    search = Search()
    family, sequence = _named(search, text)
    sequence = widened(sequence, family.frames, gaps, frames)
    check_numbers(sequence)
    return _checked(search, family, settle_gaps(sequence, gaps, frames), layer)


def find_as_it_is(text: str, layer: str = "") -> Sequence:
    """As find_sequence, but nothing is decided about its gaps yet."""
    search = Search()
    return _checked(search, *_named(search, text), layer)


def _named(search: Search, text: str) -> tuple[Family, Sequence]:
    family, frames = search.find(text)
    numbers = family.frames
    frames = frames or FrameRange(numbers[0], numbers[-1])
    sequence = family.sequence(frames.first, frames.last)
    check_numbers(sequence)
    return family, with_present(sequence, numbers)


def _checked(search: Search, family: Family, sequence: Sequence, layer: str) -> Sequence:
    entries = search.listing(family.folder)
    by_number = {int(number): entries[f"{family.prefix}{number}{family.suffix}"] for number in family.numbers}
    return check_files(sequence, by_number, layer)
