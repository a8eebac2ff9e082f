# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What an encode does with frames of two woven fields."""

from cueffmpeg_gui.media.frames import FrameRange
from cueffmpeg_gui.media.pair_fields import DEINTERLACE, FILTER, KEEP

CHOICES = (KEEP, DEINTERLACE)
# The filter looks at the frame before and the one behind, so a chunk reads those, too.
NEIGHBOURS = 1


def with_neighbours(whole: FrameRange, frames: FrameRange) -> FrameRange:
    """The frames to read so that these become what they become in a run over the whole."""
    return FrameRange(max(whole.first, frames.first - NEIGHBOURS), min(whole.last, frames.last + NEIGHBOURS))


def deinterlace(read: FrameRange, frames: FrameRange) -> list[str]:
    """The filters that make one whole picture of each frame read, and leave those of `frames`."""
    if read == frames:
        return [FILTER]
    first = frames.first - read.first
    return [FILTER, f"trim=start_frame={first}:end_frame={first + len(frames)}"]
