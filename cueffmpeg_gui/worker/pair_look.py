# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What a comparison saw of its pair: the small pictures that ffmpeg left become the numbers of a chunk."""

from collections.abc import Iterator
from itertools import islice

from cueffmpeg_gui.errors import FrameFailed
from cueffmpeg_gui.media.frames import FrameRange
from cueffmpeg_gui.media.pair_look import COLOUR_HEIGHT, COLOUR_WIDTH, picked_frames
from cueffmpeg_gui.media.pair_measure import (
    PairMeasure,
    measure_alpha,
    measure_colours,
    measure_look,
    measure_steps,
    own_rows,
)
from cueffmpeg_gui.media.small_pictures import BYTES
from cueffmpeg_gui.worker.compare_files import CompareFiles

SAMPLES = COLOUR_WIDTH * COLOUR_HEIGHT


def read_look(files: CompareFiles, read: FrameRange, own: FrameRange) -> PairMeasure:
    """The measure of a chunk's own frames; raises FrameFailed when a picture is missing."""
    look = files.look
    pictures = islice(_pictures(files.path(look.luma), 2 * BYTES), len(read))
    rows = tuple(measure_steps((both[:BYTES], both[BYTES:]) for both in pictures))
    if len(rows) != len(read):
        raise FrameFailed(f"ffmpeg made {len(rows)} of {len(read)} small pictures of the pair; retry the comparison.")
    picked = zip(picked_frames(read), _pictures(files.path(look.colour), 6 * SAMPLES))
    colours = [(number, picture) for number, picture in picked if number in own]
    moments, tones = measure_colours(picture for _, picture in colours)
    looks = tuple(measure_look(number, picture) for number, picture in colours)
    alpha = measure_alpha(_own(_pictures(files.path(look.alpha), SAMPLES), read, own))
    return PairMeasure(own.first, own.last, own_rows(rows, read, own), moments, tones, alpha, looks)


def _own(pictures: Iterator[bytes], read: FrameRange, own: FrameRange) -> Iterator[bytes]:
    """The pictures of own frames; those at hand are of the picked ones that were read."""
    return (picture for number, picture in zip(picked_frames(read), pictures) if number in own)


def _pictures(path: str, size: int) -> Iterator[bytes]:
    with open(path, "rb") as file:
        while len(picture := file.read(size)) == size:
            yield picture
