# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Whether an encode of an odd-sized reference was scaled to its even size, where a crop or pad gives the same size."""

import numpy as np

from cueffmpeg_gui.media.facts import ClipFacts
from cueffmpeg_gui.media.geometry import Geometry
from cueffmpeg_gui.pictures.gray_pictures import GrayPictures, spread

PLACES = 5
# Scaling blurs, and so does poor coding, which alone would make the two alike: all are blurred first.
BLUR = "gblur=sigma=2"
# What scaling must leave of the difference that the crop or pad leaves.
REMAINS = 0.96


def is_scaled(encode: ClipFacts, reference: ClipFacts, fixed: Geometry, offset: int) -> bool:
    """Whether scaling fits better than `fixed`; the encode has `offset` pictures before the reference's first.

    Raises InputRefused when a picture cannot be read.
    """
    width, height = fixed.output
    scale = f"scale={width}:{height}:flags=bicubic"
    ours = GrayPictures(encode, [BLUR])
    cut = GrayPictures(reference, [*fixed.fix_filter, *([scale] if fixed.scales else []), BLUR])
    whole = GrayPictures(reference, [scale, BLUR])
    first, end = max(0, -offset), min(reference.video.frames, encode.video.frames - offset)
    rests = np.zeros(2)
    try:
        for number in (first + step for step in spread(end - first, PLACES)):
            shown = ours.read(number + offset)
            rests += [float(np.abs(shown - one.read(number)).mean()) for one in (cut, whole)]
    finally:
        for side in (ours, cut, whole):
            side.close()
    return bool(rests[1] < REMAINS * rests[0])
