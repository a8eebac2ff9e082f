# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Whether pictures that are called interlaced are so: fields of two moments, or one picture in two fields (PsF).

A field of an interlaced picture is as near to the other field of a neighbour as to that of its own picture; the two
fields of a progressive picture are nearest to each other. It is looked at where something moves.
"""

import av
import numpy as np

from cueffmpeg_gui.media.facts import ClipFacts
from cueffmpeg_gui.media.pair_fields import BOTTOM, TOP, UNTOLD, SeenFields
from cueffmpeg_gui.pictures.colour_planes import Plane
from cueffmpeg_gui.pictures.filters import Filters
from cueffmpeg_gui.pictures.gray_pictures import GrayPictures, spread
from cueffmpeg_gui.pictures.open_reader import open_reader

PLACES = 9
# Enough where nobody says that there are fields.
FEW_PLACES = 5
BLOCK = 4
# Change (of 255) from which a block moves, and the share of blocks that must.
MOVES, LEAST = 4.0, 0.002
# How much farther the other field of the nearer neighbour is than the own: 1 of interlaced pictures, more of others.
PROGRESSIVE = 2.0
# How much farther the lower field is from the upper one before than from the one behind where the upper is first.
ORDERED = 1.12
SAID = ((TOP, "TOPFIRST"), (BOTTOM, "BOTTOMFIRST"))


def look_at_fields(clip: ClipFacts, places: int = PLACES) -> SeenFields:
    """What is seen of a clip's fields at so many places, as far as something moves.

    Raises InputRefused for what cannot be read.
    """
    if clip.video.frames < 3:
        return SeenFields()
    pictures = GrayPictures(clip)
    try:
        found = [_distances(pictures, 1 + number) for number in spread(clip.video.frames - 2, places)]
    finally:
        pictures.close()
    told = [distances for distances in found if distances is not None]
    if not told:
        return SeenFields(says=_says(clip))
    woven = float(np.median([min(past, coming) / max(own, 0.01) for past, own, coming in told])) < PROGRESSIVE
    order = float(np.median([max(past, 0.01) / max(coming, 0.01) for past, _, coming in told]))
    return SeenFields(woven, _first(order) if woven else UNTOLD, _says(clip))


def _first(order: float) -> str:
    """The field that is first, by how much farther the lower one is from what is before it than from what follows."""
    return TOP if order > ORDERED else BOTTOM if order < 1 / ORDERED else UNTOLD


def _says(clip: ClipFacts) -> str:
    """The field that the clip's second picture says is first: streams are no sure witness of their first."""
    reader = open_reader(clip)
    try:
        frame = reader.picture(min(1, clip.video.frames - 1)).frame
        return next((first for first, word in SAID if _passes(frame, word)), UNTOLD)
    finally:
        reader.close()


def _passes(frame: object, word: str) -> bool:
    try:
        Filters([f"select=eq(interlace_type\\,{word})"])(frame)
    except av.BlockingIOError:
        return False
    return True


def _distances(pictures: GrayPictures, number: int) -> tuple[float, float, float] | None:
    """How far the lower field is from the upper one of the picture before, of its own, and of the one behind."""
    before, now, after = (pictures.read(number + step) for step in (-1, 0, 1))
    lower = blocks(now[1::2][: len(now) // 2 - 1])
    tops = [blocks(between(picture[0::2])[: len(now) // 2 - 1]) for picture in (before, now, after)]
    moving = np.minimum(np.abs(tops[1] - tops[0]), np.abs(tops[2] - tops[1])) > MOVES
    if moving.mean() < LEAST:
        return None
    past, own, coming = (float(np.abs(lower - top)[moving].mean()) for top in tops)
    return past, own, coming


def between(field: Plane) -> Plane:
    """The lines between those of a field."""
    found: Plane = (field[:-1] + field[1:]) * np.float32(0.5)
    return found


def blocks(field: Plane) -> Plane:
    """Means of blocks: detail that is in one field only is no motion."""
    height, width = (side - side % BLOCK for side in field.shape)
    blocks = field[:height, :width].reshape(height // BLOCK, BLOCK, width // BLOCK, BLOCK)
    found: Plane = blocks.mean(axis=(1, 3)).astype(np.float32)
    return found
