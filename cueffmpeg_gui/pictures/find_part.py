# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Whether a slightly smaller encode is a part of the reference, pixel for pixel, as when edges of a camera are trimmed.

Both are tried in a few pictures of the same number: scaled to one size, and laid over each other at every place.
"""

import numpy as np

from cueffmpeg_gui.media.facts import ClipFacts
from cueffmpeg_gui.media.geometry import Box
from cueffmpeg_gui.pictures.colour_planes import Plane
from cueffmpeg_gui.pictures.gray_pictures import GrayPictures, spread

PLACES = 5
# The side of the square in the middle in which places are tried.
PATCH = 192
# What the part may leave of the difference that scaling leaves, and how much of it (of 255) must go.
REMAINS, LEAST_GAIN = 0.75, 0.25


def find_part(encode: ClipFacts, reference: ClipFacts) -> Box | None:
    """The part of the reference that the encode shows; None where scaling fits as well. Raises InputRefused."""
    width, height = encode.video.width, encode.video.height
    ours, theirs = GrayPictures(encode), GrayPictures(reference)
    scaled = GrayPictures(reference, [f"scale={width}:{height}:flags=bicubic"])
    try:
        numbers = spread(min(encode.video.frames, reference.video.frames), PLACES)
        pictures = [(ours.read(number), theirs.read(number), scaled.read(number)) for number in numbers]
    finally:
        for side in (ours, theirs, scaled):
            side.close()
    places = [_best_place(small, large) for small, large, _ in pictures]
    across, down = max(set(places), key=places.count)
    parts = [_apart(small, large[down : down + height, across : across + width]) for small, large, _ in pictures]
    whole = [_apart(small, whole) for small, _, whole in pictures]
    part, all_of_it = float(np.mean(parts)), float(np.mean(whole))
    fits = part <= REMAINS * all_of_it and all_of_it - part >= LEAST_GAIN
    return Box(width, height, across, down) if fits else None


def _best_place(small: Plane, large: Plane) -> tuple[int, int]:
    """Where (across, down) the middle of the small picture is nearest to the large one."""
    left, top = (max(0, (side - PATCH) // 2) for side in (small.shape[1], small.shape[0]))
    patch = small[top : top + PATCH, left : left + PATCH]
    rows, columns = patch.shape
    found = {
        (x, y): _apart(patch, large[top + y : top + y + rows, left + x : left + x + columns])
        for y in range(large.shape[0] - small.shape[0] + 1)
        for x in range(large.shape[1] - small.shape[1] + 1)
    }
    return min(found, key=lambda place: found[place])


def _apart(one: Plane, other: Plane) -> float:
    return float(np.abs(one - other).mean())
