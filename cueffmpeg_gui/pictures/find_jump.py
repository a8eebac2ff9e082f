# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Where an encode lacks pictures of its reference, or has some too many, in the middle: no one offset fits it all."""

import numpy as np

from cueffmpeg_gui.media.facts import ClipFacts
from cueffmpeg_gui.media.geometry import Geometry
from cueffmpeg_gui.media.pair_timing import Jump
from cueffmpeg_gui.pictures.colour_planes import Plane
from cueffmpeg_gui.pictures.find_offset import AT_LEAST, CLEARLY, SAME, look_at_start

# How many pictures may be missing, and how many must be there on each side of the place.
MOST, LEAST_SIDE = 4, 4


def find_jump(encode: ClipFacts, reference: ClipFacts, geometry: Geometry) -> Jump | None:
    """The place, None where there is none or it is not seen. Raises InputRefused when a clip cannot be read."""
    more = encode.video.frames - reference.video.frames
    if not 0 < abs(more) <= MOST:
        return None
    return best_jump(look_at_start(encode, geometry.encode_filter), look_at_start(reference, geometry.fix_filter), more)


def best_jump(encode: Plane, reference: Plane, more: int) -> Jump | None:
    """The jump between rows that are pictures as best_offset takes them."""
    lacking = max(0, -more)
    end = min(len(encode) - more, len(reference))
    if end < 2 * LEAST_SIDE + lacking:
        return None
    early = _apart(encode, reference, end, 0)
    late = _apart(encode, reference, end, more)
    before = np.concatenate([[0.0], np.cumsum(early)])
    behind = np.concatenate([np.cumsum(late[::-1])[::-1], [0.0]])
    stops = range(LEAST_SIDE, end - lacking - LEAST_SIDE + 1)
    costs = {stop: float(before[stop] + behind[stop + lacking]) / (end - lacking) for stop in stops}
    best = min(costs, key=lambda stop: costs[stop])
    whole = min(float(early[: end - lacking].mean()), float(late[lacking:].mean()))
    # Each side of the place must say so, too: a blurred beginning alone is no jump.
    sides = ((early[:best], late[lacking:][:best]), (late[best + lacking :], early[best + lacking :]))
    are_clear = all(_is_clear(float(own.mean()), float(other.mean())) for own, other in sides)
    return Jump(best, more) if costs[best] <= min(SAME, CLEARLY * whole) and are_clear else None


def _is_clear(own: float, other: float) -> bool:
    return own <= min(CLEARLY * other, other - AT_LEAST)


def _apart(encode: Plane, reference: Plane, count: int, offset: int) -> Plane:
    """How far each picture of the reference is from the encode's, 0 where one is flat or missing."""
    found = np.zeros(count, np.float32)
    for place in range(count):
        own = place + offset
        if 0 <= own < len(encode) and encode[own].any() and reference[place].any():
            found[place] = 1 - float(encode[own] @ reference[place])
    return found
