# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""How a range is cut into chunks. Pure arithmetic."""

from dataclasses import dataclass

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.media.frames import FrameRange

# A last chunk of one frame confuses mp4's decode times; eight are safe.
SHORTEST = 8
# Near a chunk's end the encoder's lookahead is cut, so short chunks look worse at the same quality setting.
SHORTEST_CHOSEN = 96
# A chunk should work this many times longer than it waits for the farm: nine parts in ten of the time are work.
WORK_TO_WAIT = 9
# Pictures of 1080p that one core encodes or scores in a second, roughly.
PIXELS_A_SECOND = 8 * 1920 * 1080


@dataclass(frozen=True)
class Chunking:
    """Chunks of `length` frames, the last one shorter, and why."""

    length: int
    reason: str


def chunk_ranges(frames: FrameRange, length: int) -> tuple[FrameRange, ...]:
    """The chunks: together they are exactly the frames."""
    starts = range(frames.first, frames.last + 1, length)
    return tuple(FrameRange(first, min(first + length - 1, frames.last)) for first in starts)


def plan_chunks(frames: FrameRange, gop: int, wanted: int) -> Chunking:
    """Chunks of about `wanted` frames: a multiple of the GOP, and none under eight frames.

    Raises InputRefused for a wish that is too short to be met.
    """
    if wanted < SHORTEST:
        raise InputRefused(f"Chunks of {wanted} frames are too short; ask for at least {SHORTEST}.")
    total = len(frames)
    length = _whole_gops(wanted, gop)
    while 0 < total % length < SHORTEST and length < total:
        length += gop
    if length >= total:
        return Chunking(total, f"{total} frames in one piece")
    reason = f"{len(chunk_ranges(frames, length))} chunks of {length} frames"
    return Chunking(length, reason if length == wanted else f"{reason}, whole GOPs of {gop}, none under {SHORTEST}")


def choose_chunks(frames: FrameRange, gop: int, pixels: int, wait_seconds: float) -> Chunking:
    """Chunks chosen for pictures of so many pixels on a farm that takes so long to start a frame (see docs)."""
    a_second = max(0.5, PIXELS_A_SECOND / pixels)
    shortest = max(SHORTEST_CHOSEN, round(WORK_TO_WAIT * a_second * wait_seconds))
    count = max(1, len(frames) // shortest)
    planned = plan_chunks(frames, gop, max(SHORTEST, -(-len(frames) // count)))
    return Chunking(
        planned.length,
        f"{planned.reason}: shorter than {shortest} would wait more than work, or cost quality at the seams",
    )


def _whole_gops(length: int, gop: int) -> int:
    return -(-length // gop) * gop
