# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Whether pictures that are called interlaced are so: fields of two moments, or one picture in two fields (PsF).

A field of an interlaced picture is as near to the other field of a neighbour as to that of its own picture; the two
fields of a progressive picture are nearest to each other. It is looked at where something moves.
"""

import numpy as np

from cueffmpeg_gui.media.facts import ClipFacts
from cueffmpeg_gui.pictures.colour_planes import Plane
from cueffmpeg_gui.pictures.gray_pictures import GrayPictures, spread

PLACES = 9
BLOCK = 4
# Change (of 255) from which a block moves, and the share of blocks that must.
MOVES, LEAST = 4.0, 0.002
# How much farther the other field of the nearer neighbour is than the own: 1 of interlaced pictures, more of others.
PROGRESSIVE = 2.0


def looks_woven(clip: ClipFacts) -> bool | None:
    """Whether fields of two moments are seen; None when nothing moves. Raises InputRefused for what cannot be read."""
    if clip.video.frames < 3:
        return None
    pictures = GrayPictures(clip)
    try:
        ratios = [_ratio(pictures, 1 + number) for number in spread(clip.video.frames - 2, PLACES)]
    finally:
        pictures.close()
    told = [ratio for ratio in ratios if ratio is not None]
    return float(np.median(told)) < PROGRESSIVE if told else None


def _ratio(pictures: GrayPictures, number: int) -> float | None:
    before, now, after = (pictures.read(number + step) for step in (-1, 0, 1))
    lower = _blocks(now[1::2][: len(now) // 2 - 1])
    tops = [_blocks(_between(picture[0::2])[: len(now) // 2 - 1]) for picture in (before, now, after)]
    moving = np.minimum(np.abs(tops[1] - tops[0]), np.abs(tops[2] - tops[1])) > MOVES
    if moving.mean() < LEAST:
        return None
    past, own, coming = (float(np.abs(lower - top)[moving].mean()) for top in tops)
    return min(past, coming) / max(own, 0.01)


def _between(field: Plane) -> Plane:
    """The lines between those of a field."""
    found: Plane = (field[:-1] + field[1:]) * np.float32(0.5)
    return found


def _blocks(field: Plane) -> Plane:
    """Means of blocks: detail that is in one field only is no motion."""
    height, width = (side - side % BLOCK for side in field.shape)
    blocks = field[:height, :width].reshape(height // BLOCK, BLOCK, width // BLOCK, BLOCK)
    found: Plane = blocks.mean(axis=(1, 3)).astype(np.float32)
    return found
