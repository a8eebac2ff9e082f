# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Whether an encode shows another cut of the picture in all of its frames: edges were cut off, the rest scaled back."""

from cueffmpeg_gui.media.facts import ClipFacts
from cueffmpeg_gui.media.geometry import Geometry
from cueffmpeg_gui.pictures.gray_pictures import GrayPictures, spread
from cueffmpeg_gui.pictures.scale_mismatch import scale_mismatch

PLACES = 4
SMALL = "scale=480:270:flags=area"


def find_other_cut(encode: ClipFacts, reference: ClipFacts, geometry: Geometry, offset: int) -> str:
    """What is seen at every place that is looked at, in one sentence; "" for nothing.

    The encode has `offset` pictures before the reference's first. Raises InputRefused when a picture cannot be read.
    """
    first, end = max(0, -offset), min(reference.video.frames, encode.video.frames - offset)
    ours = GrayPictures(encode, [*geometry.encode_filter, SMALL])
    theirs = GrayPictures(reference, [*geometry.fix_filter, SMALL])
    said = ""
    try:
        for number in (first + step for step in spread(end - first, PLACES)):
            said = scale_mismatch(theirs.read(number), ours.read(number + offset)) or ""
            if "enlarged" not in said:
                return ""
    finally:
        ours.close()
        theirs.close()
    return said
