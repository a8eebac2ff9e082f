# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""An image sequence on disk, named in any usual way, found and checked before it is sent."""

import os
from dataclasses import replace

from cueffmpeg_gui.media.frames import FrameRange
from cueffmpeg_gui.media.sequences import Sequence
from cueffmpeg_gui.sequences.checks import check_files, check_numbers
from cueffmpeg_gui.sequences.formats import IMAGE_EXTENSIONS, extension_of
from cueffmpeg_gui.sequences.notation import split_range
from cueffmpeg_gui.sequences.search import Search


def is_sequence(text: str) -> bool:
    """Whether a text means an image sequence: a folder, or a name that ends as pictures do; any other is a clip."""
    return extension_of(split_range(text)[0]) in IMAGE_EXTENSIONS or os.path.isdir(text)


def find_sequence(text: str) -> Sequence:
    """The sequence that a text means: with %04d, ####, @@@@, $F4 or [1001-1100], one of its files, or its folder.

    A range in the text counts; else all the numbers on disk do. Every file was seen, and a sample of headers read.
    Raises InputRefused in one sentence: nothing there, several there, gaps, and files empty, cut off or unlike.
    """
    search = Search()
    family, frames = search.find(text)
    numbers = family.frames
    frames = frames or FrameRange(numbers[0], numbers[-1])
    sequence = family.sequence(frames.first, frames.last)
    check_numbers(sequence, numbers)
    entries = search.listing(family.folder)
    by_number = {int(number): entries[f"{family.prefix}{number}{family.suffix}"] for number in family.numbers}
    return replace(sequence, file_bytes=check_files(sequence, by_number))
