# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""How many pictures of an encode come before the reference's first, found by looking at the beginnings of both."""

import numpy as np

from cueffmpeg_gui.media.facts import ClipFacts
from cueffmpeg_gui.media.geometry import Geometry
from cueffmpeg_gui.pictures.colour_planes import Plane
from cueffmpeg_gui.pictures.gray_pictures import GrayPictures

# Seconds looked at, and how many of pictures times pixels: 14 s of 1080p, 7 s of 2160p.
SECONDS, BUDGET = 14, 700 * 1920 * 1080
SMALL = ["scale=48:27:flags=area"]
# Pictures that must overlap, if the clips have as many.
LEAST_OVERLAP = 12
# Standard deviation (of 255) below which a picture is flat: it fits anything.
FLAT = 1.0
# The distance (0 equal, 2 unrelated) up to which pictures are the same one; how much nearer than all others the best
# offset must be, as a share and at least: coding noise tells a still picture's places apart, too.
SAME, CLEARLY, AT_LEAST = 0.2, 0.7, 0.002


def find_offset(encode: ClipFacts, reference: ClipFacts, geometry: Geometry) -> int | None:
    """The offset, or None when no place fits, or several fit alike. Raises InputRefused when a clip cannot be read."""
    ours = look_at_start(encode, geometry.encode_filter)
    theirs = look_at_start(reference, geometry.fix_filter)
    return best_offset(ours, theirs)


def best_offset(encode: Plane, reference: Plane) -> int | None:
    """The offset of rows that are pictures, each of mean 0 and length 1 (all 0: flat)."""
    distances = 1 - encode @ reference.T
    told = np.outer(np.any(encode, axis=1), np.any(reference, axis=1))
    distances = np.where(told, distances, np.nan)
    least = min(LEAST_OVERLAP, *distances.shape)
    found = {}
    for offset in range(least - len(reference), len(encode) - least + 1):
        fits = np.diagonal(distances, -offset)
        if np.count_nonzero(~np.isnan(fits)) >= least / 2:
            found[offset] = float(np.nanmean(fits))
    if not found:
        return None
    best = min(found, key=lambda offset: (found[offset], abs(offset)))
    others = [distance for offset, distance in found.items() if offset != best]
    is_clear = all(found[best] <= min(CLEARLY * other, other - AT_LEAST) for other in others)
    return best if found[best] <= SAME and is_clear and (others or len(found) == 1) else None


def look_at_start(clip: ClipFacts, chain: list[str]) -> Plane:
    """The first pictures, small, each a row of mean 0 and length 1."""
    video = clip.video
    wanted = min(video.frames, int(SECONDS * video.rate), max(48, BUDGET // (video.width * video.height)))
    pictures = GrayPictures(clip, [*chain, *SMALL])
    try:
        return np.stack([_normal(pictures.read(number)) for number in range(wanted)])
    finally:
        pictures.close()


def _normal(picture: Plane) -> Plane:
    flat = (picture - picture.mean()).ravel()
    length = float(np.linalg.norm(flat))
    found: Plane = flat / length if length > FLAT * len(flat) ** 0.5 else np.zeros_like(flat)
    return found
