# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Black bars around a clip's pictures, seen in a dozen of them."""

import numpy as np

from cueffmpeg_gui.media.facts import ClipFacts
from cueffmpeg_gui.media.geometry import Box
from cueffmpeg_gui.pictures.colour_planes import Plane
from cueffmpeg_gui.pictures.gray_pictures import GrayPictures, spread

LOOKED_AT = 12
# A line of a bar is dark (of 255, black being 16 or 0) and flat; a night sky has grain.
DARK, FLAT = 26.0, 2.5
# Narrower bars are the blanking that many cameras and tapes have; what is left must be a picture.
NARROWEST, LEAST = 4, 0.3


def find_bars(clip: ClipFacts) -> Box | None:
    """The part of the pictures inside black bars, on even lines; None where there are none.

    Raises InputRefused when the clip cannot be read.
    """
    pictures = GrayPictures(clip)
    try:
        found = [pictures.read(number) for number in spread(clip.video.frames, LOOKED_AT)]
    finally:
        pictures.close()
    rows, columns = (_lively(found, axis) for axis in (1, 0))
    if rows is None or columns is None:
        return None
    box = Box(columns[1] - columns[0], rows[1] - rows[0], columns[0], rows[0])
    width, height = clip.video.width, clip.video.height
    bars = (box.x, box.y, width - box.x - box.width, height - box.y - box.height)
    is_picture = box.width >= LEAST * width and box.height >= LEAST * height
    return box if is_picture and max(bars) >= NARROWEST else None


def _lively(pictures: list[Plane], axis: int) -> tuple[int, int] | None:
    """The first line that is no bar in any picture, and one after the last; None where all of them are dark."""
    is_bar = np.all([(p.mean(axis=axis) <= DARK) & (p.std(axis=axis) <= FLAT) for p in pictures], axis=0)
    lines = np.flatnonzero(~is_bar)
    if not len(lines):
        return None
    first, end = int(lines[0]), int(lines[-1]) + 1
    return first + first % 2, end - end % 2
